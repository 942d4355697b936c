"""``actions``: every action of the plan as CSV on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import echo_problems


@click.command(short_help="Écrit toutes les actions du plan en CSV.")
@root_option
@click.pass_context
def actions(context: click.Context, root: Path) -> None:
    """Écrit en CSV (UTF-8), sur la sortie standard, chaque action du plan d’action régional, avec le nombre de ses
    résultats attendus et de ses indicateurs et la clé qui la groupe avec celles des autres régions.

    Les problèmes des données vont à la sortie d’erreur, et le code de sortie est alors 1 : une région fautive est
    laissée de côté et les autres sont écrites; si un fichier commun est fautif, rien n’est écrit.
    """
    from dashboard.contract.door import load_dataset
    from dashboard.exports.actions import actions_csv
    from dashboard.model.problems import DataError

    try:
        dataset = load_dataset(root)
    except DataError as error:
        echo_problems(error.problems, err=True)
        click.echo("Aucune action n’est écrite : un fichier commun à toutes les régions est à corriger.", err=True)
        context.exit(1)
    click.echo(actions_csv(dataset), nl=False)
    if dataset.problems:
        echo_problems(dataset.problems, err=True)
        left_out = ", ".join(dataset.name(code) for code in dataset.unavailable) or "aucune"
        click.echo(f"Données incomplètes. Régions laissées de côté : {left_out}.", err=True)
        context.exit(1)
