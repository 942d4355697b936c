"""Write files whole or not at all, whatever happens meanwhile: a full disk, a folder without the right to write."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write the files, all of them or none: each takes its name at once, when all are on the disk.

    Raises OSError; the files are then those of before, and nothing else is left.
    """
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in files}
    former: dict[Path, bytes | None] = {}
    try:
        for path, raw in files.items():
            _write(beside[path], raw)
        for path, written in beside.items():
            before = path.read_bytes() if path.exists() and len(files) > 1 else None
            written.replace(path)
            former[path] = before
    except OSError:
        for path, before in former.items():
            if before is None:
                path.unlink(missing_ok=True)
            else:
                _write(beside[path], before)
                beside[path].replace(path)
        raise
    finally:
        for written in beside.values():
            with suppress(OSError):
                written.unlink(missing_ok=True)


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
