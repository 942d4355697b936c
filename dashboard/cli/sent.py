"""What the commands that take a workbook or a folder share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from dashboard.cli.problems import count, echo_problems
from dashboard.model import Problem

# The file may be anything, or not be there: the reader says so in French.
file_argument = click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
author_option = click.option(
    "--author", metavar="NOM", help="Nom inscrit au journal. Par défaut : celui de la session de l’ordinateur."
)


# A whole column of another shape is one mistake: the first lines say it.
_MOST = 200


def refuse(context: click.Context, problems: Sequence[Problem], outcome: str) -> None:
    """Name the problems of what was sent, then what becomes of it; the exit code is 1."""
    echo_problems(problems[:_MOST])
    if len(problems) > _MOST:
        click.echo(f"Et {count(len(problems) - _MOST, 'autre problème', 'autres problèmes')}.\n")
    click.echo(f"{count(len(problems), 'problème', 'problèmes')} : {outcome}.")
    context.exit(1)
