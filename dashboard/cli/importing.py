"""``import``: public files of IRCC and ISQ as rows of ours, written beside the data and never into them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.shared import FILE, count, echo_problems, fail, output_option, root_option, write
from dashboard.wording.spreadsheet import plain_csv

if TYPE_CHECKING:
    from dashboard.loading.public_files.result import Imported

# Neither public file prints a percentage, and none is computed: its column stays empty.
_SERIES = "territory_code indicator category period value printed_pct base status source quote".split()  # noqa: SIM905
_BOUNDS = ["low", "high", "rounding", "months"]
_output = output_option("SORTIE.csv", "Fichier à écrire, hors de data/. Par défaut\u00a0: la sortie standard.")
_file = click.argument("source", metavar="FICHIER", type=FILE)


@click.group("import", short_help="Lit un fichier public d’IRCC ou de l’ISQ.", subcommand_metavar="SOURCE FICHIER")
def import_group() -> None:
    """Lit un fichier public et l’écrit en CSV, dans les colonnes des séries. Rien n’est écrit dans data/."""


@import_group.command(short_help="Admissions mensuelles d’IRCC (ODP-PR-….csv).")
@_file
@_output
@root_option
def ircc(source: Path, output: Path | None, root: Path) -> None:
    """Additionne par année les admissions du Québec d’un fichier mensuel d’IRCC (ODP-PR-….csv).

    Un nombre masqué (« -- », de 0 à 5) reste un intervalle, dans les colonnes low et high. Une année à laquelle il
    manque des mois n’a pas de total. Les remarques vont à la sortie d’erreur; s’il y a un problème, rien n’est écrit et
    le code de sortie est 1.
    """
    from dashboard.loading.public_files.ircc import read_ircc

    _write(read_ircc(source, root), _SERIES + _BOUNDS, source, output, root)


@import_group.command(short_help="Population de l’ISQ (classeur, une colonne par année).")
@_file
@click.option("--sheet", metavar="FEUILLE", help="Feuille à lire, quand plusieurs ont un tableau.")
@_output
@root_option
def isq(source: Path, sheet: str | None, output: Path | None, root: Path) -> None:
    """Lit un classeur de population de l’ISQ (code, nom, une colonne par année) et en fait une ligne par territoire et
    par année.

    Une ligne du classeur est retenue quand son code et son nom sont tous deux ceux d’un de nos territoires. Les
    remarques vont à la sortie d’erreur; s’il y a un problème, rien n’est écrit et le code de sortie est 1.
    """
    from dashboard.loading.public_files.isq import read_isq

    _write(read_isq(source, root, sheet), _SERIES, source, output, root)


def _write(found: Imported, columns: list[str], source: Path, output: Path | None, root: Path) -> None:
    echo_problems(found.problems, err=True)
    for remark in found.remarks:
        click.echo(f"- {remark}", err=True)
    if found.problems:
        said = count(len(found.problems) + found.hidden, "problème", "problèmes")
        click.echo(f"Rien n’est écrit : {said} dans {source.name}.", err=True)
        fail()
    text = plain_csv(columns, ([getattr(row, name, None) for name in columns] for row in found.rows))
    if output is None:
        click.echo(text, nl=False)
        return
    target = output.resolve()
    if target.is_relative_to((root / "data").resolve()):
        raise click.ClickException("l’importation n’écrit jamais dans data/. Remède : choisir un autre dossier.")
    if target == source.resolve():
        raise click.ClickException("la sortie est le fichier lu lui-même. Remède : choisir un autre nom.")
    remedy = "Remède : vérifier le dossier et les droits d’accès."
    write(target, text.encode(), f"{output} ne peut pas être écrit. {remedy}")
    click.echo(f"{count(len(found.rows), 'ligne écrite', 'lignes écrites')} dans {output}.", err=True)
