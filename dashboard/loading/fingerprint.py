"""A short mark of the state of the files: when it changes, the dashboard reads them again."""

from __future__ import annotations

import hashlib
from pathlib import Path

_PATTERNS = (
    "config.yaml",
    "data/*.csv",
    "data/*.yaml",
    "data/regions/*.yaml",
    "geo/*.json",
    "geo/*.geojson",
    "geo/*.csv",
)


def fingerprint(root: Path) -> str:
    """Hash of the names, sizes and dates of the data files below `root` (their contents are not read)."""
    digest = hashlib.sha256()
    for pattern in _PATTERNS:
        for path in sorted(root.glob(pattern)):
            try:
                state = path.stat()
                mark = f"{state.st_size}|{state.st_mtime_ns}"
            except OSError:
                # A broken link, or a file replaced at this very moment.
                mark = "illisible"
            digest.update(f"{path.relative_to(root)}|{mark}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:12]
