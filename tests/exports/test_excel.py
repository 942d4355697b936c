"""The workbook of some views, read back: figures of the source, French formats, names, safety, printing."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from dashboard.contract.door import load_dataset
from dashboard.deck import kinds
from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Slide
from dashboard.exports.excel.book import slides_xlsx
from dashboard.exports.excel.view_sheet import grids
from dashboard.exports.number_codes import code_of
from dashboard.model import Dataset

DAY = date(2022, 3, 31)
NBSP = "\u00a0"


@cache
def _bytes(ds_root: Path, code: str) -> bytes:
    ds = load_dataset(ds_root)
    deck = default_deck(ds, code)
    return slides_xlsx(ds, deck.slides, deck.title, today=DAY)


def book(ds: Dataset, slides: list[Slide], title: str = "Essai") -> Workbook:
    return load_workbook(io.BytesIO(slides_xlsx(ds, slides, title, today=DAY)))


def texts(sheet: Any) -> str:
    return "\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row if v is not None)


def test_each_sheet_has_its_title_source_status_and_filters(root: Path, ds: Dataset) -> None:
    workbook = load_workbook(io.BytesIO(_bytes(root, "DRCNEQ")))
    slides = default_deck(ds, "DRCNEQ").slides
    assert workbook.sheetnames[0] == "LISEZMOI"
    assert len(workbook.sheetnames) == len(slides) + 1
    for sheet, slide in zip(workbook.worksheets[1:], slides, strict=True):
        content = kinds.content(ds, slide)
        said = texts(sheet)
        for text in (content.title, content.subtitle, content.source, content.filters, ds.config.disclaimer):
            assert text in said, (sheet.title, text)
        assert all(caveat in said for caveat in content.caveats), sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes is not None


def test_readme_lists_every_sheet_with_a_link(root: Path) -> None:
    workbook = load_workbook(io.BytesIO(_bytes(root, "01")))
    readme = workbook["LISEZMOI"]
    places = [cell.hyperlink.location for row in readme.iter_rows() for cell in row if cell.hyperlink]
    assert places == [f"'{name}'!A1" for name in workbook.sheetnames[1:]]
    said = texts(readme)
    for words in (
        "31 mars 2022".replace(" ", NBSP),
        "n’est pas un site officiel",
        f"n.{NBSP}d.",
        "Sources et licences",
    ):
        assert words in said
    assert workbook.properties.title == "Portrait de l’immigration, Bas-Saint-Laurent"


def test_every_cell_is_what_the_screen_says(ds: Dataset) -> None:
    """Number, format and words of each cell of each table, for every kind of view."""
    asked = {"mrc": {"mesure": "taux"}, "admissions": {"serie": "part"}}
    checked = 0
    for kind in kinds.KINDS:
        if kind == "simulation":
            continue
        slide = Slide(kind, asked.get(kind, {}))
        sheet = book(ds, [slide]).worksheets[1]
        for grid in grids(kinds.content(ds, slide)):
            start = next(r for r in range(1, 200) if tuple(c.value for c in sheet[r][: len(grid.head)]) == grid.head)
            for n, line in enumerate(grid.rows, start=1):
                for c, cell in enumerate(line):
                    found = sheet.cell(start + n, c + 1)
                    if cell.number is None:
                        assert found.value == cell.text
                    else:
                        assert found.value == pytest.approx(cell.number)
                        assert found.number_format == code_of(cell.text, cell.number), cell.text
                        checked += 1
    assert checked > 300


def test_unreliable_rates_say_so(ds: Dataset) -> None:
    sheet = book(ds, [Slide("mrc", {"territoire": "01", "mesure": "taux"})]).worksheets[1]
    line = next(row for row in sheet.iter_rows() if row[0].value == "Les Basques")
    assert "†" in line[3].number_format
    assert "† taux peu fiable" in str(line[5].value)
