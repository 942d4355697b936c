"""``check``, ``workbook``, ``diff``, ``apply``, ``undo`` and ``history``: new figures, from the file to fill in to the
journal, and everything that is wrong with the files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from dashboard.cli.shared import (
    FILE,
    count,
    echo_problems,
    fail,
    file_argument,
    output_option,
    refuse,
    root_option,
    usable,
    write,
)
from dashboard.model import DataError
from dashboard.wording.numbers import NBSP, number

_author = click.option(
    "--author", metavar="NOM", help="Nom inscrit au journal. Par défaut\u00a0: celui de la session de l’ordinateur."
)


def _note(notes: Iterable[str]) -> None:
    for note in notes:
        click.echo(f"À noter : {note}\n")


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
    from dashboard.contract.confirmation import NEITHER, counted
    from dashboard.contract.door import MOST
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
    _note(incoming.notes)
    changed = count(len(incoming.files), "fichier de données changerait", "fichiers de données changeraient")
    changed = changed if incoming.files else "rien ne changerait"
    click.echo(f"Vérification terminée : aucun problème, {changed}. Pour le détail : python -m dashboard diff")


@click.command(short_help="Écrit toutes les données dans un classeur Excel à remplir.")
@output_option("FICHIER", "Classeur à écrire (.xlsx).", click.Path(dir_okay=False, path_type=Path), required=True)
@root_option
def workbook(output: Path, root: Path) -> None:
    """Écrit un classeur Excel de toutes les données : une feuille par fichier, des listes de choix, des explications,
    et des lignes prêtes pour l’année suivante.

    Le remplir, puis « check », « diff » et « apply ».
    """
    from dashboard.exports.workbook import data_workbook

    if output.suffix.lower() != ".xlsx":
        raise click.ClickException("le nom du classeur doit finir par « .xlsx ».")
    remedy = "Vérifier le dossier, les droits, et que le classeur n’est pas ouvert."
    raw = data_workbook(usable(root, "Aucun classeur n’est écrit"))
    write(output, raw, f"impossible d’écrire « {output} ». {remedy}")
    click.echo(f"Classeur écrit : {output}")


@click.command(short_help="Montre, cellule par cellule, ce qu’un classeur changerait.")
@file_argument
@root_option
def diff(file: Path, root: Path) -> None:
    """Compare FICHIER, un classeur ou un dossier de CSV, aux données : l’ancienne valeur, la nouvelle, la variation en
    pourcentage, ce que deviennent les sommes. Les écarts inhabituels sont signalés par ⚠.

    Rien n’est changé. Le code de sortie est 1 si FICHIER a un problème, 0 autrement.
    """
    from dashboard.loading.files import Tree
    from dashboard.publishing.diff import compare
    from dashboard.publishing.incoming import receive
    from dashboard.publishing.words import report, summary

    incoming = receive(root, file)
    if incoming.dataset is None:
        refuse(incoming.problems, "rien n’est comparé")
    found = compare(Tree(root), incoming.files, incoming.dataset)
    _note(incoming.notes)
    if found.empty:
        click.echo("Aucune différence avec les données actuelles.")
        return
    for line in report(found, incoming.dataset):
        click.echo(line)
    click.echo(f"\nEn résumé : {summary(found)}.")


@click.command(short_help="Publie les chiffres d’un classeur, tout ou rien.")
@file_argument
@_author
@click.option(
    "--summary", metavar="TEXTE", help="Résumé inscrit au journal. Par défaut\u00a0: le compte des changements."
)
@root_option
def apply(file: Path, author: str | None, summary: str | None, root: Path) -> None:
    """Remplace les données par celles de FICHIER, un classeur ou un dossier de CSV. Au moindre problème, rien n’est
    changé et le code de sortie est 1.

    L’état d’avant est gardé dans historique/, avec la date, l’auteur et le résumé. « undo » le remet.
    """
    from dashboard.publishing.publish import PublishError, of_the_machine, publish
    from dashboard.publishing.words import summary as in_short

    try:
        entry, found, incoming = publish(root, file, of_the_machine(author), summary)
    except DataError as error:
        refuse(error.problems, "rien n’est publié, les données sont comme avant")
    except PublishError as error:
        raise click.ClickException(str(error)) from error
    _note(incoming.notes)
    click.echo(f"Publié (nº {entry.number}) : {in_short(found)}.")
    if found.jumps:
        click.echo(f"Écarts inhabituels : {len(found.jumps)}. Les relire avec « diff » sur les pages, ou annuler.")
    click.echo("Pour annuler : python -m dashboard undo")


@click.command(short_help="Annule la dernière publication.")
@_author
@root_option
def undo(author: str | None, root: Path) -> None:
    """Remet les fichiers de données tels qu’ils étaient avant la dernière publication, à l’octet près.

    L’annulation est inscrite au journal. Lancée de nouveau, la commande annule la publication précédente.
    """
    from dashboard.publishing import publish

    try:
        entry = publish.undo(root, publish.of_the_machine(author))
    except publish.PublishError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Publication nº {entry.undoes} annulée; les fichiers d’avant sont remis (nº {entry.number} du journal)."
    )


@click.command(short_help="Énumère les publications, avec leur date et leur auteur.")
@root_option
def history(root: Path) -> None:
    """Énumère les publications et les annulations, la plus récente d’abord : numéro, date, auteur, résumé, fichier."""
    from dashboard.publishing.publish import journal_of

    found = journal_of(root)
    if not found:
        click.echo("Aucune publication.")
    for entry, undone in reversed(found):
        date = entry.date[:16].replace("T", " ")
        state = " (annulée)" if undone else ""
        origin = f" [{entry.file}]" if entry.file else ""
        click.echo(f"nº {entry.number}  {date}  {entry.author} : {entry.summary}{origin}{state}")
