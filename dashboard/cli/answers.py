"""``observations``, ``actions``, ``estimate`` and ``boundaries``: what the data say, what maps are rebuilt from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dashboard.cli.shared import FILE, root_option, say_incomplete, usable


@click.command(short_help="Écrit tous les chiffres observés en CSV.")
@root_option
def observations(root: Path) -> None:
    """Écrit en CSV (UTF-8, point décimal), sur la sortie standard, chaque chiffre que la source imprime.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.exports.observations import observations_csv

    ds = usable(root, "Aucun chiffre n’est écrit")
    click.echo(observations_csv(ds), nl=False)
    say_incomplete(ds)


@click.command(short_help="Écrit toutes les actions du plan en CSV.")
@root_option
def actions(root: Path) -> None:
    """Écrit en CSV (UTF-8), sur la sortie standard, chaque action du plan d’action régional, avec le nombre de ses
    résultats attendus et de ses indicateurs et la clé qui la groupe avec celles des autres régions.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.exports.observations import actions_csv

    ds = usable(root, "Aucune action n’est écrite")
    click.echo(actions_csv(ds), nl=False)
    say_incomplete(ds)


@click.command(short_help="Estime les admissions de MRC, certaines années.")
@click.option("--mrc", "mrcs", metavar="CODE", multiple=True, required=True, help="Code d’une MRC; peut se répéter.")
@click.option("--year", "years", metavar="ANNÉE", multiple=True, required=True, help="Année; peut se répéter.")
@root_option
def estimate(mrcs: tuple[str, ...], years: tuple[str, ...], root: Path) -> None:
    """Écrit une ligne de JSON : estimation, borne basse, borne haute, et si le nombre est exact.

    Les MRC sont d’une même région. La source ne croise pas MRC et année : l’estimation vient des totaux, et les bornes
    sont celles qu’aucun tableau qui a ces totaux ne peut dépasser. Si un fichier de données croise MRC et année, le
    nombre observé remplace l’estimation. Sans réponse possible, le code de sortie est 1.
    """
    from dashboard.scenarios.crossing import cross
    from dashboard.scenarios.result import ImpossibleError

    try:
        found = cross(usable(root, "Aucune estimation"), mrcs, years)
    except ImpossibleError as error:
        raise click.ClickException(error.message) from error
    click.echo(json.dumps({name: getattr(found, name) for name in ("estimate", "low", "high", "exact")}))


@click.command(short_help="Rebâtit les limites des cartes à partir d’un fichier officiel.")
@click.argument("source", metavar="SOURCE", type=FILE)
@click.option(
    "--code-field", metavar="CHAMP",
    help="Champ de la source qui porte les codes. Au besoin seulement : les champs usuels sont reconnus.",
)  # fmt: skip
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
        click.echo(rebuild(source, root, code_field=code_field))
    except BoundaryError as error:
        raise click.ClickException(str(error)) from error
