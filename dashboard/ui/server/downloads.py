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
from typing import Final
from urllib.parse import quote
from weakref import WeakValueDictionary

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from dashboard.model import Dataset
from dashboard.ui.server.addresses import DOWNLOADS_PREFIX
from dashboard.ui.server.on_demand import OnDemand

# Those of every page, with room for the choices of many visits.
MOST: Final = 1_000
_SHELF: Final = "downloads"


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
        """Keep it, and give its address, relative to the root of the dashboard.

        identity: what tells this file from the others of this dataset, in values whose `repr` never changes. The
        address is a hash of it and of the data: nobody finds it without having them, and it never means another file.
        """
        data = _hash(ds.fingerprint, 16)
        name = f"{data}-{_hash(repr((ds.fingerprint, what.file_name, what.media_type, identity)), 32)}"
        with self._lock:
            # The same data read twice (a preview of what is already published) share the files of the first.
            owner = self._datasets.setdefault(data, ds)
            shelf: LRUCache[str, Download] = owner.memory.setdefault(_SHELF, LRUCache(MOST))
            shelf[name] = what
        return DOWNLOADS_PREFIX + name

    def get(self, address: str) -> tuple[Dataset, Download] | None:
        """The file at an address that `put` gave, with its data; None once they are gone."""
        name = address.removeprefix(DOWNLOADS_PREFIX)
        with self._lock:
            ds = self._datasets.get(name.partition("-")[0])
            found = None if ds is None else ds.memory[_SHELF].get(name)
        return None if ds is None or found is None else (ds, found)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


downloads = Downloads()


class DownloadServer(OnDemand):
    """Makes and sends these files."""

    prefix = DOWNLOADS_PREFIX

    def __init__(self, app: ASGIApp, base_url: Callable[[], str], files: Downloads = downloads) -> None:
        super().__init__(app, base_url)
        self.files = files

    async def answer(self, address: str, scope: Scope) -> Response | None:
        asked = self.files.get(address)
        if asked is None:
            return None
        ds, found = asked
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}",
            # The file bears the date of the day.
            "Cache-Control": "no-store",
        }
        body = b"" if scope["method"] == "HEAD" else await run_in_threadpool(found.make, ds)
        return Response(body, media_type=found.media_type, headers=headers)
