"""``workbook``, ``diff``, ``apply``, ``undo`` and ``history``: new figures, from the file to fill in to the journal."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.shared import file_argument, output_option, refuse, root_option, usable, write
from dashboard.model import DataError

_author = click.option(
    "--author", metavar="NOM", help="Nom inscrit au journal. Par défaut\u00a0: celui de la session de l’ordinateur."
)


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
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
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
    for note in incoming.notes:
        click.echo(f"À noter : {note}\n")
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
