"""The follow-up as a whole: the shared file with a session's own entries over it, and what separates two states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.indicators.targets import Standing, standings
from dashboard.model import Dataset
from dashboard.model.follow_up import Followed, FollowUpEntry, FollowUpKey

Entries = Mapping[FollowUpKey, FollowUpEntry]
# A session's own entries; None where it has erased an entry of the shared file.
Overlay = Mapping[FollowUpKey, FollowUpEntry | None]


def merged(shared: Entries, overlay: Overlay) -> dict[FollowUpKey, FollowUpEntry]:
    """The shared entries with the session's over them."""
    found: dict[FollowUpKey, FollowUpEntry | None] = {**shared, **overlay}
    return {key: entry for key, entry in found.items() if entry is not None}


def overlay_for(shared: Entries, wanted: Entries) -> dict[FollowUpKey, FollowUpEntry | None]:
    """What a session must hold over the shared entries to show exactly the wanted ones."""
    found: dict[FollowUpKey, FollowUpEntry | None] = {key: e for key, e in wanted.items() if shared.get(key) != e}
    return found | {key: None for key in shared if key not in wanted}


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the entries from one state to another."""

    added: tuple[FollowUpKey, ...]
    changed: tuple[FollowUpKey, ...]
    removed: tuple[FollowUpKey, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes(before: Entries, after: Entries) -> Changes:
    return Changes(
        tuple(key for key in after if key not in before),
        tuple(key for key in after if key in before and after[key] != before[key]),
        tuple(key for key in before if key not in after),
    )


def followed_here(ds: Dataset, region: str | None) -> list[Followed]:
    """What is followed in a region; without a region, the targets, which are Québec's."""
    return [item for item in ds.follow_up.known.values() if item.region == region]


def keys_of(item: Followed) -> list[FollowUpKey]:
    return [FollowUpKey(item.kind, item.id, period) for period in item.periods]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many results are entered, of how many; the rest is « non saisi »."""

    entered: int
    total: int


def progress(ds: Dataset, entries: Entries, region: str | None) -> Progress:
    keys = [key for item in followed_here(ds, region) for key in keys_of(item)]
    return Progress(sum(1 for key in keys if (e := entries.get(key)) and e.value is not None), len(keys))


def results(entries: Entries, target: str) -> dict[str, Decimal]:
    """Results of a target, by period; a period without a result is not there."""
    return {
        key.period: entry.value
        for key, entry in entries.items()
        if key.kind == "cible" and key.id == target and entry.value is not None
    }


def standing(ds: Dataset, key: FollowUpKey, entry: FollowUpEntry | None) -> Standing | None:
    """The target of a year beside the result entered for it; None for what is not a target."""
    target = next((t for t in ds.targets.targets if key.kind == "cible" and t.id == key.id), None)
    if target is None:
        return None
    results = {key.period: entry.value} if entry is not None and entry.value is not None else {}
    return next(found for found in standings(target, results) if found.period == key.period)
