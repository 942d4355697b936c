"""What new files change in the data: cell by cell, row by row, what becomes of the sums, and the unusual jumps."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final, NamedTuple

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
# Lines of the YAML files: file, line number after (or before for a line taken away), old, new.
_Text = tuple[str, int, str | None, str | None]
# Indicator, category, period, what is added up (or the direction).
_Sums = Mapping[tuple[str, str, str, str], int | None]
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

    @property
    def kind(self) -> str:
        if self.revised:
            return "revised"
        return "cells" if self.column else "added" if self.old is None else "removed"


class SumChange(NamedTuple):
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
    texts: tuple[_Text, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.files

    @property
    def jumps(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.jump)

    def count(self, kind: str) -> int:
        """How many « cells » change, « added » or « removed » rows, or « revised » values."""
        return sum(change.kind == kind for change in self.changes)

    def of_file(self, file: str, most: int) -> tuple[list[Change], list[_Text], int]:
        """What differs in a file, `most` of its cells and rows and of its lines of text, and how many are left out."""
        own = [change for change in self.changes if change.file == file]
        texts = [line for line in self.texts if line[0] == file]
        return own[:most], texts[:most], len(own[most:]) + len(texts[most:])


def compare(tree: Tree, new: Mapping[str, NewFile], after: Dataset) -> Diff:
    """The files of `new` against those that `tree` has. after: the dataset that they make."""
    changes: list[Change] = []
    texts: list[_Text] = []
    sums: list[SumChange] = []
    for file in sorted(new):
        before, now = _text(tree / file), _text(new[file])
        if not file.endswith(".csv"):
            texts += _lines(file, before.splitlines(), now.splitlines())
            continue
        old_rows, new_rows = _rows(before), _rows(now)
        own = list(_changes(file, old_rows, new_rows, after))
        changes += own
        # For each series and period touched by a number: the province, the sum of the regions, that of each one's MRC.
        touched = list(dict.fromkeys(c.row[1:4] for c in own if c.column in ("", "value") and len(c.row) >= 4))
        moved = [total for total in _moved(_totals(old_rows, after), _totals(new_rows, after)) if total[:3] in touched]
        sums += sorted(moved, key=lambda total: touched.index(total[:3]))
    if {MEMBERSHIPS, TERRITORIES} & new.keys():
        sums += _directions(tree, after)
    return Diff(tuple(changes), tuple(sums), tuple(texts), tuple(sorted(new)))


def _text(place: Path | NewFile) -> str:
    """The text of a file; empty when it is absent."""
    raw = place.raw if isinstance(place, NewFile) else place.read_bytes() if place.exists() else b""
    return raw.decode("utf-8-sig", errors="replace")


def _rows(text: str) -> dict[tuple[str, ...], _Cells]:
    """Rows by what they are about; a rank tells apart those that share it."""
    lines = [[cell.strip() for cell in record] for record in csv.reader(io.StringIO(text, newline="")) if any(record)]
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
            told = cells.get("value", "") or _first(cells, key)
            yield Change(file, key, "", None, told, *_against_year_before(key, cells, after))
            continue
        for column in cells:
            if key in kept and column == "status":
                continue
            if cells[column] != before.get(column, ""):
                revised = before.get("status", "") if column == "value" and key in kept.values() else ""
                former = before.get(column, "")
                said = _jump(former, cells[column], REVISION_PCT, "révision de {} % ou plus")
                pct, jump = said if column == "value" else (None, "")
                yield Change(file, key, column, former, cells[column], pct, jump, revised)
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


def _jump(old: str | int, new: str, most: int, said: str) -> tuple[float | None, str]:
    """The change in percent of a number, and what is said of it (« … de 25 % ou plus… ») when it is unusual; nothing of
    what is no number."""
    if not (str(old).isdigit() and new.isdigit()):
        return None, ""
    change = int(new) - int(old)
    pct = change / int(old) * 100 if int(old) else None
    unusual = abs(change) >= LEAST and (pct is None or abs(pct) >= most)
    return pct, said.format(most) if unusual else ""


def _against_year_before(key: tuple[str, ...], cells: _Cells, after: Dataset) -> tuple[float | None, str]:
    """A new figure against the latest earlier one of the same series and the same kind of period."""
    if len(key) == 4:
        territory, indicator, category, period = key
        for former in reversed(after.periods(indicator)):
            row = after.observations.get(Key(territory, indicator, category, former))
            if len(former) == len(period) and former < period and row is not None and row.value is not None:
                return _jump(row.value, cells.get("value", ""), YEAR_PCT, f"écart de {{}} % ou plus avec {former}")
    return None, ""


def _moved(old: _Sums, new: _Sums) -> Iterator[SumChange]:
    """The sums that are not the same in both."""
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield SumChange(*key, old.get(key), new.get(key))


def _summed(numbers: Iterable[tuple[str, str, str, str | None, int | None]]) -> _Sums:
    """Sums by indicator, category, period and what is added up; None when one of the numbers is none. A number that is
    added to nothing is in no sum."""
    import pandas as pd  # loaded by who compares, never by who looks

    frame = pd.DataFrame(numbers, columns=["indicator", "category", "period", "what", "value"])
    groups = frame.groupby(list(frame)[:4], sort=False)["value"]
    sums = groups.sum().where(groups.count() == groups.size())
    found: dict[Any, int | None] = {total: None if pd.isna(value) else int(value) for total, value in sums.items()}
    return found


def _totals(rows: _Rows, after: Dataset) -> _Sums:
    """Sums of the numbers of a file."""
    return _summed(
        (*key[1:], _added_up(key[0], after), int(cells["value"]))
        for key, cells in rows.items()
        if len(key) == 4 and key[0] in after.territories and cells.get("value", "").isdigit()
    )


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


def _lines(file: str, before: list[str], now: list[str]) -> Iterator[_Text]:
    # On long texts the popular lines are left out of the comparison, which would otherwise take minutes.
    long = len(before) * len(now) > _LONG_TEXTS
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, before, now, autojunk=long).get_opcodes():
        if tag == "equal":
            continue
        for n, (gone, come) in enumerate(zip_longest(before[a1:a2], now[b1:b2])):
            yield file, (b1 + n if come is not None else a1 + n) + 1, gone, come


def _directions(tree: Tree, after: Dataset) -> Iterator[SumChange]:
    """Totals of each direction with the regions that it had before, then with those of `after`; its figures in both."""

    def read(file: str, model: Any) -> list[Any]:
        return [row for row, _ in read_rows(_text(tree / file), file, model, lambda raw: (None, True)).rows]

    before = _by_direction(read(TERRITORIES, TerritoryRow), read(MEMBERSHIPS, Membership), after)
    for total in _moved(before, _by_direction(after.territories.values(), after.memberships, after)):
        named = after.name(total.what) if total.what in after.territories else total.what
        yield total._replace(what=f"somme des régions, {named}")


def _by_direction(places: Iterable[Any], dated: Iterable[Membership], ds: Dataset) -> _Sums:
    """Sums of the regions of each direction on the last day of each period; None when one has no number."""
    parents: Mapping[str, str | None] = {row.code: row.parent_code for row in places if row.level == "region"}
    memberships = tuple(dated)

    @cache
    def direction(code: str, period: str) -> str | None:
        return direction_at(memberships, code, period, parents[code])

    return _summed(
        (key.indicator, key.category, key.period, direction(key.territory, key.period), row.value)
        for key, row in ds.observations.items()
        if key.territory in parents
    )
