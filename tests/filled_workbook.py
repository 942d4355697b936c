"""The workbook that the command writes, filled in by hand for 2020 as a statistician would: figures made up, coherent.

Every sum is worked out here, on paper so to speak, and never with the code under test.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from dashboard.contract.door import load_dataset
from dashboard.exports.workbook import data_workbook
from tests.unkept import declare_in_sheet, section

YEAR = "2020"
SOURCE = "donnees-2020"
SOURCE_LINE = section(SOURCE, "Chiffres de 2020, pour l’essai").rstrip("\n")
# Admissions of 2020; the parts of each add up to it.
TOTALS = {"QC": 25223, "01": 96, "03": 1500, "12": 150, "11": 30}
CATEGORIES = {
    "QC": {"economic": 14000, "family": 7000, "refugee": 4000, "other": 223},
    "01": {"economic": 40, "family": 26, "refugee": 30, "other": 0},
    "03": {"economic": 900, "family": 300, "refugee": 290, "other": 10},
    "12": {"economic": 80, "family": 40, "refugee": 29, "other": 1},
    "11": {"economic": 20, "family": 9, "refugee": 1, "other": 0},
}
SEXES = {"QC": (12600, 12623), "01": (46, 50), "03": (760, 740), "12": (75, 75), "11": (16, 14)}
# Knowing French, not knowing it, not available: the first two make those who declared, the three make all.
FRENCH = {
    "QC": (12000, 12500, 723),
    "01": (70, 20, 6),
    "03": (1100, 350, 50),
    "12": (90, 50, 10),
    "11": (25, 4, 1),
}
PERMITS = {
    "QC": (70000, 16000, 50000),
    "01": (900, 210, 330),
    "03": (5400, 2400, 1800),
    "12": (380, 1250, 500),
    "11": (105, 30, 100),
}
# Columns of every series, after the one that is not read.
COLUMNS = ("help", "territory_code", "indicator", "category", "period", "value", "printed_pct", "base", "status",
           "source", "quote")  # fmt: skip


def written(root: Path) -> bytes:
    """The workbook of the data below `root`, as the command writes it."""
    return data_workbook(load_dataset(root))


def opened(raw: bytes) -> Workbook:
    return load_workbook(io.BytesIO(raw))


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(raw: bytes, change: Callable[[Workbook], object]) -> bytes:
    book = opened(raw)
    change(book)
    return saved(book)


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


def row_of(sheet: Any, territory: str, category: str, period: str) -> int:
    """Number of the row of a figure; its absence is a fault of the test."""
    for row in sheet.iter_rows(min_row=2):
        if (row[1].value, row[3].value, row[4].value) == (territory, category, period):
            return int(row[0].row)
    raise AssertionError(f"{sheet.title} : {territory}, {category}, {period}")


def put(sheet: Any, territory: str, category: str, period: str, value: int) -> None:
    """Fill in a prepared row: the number, its status, its source, and the line it was read on."""
    row = row_of(sheet, territory, category, period)
    assert sheet.cell(row, column("value")).value is None
    sheet.cell(row, column("value")).value = value
    sheet.cell(row, column("status")).value = "provisional"
    sheet.cell(row, column("source")).value = SOURCE
    sheet.cell(row, column("quote")).value = f"{territory} {category} {value}"


def fill_2020(book: Workbook) -> None:
    declare_in_sheet(book["sources"], SOURCE_LINE)
    for code, total in TOTALS.items():
        put(book["admissions_by_year"], code, "total", YEAR, total)
        for name in ("category", "sex", "french"):
            put(book[f"admissions_by_{name}"], code, "total", YEAR, total)
        for category, value in CATEGORIES[code].items():
            put(book["admissions_by_category"], code, category, YEAR, value)
        for category, value in zip(("female", "male"), SEXES[code], strict=True):
            put(book["admissions_by_sex"], code, category, YEAR, value)
        known, unknown, silent = FRENCH[code]
        french = {"french_known": known, "french_not_known": unknown, "declared": known + unknown}
        for category, value in {**french, "not_available": silent}.items():
            put(book["admissions_by_french"], code, category, YEAR, value)
        for category, value in zip(("students", "ptet", "pmi"), PERMITS[code], strict=True):
            put(book["temporary_permits"], code, category, "2020-12-31", value)


def filled_2020(root: Path) -> bytes:
    return edited(written(root), fill_2020)
