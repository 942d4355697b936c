"""Commands that write something of the data as CSV: same door, same words when the data are incomplete."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from dashboard.cli.problems import echo_problems
from dashboard.model import DataError, Dataset


def write_extract(context: click.Context, root: Path, extract: Callable[[Dataset], str], nothing: str) -> None:
    """Write `extract(dataset)` on standard output; problems go to the error output and the exit code is then 1.

    nothing: what is not written when a shared file cannot be used (« Aucun chiffre n’est écrit »).
    """
    from dashboard.contract.door import load_dataset

    try:
        dataset = load_dataset(root)
    except DataError as error:
        echo_problems(error.problems, err=True)
        click.echo(f"{nothing} : un fichier commun à toutes les régions est à corriger.", err=True)
        context.exit(1)
    click.echo(extract(dataset), nl=False)
    if dataset.problems:
        echo_problems(dataset.problems, err=True)
        left_out = ", ".join(dataset.name(code) for code in dataset.unavailable) or "aucune"
        click.echo(f"Données incomplètes. Régions laissées de côté : {left_out}.", err=True)
        context.exit(1)
