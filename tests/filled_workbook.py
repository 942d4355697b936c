"""The workbook that the command writes, filled in by hand for 2020 as a statistician would: coherent inventions."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from dashboard.contract.door import load_dataset
from dashboard.exports.workbook import data_workbook
from tests.other_years import figures_2020
from tests.unkept import declare_in_sheet, section

YEAR = "2020"
SOURCE = "donnees-2020"
SOURCE_LINE = section(SOURCE, "Chiffres de 2020, pour l’essai").rstrip("\n")
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
    for name, *key, value in figures_2020():
        put(book[name], *key, value)


def filled_2020(root: Path) -> bytes:
    return edited(written(root), fill_2020)
