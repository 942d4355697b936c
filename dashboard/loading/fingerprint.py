"""Marks of the state of the files: a cheap one to see a change, one of the contents to name a version of the data."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from dashboard.loading.files import MAX_BYTES

_DATA = ("data/*.csv", "data/*.yaml", "data/regions/*.yaml", "data/source/*.txt", "data/source/*.csv")
_MAPS = ("geo/*.json", "geo/*.geojson", "geo/*.csv")
_ALL = ("config.yaml", *_DATA, *_MAPS)


def signature(root: Path) -> str:
    """Names, sizes, dates and places on the disk of the files below `root`; no file is opened.

    Cheap enough for every interaction. It may change while the contents do not (a file copied again): `fingerprint`
    then says so. The date of the directory entry and the inode are in it because a restored backup has the size and
    the date of before.
    """
    return _digest(root, _ALL, _on_disk)


def fingerprint(root: Path) -> str:
    """Twelve hexadecimal digits of the names and contents of every file below `root` that the dashboard reads."""
    return _digest(root, _ALL, _of_contents)[:12]


def maps_fingerprint(root: Path) -> str:
    """The same of the files of geo/ alone."""
    return _digest(root, _MAPS, _of_contents)[:12]


def data_version(root: Path) -> str:
    """Eight hexadecimal digits of the contents of data/ alone: the version of the figures, the same on every machine.

    Neither the display settings (config.yaml) nor the boundaries (geo/) are in it: they are not figures.
    """
    return _digest(root, _DATA, _of_contents)[:8]


def _digest(root: Path, patterns: Iterable[str], mark: Callable[[str], str]) -> str:
    """Digest of the marks of the files. Not Path.glob: six times slower, and this is asked at each interaction."""
    digest = hashlib.sha256()
    for pattern in patterns:
        folder, _, names = pattern.rpartition("/")
        try:
            entries = sorted(fnmatch.filter(os.listdir(root / folder), names))  # noqa: PTH208
        except OSError:
            continue
        for entry in entries:
            name = f"{folder}/{entry}" if folder else entry
            try:
                found = mark(f"{root}/{name}")
            except OSError:
                # A broken link, or a file replaced at this very moment.
                found = "illisible"
            digest.update(f"{name}|{found}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _on_disk(path: str) -> str:
    now = os.stat(path)  # noqa: PTH116 (as above)
    return f"{now.st_size}|{now.st_mtime_ns}|{now.st_ctime_ns}|{now.st_ino}"


def _of_contents(path: str) -> str:
    state = Path(path).stat()
    # A pipe would wait for ever, and what is too large is refused without being read.
    if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_BYTES:
        return f"{state.st_mode}|{state.st_size}|{state.st_mtime_ns}"
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
