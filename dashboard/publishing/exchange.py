"""The one moment of a publication: data/ and the folder prepared beside it change places.

Linux and macOS do so at once: whoever looks finds the former files or the new ones. Elsewhere two renames are needed;
cut between them, reading goes on from the former files (loading.files.Tree) and the next command puts them back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from dashboard.publishing.places import DATA, set_aside, staging, sync

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS, stdio.h
_UNABLE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def switch(root: Path) -> None:
    """Put the prepared data in the place of data/, and data/ in its own. Raises OSError, with nothing changed."""
    live, prepared = root / DATA, staging(root) / DATA
    if not _exchange(live, prepared):
        _two_renames(root)
    sync(root)
    sync(staging(root))


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; False when this system cannot."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        assert library is not None
        failed = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        assert library is not None
        failed = library.renamex_np(first, second, _RENAME_SWAP)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(one))


def _two_renames(root: Path) -> None:
    live, prepared, aside = root / DATA, staging(root) / DATA, set_aside(root)
    live.rename(aside)
    try:
        prepared.rename(live)
    except OSError:
        aside.rename(live)
        raise
    # The new files are in their place: if this last rename fails, the next command does it (mend).
    with suppress(OSError):
        aside.rename(prepared)


def mend(root: Path) -> None:
    """After a cut between renames: the former files take their place again, or their place in the history."""
    live, aside = root / DATA, set_aside(root)
    if aside.is_dir():
        aside.rename(staging(root) / DATA if live.exists() else live)
