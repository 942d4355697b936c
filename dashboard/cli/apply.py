"""``apply``: publish the figures of a workbook or a folder, all or nothing."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.sent import author_option, file_argument, refuse


@click.command(short_help="Publie les chiffres d’un classeur, tout ou rien.")
@file_argument
@author_option
@click.option("--summary", metavar="TEXTE", help="Résumé inscrit au journal. Par défaut : le compte des changements.")
@root_option
@click.pass_context
def apply(context: click.Context, file: Path, author: str | None, summary: str | None, root: Path) -> None:
    """Remplace les données par celles de FICHIER, un classeur ou un dossier de CSV. Au moindre problème, rien n’est
    changé et le code de sortie est 1.

    L’état d’avant est gardé dans historique/, avec la date, l’auteur et le résumé. « undo » le remet.
    """
    from dashboard.model.problems import DataError
    from dashboard.publishing.publish import PublishError, publish
    from dashboard.publishing.words import summary as in_short

    try:
        entry, found, incoming = publish(root, file, author, summary)
    except DataError as error:
        refuse(context, error.problems, "rien n’est publié, les données sont comme avant")
        return
    except PublishError as error:
        raise click.ClickException(str(error)) from error
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
    click.echo(f"Publié (nº {entry.number}) : {in_short(found)}.")
    if found.jumps:
        click.echo(f"Écarts inhabituels : {len(found.jumps)}. Les relire avec « diff » sur les pages, ou annuler.")
    click.echo("Pour annuler : python -m dashboard undo")
