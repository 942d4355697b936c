"""``backup``, ``restore`` and ``migrate``: the database of what the team writes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.shared import count, file_argument, root_option, write

if TYPE_CHECKING:
    from dashboard.team.database import Store


@contextmanager
def _store(root: Path) -> Iterator[Store]:
    """The database of the settings; a fault of it is said with its place, since whoever reads it is at the machine."""
    from dashboard.team.backup import BackupError
    from dashboard.team.database import address, opened
    from dashboard.team.faults import StoreError

    logging.getLogger("dashboard.team").addHandler(logging.NullHandler())
    place = ""
    try:
        found = opened(address(root))
        place = f" Base : {found.place}"
        yield found
    except StoreError as error:
        raise click.ClickException(f"{error}{place}") from error
    except BackupError as error:
        raise click.ClickException(str(error)) from error


def _told(lines: Mapping[str, int]) -> str:
    texts = count(lines["writings"], "version de texte", "versions de textes")
    return f"{texts}, {count(lines['drafts'], 'brouillon', 'brouillons')}"


def _absent(store: Store) -> bool:
    return store.sqlite and not store.file.exists()


@click.command(short_help="Garde dans un fichier tout ce que l’équipe a écrit.")
@file_argument
@root_option
def backup(file: Path, root: Path) -> None:
    """Écrit dans FICHIER tout ce que l’équipe a écrit : suivi, présentations, brouillons, avec leurs versions.

    Le tableau de bord peut rester en marche : c’est l’état d’un seul instant. « restore » le remet, dans SQLite comme
    dans PostgreSQL.
    """
    from dashboard.team import backup as backups

    with _store(root) as store:
        if file.exists():
            raise click.ClickException(
                f"« {file} » existe déjà. Choisir un autre nom : une sauvegarde ne s’écrase pas."
            )
        if _absent(store):
            raise click.ClickException(f"il n’y a pas encore de base : rien n’est écrit. Base : {store.place}")
        raw, lines = backups.backup(store)
        write(file, raw, f"impossible d’écrire « {file} ». Vérifier le dossier et les droits.")
        file.chmod(0o600)
    click.echo(f"Sauvegarde écrite : {file} ({_told(lines)}).")


@click.command(short_help="Remet une sauvegarde à la place de ce que l’équipe a écrit.")
@file_argument
@click.option("--yes", is_flag=True, help="Remplace ce qui est déjà écrit.")
@root_option
def restore(file: Path, yes: bool, root: Path) -> None:
    """Remet le contenu de FICHIER, écrit par « backup », à la place de tout ce que l’équipe a écrit. Tout ou rien.

    S’il y a déjà quelque chose, --yes est demandé. Une base SQLite abîmée est gardée à côté, sous un autre nom.
    """
    from dashboard.team import backup as backups

    with _store(root) as store:
        backups.check(file)
        if not yes and backups.something(store):
            raise click.ClickException(
                "il y a déjà une base, que cette sauvegarde remplacerait. En garder une copie par « backup » si elle "
                f"est lisible, puis recommencer avec --yes. Base : {store.place}"
            )
        lines, aside = backups.restore(store, file)
    if aside is not None:
        click.echo(f"Base d’avant, gardée sous ce nom : {aside}")
    click.echo(f"Sauvegarde remise : {_told(lines)}.")


@click.command(short_help="Met la base de l’équipe à jour, ou l’essaie.")
@click.option("--try", "trial", is_flag=True, help="Essaie seulement; rien n’est changé.")
@root_option
def migrate(trial: bool, root: Path) -> None:
    """Met la base de l’équipe au schéma de cette version du tableau de bord, tout ou rien. Le tableau de bord le fait
    de lui-même en démarrant; --try dit d’avance s’il y parviendra.
    """
    from dashboard.team.schema import upgrade

    with _store(root) as store:
        if _absent(store):
            click.echo(f"Il n’y a pas encore de base; le tableau de bord la fera. Base : {store.place}")
            return
        before, after = upgrade(store, keep=not trial)
    if before == after:
        click.echo(f"La base est à jour (schéma {after}).")
    elif trial:
        click.echo(f"Essai réussi : du schéma {before or 'vide'} au schéma {after}. Rien n’est changé.")
        click.echo("Pour le faire : python -m dashboard migrate")
    else:
        click.echo(f"Base mise à jour : du schéma {before or 'vide'} au schéma {after}.")
