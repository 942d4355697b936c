"""Marks of the state of the files: a cheap one to see a change, one of the contents to name a version of the data."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.loading.files import MAX_BYTES

_DATA = ("data/*.csv", "data/*.yaml", "data/regions/*.yaml", "data/source/*.txt", "data/source/*.csv")
_MAPS = ("geo/*.json", "geo/*.geojson", "geo/*.csv")
_ALL = ("config.yaml", *_DATA, *_MAPS)
_BLOCK = 1 << 20


def signature(root: Path) -> str:
    """Names, sizes, dates and places on the disk of the files below `root`; no file is opened.

    Cheap enough for every interaction. It may change while the contents do not (a file copied again): `fingerprint`
    then says so. The date of the directory entry and the inode are in it because a restored backup has the size and
    the date of before.
    """
    digest = hashlib.sha256()
    for name, path in _files(root, _ALL):
        try:
            now = os.stat(path)  # noqa: PTH116 (see _files)
            mark = f"{now.st_size}|{now.st_mtime_ns}|{now.st_ctime_ns}|{now.st_ino}"
        except OSError:
            # A broken link, or a file replaced at this very moment.
            mark = "illisible"
        digest.update(f"{name}|{mark}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def fingerprint(root: Path) -> str:
    """Twelve hexadecimal digits of the names and contents of every file below `root` that the dashboard reads."""
    return _of_contents(root, _ALL)[:12]


def maps_fingerprint(root: Path) -> str:
    """The same of the files of geo/ alone."""
    return _of_contents(root, _MAPS)[:12]


def data_version(root: Path) -> str:
    """Eight hexadecimal digits of the contents of data/ alone: the version of the figures, the same on every machine.

    Neither the display settings (config.yaml) nor the boundaries (geo/) are in it: they are not figures.
    """
    return _of_contents(root, _DATA)[:8]


def _files(root: Path, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names below the root, and paths. Not Path.glob: this is asked at each interaction, and it is six times slower."""
    for pattern in patterns:
        folder, _, names = pattern.rpartition("/")
        try:
            entries = sorted(fnmatch.filter(os.listdir(root / folder), names))  # noqa: PTH208
        except OSError:
            continue
        for entry in entries:
            name = f"{folder}/{entry}" if folder else entry
            yield name, f"{root}/{name}"


def _of_contents(root: Path, patterns: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name, path in _files(root, patterns):
        try:
            mark = _of_one(Path(path))
        except OSError:
            mark = "illisible"
        digest.update(f"{name}|{mark}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _of_one(path: Path) -> str:
    state = path.stat()
    # A pipe would wait for ever, and what is too large is refused without being read.
    if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_BYTES:
        return f"{state.st_mode}|{state.st_size}|{state.st_mtime_ns}"
    own = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            own.update(block)
    return own.hexdigest()
