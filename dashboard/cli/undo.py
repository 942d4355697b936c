"""``undo``: give data/ back the files that it had before the latest publication."""

from __future__ import annotations

from pathlib import Path

import click

from dashboard.cli.options import root_option
from dashboard.cli.sent import author_option


@click.command(short_help="Annule la dernière publication.")
@author_option
@root_option
def undo(author: str | None, root: Path) -> None:
    """Remet les fichiers de données tels qu’ils étaient avant la dernière publication, à l’octet près.

    L’annulation est inscrite au journal. Lancée de nouveau, la commande annule la publication précédente.
    """
    from dashboard.publishing.publish import PublishError
    from dashboard.publishing.publish import undo as undo_last

    try:
        entry = undo_last(root, author)
    except PublishError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Publication nº {entry.undoes} annulée; les fichiers d’avant sont remis (nº {entry.number} du journal)."
    )
