"""``observations``: every observed figure as CSV on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import echo_problems


@click.command(short_help="Écrit tous les chiffres observés en CSV.")
@root_option
@click.pass_context
def observations(context: click.Context, root: Path) -> None:
    """Écrit en CSV (UTF-8, point décimal), sur la sortie standard, chaque chiffre que la source imprime.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.contract.door import load_dataset
    from dashboard.exports.observations import observations_csv
    from dashboard.model.problems import DataError

    try:
        dataset = load_dataset(root)
    except DataError as error:
        echo_problems(error.problems, err=True)
        click.echo("Aucun chiffre n’est écrit : un fichier commun à toutes les régions est à corriger.", err=True)
        context.exit(1)
    click.echo(observations_csv(dataset), nl=False)
    if dataset.problems:
        echo_problems(dataset.problems, err=True)
        left_out = ", ".join(dataset.name(code) for code in dataset.unavailable) or "aucune"
        click.echo(f"Données incomplètes. Régions laissées de côté : {left_out}.", err=True)
        context.exit(1)
