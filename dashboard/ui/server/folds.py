"""What opens on demand under a figure: kept here, and sent to the browser when someone opens it.

The origin of every figure and the notes of the source are half of the text of a page, and few are opened in a visit.
The page holds their address, which is the hash of their content: it never means anything else, the browser keeps it,
and nobody finds it without having the content.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, MutableMapping
from threading import Lock
from typing import Final
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from dashboard.ui.server.addresses import FOLDS_PREFIX
from dashboard.ui.server.files import MEDIA_TYPES, pack, reply
from dashboard.ui.server.on_demand import OnDemand

_KEPT: Final = "private, immutable, max-age=31536000"
# Characters: some five thousand parts, those of every page of the dashboard being a few hundred.
BUDGET: Final = 16_000_000


class Part(str):
    """A part that a session keeps: it can be known here without being kept."""


class Folds:
    """Parts of pages by hash; past the budget, the one shown longest ago goes.

    `owner` gives the place where a session keeps the parts that it alone may have (those of a preview), and that go
    with it; None for what everybody may read.
    """

    owner: Callable[[], MutableMapping[str, Part] | None] = staticmethod(lambda: None)

    def __init__(self, budget: int = BUDGET) -> None:
        self._owned: MutableMapping[str, Part] = WeakValueDictionary()
        # Alone, a part larger than the budget is still kept.
        self._kept: LRUCache[str, str] = LRUCache(budget, getsizeof=lambda body: min(len(body), budget))
        self._lock = Lock()

    def put(self, body: str) -> str:
        """Keep this HTML (ours, already escaped) and give its address, relative to the root of the dashboard.

        Asked for at each drawing of the page, so that a server that has just started, or has dropped it, has it again.
        """
        own = self.owner()
        # Not the address of what everybody may read, even where the words are the same.
        secret = "" if own is None else own.setdefault("", Part(secrets.token_hex(16)))
        name = hashlib.sha256((secret + body).encode()).hexdigest()[:32]
        with self._lock:
            if own is None:
                # Written again, it is also the one shown last.
                self._kept[name] = body
            elif name not in own:
                own[name] = self._owned[name] = Part(body)
        return FOLDS_PREFIX + name

    def get(self, address: str) -> str | None:
        """The part at an address that `put` gave, or None."""
        name = address.removeprefix(FOLDS_PREFIX)
        with self._lock:
            return self._kept.get(name) or self._owned.get(name)


folds = Folds()


class FoldServer(OnDemand):
    """Sends the parts that open on demand."""

    prefix = FOLDS_PREFIX

    def __init__(self, app: ASGIApp, base_url: Callable[[], str], parts: Folds = folds) -> None:
        super().__init__(app, base_url)
        self.parts = parts

    async def answer(self, address: str, scope: Scope) -> Response | None:
        raw = self.parts.get(address)
        if raw is None:
            return None
        stored = pack(raw.encode(), MEDIA_TYPES[".html"], keep_raw=True)
        cache = "no-store" if isinstance(raw, Part) else _KEPT
        return reply(stored, Headers(scope=scope), method=scope["method"], cache=cache)
