"""What opens on demand under a figure: kept here, and sent to the browser when someone opens it.

The origin of every figure and the notes of the source are half of the text of a page, and few are opened in a visit.
The page holds their address, which is the hash of their content: it never means anything else, the browser keeps it,
and nobody finds it without having the content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from threading import Lock
from typing import Final

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.ui.server.addresses import FOLDS_PREFIX, local_path
from dashboard.ui.server.files import MEDIA_TYPES, pack, reply
from dashboard.ui.server.replies import french_error

_KEPT: Final = "private, immutable, max-age=31536000"
# Characters: some five thousand parts, those of every page of the dashboard being a few hundred.
BUDGET: Final = 16_000_000


class Folds:
    """Parts of pages by hash; past the budget, the one shown longest ago goes."""

    def __init__(self, budget: int = BUDGET) -> None:
        # Alone, a part larger than the budget is still kept.
        self._kept: LRUCache[str, str] = LRUCache(budget, getsizeof=lambda body: min(len(body), budget))
        self._lock = Lock()

    def put(self, body: str) -> str:
        """Keep this HTML (ours, already escaped) and give its address, relative to the root of the dashboard.

        Asked for at each drawing of the page, so that a server that has just started, or has dropped it, has it again.
        """
        name = hashlib.sha256(body.encode()).hexdigest()[:32]
        with self._lock:
            # Written again, it is also the one shown last.
            self._kept[name] = body
        return FOLDS_PREFIX + name

    def get(self, address: str) -> str | None:
        """The part at an address that `put` gave, or None."""
        with self._lock:
            return self._kept.get(address.removeprefix(FOLDS_PREFIX))


folds = Folds()


class FoldServer:
    """Answers GET and HEAD for the parts that open on demand; everything else goes on to the next application."""

    def __init__(self, app: ASGIApp, base_url: Callable[[], str], parts: Folds = folds) -> None:
        self.app = app
        self.base_url = base_url()
        self.parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._respond(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    def _respond(self, scope: Scope) -> Response | None:
        local = local_path(scope, self.base_url) if scope["method"] in {"GET", "HEAD"} else None
        if local is None or not local.startswith("/" + FOLDS_PREFIX):
            return None
        raw = self.parts.get(local.lstrip("/"))
        if raw is None:
            return french_error(404, html=False)
        stored = pack(raw.encode(), MEDIA_TYPES[".html"], keep_raw=True)
        return reply(stored, Headers(scope=scope), method=scope["method"], cache=_KEPT)
