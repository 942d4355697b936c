"""``diff``: what a workbook or a folder of CSV would change, cell by cell."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.sent import file_argument, refuse


@click.command(short_help="Montre, cellule par cellule, ce qu’un classeur changerait.")
@file_argument
@root_option
@click.pass_context
def diff(context: click.Context, file: Path, root: Path) -> None:
    """Compare FICHIER, un classeur ou un dossier de CSV, aux données : l’ancienne valeur, la nouvelle, la variation en
    pourcentage, ce que deviennent les sommes. Les écarts inhabituels sont signalés par ⚠.

    Rien n’est changé. Le code de sortie est 1 si FICHIER a un problème, 0 autrement.
    """
    from dashboard.loading.files import Tree
    from dashboard.publishing.diff import compare
    from dashboard.publishing.incoming import receive
    from dashboard.publishing.words import report, summary

    incoming = receive(root, file)
    if incoming.dataset is None:
        refuse(context, incoming.problems, "rien n’est comparé")
        return
    found = compare(Tree(root), incoming.files, incoming.dataset)
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
    if found.empty:
        click.echo("Aucune différence avec les données actuelles.")
        return
    for line in report(found, incoming.dataset):
        click.echo(line)
    click.echo(f"\nEn résumé : {summary(found)}.")
