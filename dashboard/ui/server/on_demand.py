"""What a page offers and does not hold: lazy fragments, sent when one is opened, and files, made when one is asked for.

A page has fifteen files and dozens of fragments (where a figure comes from, the notes of the source), which are half of
its text; a visit takes one or two. The page holds their addresses alone: hashes of what they are and of the data, so
that nobody finds one without having the page, and that an address never means anything else.
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
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.ui.server.addresses import DOWNLOADS_PREFIX, FRAGMENTS_PREFIX
from dashboard.ui.server.errors import french_error

# What is offered on a dataset: all that every page has, with room for the choices of many visits.
MOST: Final = 3_000
# They live with the dataset that they are about: new data, or the end of a preview, leave none of the former.
_datasets: Final[MutableMapping[str, Dataset]] = WeakValueDictionary()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Offer:
    """What `make` gives, in a thread, at the time it is asked for. file_name: of a file to save; none for a fragment.

    It holds no dataset: that would keep in memory data that have been replaced.
    """

    make: Callable[[Dataset], bytes | str]
    media_type: str = "text/html"
    file_name: str = ""


@remembered
def _offers(_ds: Dataset) -> LRUCache[str, Offer]:
    return LRUCache(MOST)


def _hash(text: str, length: int = 32) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def put(ds: Dataset, what: Offer, identity: object) -> str:
    """Address of this offer, relative to the root of the dashboard; at each drawing of the page, so that a server that
    has just started, or has dropped it, has it again.

    identity: what tells it from the others of this dataset, in values whose `repr` never changes.
    """
    data = _hash(ds.fingerprint, 16)
    name = f"{data}-{_hash(repr((ds.fingerprint, what.file_name, what.media_type, identity)))}"
    with _lock:
        # The same data read twice (a preview of what is already published) share what is offered on the first.
        _offers(_datasets.setdefault(data, ds))[name] = what
    return (DOWNLOADS_PREFIX if what.file_name else FRAGMENTS_PREFIX) + name


def get(address: str) -> tuple[Dataset, Offer] | None:
    """What is at an address that `put` gave, with its data; None once they are gone."""
    name = address.rpartition("/")[2]
    with _lock:
        ds = _datasets.get(name.partition("-")[0])
        found = None if ds is None else _offers(ds).get(name)
    return None if ds is None or found is None else (ds, found)


async def respond(request: Request) -> Response:
    """What is asked for, made now; 404 in French when there is none."""
    asked = get(request.path_params["name"])
    if asked is None:
        return french_error(404, html=False)
    ds, found = asked
    body = b"" if request.method == "HEAD" else await run_in_threadpool(found.make, ds)
    # No cache keeps what a session may have for itself, nor a file that bears the date of the day.
    headers = {"Cache-Control": "no-store"}
    if found.file_name:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}"
    return Response(body, media_type=found.media_type, headers=headers)


def routes(base: str = "") -> list[Route]:
    """Where both are asked for."""
    return [Route(f"{base}/{prefix}{{name}}", respond) for prefix in (FRAGMENTS_PREFIX, DOWNLOADS_PREFIX)]
