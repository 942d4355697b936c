"""What a page offers and does not hold: lazy fragments, sent when one is opened, and files, made when one is asked for.

A page has fifteen files and dozens of fragments (where a figure comes from, the notes of the source), which are half of
its text; a visit takes one or two. The page holds their addresses alone: hashes of what they are, so that nobody finds
one without having the page, and that an address never means anything else.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from threading import Lock
from typing import Final
from urllib.parse import quote
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.model import Dataset
from dashboard.ui.server.addresses import DOWNLOADS_PREFIX, FRAGMENTS_PREFIX
from dashboard.ui.server.errors import french_error
from dashboard.ui.server.static_files import conditional

# Characters: some five thousand fragments, those of every page of the dashboard being a few hundred.
BUDGET: Final = 16_000_000
# Files of a dataset: those of every page, with room for the choices of many visits.
MOST: Final = 1_000
_MEMORY: Final = "downloads"
_NO_STORE: Final = {"Cache-Control": "no-store"}


def _hash(text: str, length: int = 32) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


class OwnFragment(str):
    """A fragment that a session keeps: it can be known here without being kept."""


class Fragments:
    """Lazy fragments by hash; past the budget, the one shown longest ago goes.

    `owner` gives the place where a session keeps the fragments that it alone may have (those of a preview), and that
    go with it; None for what everybody may read.
    """

    owner: Callable[[], MutableMapping[str, OwnFragment] | None] = staticmethod(lambda: None)

    def __init__(self, budget: int = BUDGET) -> None:
        self._owned: MutableMapping[str, OwnFragment] = WeakValueDictionary()
        # Alone, a fragment larger than the budget is still kept.
        self._kept: LRUCache[str, str] = LRUCache(budget, getsizeof=lambda body: min(len(body), budget))
        self._lock = Lock()

    def put(self, body: str) -> str:
        """Address of this HTML (ours, already escaped), relative to the root of the dashboard.

        Asked for at each drawing of the page, so that a server that has just started, or has dropped it, has it again.
        """
        own = self.owner()
        # Not the address of what everybody may read, even where the words are the same.
        secret = "" if own is None else own.setdefault("", OwnFragment(secrets.token_hex(16)))
        name = _hash(secret + body)
        with self._lock:
            if own is None:
                # Written again, it is also the one shown last.
                self._kept[name] = body
            elif name not in own:
                own[name] = self._owned[name] = OwnFragment(body)
        return FRAGMENTS_PREFIX + name

    def get(self, address: str) -> str | None:
        """The fragment at an address that `put` gave, or None."""
        name = address.removeprefix(FRAGMENTS_PREFIX)
        with self._lock:
            return self._kept.get(name) or self._owned.get(name)

    async def respond(self, request: Request) -> Response:
        """The fragment asked for; 404 in French when there is none."""
        body = self.get(request.path_params["name"])
        if body is None:
            return french_error(404, html=False)
        if isinstance(body, OwnFragment):
            return HTMLResponse(body, headers=_NO_STORE)
        headers = {"ETag": f'"{_hash(body)}"', "Cache-Control": "private, immutable, max-age=31536000"}
        return conditional(HTMLResponse(body, headers=headers), request.headers)


@dataclass(frozen=True, slots=True)
class Download:
    """A file by the name that it is saved under; `make` gives its content, in a thread, at the time it is asked.

    It holds no dataset: that would keep in memory data that have been replaced.
    """

    file_name: str
    media_type: str
    make: Callable[[Dataset], bytes]


class Downloads:
    """Files by address. They live with the dataset that they are about: new data leave none of the former."""

    def __init__(self) -> None:
        self._datasets: MutableMapping[str, Dataset] = WeakValueDictionary()
        self._lock = Lock()

    def put(self, ds: Dataset, what: Download, *identity: object) -> str:
        """Address of this file, relative to the root of the dashboard.

        identity: what tells this file from the others of this dataset, in values whose `repr` never changes.
        """
        data = _hash(ds.fingerprint, 16)
        name = f"{data}-{_hash(repr((ds.fingerprint, what.file_name, what.media_type, identity)))}"
        with self._lock:
            # The same data read twice (a preview of what is already published) share the files of the first.
            owner = self._datasets.setdefault(data, ds)
            kept: LRUCache[str, Download] = owner.memory.setdefault(_MEMORY, LRUCache(MOST))
            kept[name] = what
        return DOWNLOADS_PREFIX + name

    def get(self, address: str) -> tuple[Dataset, Download] | None:
        """The file at an address that `put` gave, with its data; None once they are gone."""
        name = address.removeprefix(DOWNLOADS_PREFIX)
        with self._lock:
            ds = self._datasets.get(name.partition("-")[0])
            found = None if ds is None else ds.memory[_MEMORY].get(name)
        return None if ds is None or found is None else (ds, found)

    async def respond(self, request: Request) -> Response:
        """The file asked for, made now; 404 in French when there is none."""
        asked = self.get(request.path_params["name"])
        if asked is None:
            return french_error(404, html=False)
        ds, found = asked
        name = f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}"
        body = b"" if request.method == "HEAD" else await run_in_threadpool(found.make, ds)
        # The file bears the date of the day.
        return Response(body, media_type=found.media_type, headers={"Content-Disposition": name, **_NO_STORE})


fragments = Fragments()
downloads = Downloads()


def routes(base: str = "", parts: Fragments = fragments, files: Downloads = downloads) -> list[Route]:
    """Where both are asked for."""
    return [
        Route(f"{base}/{FRAGMENTS_PREFIX}{{name}}", parts.respond),
        Route(f"{base}/{DOWNLOADS_PREFIX}{{name}}", files.respond),
    ]
