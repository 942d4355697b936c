"""Where the previous states of data/ and the journal are kept: « historique », beside data/. Nothing there is data.

historique/
  verrou            held while something is published
  en-cours/         a publication being made; the next command finishes or removes it
  0001/             one publication: entree.json (who, when, what) and data/ as it was before it
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from dashboard.loading.files import DATA as DATA
from dashboard.loading.files import HISTORY as HISTORY
from dashboard.loading.files import SET_ASIDE as SET_ASIDE

LOCK = f"{HISTORY}/verrou"
STAGING = f"{HISTORY}/en-cours"
ENTRY = "entree.json"


def numbered(root: Path) -> list[Path]:
    """Folders of the publications made, the oldest first."""
    found = [path for path in (root / HISTORY).glob("[0-9]*") if path.name.isdecimal() and path.is_dir()]
    return sorted(found, key=lambda path: int(path.name))


def digest(folder: Path) -> str:
    """Hash of the names and contents of every file of a folder; empty when it does not exist.

    Hidden files are left out: systems put their own in every folder that somebody opens.
    """
    if not folder.is_dir():
        return ""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            raw = path.read_bytes()
            found.update(f"{path.relative_to(folder).as_posix()}|{len(raw)}|".encode() + raw)
    return found.hexdigest()


def sync(*paths: Path) -> None:
    """Have files, or the lists of folders, really on the disk. A system that cannot do so for folders is let be."""
    for path in paths:
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            with suppress(OSError):
                os.fsync(handle)
            os.close(handle)
