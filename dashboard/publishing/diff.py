"""What new files change in the data: cell by cell, row by row, what becomes of the sums, and the unusual jumps."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from dashboard.loading.csv_files import read_rows
from dashboard.loading.draft import MEMBERSHIPS, TERRITORIES
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.workbook_layout import KEY_COLUMNS
from dashboard.model import Dataset
from dashboard.model.memberships import Membership, direction_at
from dashboard.model.rows import SUPERSEDED, Key, TerritoryRow

# A revision that large, or a year that far from the one before, is flagged; small numbers vary too much to say so.
REVISION_PCT: Final = 25
YEAR_PCT: Final = 50
LEAST: Final = 20
_LONG_TEXTS: Final = 10_000_000

_Cells = Mapping[str, str]
_Rows = Mapping[tuple[str, ...], _Cells]
# Indicator, category, period, what is added up (or the direction).
_Sum = tuple[str, str, str, str]
_KEYS: Final = (
    KEY_COLUMNS,
    ("type", "identifiant", "periode"),
    ("code",),
    ("region_code", "direction_code", "member_from"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that changes, or a whole row when `column` is empty (old or new is then None).

    row: what the row is about, as codes. pct: change in percent of a number. jump: why the change is unusual.
    revised: former status of a value whose source has revised it, and which keeps its own row.
    """

    file: str
    row: tuple[str, ...]
    column: str
    old: str | None
    new: str | None
    pct: float | None = None
    jump: str = ""
    revised: str = ""


@dataclass(frozen=True, slots=True)
class SumChange:
    """A total before and after: « somme de 4 régions », or the number of the province. None: nothing to add up."""

    indicator: str
    category: str
    period: str
    what: str
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs; `empty` when nothing does."""

    changes: tuple[Change, ...] = ()
    sums: tuple[SumChange, ...] = ()
    # Lines of the YAML files: file, line number after (or before for a line taken away), old, new.
    texts: tuple[tuple[str, int, str | None, str | None], ...] = ()
    files: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        return not self.files

    @property
    def jumps(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.jump)

    def count(self, kind: str) -> int:
        """How many « cells » change, « added » or « removed » rows, or « revised » values."""
        return sum(_kind(change) == kind for change in self.changes)


def _kind(change: Change) -> str:
    if change.revised:
        return "revised"
    return "cells" if change.column else "added" if change.old is None else "removed"


def compare(tree: Tree, new: Mapping[str, NewFile], after: Dataset) -> Diff:
    """The files of `new` against those that `tree` has. after: the dataset that they make."""
    changes: list[Change] = []
    texts: list[tuple[str, int, str | None, str | None]] = []
    sums: list[SumChange] = []
    for file in sorted(new):
        before = _raw_of(tree, file)
        if not file.endswith(".csv"):
            texts += _lines(file, before, new[file].raw)
            continue
        old_rows, new_rows = _rows(before), _rows(new[file].raw)
        own = list(_changes(file, old_rows, new_rows, after))
        changes += own
        sums += _sums(own, old_rows, new_rows, after)
    if {MEMBERSHIPS, TERRITORIES} & new.keys():
        before_all, now = _direction_totals(tree, after)
        for key in _moved(before_all, now):
            named = after.name(key[3]) if key[3] in after.territories else key[3]
            sums.append(SumChange(*key[:3], f"somme des régions, {named}", before_all.get(key), now.get(key)))
    return Diff(tuple(changes), tuple(sums), tuple(texts), tuple(sorted(new)))


def _rows(raw: bytes) -> dict[tuple[str, ...], _Cells]:
    """Rows by what they are about; a rank tells apart those that share it."""
    records = csv.reader(io.StringIO(raw.decode("utf-8-sig", errors="replace"), newline=""))
    lines = [[cell.strip() for cell in record] for record in records if any(record)]
    if not lines:
        return {}
    header = lines[0]
    columns = next((keys for keys in _KEYS if set(keys) <= set(header)), tuple(header))
    found: dict[tuple[str, ...], _Cells] = {}
    for line in lines[1:]:
        cells = dict(zip(header, line, strict=False))
        key = tuple(cells.get(column, "") for column in columns)
        if cells.get("status") == SUPERSEDED and columns == KEY_COLUMNS:
            # A former value is another row than the current one; its source tells it from older ones.
            key = (*key, f"(valeur remplacée, {cells.get('source', '')})")
        whole, rank = key, 1
        while key in found:
            rank += 1
            key = (*whole, f"({rank})")
        found[key] = cells
    return found


def _changes(file: str, old: _Rows, new: _Rows, after: Dataset) -> Iterator[Change]:
    kept = {key: key[:4] for key in new if _keeps(key, old, new)}
    for key, cells in new.items():
        # The former row of a revision is the current one of before, with another status.
        before = old.get(kept.get(key, key))
        if before is None:
            pct, jump = _against_year_before(key, cells, after)
            yield Change(file, key, "", None, cells.get("value", "") or _first(cells, key), pct, jump)
            continue
        for column in cells:
            if key in kept and column == "status":
                continue
            if cells[column] != before.get(column, ""):
                revised = before.get("status", "") if column == "value" and key in kept.values() else ""
                pct, jump = _revision(before.get(column, ""), cells[column]) if column == "value" else (None, "")
                yield Change(file, key, column, before.get(column, ""), cells[column], pct, jump, revised)
    for key, cells in old.items():
        if key not in new:
            yield Change(file, key, "", cells.get("value", "") or _first(cells, key), None)


def _keeps(key: tuple[str, ...], old: _Rows, new: _Rows) -> bool:
    """A row that keeps what the file gave as current, beside the value that replaces it."""
    if len(key) == 4 or key in old or new[key].get("status") != SUPERSEDED:
        return False
    before, now = old.get(key[:4]), new.get(key[:4])
    if before is None or now is None:
        return False
    same = all(new[key].get(column) == before.get(column) for column in ("value", "source"))
    return same and now.get("value") != before.get("value")


def _first(cells: _Cells, key: tuple[str, ...]) -> str:
    """Something that says what a row without a number is."""
    if "member_to" in cells:
        return f"jusqu’au {cells['member_to']}" if cells["member_to"] else "sans fin"
    return cells.get("name") or cells.get("resultat") or next((text for text in cells.values() if text not in key), "")


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _jump(old: int, new: int, most: int, said: str) -> tuple[float | None, str]:
    """The change in percent of a number, and what is said of it (« … de 25 % ou plus… ») when it is unusual."""
    pct = (new - old) / old * 100 if old else None
    unusual = abs(new - old) >= LEAST and (pct is None or abs(pct) >= most)
    return pct, said.format(most) if unusual else ""


def _revision(old_text: str, new_text: str) -> tuple[float | None, str]:
    old, new = _number(old_text), _number(new_text)
    if old is None or new is None:
        return None, ""
    return _jump(old, new, REVISION_PCT, "révision de {} % ou plus")


def _against_year_before(key: tuple[str, ...], cells: _Cells, after: Dataset) -> tuple[float | None, str]:
    """A new figure against the latest earlier one of the same series and the same kind of period."""
    value = _number(cells.get("value", ""))
    if value is None or len(key) != 4:
        return None, ""
    series, period = key[:3], key[3]
    earlier = [p for p in after.periods(series[1]) if len(p) == len(period) and p < period]
    for former in reversed(earlier):
        row = after.observations.get(Key(series[0], series[1], series[2], former))
        if row is not None and row.value is not None:
            return _jump(row.value, value, YEAR_PCT, f"écart de {{}} % ou plus avec {former}")
    return None, ""


def _sums(changes: list[Change], old: _Rows, new: _Rows, after: Dataset) -> Iterator[SumChange]:
    """For each series and period touched by a number: the province, the sum of the regions, that of each one's MRC."""
    touched = list(dict.fromkeys(c.row[1:4] for c in changes if c.column in ("", "value") and len(c.row) >= 4))
    before, now = _totals(old, after), _totals(new, after)
    moved = [key for key in _moved(now, before) if key[:3] in touched]
    for key in sorted(moved, key=lambda key: touched.index(key[:3])):
        yield SumChange(*key, before.get(key), now.get(key))


def _moved(first: Mapping[_Sum, int | None], second: Mapping[_Sum, int | None]) -> list[_Sum]:
    """The sums that are not the same in both, in the order of the first."""
    return [key for key in dict.fromkeys((*first, *second)) if first.get(key) != second.get(key)]


def _totals(rows: _Rows, after: Dataset) -> dict[_Sum, int]:
    """Sums of the numbers by indicator, category, period and what is added up."""
    numbers = [
        (*key[1:], _added_up(key[0], after), value)
        for key, cells in rows.items()
        if len(key) == 4 and key[0] in after.territories and (value := _number(cells.get("value", ""))) is not None
    ]
    import pandas as pd  # loaded by who compares, never by who looks

    frame = pd.DataFrame(numbers, columns=["indicator", "category", "period", "what", "value"])
    found: dict[Any, int] = frame.groupby(list(frame)[:4], sort=False)["value"].sum().to_dict()
    return found


def _added_up(code: str, after: Dataset) -> str:
    """What the number of a territory is added to."""
    territory = after.territories[code]
    above = after.territories.get(territory.parent_code or "")
    return {
        "province": territory.name,
        "direction": "direction, total imprimé",
        "region": "somme des régions",
        "mrc": f"somme des MRC, {above.name if above else territory.parent_code}",
    }[territory.level]


def _lines(file: str, old: bytes, new: bytes) -> Iterator[tuple[str, int, str | None, str | None]]:
    before, now = (raw.decode("utf-8-sig", errors="replace").splitlines() for raw in (old, new))
    # On long texts the popular lines are left out of the comparison, which would otherwise take minutes.
    long = len(before) * len(now) > _LONG_TEXTS
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, now, autojunk=long).get_opcodes():
        if tag == "equal":
            continue
        for n in range(max(a2 - a1, b2 - b1)):
            gone = before[a1 + n] if a1 + n < a2 else None
            come = now[b1 + n] if b1 + n < b2 else None
            yield file, (b1 + n if come is not None else a1 + n) + 1, gone, come


def _raw_of(tree: Tree, file: str) -> bytes:
    """The bytes of a file; none when it is absent."""
    place = tree / file
    return place.raw if isinstance(place, NewFile) else place.read_bytes() if place.exists() else b""


def _direction_totals(tree: Tree, after: Dataset) -> tuple[dict[_Sum, int | None], dict[_Sum, int | None]]:
    """Totals of each direction with the regions that it had before, then with those of `after`; its figures in both."""

    def text(file: str) -> str:
        return _raw_of(tree, file).decode("utf-8-sig", errors="replace")

    places = [row for row, _ in read_rows(text(TERRITORIES), TERRITORIES, TerritoryRow, lambda raw: (None, True)).rows]
    dated = [row for row, _ in read_rows(text(MEMBERSHIPS), MEMBERSHIPS, Membership, lambda raw: (None, True)).rows]
    return _by_direction(places, dated, after), _by_direction(after.territories.values(), after.memberships, after)


def _by_direction(places: Iterable[Any], memberships: Iterable[Membership], ds: Dataset) -> dict[_Sum, int | None]:
    """Sums of the regions of each direction on the last day of each period; None when one has no number."""
    parents: Mapping[str, str | None] = {row.code: row.parent_code for row in places if row.level == "region"}
    dated = tuple(memberships)

    @cache
    def direction(code: str, period: str) -> str | None:
        return direction_at(dated, code, period, parents[code])

    import pandas as pd

    rows = [
        (key.indicator, key.category, key.period, direction(key.territory, key.period), row.value)
        for key, row in ds.observations.items()
        if key.territory in parents
    ]
    # Without a direction, a region is in no sum; without a number, it makes its sum unknown.
    frame = pd.DataFrame(rows, columns=["indicator", "category", "period", "direction", "value"])
    sums = frame.groupby(list(frame)[:4], sort=False)["value"].agg(lambda own: own.sum(skipna=False))
    found: dict[Any, int | None] = {total: None if pd.isna(value) else int(value) for total, value in sums.items()}
    return found
