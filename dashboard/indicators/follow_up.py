"""The follow-up as a whole: how far it is, what is late, what separates two states of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from dashboard.indicators.plan import objective_of
from dashboard.indicators.targets import Standing, standings
from dashboard.model import Dataset
from dashboard.model.follow_up import Followed, FollowUpEntry, FollowUpKey
from dashboard.model.periods import Period
from dashboard.wording.today import today

Entries = Mapping[FollowUpKey, FollowUpEntry]
# What says that nothing more is waited for.
_SETTLED: Final = frozenset({"réalisé", "reporté", "abandonné"})


class Changes(NamedTuple):
    """What becomes of the entries from one state to another."""

    added: tuple[FollowUpKey, ...]
    changed: tuple[FollowUpKey, ...]
    removed: tuple[FollowUpKey, ...]

    def __bool__(self) -> bool:
        return any(self)


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
    """How many results are entered, how many are said to be realised, how many are late, of how many; the rest is
    « non saisi »."""

    entered: int
    total: int
    done: int = 0
    late: int = 0


def progress(ds: Dataset, entries: Entries, region: str | None) -> Progress:
    """That of a region; without a region, that of the targets."""
    return _progress(entries, [key for item in followed_here(ds, region) for key in keys_of(item)])


def everywhere(ds: Dataset, entries: Entries) -> Progress:
    """That of the whole plan and of the targets."""
    return _progress(entries, [key for _, key in _every(ds)])


def _every(ds: Dataset) -> list[tuple[Followed, FollowUpKey]]:
    return [(item, key) for item in ds.follow_up.known.values() for key in keys_of(item)]


def _progress(entries: Entries, keys: Sequence[FollowUpKey]) -> Progress:
    found = [entry for key in keys if (entry := entries.get(key))]
    return Progress(
        sum(entry.value is not None for entry in found), len(keys), sum(entry.state == "réalisé" for entry in found),
        sum(is_late(key, entries.get(key)) for key in keys),
    )  # fmt: skip


def is_late(key: FollowUpKey, entry: FollowUpEntry | None) -> bool:
    """Whether the last year of the period is over and nothing ends the matter: no state that does; for a target, no
    result either."""
    if Period.of(key.period).last >= today():
        return False
    return entry is None or not (entry.state in _SETTLED or (key.kind == "cible" and entry.value is not None))


def late(ds: Dataset, entries: Entries) -> list[tuple[Followed, FollowUpKey]]:
    """What is late, in the order of the targets and of the plan."""
    return [(item, key) for item, key in _every(ds) if is_late(key, entries.get(key))]


def by_region(ds: Dataset, entries: Entries) -> list[tuple[str, Progress]]:
    """How far the targets are, then each region that the plan has something of, with its name."""
    known = {None: "Cibles stratégiques"} | {c: ds.name(c) for c in ds.region_codes() if followed_here(ds, c)}
    return [(name, progress(ds, entries, code)) for code, name in known.items()]


def by_orientation(ds: Dataset, entries: Entries) -> list[tuple[str, Progress]]:
    """How far each orientation of the plan is, in its order, with its name."""
    found: dict[str, list[FollowUpKey]] = {o.label: [] for o in ds.action_plan.orientations}
    for action in ds.action_plan.actions:
        own = objective_of(ds.action_plan, action)[0].label
        found[own] += [FollowUpKey("indicateur", i.id, ds.action_plan.period) for i in action.indicators]
    return [(name, _progress(entries, keys)) for name, keys in found.items()]


def results(entries: Entries, target: str) -> dict[str, Decimal]:
    """Results of a target, by period; a period without a result is not there."""
    return {
        key.period: entry.value
        for key, entry in entries.items()
        if key.kind == "cible" and key.id == target and entry.value is not None
    }


def standing(ds: Dataset, key: FollowUpKey, entry: FollowUpEntry | None) -> Standing | None:
    """The target of a year beside the result entered for it; None for what is not a target."""
    results = {key.period: entry.value} if entry is not None and entry.value is not None else {}
    found = (s for t in ds.targets.targets if key.kind == "cible" and t.id == key.id for s in standings(t, results))
    return next((s for s in found if s.period == key.period), None)
