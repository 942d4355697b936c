"""The rows of the workbook: those of the files, and those prepared for the next year, computed from the data."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

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
    keys = list(KEY_COLUMNS)
    cells = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=list(dict.fromkeys(columns)))
    if "status" in cells:
        # A former value has no next year of its own: the newest one has.
        cells = cells[cells["status"] != SUPERSEDED]
    length, kinds = cells["period"].str.len(), {id_: indicator.kind for id_, indicator in ds.indicators.items()}
    kind = cells["indicator"].map(kinds)
    shaped = length.isin([4, 9, 10]) & cells["period"].str[:4].str.isdigit()
    dated = cells[shaped & ((kind == "flow") | (kind.notna() & (length == 10)))]
    latest = dated.groupby(["indicator", length])["period"].transform("max")
    found = dated.loc[dated["period"] == latest, [*keys, *cells.columns.intersection(["base"])]]
    found = found.assign(period=found["period"].map(next_period)).drop_duplicates()
    known = pd.MultiIndex.from_frame(found[keys]).isin(pd.MultiIndex.from_frame(cells[keys]))
    return list(found[~known].reindex(columns=list(columns), fill_value="").itertuples(index=False, name=None))
