"""Files served compressed, compressed once: Streamlit's own scripts, our assets, the boundaries of the maps.

Streamlit sends its scripts as they are (7.5 MB for a page with a chart) and leaves compression to a proxy. A dashboard
that one starts with a single command has no proxy: here each file is compressed the first time and kept in memory.
"""

import asyncio
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.responses import Response

MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
FOREVER: Final = "public, immutable, max-age=31536000"
REVALIDATE: Final = "no-cache"
_NOT_COMPRESSIBLE: Final = {".png"}
_SMALLEST: Final = 500
_MEMORY_BUDGET: Final = 24_000_000

# Streamlit's bundle of Plotly: 4.7 MB, of which the browser would read each function twice, the second time while
# nothing else can happen. Told that all are called, it compiles them at once, beside the page. A browser that does not
# know this line reads a comment.
CHARTS_SCRIPT: Final = "PlotlyChart."
_COMPILE_ALL: Final = b"//# allFunctionsCalledOnLoad\n"

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Stored:
    """A file ready to send. ``raw`` is dropped when another handler can send the file uncompressed."""

    digest: str
    media_type: str
    packed: bytes | None
    raw: bytes | None

    @property
    def cost(self) -> int:
        """Bytes held in memory."""
        return len(self.packed or b"") + len(self.raw or b"")


def _eager(path: Path) -> bytes:
    """What is put before a file as it is sent."""
    return _COMPILE_ALL if path.name.startswith(CHARTS_SCRIPT) and path.suffix == ".js" else b""


def accepts_gzip(headers: Headers) -> bool:
    """True when the browser accepts gzip (« gzip;q=0 » refuses it)."""
    for part in headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def pack(raw: bytes, media_type: str, *, keep_raw: bool, compress: bool = True) -> Stored:
    """Compress and hash a body. No date inside, so that the same file always gives the same bytes."""
    packed = gzip.compress(raw, compresslevel=6, mtime=0) if compress and len(raw) >= _SMALLEST else None
    digest = hashlib.sha256(raw).hexdigest()[:12]
    return Stored(digest, media_type, packed, raw if keep_raw or packed is None else None)


def reply(stored: Stored, headers: Headers, *, method: str, cache: str, status: int = 200) -> Response:
    """The response for a stored file: 304, compressed or plain."""
    packed = stored.packed if stored.packed is not None and (accepts_gzip(headers) or stored.raw is None) else None
    etag = f'"{stored.digest}{"-gz" if packed is not None else ""}"'
    common = {"ETag": etag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    known = {tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")}
    if etag in known or "*" in known:
        return Response(status_code=304, headers=common)
    body = packed if packed is not None else stored.raw or b""
    if packed is not None:
        common["Content-Encoding"] = "gzip"
    response = Response(body, status_code=status, media_type=stored.media_type, headers=common)
    if method == "HEAD":
        response.body = b""  # the length of the full body stays announced
    return response


class FileStore:
    """Compressed files by path and date, the least used leaving first when the budget is spent."""

    def __init__(self, budget: int = _MEMORY_BUDGET) -> None:
        # Alone, a file larger than the budget is still kept.
        self._kept: LRUCache[Key, Stored] = LRUCache(budget, getsizeof=lambda stored: min(stored.cost, budget))
        self._loading: dict[Key, asyncio.Task[Stored]] = {}

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return int(self._kept.currsize)

    async def get(self, path: Path, *, keep_raw: bool) -> Stored:
        """The file, compressed in a thread on first use; simultaneous requests share the same work.

        Raises OSError when the file cannot be read.
        """
        status = path.stat()
        key = (str(path), status.st_mtime_ns, status.st_size)
        if key in self._kept:
            return self._kept[key]
        task = self._loading.get(key)
        if task is None:
            task = asyncio.create_task(asyncio.to_thread(self._load, path, keep_raw))
            self._loading[key] = task
            task.add_done_callback(lambda _: self._loading.pop(key, None))
        stored = await asyncio.shield(task)
        self._keep(key, stored)
        return stored

    @staticmethod
    def _load(path: Path, keep_raw: bool) -> Stored:
        suffix = path.suffix.lower()
        media_type = MEDIA_TYPES.get(suffix, "application/octet-stream")
        return pack(
            _eager(path) + path.read_bytes(), media_type, keep_raw=keep_raw, compress=suffix not in _NOT_COMPRESSIBLE
        )

    def _keep(self, key: Key, stored: Stored) -> None:
        for old in [other for other in self._kept if other[0] == key[0] and other != key]:
            del self._kept[old]  # the previous version of a file that was replaced
        self._kept[key] = stored
