"""Publish and undo: all or nothing. The only code that writes data/, for the command line and for the page."""

from __future__ import annotations

import errno
import getpass
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from dashboard.contract.door import check
from dashboard.loading.files import NewFile, Tree
from dashboard.model import DataError
from dashboard.publishing import journal
from dashboard.publishing.diff import Diff, compare
from dashboard.publishing.incoming import Incoming, receive, silent
from dashboard.publishing.incoming import Step as Step
from dashboard.publishing.journal import Publication as Publication
from dashboard.publishing.journal import journal_of as journal_of
from dashboard.publishing.journal import switch
from dashboard.publishing.journal import to_undo as to_undo
from dashboard.publishing.places import DATA, ENTRY, HISTORY, LOCK, STAGING, digest, sync
from dashboard.publishing.words import summary
from dashboard.team.people import Person
from dashboard.wording import today as quebec

LONGEST_SUMMARY: Final = 200
_APART: Final = (
    "« data » est un lien ou un volume à part : il ne peut pas être remplacé d’un coup. Remède : publier là où "
    "« data » est un vrai dossier."
)
_REASONS: Final = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
}


class PublishError(Exception):
    """Why nothing was published or undone, in French; data/ is as it was."""


def of_the_machine(author: str | None = None) -> Person:
    """Whoever has a terminal, under the name given or that of the session of the machine: no other right is asked."""
    name = " ".join((author or "").split())
    with suppress(OSError, KeyError):
        name = name or getpass.getuser()
    return Person(name or "inconnu", "publisher")


def _now() -> str:
    return quebec.now().isoformat(timespec="seconds")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Nobody else publishes meanwhile; what a cut publication left is finished or removed first."""
    live = root / DATA
    if live.is_symlink() or os.path.ismount(live):
        raise PublishError(_APART)
    try:
        (root / HISTORY).mkdir(exist_ok=True)
        with FileLock(root / LOCK, timeout=0):
            journal.recover(root)
            yield
    except Timeout:
        raise PublishError(
            "une autre publication est en cours; rien n’est changé. Remède : attendre qu’elle finisse, et recommencer."
        ) from None
    except OSError as error:
        raise PublishError(_unwritable(error)) from error


def _unwritable(error: OSError) -> str:
    if error.errno in (errno.EBUSY, errno.EXDEV):
        return f"{_APART} Rien n’est changé."
    what = _REASONS.get(error.errno or 0, "le système l’a refusé")
    place = Path(str(error.filename)).name if error.filename else HISTORY
    return (
        f"impossible d’écrire (« {place} ») : {what}. Rien n’est changé. Remède : vérifier les droits et la place "
        "libre dans le dossier du projet, puis recommencer."
    )


def publish(
    root: Path, sent: Path | Incoming, who: Person, text: str | None = None, step: Step = silent
) -> tuple[Publication, Diff, Incoming]:
    """Put the figures of a workbook or of a folder in the place of those of data/.

    sent: where they are, or what was received of them: the data must then still be those it was compared to.
    Raises ForbiddenError, DataError when they have a problem (each one named), PublishError when nothing differs or can
    be written. Each time, data/ is as it was.
    """
    who.require("publisher")
    with _alone(root):
        incoming = sent if isinstance(sent, Incoming) else receive(root, sent, step)
        if incoming.dataset is None:
            raise DataError(incoming.problems)
        now = digest(root / DATA)
        if incoming.base != now:
            raise PublishError(
                "les données publiées ont changé depuis que ce classeur leur a été comparé; rien n’est changé. Remède "
                ": le charger de nouveau, relire les différences, et recommencer."
            )
        step("Comparaison avec les données publiées")
        diff = compare(Tree(root), incoming.files, incoming.dataset)
        if diff.empty:
            raise PublishError("ce fichier contient exactement les données actuelles; il n’y a rien à publier.")
        said = " ".join((text or "").split())[:LONGEST_SUMMARY] or summary(diff)
        draft = Publication(_now(), who.name, said, incoming.name, now)
        return _replace(root, draft, root / DATA, incoming.files, step), diff, incoming


def undo(root: Path, who: Person, number: int | None = None, step: Step = silent) -> Publication:
    """Give data/ back the files that it had before the latest publication, byte for byte.

    number: of that publication, for whoever chose it on a page that may be older than it. Raises ForbiddenError,
    PublishError.
    """
    who.require("publisher")
    with _alone(root):
        step("Lecture du journal et de l’état gardé")
        found = journal_of(root)
        last = to_undo(found)
        if last is None:
            raise PublishError("il n’y a aucune publication à annuler.")
        if number not in (None, last.number):
            raise PublishError(
                f"la publication nº {number} n’est plus la dernière; rien n’est changé. Remède : recharger la page."
            )
        kept, latest = f"{HISTORY}/{last.number:04}/{DATA}", found[-1][0]
        if digest(root / DATA) != latest.after:
            raise PublishError(
                "des fichiers de data/ ont été modifiés à la main depuis la dernière entrée du journal "
                f"(nº {latest.number}) : annuler effacerait ces changements. Remède : les défaire, ou reprendre les "
                f"fichiers gardés dans {kept}."
            )
        if digest(root / kept) != last.before:
            raise PublishError(
                f"l’état gardé dans {kept} a été modifié : il n’est pas remis. Remède : reprendre les fichiers d’une "
                "sauvegarde."
            )
        said = f"annule nº {last.number} : {last.summary}"
        draft = Publication(_now(), who.name, said, "", last.after, "", journal.UNDONE, last.number)
        return _replace(root, draft, root / kept, {}, step)


def _replace(root: Path, draft: Publication, origin: Path, files: dict[str, NewFile], step: Step) -> Publication:
    """Prepare a whole folder beside data/ (that of `origin`, with `files`), then exchange the two at once."""
    folder = root / STAGING
    try:
        step("Écriture à côté des données")
        folder.mkdir()
        _copy(origin, folder / DATA)
        for name, file in files.items():
            if file.gone:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(file.raw)
        if files:
            step("Vérification de ce qui est écrit")
        problems = check(Tree(root, data=folder / DATA)).problems if files else ()
        if problems:
            raise DataError(problems)
        entry = replace(draft, after=digest(folder / DATA))
        step("Échange avec les données publiées")
        sync(*(folder / DATA).rglob("*"), folder / DATA)
        journal.write(folder, entry)
        switch(root)
    except (OSError, DataError, PublishError):
        (folder / ENTRY).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # Published from here on, whatever happens: what is left to do, the next command would do.
    return replace(entry, number=journal.keep(root))


def _copy(origin: Path, target: Path) -> None:
    """A folder copied with its dates: a file that does not change is not read again by a dashboard that runs."""

    def copy(one: str, other: str) -> None:
        try:
            shutil.copy2(one, other)
        except OSError as error:
            # Told as the system has it; shutil would make one text of them all.
            raise PublishError(_unwritable(error)) from error

    shutil.copytree(origin, target, copy_function=copy)
