"""Static files: Streamlit's scripts, our assets and the boundaries of the maps, each compressed once."""

from __future__ import annotations

import gzip
import mimetypes
import os
import re
import stat
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.routing import Match, Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.server.addresses import GEO_PREFIX
from dashboard.ui.server.errors import french_error, wants_html
from dashboard.ui.server.roots import geo_folder
from dashboard.ui.server.streamlit_internals import static_folder

FOREVER: Final = "public, immutable, max-age=31536000"
REVALIDATE: Final = "no-cache"
_TYPES: Final = {".geojson": "application/geo+json", ".js": "text/javascript", ".woff2": "font/woff2"}
_SMALLEST: Final = 500
_COMPRESSIBLE: Final = re.compile(r"text/|application/|image/svg")
_GZIP: Final = re.compile(r"\b(?:gzip|\*)(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_NAME: Final = r"[\w-][\w.-]{0,99}"
# Names that may be read. data/ and config.yaml are in no folder that is served.
ASSETS_NAMES: Final = re.compile(rf"{_NAME}\.(?:css|js|json|svg|png)")
GEO_NAMES: Final = re.compile(rf"{_NAME}\.(?:geojson|json)")
_SCRIPTS_NAMES: Final = re.compile(rf"(?:js|css|media)/{_NAME}")


@lru_cache(maxsize=1024)
def _read(path: str, _modified: int, _size: int) -> tuple[bytes, str]:
    """Content of a file and its digest, read once a version."""
    content = Path(path).read_bytes()
    return content, sha256(content).hexdigest()[:12]


@lru_cache(maxsize=1024)
def _compressed(path: str, modified: int, size: int) -> bytes:
    # No date inside, so that the same file always gives the same bytes.
    return gzip.compress(_read(path, modified, size)[0], compresslevel=6, mtime=0)


def accepts_gzip(request: Headers) -> bool:
    """True when whoever asks reads what is compressed."""
    return _GZIP.search(request.get("accept-encoding", "")) is not None


def conditional(response: Response, request: Headers) -> Response:
    """The response, or « not modified » for a browser that has it already."""
    known = {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}
    return NotModifiedResponse(response.headers) if known & {response.headers["etag"], "*"} else response


class CompressedFiles(StaticFiles):
    """``StaticFiles`` for the names of an allow-list, sent compressed; a copy that was asked for by its digest (``v``),
    or whose name changes with its content, is kept for a year."""

    def __init__(self, directory: Path, names: re.Pattern[str], *, immutable: bool = False) -> None:
        super().__init__(directory=directory, check_dir=False)
        self.names = names
        self.immutable = immutable

    async def check_config(self) -> None:
        """Nothing is checked: a folder that is not there yet has no file."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Path and status of a file whose name is allowed; a link that leads out of the folder is not followed."""
        return super().lookup_path(path) if self.names.fullmatch(path) else ("", None)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, « not modified », or 404 in French."""
        request = Headers(scope=scope)
        try:
            return await run_in_threadpool(self._answer, path, request, QueryParams(scope.get("query_string", b"")))
        except OSError:  # absent, or taken away between the look and the reading
            return french_error(404, html=wants_html(request))

    def _answer(self, path: str, request: Headers, query: QueryParams) -> Response:
        found, status = self.lookup_path(path)
        if status is None or not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(path)
        version = (found, status.st_mtime_ns, status.st_size)
        body, digest = _read(*version)
        media_type = _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = {"ETag": f'"{digest}"', "Vary": "Accept-Encoding"}
        headers["Cache-Control"] = FOREVER if self.immutable or query.get("v") == digest else REVALIDATE
        large = len(body) >= _SMALLEST and _COMPRESSIBLE.match(media_type)
        if large and accepts_gzip(request):
            body = _compressed(*version)
            headers |= {"ETag": f'"{digest}-gz"', "Content-Encoding": "gzip"}
        return conditional(Response(body, media_type=media_type, headers=headers), request)


def geo_url(name: str) -> str:
    """Relative address of a file of geo/ for Plotly's ``geojson``; it changes when the file does.

    Relative to the page: it holds on every page and under ``server.baseUrlPath``.
    """
    path = geo_folder() / name
    try:
        status = path.stat()
        return f"{GEO_PREFIX}{name}?v={_read(str(path), status.st_mtime_ns, status.st_size)[1]}"
    except OSError:  # taken away while the dashboard runs: the figures of the page must not go with it
        return f"{GEO_PREFIX}{name}"


class StreamlitScripts:
    """Middleware that sends Streamlit's scripts compressed: Streamlit keeps this address from the routes of others."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        files = CompressedFiles(static_folder() / "static", _SCRIPTS_NAMES, immutable=True)
        self.files = Mount(f"{base}/static", files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        matched, child = self.files.matches(scope) if scope["type"] == "http" else (Match.NONE, {})
        if matched is Match.NONE:
            await self.app(scope, receive, send)
        else:
            await self.files.handle({**scope, **child}, receive, send)
