"""``estimate``: admissions of a set of MRC over a set of years, estimated from the margins, with their bounds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import usable


@click.command(short_help="Estime les admissions de MRC, certaines années.")
@click.option("--mrc", "mrcs", metavar="CODE", multiple=True, required=True, help="Code d’une MRC; peut se répéter.")
@click.option("--year", "years", metavar="ANNÉE", multiple=True, required=True, help="Année; peut se répéter.")
@root_option
@click.pass_context
def estimate(context: click.Context, mrcs: tuple[str, ...], years: tuple[str, ...], root: Path) -> None:
    """Écrit une ligne de JSON : estimation, borne basse, borne haute, et si le nombre est exact.

    Les MRC sont d’une même région. La source ne croise pas MRC et année : l’estimation vient des totaux, et les bornes
    sont celles qu’aucun tableau qui a ces totaux ne peut dépasser. Si un fichier de données croise MRC et année, le
    nombre observé remplace l’estimation. Sans réponse possible, le code de sortie est 1.
    """
    from dashboard.scenarios.crossing import cross
    from dashboard.scenarios.result import ImpossibleError

    try:
        found = cross(usable(context, root, "Aucune estimation"), mrcs, years)
    except ImpossibleError as error:
        raise click.ClickException(error.message) from error
    answer = {"estimate": found.estimate, "low": found.low, "high": found.high, "exact": found.exact}
    click.echo(json.dumps(answer))
