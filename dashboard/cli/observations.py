"""``observations``: every observed figure as CSV on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.extract import write_extract
from dashboard.cli.options import root_option


@click.command(short_help="Écrit tous les chiffres observés en CSV.")
@root_option
@click.pass_context
def observations(context: click.Context, root: Path) -> None:
    """Écrit en CSV (UTF-8, point décimal), sur la sortie standard, chaque chiffre que la source imprime.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.exports.observations import observations_csv

    write_extract(context, root, observations_csv, "Aucun chiffre n’est écrit")
