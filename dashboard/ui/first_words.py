"""What the server itself says of the data: the first words of a page, where an address badly written leads, whom to
tell."""

from __future__ import annotations

from dashboard.narrative.meant import Target, meant, names
from dashboard.ui import cache, navigation, sign_in


def first_words(slug: str) -> str:
    """HTML of the top of this page, as the page itself will write it; nothing for the pages that have no key figures,
    for data that cannot be shown, and where one must sign in first."""
    # The pages are loaded by the first visit, not before the server answers.
    from pages import overview, region

    if sign_in.wanted():
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
    ds = cache.current().dataset
    return (ds.config.accessibility_contact or "") if ds is not None else ""


def meaning(asked: str) -> Target | None:
    """The page that this address names and its parameters, or None. Raises ValueError if config.yaml cannot be read."""
    return meant(asked, names(cache.current().dataset, navigation.known_slugs()))
