"""What becomes of the totals of the directions when a region changes of direction, or when its numbers change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dashboard.loading.csv_files import parse_rows
from dashboard.loading.draft import MEMBERSHIPS, TERRITORIES
from dashboard.loading.files import NewFile, Tree
from dashboard.model import Dataset
from dashboard.model.memberships import Membership, direction_at
from dashboard.model.rows import TerritoryRow

# Indicator, category, period, direction.
Total = tuple[str, str, str, str]


class _Places(NamedTuple):
    parents: Mapping[str, str | None]
    memberships: tuple[Membership, ...]


def raw_of(tree: Tree, file: str) -> bytes:
    """The bytes of a file; none when it is absent."""
    place = tree / file
    return place.raw if isinstance(place, NewFile) else place.read_bytes() if place.exists() else b""


def direction_totals(tree: Tree, after: Dataset) -> tuple[dict[Total, int | None], dict[Total, int | None]]:
    """Totals of each direction with the regions that it had before, then with those of `after`; its figures in both."""
    parents = {t.code: t.parent_code for t in after.territories.values() if t.level == "region"}
    return _totals(_before(tree), after), _totals(_Places(parents, after.memberships), after)


def _before(tree: Tree) -> _Places:
    def text(file: str) -> str:
        return raw_of(tree, file).decode("utf-8-sig", errors="replace")

    places = parse_rows(text(TERRITORIES), TERRITORIES, TerritoryRow, lambda raw: (None, True)).rows
    dated = parse_rows(text(MEMBERSHIPS), MEMBERSHIPS, Membership, lambda raw: (None, True)).rows
    parents = {row.code: row.parent_code for row, _ in places if row.level == "region"}
    return _Places(parents, tuple(row for row, _ in dated))


def _totals(places: _Places, ds: Dataset) -> dict[Total, int | None]:
    """Sums of the regions of each direction on the last day of each period; None when one has no number."""
    found: dict[Total, int | None] = {}
    known: dict[tuple[str, str], str | None] = {}
    for key, row in ds.observations.items():
        if key.territory not in places.parents:
            continue
        place = (key.territory, key.period)
        if place not in known:
            known[place] = direction_at(places.memberships, *place, places.parents[key.territory])
        direction = known[place]
        if direction is not None:
            total = (key.indicator, key.category, key.period, direction)
            before = found.get(total, 0)
            found[total] = None if row.value is None or before is None else before + row.value
    return found
