"""The journal: one entry for each publication and each undoing, with date, author and summary."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from dashboard.loading.whole_files import write_whole
from dashboard.publishing.exchange import mend
from dashboard.publishing.places import DATA, ENTRY, digest, history, numbered, set_aside, staging, sync

_PUBLISHED, _UNDONE = "publication", "annulation"


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
    kind: str = _PUBLISHED
    undoes: int = 0
    number: int = 0

    @property
    def undoing(self) -> bool:
        return self.kind == _UNDONE


def undoing_entry(of: Publication, date: str, author: str) -> Publication:
    said = f"annule nº {of.number} : {of.summary}"
    return Publication(date, author, said, "", of.after, of.before, _UNDONE, of.number)


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


def entries(root: Path) -> list[Publication]:
    """The journal, the oldest first; with the publication that was cut after it took place. Writes nothing."""
    found = [entry for path in numbered(root) if (entry := _read(path, int(path.name))) is not None]
    pending = _committed(root)
    if pending is not None:
        found.append(pending)
    return found


def _next_number(root: Path) -> int:
    return max((int(path.name) for path in numbered(root)), default=0) + 1


def _committed(root: Path) -> Publication | None:
    """The entry being made, when its data have taken their place: the former ones are then what it keeps."""
    pending = _read(staging(root), _next_number(root))
    if pending is None or set_aside(root).is_dir():
        return None
    try:
        return pending if digest(staging(root) / DATA) == pending.before else None
    except OSError:
        # Another command is finishing it at this very moment.
        return None


def recover(root: Path) -> None:
    """Finish or remove what a cut publication left. To be called with the lock held."""
    mend(root)
    folder = staging(root)
    if not folder.exists():
        return
    if _committed(root) is not None:
        keep(root)
    else:
        # The entry first: without it, what is left of the folder can only be removed.
        (folder / ENTRY).unlink(missing_ok=True)
        shutil.rmtree(folder)


def keep(root: Path) -> int:
    """Give the publication that took place its number."""
    number = _next_number(root)
    with suppress(OSError):
        staging(root).rename(history(root) / f"{number:04}")
        sync(history(root))
    return number


def marked(found: list[Publication]) -> list[tuple[Publication, bool]]:
    """Each entry, and whether it is undone."""
    undone = {entry.undoes for entry in found if entry.undoing}
    return [(entry, entry.number in undone) for entry in found]


def to_undo(found: list[Publication]) -> Publication | None:
    """The latest publication that is not undone."""
    return next((entry for entry, undone in reversed(marked(found)) if not (entry.undoing or undone)), None)
