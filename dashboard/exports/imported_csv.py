"""Rows of an import as CSV: the columns of the series, then what makes a figure uncertain."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from dashboard.loading.public_files.result import ImportedRow
from dashboard.wording.numbers import plain
from dashboard.wording.spreadsheet import neutral

SERIES = (
    "territory_code",
    "indicator",
    "category",
    "period",
    "value",
    "printed_pct",
    "base",
    "status",
    "source",
    "quote",
)
BOUNDS = ("low", "high", "rounding", "months")


def imported_csv(rows: Iterable[ImportedRow], *, bounds: bool) -> str:
    """UTF-8 text with commas and dots, header included. bounds: also write the columns of `BOUNDS`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*SERIES, *(BOUNDS if bounds else ())])
    for row in rows:
        known = {name: getattr(row, name) for name in (*SERIES, *BOUNDS) if name != "printed_pct"}
        texts = {name: plain(value) if isinstance(value, int) else value or "" for name, value in known.items()}
        # Neither public file prints a percentage, and none is computed.
        texts["printed_pct"] = ""
        texts["quote"] = neutral(texts["quote"])
        writer.writerow([texts[name] for name in (*SERIES, *(BOUNDS if bounds else ()))])
    return out.getvalue()
