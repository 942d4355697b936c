"""What the commands share: their options, what is said of the data at fault, how a file is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from dashboard.loading.whole_files import write_whole
from dashboard.model import DataError, Dataset, Problem

PROJECT_ROOT = Path(__file__).resolve().parents[2]
FILE = click.Path(path_type=Path)
# Named here rather than by show_envvar, whose text in error messages Click does not translate.
_ROOT = (
    "Dossier qui contient config.yaml, data/ et geo/. Par défaut\u00a0: celui que nomme la variable d’environnement "
    "DASHBOARD_ROOT, sinon celui du projet."
)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
root_option = click.option(
    "--root", metavar="DOSSIER", envvar="DASHBOARD_ROOT", default=PROJECT_ROOT, type=_FOLDER, help=_ROOT
)
# The file may be anything, or not be there: the reader says so in French.
file_argument = click.argument("file", metavar="FICHIER", type=FILE)
_Command = TypeVar("_Command", bound=Callable[..., Any])
# A whole column of another shape is one mistake: the first lines say it.
_MOST = 200


def output_option(metavar: str, words: str, type_: click.Path = FILE, **more: Any) -> Callable[[_Command], _Command]:
    """The option « -o », where a command writes its file."""
    return click.option("-o", "--output", metavar=metavar, type=type_, help=words, **more)


def fail() -> NoReturn:
    """End the command, which has said why; the exit code is 1."""
    click.get_current_context().exit(1)


def echo_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """One block per problem: place (file, line, column, value), message and remedy."""
    for problem in problems:
        click.echo(f"{problem}\n", err=err)


def count(number: int, singular: str, plural: str) -> str:
    """« 0 problème », « 1 problème », « 2 problèmes »."""
    return f"{number} {plural if number > 1 else singular}"


def refuse(problems: Sequence[Problem], outcome: str) -> NoReturn:
    """Name the problems of what was sent, then what becomes of it; the exit code is 1."""
    echo_problems(problems[:_MOST])
    if len(problems) > _MOST:
        click.echo(f"Et {count(len(problems) - _MOST, 'autre problème', 'autres problèmes')}.\n")
    click.echo(f"{count(len(problems), 'problème', 'problèmes')} : {outcome}.")
    fail()


def usable(root: Path, nothing: str) -> Dataset:
    """The dataset below `root`; exit code 1, with its problems named, when a shared file cannot be used.

    nothing: what is not done then (« Aucun chiffre n’est écrit »).
    """
    from dashboard.contract.door import load_dataset

    try:
        return load_dataset(root)
    except DataError as error:
        echo_problems(error.problems, err=True)
        click.echo(f"{nothing} : un fichier commun à toutes les régions est à corriger.", err=True)
        fail()


def say_incomplete(ds: Dataset) -> None:
    """Name the problems of the regions left out, if any; the exit code is then 1."""
    if ds.problems:
        echo_problems(ds.problems, err=True)
        left_out = ", ".join(ds.name(code) for code in ds.unavailable) or "aucune"
        click.echo(f"Données incomplètes. Régions laissées de côté : {left_out}.", err=True)
        fail()


def write(path: Path, content: bytes, unwritable: str) -> None:
    """Write the whole file or nothing. unwritable: what is said when the system refuses."""
    try:
        write_whole({path: content})
    except OSError as error:
        raise click.ClickException(unwritable) from error
