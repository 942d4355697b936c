"""What the commands that take a workbook or a folder share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dashboard.cli.problems import count
from dashboard.model import Problem

# The file may be anything, or not be there: the reader says so in French.
file_argument = click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
author_option = click.option(
    "--author", metavar="NOM", help="Nom inscrit au journal. Par défaut : celui de la session de l’ordinateur."
)


def refuse(context: click.Context, problems: Sequence[Problem], outcome: str) -> None:
    """The last line, and the exit code 1."""
    click.echo(f"{count(len(problems), 'problème', 'problèmes')} : {outcome}.")
    context.exit(1)
