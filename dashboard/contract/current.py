"""The data of a dashboard that runs: read again when the files change, kept when the new files cannot be used.

A page takes one `Snapshot` at its start and keeps it to its end: it never mixes two versions of the files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from dashboard.contract.door import check
from dashboard.loading.fingerprint import fingerprint, maps_fingerprint, signature
from dashboard.loading.geography import map_files
from dashboard.model.dataset import Dataset
from dashboard.model.problems import DataError, Problem

# A folder being copied changes while it is read. Past this many readings, the next interaction reads again.
_READINGS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What every page shows, until the files change.

    dataset: None when nothing valid was ever read. problems: those of files that are not shown because they cannot be
    used (`dataset` is then the last that could); empty when `dataset` is what the files hold.
    """

    dataset: Dataset | None
    problems: tuple[Problem, ...] = ()

    def shown(self) -> Dataset:
        """The dataset. Raises DataError when nothing valid was ever read."""
        if self.dataset is None:
            raise DataError(self.problems)
        return self.dataset


class Current:
    """The state of one folder. `state()` is cheap when no file has changed: it looks at dates, and opens nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._looked = -inf
        self._lock = Lock()
        self._signature = ""
        self._fingerprint = ""
        self._state: Snapshot | None = None

    def state(self, pause: float = 0.0) -> Snapshot:
        """The state to show now; the same object as long as nothing that is read has changed.

        pause: seconds during which the files are not looked at again. Fifty people at once would have the server look
        at them fifty times a second, and each look lets another one pass before.
        """
        with self._lock:
            if self._state is not None and monotonic() - self._looked < pause:
                return self._state
            self._looked = monotonic()
            for _ in range(_READINGS):
                seen = signature(self._root)
                if self._state is not None and seen == self._signature:
                    return self._state
                mark = fingerprint(self._root)
                if self._state is None or mark != self._fingerprint:
                    found = self._read(self._state)
                    # Two versions of a folder are never shown as one: what changed meanwhile is read again.
                    if signature(self._root) != seen:
                        continue
                    self._state, self._fingerprint = found, mark
                self._signature = seen
            if self._state is None:
                self._state = self._read(None)
            return self._state

    def _read(self, former: Snapshot | None) -> Snapshot:
        kept = None if former is None else former.dataset
        report = check(self._root)
        found = report.dataset
        if found is None:
            return Snapshot(self._with_maps_of_now(kept, report.problems), report.problems)
        # Read at once: read later, they could be those of other files.
        map_files(found.root, found.fingerprint)
        lost = [code for code in found.unavailable if kept is not None and code in kept.region_codes()]
        if kept is None or not lost:
            return Snapshot(found)
        return Snapshot(self._with_maps_of_now(kept, found.problems), found.problems)

    def _with_maps_of_now(self, kept: Dataset | None, problems: tuple[Problem, ...]) -> Dataset | None:
        """The last valid data on the boundaries of now: the browser fetches those, and no others are on the disk."""
        if kept is None:
            return None
        mark = f"{kept.version}-{maps_fingerprint(self._root)}"
        map_files(kept.root, mark)
        own = tuple(problem for problem in problems if problem.file.startswith("geo/"))
        others = tuple(problem for problem in kept.problems if not problem.file.startswith("geo/"))
        return replace(kept, fingerprint=mark, problems=(*others, *own))
