"""What the server itself says of the data: the first words of a page, where an address badly written leads, whom to
tell. The data and the pages are loaded by the first call, not before the server answers."""

from __future__ import annotations

from threading import Event
from typing import Final

from dashboard.ui.server.settings import first_pages, known_slugs, sign_in_wanted

Target = tuple[str, tuple[tuple[str, str], ...]]
_read: Final = Event()
# Nobody waits more to know that the data are read: an answer without their figures comes first.
ready = _read.is_set
# Set once a page is whole: what nobody is waiting for is prepared then.
drawn: Final = Event()


def prepare() -> None:
    """Read the data and draw the first words of the pages that begin a visit."""
    try:
        for slug in first_pages():
            first_words(slug)
    finally:
        _read.set()


def first_words(slug: str) -> str:
    """HTML of the top of this page, as the page itself will write it; nothing for the pages that have no key figures,
    for data that cannot be shown, and where one must sign in first."""
    from dashboard.ui import cache
    from pages import overview, region

    if sign_in_wanted():
        return ""
    ds = cache.current().dataset
    if ds is None:
        return ""
    if not slug:
        return overview.top(ds)
    code = next((r.code for r in ds.config.regions if r.slug == slug), None)
    return "" if code is None or code in ds.unavailable else region.top(ds, code)


def contact() -> str:
    """To whom config.yaml says that what stops a reader is told; nothing when it says nothing."""
    from dashboard.ui import cache

    ds = cache.current().dataset
    return (ds.config.accessibility_contact or "") if ds is not None else ""


def meaning(asked: str) -> Target | None:
    """The page that this address names and its parameters, or None. Raises ValueError if config.yaml cannot be read."""
    from dashboard.narrative.meant import meant, names
    from dashboard.ui import cache

    return meant(asked, names(cache.current().dataset, known_slugs()))
