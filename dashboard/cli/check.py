"""``check``: everything that is wrong with the files, and what nothing confirms."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.problems import count, echo_problems
from dashboard.cli.sent import refuse


@click.command(short_help="Vérifie tous les fichiers de données.")
@click.argument("file", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path))
@root_option
@click.pass_context
def check(context: click.Context, file: Path | None, root: Path) -> None:
    """Vérifie config.yaml, data/ et geo/, et nomme tous les problèmes : fichier, ligne, colonne, valeur et remède.

    Avec FICHIER, un classeur ou un dossier de CSV : vérifie les données qu’il ferait, sans rien changer, et nomme
    chaque problème par sa feuille et sa cellule.

    Énumère ensuite les chiffres « non recoupés », que rien d’autre dans les données ne confirme. Le code de sortie est
    1 s’il y a un problème, 0 autrement.
    """
    from dashboard.contract.door import check as check_files

    if file is not None:
        _check_sent(context, root, file)
        return
    report = check_files(root)
    echo_problems(report.problems)
    if report.unconfirmed:
        click.echo("Non recoupé (aucune autre donnée ne confirme ces chiffres; ce n’est pas une erreur) :")
        for figure in report.unconfirmed:
            click.echo(f"  - {figure}")
        click.echo()
    verdict = count(len(report.problems), "problème", "problèmes") if report.problems else "aucun problème"
    read = count(report.figures, "ligne de données lue", "lignes de données lues")
    unconfirmed = count(len(report.unconfirmed), "chiffre non recoupé", "chiffres non recoupés")
    click.echo(f"Vérification terminée : {verdict}, {read}, {unconfirmed}.")
    context.exit(1 if report.problems else 0)


def _check_sent(context: click.Context, root: Path, file: Path) -> None:
    from dashboard.publishing.incoming import receive

    incoming = receive(root, file)
    if incoming.problems:
        refuse(context, incoming.problems, "ce fichier ne peut pas être publié")
        return
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
    changed = count(len(incoming.files), "fichier de données changerait", "fichiers de données changeraient")
    changed = changed if incoming.files else "rien ne changerait"
    click.echo(f"Vérification terminée : aucun problème, {changed}. Pour le détail : python -m dashboard diff")
