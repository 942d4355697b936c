"""``boundaries``: rebuild the files of geo/ from an official file."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option


@click.command(short_help="Rebâtit les limites des cartes à partir d’un fichier officiel.")
@click.argument("source", metavar="SOURCE", type=click.Path(path_type=Path))
@click.option(
    "--code-field",
    metavar="CHAMP",
    help="Champ de la source qui porte les codes. Au besoin seulement : les champs usuels sont reconnus.",
)
@root_option
def boundaries(source: Path, code_field: str | None, root: Path) -> None:
    """Rebâtit les limites de geo/ à partir de SOURCE.

    SOURCE est un fichier géographique, compressé ou non : les découpages administratifs du Québec, les divisions de
    recensement de Statistique Canada, ou le fichier d’amCharts. En cas d’erreur, rien n’est changé et le code de sortie
    est 1.
    """
    # Geopandas and its libraries are loaded for this command alone.
    from dashboard.boundaries import BoundaryError, rebuild

    try:
        report = rebuild(source, root, code_field=code_field)
    except BoundaryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(report.summary())
