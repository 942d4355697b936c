"""The rows of the workbook: those of the files, and those prepared for the next year, computed from the data."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dashboard.loading.files import DATA
from dashboard.loading.workbook_layout import KEY_COLUMNS, OPTIONAL
from dashboard.model import Dataset
from dashboard.model.rows import SUPERSEDED

Record = tuple[str, ...]


class Sheet(NamedTuple):
    """A CSV file: its columns, its rows, and the rows to fill in for the next year."""

    columns: Record
    rows: list[Record]
    prepared: list[Record]

    @property
    def series(self) -> bool:
        return set(KEY_COLUMNS) <= set(self.columns)


def sheet_of(ds: Dataset, path: Path) -> Sheet:
    """The rows of a file as it is, however far it is from being right; an optional one that is absent has none."""
    optional = OPTIONAL.get(f"{DATA}/{path.name}")
    if optional is not None and not path.exists():
        return Sheet(optional, [], [])
    text = path.read_text(encoding="utf-8-sig")
    records = [tuple(record) for record in csv.reader(io.StringIO(text, newline="")) if any(record)]
    columns = records[0] if records else ()
    rows = [(*record, *[""] * (len(columns) - len(record)))[: len(columns)] for record in records[1:]]
    return Sheet(columns, rows, _prepared(ds, columns, rows))


def next_period(period: str) -> str:
    """« 2020 » after « 2019 », « 2016-2020 » after « 2015-2019 », « 2020-12-31 » after « 2019-12-31 »."""
    year = int(period[:4]) + 1
    if len(period) == 9:
        return f"{year:04}-{int(period[5:]) + 1:04}"
    rest = period[4:]
    return f"{year:04}{'-02-28' if rest == '-02-29' else rest}"


def _prepared(ds: Dataset, columns: Sequence[str], rows: list[Record]) -> list[Record]:
    """For each kind of period of an indicator, the keys of its latest, a year later; nothing else is filled in.

    A census has no next year: only flows and what is dated to the day have one.
    """
    if not set(KEY_COLUMNS) <= set(columns):
        return []
    latest: dict[tuple[str, int], str] = {}
    cells = [dict(zip(columns, row, strict=True)) for row in rows]
    # A former value has no next year of its own: the newest one has.
    cells = [row for row in cells if row.get("status") != SUPERSEDED]
    for row in cells:
        indicator, period = ds.indicators.get(row["indicator"]), row["period"]
        if indicator is None or not period[:4].isdigit() or len(period) not in (4, 9, 10):
            continue
        if indicator.kind == "flow" or len(period) == 10:
            kind = (row["indicator"], len(period))
            latest[kind] = max(latest.get(kind, ""), period)
    known = {tuple(row[column] for column in KEY_COLUMNS) for row in cells}
    found: dict[Record, None] = {}
    for row in cells:
        if latest.get((row["indicator"], len(row["period"]))) != row["period"]:
            continue
        new = {**dict.fromkeys(columns, ""), **{column: row[column] for column in KEY_COLUMNS}}
        new |= {"period": next_period(row["period"]), "base": row.get("base", "")}
        if tuple(new[column] for column in KEY_COLUMNS) not in known:
            found[tuple(new[column] for column in columns)] = None
    return list(found)
