"""The journal: one entry for each publication and each undoing, with date, author and summary.

And the one moment of a publication: data/ and the folder prepared beside it change places. Linux and macOS do so at
once: whoever looks finds the former files or the new ones. Elsewhere two renames are needed; cut between them, reading
goes on from the former files (loading.files.Tree) and the next command puts them back.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from dashboard.loading.whole_files import write_whole
from dashboard.publishing.places import DATA, ENTRY, HISTORY, SET_ASIDE, STAGING, digest, numbered, sync

PUBLISHED, UNDONE = "publication", "annulation"
# The function that exchanges two folders, what goes before each of them, and what says to exchange.
_EXCHANGES = {"linux": ("renameat2", (-100,), 2), "darwin": ("renamex_np", (), 2)}  # linux/fs.h; macOS, stdio.h
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication (kind « publication ») or an undoing (« annulation », of the entry `undoes`).

    date: « 2026-06-30T14:05:00-04:00 ». before, after: digests of data/. number: 0 while it is being made.
    """

    date: str
    author: str
    summary: str
    file: str
    before: str
    after: str = ""
    kind: str = PUBLISHED
    undoes: int = 0
    number: int = 0

    @property
    def undoing(self) -> bool:
        return self.kind == UNDONE


def write(folder: Path, entry: Publication) -> None:
    """Whole or not at all."""
    text = json.dumps(asdict(entry), ensure_ascii=False, indent=2) + "\n"
    write_whole({folder / ENTRY: text.encode()})
    sync(folder)


def _read(folder: Path, number: int) -> Publication | None:
    """The entry of a folder; None when it has none that can be read."""
    try:
        raw = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
        datetime.fromisoformat(raw["date"])
        return Publication(**{**raw, "number": number})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def journal_of(root: Path) -> list[tuple[Publication, bool]]:
    """Every entry, the oldest first, and whether it is undone; with the publication that was cut after it took place.
    Writes nothing."""
    found = [*(_read(path, int(path.name)) for path in numbered(root)), _committed(root)]
    entries = [entry for entry in found if entry is not None]
    undone = {entry.undoes for entry in entries if entry.undoing}
    return [(entry, entry.number in undone) for entry in entries]


def to_undo(found: list[tuple[Publication, bool]]) -> Publication | None:
    """The latest publication that is not undone."""
    return next((entry for entry, undone in reversed(found) if not (entry.undoing or undone)), None)


def _next_number(root: Path) -> int:
    return max((int(path.name) for path in numbered(root)), default=0) + 1


def _committed(root: Path) -> Publication | None:
    """The entry being made, when its data have taken their place: the former ones are then what it keeps."""
    pending = _read(root / STAGING, _next_number(root))
    if pending is None or (root / SET_ASIDE).is_dir():
        return None
    try:
        return pending if digest(root / STAGING / DATA) == pending.before else None
    except OSError:
        # Another command is finishing it at this very moment.
        return None


def recover(root: Path) -> None:
    """Finish or remove what a cut publication left. To be called with the lock held."""
    # After a cut between renames: the former files take their place again, or their place in the history.
    live, aside, folder = root / DATA, root / SET_ASIDE, root / STAGING
    if aside.is_dir():
        aside.rename(folder / DATA if live.exists() else live)
    if _committed(root) is not None:
        keep(root)
    elif folder.exists():
        # The entry first: without it, what is left of the folder can only be removed.
        (folder / ENTRY).unlink(missing_ok=True)
        shutil.rmtree(folder)


def keep(root: Path) -> int:
    """Give the publication that took place its number."""
    number = _next_number(root)
    with suppress(OSError):
        (root / STAGING).rename(root / HISTORY / f"{number:04}")
        sync(root / HISTORY)
    return number


def switch(root: Path) -> None:
    """Put the prepared data in the place of data/, and data/ in its own. Raises OSError, with nothing changed."""
    live, prepared, aside = root / DATA, root / STAGING / DATA, root / SET_ASIDE
    if not _exchange(live, prepared):
        live.rename(aside)
        try:
            prepared.rename(live)
        except OSError:
            aside.rename(live)
            raise
        # The new files are in their place: if this last rename fails, the next command does it (recover).
        with suppress(OSError):
            aside.rename(prepared)
    sync(root, root / STAGING)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False when this system cannot."""
    name, before, flag = _EXCHANGES.get(sys.platform, ("", (), 0))
    exchange = getattr(ctypes.CDLL(None, use_errno=True), name, None) if name else None
    if exchange is None:
        return False
    if not exchange(*before, os.fsencode(one), *before, os.fsencode(other), flag):
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(one))
