"""Files that are made when someone asks for one: the table of a chart, its workbook.

A page offers fifteen of them and a visit takes one or two. As buttons of Streamlit, each costs the server and the
browser as much as a text of the page, at every passage; here the page holds their address alone, and the buttons are
part of the text under the chart (assets/dashboard.js asks for the file).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from urllib.parse import quote
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.model import Dataset
from dashboard.ui.server.addresses import DOWNLOADS_PREFIX, local_path
from dashboard.ui.server.replies import french_error

# Those of every page, with room for the choices of many visits.
MOST: Final = 1_000
_SHELF: Final = "downloads"


@dataclass(frozen=True, eq=False)
class Download:
    """A file by the name that it is saved under; `make` gives its content, in a thread, at the time it is asked."""

    file_name: str
    media_type: str
    make: Callable[[], bytes]


class Downloads:
    """Files by address. They live with the dataset that they are about: new data leave none of the former."""

    def __init__(self) -> None:
        self._found: MutableMapping[str, Download] = WeakValueDictionary()
        self._lock = Lock()

    def put(self, ds: Dataset, what: Download, *identity: object) -> str:
        """Keep it, and give its address, relative to the root of the dashboard.

        identity: what tells this file from the others of this dataset, in values whose `repr` never changes. The
        address is a hash of it and of the data: nobody finds it without having them, and it never means another file.
        """
        told = repr((ds.fingerprint, what.file_name, what.media_type, identity))
        name = hashlib.sha256(told.encode()).hexdigest()[:32]
        with self._lock:
            shelf: LRUCache[str, Download] = ds.memory.setdefault(_SHELF, LRUCache(MOST))
            # The file offered first is kept: another of the same name would be the same.
            kept = shelf.get(name) or what
            shelf[name] = self._found[name] = kept
        return DOWNLOADS_PREFIX + name

    def get(self, address: str) -> Download | None:
        """The file at an address that `put` gave, or None once its data are gone."""
        with self._lock:
            return self._found.get(address.removeprefix(DOWNLOADS_PREFIX))


downloads = Downloads()


class DownloadServer:
    """Answers GET and HEAD for these files; everything else goes on to the next application."""

    def __init__(self, app: ASGIApp, base_url: Callable[[], str], files: Downloads = downloads) -> None:
        self.app = app
        self.base_url = base_url()
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._respond(scope) if scope["type"] == "http" else None
        await (response or self.app)(scope, receive, send)

    async def _respond(self, scope: Scope) -> Response | None:
        local = local_path(scope, self.base_url) if scope["method"] in {"GET", "HEAD"} else None
        if local is None or not local.startswith("/" + DOWNLOADS_PREFIX):
            return None
        found = self.files.get(local.lstrip("/"))
        if found is None:
            return french_error(404, html=False)
        headers: dict[str, Any] = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}",
            # The file bears the date of the day.
            "Cache-Control": "no-store",
        }
        body = b"" if scope["method"] == "HEAD" else await run_in_threadpool(found.make)
        return Response(body, media_type=found.media_type, headers=headers)
