"""``history``: the journal of the publications."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option


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
