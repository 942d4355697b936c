"""Where an address leads that no page has, when it can only be the bad writing of one."""

from __future__ import annotations

from dashboard.narrative.meant import Target, meant, names
from dashboard.ui import cache, navigation


def meaning(asked: str) -> Target | None:
    """The page that this address names and its parameters, or None. Raises ValueError if config.yaml cannot be read."""
    return meant(asked, names(cache.current().dataset, navigation.known_slugs()))
