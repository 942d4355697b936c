"""``observations`` and ``actions``: something of the data as CSV on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import say_incomplete, usable


@click.command(short_help="Écrit tous les chiffres observés en CSV.")
@root_option
@click.pass_context
def observations(context: click.Context, root: Path) -> None:
    """Écrit en CSV (UTF-8, point décimal), sur la sortie standard, chaque chiffre que la source imprime.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.exports.observations import observations_csv

    ds = usable(context, root, "Aucun chiffre n’est écrit")
    click.echo(observations_csv(ds), nl=False)
    say_incomplete(context, ds)


@click.command(short_help="Écrit toutes les actions du plan en CSV.")
@root_option
@click.pass_context
def actions(context: click.Context, root: Path) -> None:
    """Écrit en CSV (UTF-8), sur la sortie standard, chaque action du plan d’action régional, avec le nombre de ses
    résultats attendus et de ses indicateurs et la clé qui la groupe avec celles des autres régions.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.exports.actions import actions_csv

    ds = usable(context, root, "Aucune action n’est écrite")
    click.echo(actions_csv(ds), nl=False)
    say_incomplete(context, ds)
