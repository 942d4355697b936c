"""How the commands say what is wrong with the data, and read those that can be used."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from dashboard.model import DataError, Dataset, Problem


def echo_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """One block per problem: place (file, line, column, value), message and remedy."""
    for problem in problems:
        click.echo(f"{problem}\n", err=err)


def count(number: int, singular: str, plural: str) -> str:
    """« 0 problème », « 1 problème », « 2 problèmes »."""
    return f"{number} {plural if number > 1 else singular}"


def usable(context: click.Context, root: Path, nothing: str) -> Dataset:
    """The dataset below `root`; exit code 1, with its problems named, when a shared file cannot be used.

    nothing: what is not done then (« Aucun chiffre n’est écrit »).
    """
    from dashboard.contract.door import load_dataset

    try:
        return load_dataset(root)
    except DataError as error:
        echo_problems(error.problems, err=True)
        click.echo(f"{nothing} : un fichier commun à toutes les régions est à corriger.", err=True)
        context.exit(1)


def say_incomplete(context: click.Context, ds: Dataset) -> None:
    """Name the problems of the regions left out, if any; the exit code is then 1."""
    if ds.problems:
        echo_problems(ds.problems, err=True)
        left_out = ", ".join(ds.name(code) for code in ds.unavailable) or "aucune"
        click.echo(f"Données incomplètes. Régions laissées de côté : {left_out}.", err=True)
        context.exit(1)
