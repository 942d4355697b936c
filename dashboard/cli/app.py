"""The group of commands."""

from __future__ import annotations

import click

from dashboard.cli.answers import actions, boundaries, estimate, observations
from dashboard.cli.asking import ask
from dashboard.cli.export import export
from dashboard.cli.importing import import_group
from dashboard.cli.publishing import apply, check, diff, history, undo, workbook
from dashboard.cli.team import backup, migrate, restore


@click.group(subcommand_metavar="COMMANDE [ARGUMENTS]…")
def cli() -> None:
    """Commandes du tableau de bord de l’immigration régionale.

    L’aide d’une commande : python -m dashboard COMMANDE --help
    """


for command in (
    *(check, workbook, diff, apply, undo, history),
    *(backup, restore, migrate),
    *(ask, observations, actions, boundaries, estimate, export, import_group),
):
    cli.add_command(command)
