"""Rows of an import as CSV: the columns of the series, then what makes a figure uncertain."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.loading.public_files.result import ImportedRow
from dashboard.wording.spreadsheet import plain_csv

# Neither public file prints a percentage, and none is computed: its column stays empty.
SERIES = "territory_code indicator category period value printed_pct base status source quote".split()  # noqa: SIM905
BOUNDS = ["low", "high", "rounding", "months"]


def imported_csv(rows: Iterable[ImportedRow], *, bounds: bool) -> str:
    """UTF-8 text with commas and dots, header included. bounds: also write the columns of `BOUNDS`."""
    columns = SERIES + BOUNDS if bounds else SERIES
    return plain_csv(columns, ([getattr(row, name, None) for name in columns] for row in rows))
