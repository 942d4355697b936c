"""Middleware that sends files: Streamlit's scripts compressed, our assets, the boundaries that the maps fetch."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from dashboard.ui.server.addresses import ASSETS_PREFIX, GEO_PREFIX, local_path, way_to_root
from dashboard.ui.server.files import FOREVER, REVALIDATE, FileStore, accepts_gzip, reply
from dashboard.ui.server.replies import french_error, wants_html
from dashboard.ui.server.roots import ASSETS, geo_folder

_FLAT_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


@dataclass(frozen=True)
class Shelf:
    """A folder that may be read, under a prefix. ``ours`` is flat, closed by suffix, and answers 404 itself."""

    prefix: str
    folder: Callable[[], Path]
    suffixes: frozenset[str]
    ours: bool

    def find(self, name: str) -> Path | None:
        """The file of that name, or None when it is absent, of another kind, or outside the folder."""
        if "\\" in name or "\0" in name or any(part in {"", ".", ".."} for part in name.split("/")):
            return None
        if self.ours and not _FLAT_NAME.fullmatch(name):
            return None
        if Path(name).suffix.lower() not in self.suffixes:
            return None
        folder = self.folder()
        path = folder / name
        try:  # a link that leads out of the folder is not followed, a name too long for the disk is not found
            inside = path.resolve().is_relative_to(folder.resolve()) and path.is_file()
        except OSError:
            return None
        return path if inside else None


def shelves() -> tuple[Shelf, ...]:
    """What is open to the browser, and nothing else: data/ and config.yaml are never on a shelf."""
    text = frozenset({".js", ".css", ".svg", ".json", ".map", ".txt"})
    return (
        Shelf("static/", lambda: Path(file_util.get_static_dir()) / "static", text, ours=False),
        Shelf(ASSETS_PREFIX, lambda: ASSETS, frozenset({".css", ".js", ".json", ".svg", ".png"}), ours=True),
        Shelf(GEO_PREFIX, geo_folder, frozenset({".geojson", ".json"}), ours=True),
    )


@lru_cache(maxsize=64)
def _digest(path: str, _modified: int, _size: int) -> str:
    return sha256(Path(path).read_bytes()).hexdigest()[:12]


def geo_url(name: str) -> str:
    """Relative address of a file of geo/ for Plotly's ``geojson``; it changes when the file does.

    Relative to the page: it holds on every page and under ``server.baseUrlPath``.
    """
    path = geo_folder() / name
    try:
        status = path.stat()
        return f"{GEO_PREFIX}{name}?v={_digest(str(path), status.st_mtime_ns, status.st_size)}"
    except OSError:  # taken away while the dashboard runs: the figures of the page must not go with it
        return f"{GEO_PREFIX}{name}"


class FileServer:
    """Answers GET and HEAD for the shelves; everything else goes on to the next application."""

    def __init__(self, app: ASGIApp, store: FileStore, base_url: Callable[[], str], on: Sequence[Shelf]) -> None:
        self.app = app
        self.store = store
        self.base_url = base_url()
        self.shelves = tuple(on)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    async def _respond(self, scope: Scope) -> Response | None:
        local = local_path(scope, self.base_url) if scope["method"] in {"GET", "HEAD"} else None
        if local is None:
            return None
        for shelf in self.shelves:
            if local.startswith("/" + shelf.prefix):
                return await self._from(shelf, local.removeprefix("/" + shelf.prefix), scope)
        return None

    async def _from(self, shelf: Shelf, name: str, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        # Streamlit sends its own files itself to a client that does not want them compressed, or wants a part of one.
        if not shelf.ours and (not accepts_gzip(headers) or "range" in headers):
            return None
        path = shelf.find(name)
        if path is None:
            home = way_to_root(scope, f"/{shelf.prefix}{name}")
            return french_error(404, home=home, html=wants_html(headers)) if shelf.ours else None
        try:
            stored = await self.store.get(path, keep_raw=shelf.ours)
        except OSError:
            return french_error(404, html=False) if shelf.ours else None
        # An address with the right hash never changes its content; without one the browser asks each time (304).
        versioned = QueryParams(scope.get("query_string", b"")).get("v") == stored.digest
        cache = FOREVER if versioned or not shelf.ours else REVALIDATE
        return reply(stored, headers, method=scope["method"], cache=cache)
