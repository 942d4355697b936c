"""``check``: everything that is wrong with the files, and what nothing confirms."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.shared import FILE, count, echo_problems, fail, refuse, root_option
from dashboard.wording.numbers import NBSP, number


@click.command(short_help="Vérifie tous les fichiers de données.")
@click.argument("file", metavar="[FICHIER]", required=False, type=FILE)
@click.option("--chiffres", "every", is_flag=True, help="Nomme chaque chiffre et ce sur quoi il repose.")
@root_option
def check(file: Path | None, every: bool, root: Path) -> None:
    """Vérifie config.yaml, data/ et geo/, et nomme tous les problèmes : fichier, ligne, colonne, valeur et remède.

    Avec FICHIER, un classeur ou un dossier de CSV : vérifie les données qu’il ferait, sans rien changer, et nomme
    chaque problème par sa feuille et sa cellule.

    Dit ensuite sur quoi reposent les chiffres : retrouvés dans le texte du document, recalculés, les deux, ou « non
    recoupés ». Le code de sortie est 1 s’il y a un problème, 0 autrement.
    """
    from dashboard.contract.bounds import MOST
    from dashboard.contract.confirmation import NEITHER, counted
    from dashboard.contract.door import check as check_files
    from dashboard.scenarios.held import disagreements

    if file is not None:
        _check_sent(root, file)
        return
    report = check_files(root)
    # Formulas are computed from figures: those of files at fault would say nothing more.
    beyond = disagreements(report.dataset) if report.dataset is not None and not report.problems else []
    problems = (*report.problems, *beyond)
    echo_problems(problems)
    if every:
        for rest in report.rests:
            click.echo(f"  - {rest} : {rest.ground.replace('és', 'é')}")
        click.echo()
    alone = [rest for rest in report.rests if rest.ground == NEITHER]
    if alone and not every:
        click.echo("Non recoupé (ni document ni calcul ne confirme ces chiffres; ce n’est pas une erreur) :")
        for rest in alone[:MOST]:
            click.echo(f"  - {rest}")
        if len(alone) > MOST:
            click.echo(f"  et {count(len(alone) - MOST, 'autre', 'autres')}; pour tous les nommer : check --chiffres")
        click.echo()
    click.echo("Sur quoi reposent les chiffres :")
    for ground, many in counted(report.rests).items():
        click.echo(f"  {ground}{NBSP}: {number(many)}")
    click.echo()
    verdict = count(len(problems), "problème", "problèmes") if problems else "aucun problème"
    read = count(report.figures, "ligne de données lue", "lignes de données lues")
    unconfirmed = count(len(alone), "chiffre non recoupé", "chiffres non recoupés")
    click.echo(f"Vérification terminée : {verdict}, {read}, {unconfirmed}.")
    if problems:
        fail()


def _check_sent(root: Path, file: Path) -> None:
    from dashboard.publishing.incoming import receive

    incoming = receive(root, file)
    if incoming.problems:
        refuse(incoming.problems, "ce fichier ne peut pas être publié")
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
    changed = count(len(incoming.files), "fichier de données changerait", "fichiers de données changeraient")
    changed = changed if incoming.files else "rien ne changerait"
    click.echo(f"Vérification terminée : aucun problème, {changed}. Pour le détail : python -m dashboard diff")
