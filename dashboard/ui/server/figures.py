"""The figures of the charts by their address: compressed once, kept by the browser, and the same for everybody."""

from __future__ import annotations

import gzip
from hashlib import sha256
from threading import Lock
from typing import Final

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.ui.server.addresses import FIGURES_PREFIX
from dashboard.ui.server.errors import french_error
from dashboard.ui.server.static_files import FOREVER, accepts_gzip

# Some thousand figures of 3 kB; one that was dropped is given again by the next run that shows it.
_KEPT: Final[LRUCache[str, bytes]] = LRUCache(2000)
# Pages write them while the server reads.
_lock: Final = Lock()


def figure_url(text: str) -> str:
    """Relative address of a figure, given as the JSON that Plotly reads. It names the content: a figure that was not
    shown to somebody cannot be asked for."""
    content = text.encode()
    name = sha256(content).hexdigest()[:32]
    if _compressed(name) is None:
        found = gzip.compress(content, compresslevel=6, mtime=0)
        with _lock:
            _KEPT[name] = found
    return f"{FIGURES_PREFIX}{name}"


def _compressed(name: str) -> bytes | None:
    with _lock:
        return _KEPT.get(name)


def kept(name: str) -> bytes | None:
    """JSON of a figure by the last part of its address, None when nobody was shown it."""
    found = _compressed(name)
    return None if found is None else gzip.decompress(found)


def route(base: str) -> Route:
    """The figures below their address."""

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        compressed = accepts_gzip(Headers(scope=request.scope))
        body = _compressed(name) if compressed else kept(name)
        if body is None:
            return french_error(404, html=False)
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if compressed:
            headers["Content-Encoding"] = "gzip"
        return Response(body, media_type="application/json", headers=headers)

    return Route(f"{base}/{FIGURES_PREFIX}{{name}}", answer)
