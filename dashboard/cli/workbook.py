"""``workbook``: every file of data/ in one Excel workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import usable
from dashboard.loading.whole_files import write_whole


@click.command(short_help="Écrit toutes les données dans un classeur Excel à remplir.")
@click.option(
    "-o",
    "--output",
    metavar="FICHIER",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Classeur à écrire (.xlsx).",
)
@root_option
@click.pass_context
def workbook(context: click.Context, output: Path, root: Path) -> None:
    """Écrit un classeur Excel de toutes les données : une feuille par fichier, des listes de choix, des explications,
    et des lignes prêtes pour l’année suivante.

    Le remplir, puis « check », « diff » et « apply ».
    """
    from dashboard.exports.workbook import data_workbook

    if output.suffix.lower() != ".xlsx":
        raise click.ClickException("le nom du classeur doit finir par « .xlsx ».")
    raw = data_workbook(usable(context, root, "Aucun classeur n’est écrit"))
    try:
        write_whole({output: raw})
    except OSError as error:
        raise click.ClickException(
            f"impossible d’écrire « {output} ». Vérifier le dossier, les droits, et que le classeur n’est pas ouvert."
        ) from error
    click.echo(f"Classeur écrit : {output}")
