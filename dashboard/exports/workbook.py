"""The workbook of all the data: one sheet per file, drop-downs, explanations, locked keys, rows for the next year."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import count
from typing import Any, Final, get_args

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dashboard.deck.palette import CIRCLE, HEAD, INK, MISSING, REFERENCE, RULE, SOFT, WHITE
from dashboard.exports.workbook_rows import Record, Sheet, sheet_of
from dashboard.exports.workbook_words import (
    COLUMN_NOTES,
    EMPTY_SHEETS,
    FORMER_VALUE,
    README_LINES,
    STATUS_WORDS,
)
from dashboard.loading.files import DATA, Tree
from dashboard.loading.fingerprint import data_version
from dashboard.loading.workbook_layout import (
    CODES,
    DECIMAL_COLUMNS,
    HELP_COLUMN,
    KEY_COLUMNS,
    OPTIONAL,
    README,
    TEXT_COLUMN,
    VERSION_LABEL,
    WHOLE_COLUMNS,
    data_files,
    sheet_names,
)
from dashboard.model import Dataset
from dashboard.model.rows import SUPERSEDED, Status
from dashboard.wording.numbers import typographic

# Rows under the last one where the choices are offered too; all of them are unlocked.
FREE_ROWS: Final = 500
_WIDTHS: Final = {HELP_COLUMN: 48, "quote": 70, "source": 18, "base": 22, "indicator": 24, "name": 34, "note": 50}
# Columns of the memberships, whose codes are those of a level.
_PLACES: Final = ("region_code", "direction_code")
_LOCKED, _INPUT, _NEXT = MISSING, WHITE, "#fff7d6"
_TABS: Final = {"series": CIRCLE, "table": "#4f813d", "text": REFERENCE}
# References to the lists of the sheet of codes.
_Lists = Mapping[tuple[str, str], str]


class _Writer:
    """One workbook being written."""

    def __init__(self, ds: Dataset) -> None:
        self.ds = ds
        self.out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.out, options)
        self._formats: dict[tuple[Any, ...], Any] = {}

    def style(self, fill: str = _INPUT, shape: str = "@", *, locked: bool = False, **more: Any) -> Any:
        asked = (fill, shape, locked, *sorted(more.items()))
        if asked not in self._formats:
            border = {} if fill == _INPUT else {"bg_color": fill, "border": 1, "border_color": RULE}
            base: dict[str, Any] = {"num_format": shape, "locked": locked, "valign": "top", **border, **more}
            self._formats[asked] = self.book.add_format(base)
        return self._formats[asked]

    def head(self) -> Any:
        return self.style(HEAD, locked=True, bold=True)


def data_workbook(ds: Dataset) -> bytes:
    """The files of data/ below the root of `ds`, as they are on the disk. Raises OSError when one cannot be read."""
    writer = _Writer(ds)
    folder = Tree(ds.root).data_folder()
    sheets = sheet_names(data_files(folder))
    readme = writer.book.add_worksheet(README)
    tables = {
        title: sheet_of(ds, folder / file.removeprefix(f"{DATA}/"))
        for file, title in sheets.items()
        if file.endswith(".csv")
    }
    # Created in the order of the tabs; the lists are written before the tables, which refer to them.
    pages = {title: writer.book.add_worksheet(title) for title in sheets.values()}
    lists = _write_codes(writer, writer.book.add_worksheet(CODES), sheets, tables)
    for file, title in sheets.items():
        if title in tables:
            _write_table(writer, pages[title], title, tables[title], lists)
            if not tables[title].rows:
                # In the column that is not read: the sheet may be filled in around it.
                for line, text in enumerate(EMPTY_SHEETS.get(file, ()), 1):
                    pages[title].write_string(line, 0, typographic(text), writer.style(locked=True, font_color=SOFT))
        else:
            _write_text(writer, pages[title], (folder / file.removeprefix(f"{DATA}/")).read_text(encoding="utf-8-sig"))
    _write_readme(writer, readme, sheets)
    readme.activate()
    writer.book.close()
    return writer.out.getvalue()


def _write_readme(writer: _Writer, page: Any, sheets: Mapping[str, str]) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    wrapped = writer.style(locked=True, text_wrap=True)
    row = 0
    for text in README_LINES:
        heading = text.startswith("# ") or row == 0
        style = writer.style(locked=True, bold=True, font_size=12 if row else 16, font_color=INK)
        page.merge_range(row, 0, row, 1, typographic(text.removeprefix("# ")), style if heading else wrapped)
        page.set_row(row, 26 if row == 0 else 22 if heading else 16 * (1 + len(text) // 125))
        row += 1
    row += 1
    page.write_string(row, 0, VERSION_LABEL, writer.style(locked=True, bold=True))
    page.write_string(row, 1, data_version(writer.ds.root), wrapped)
    row += 2
    for column, text in enumerate(("Feuille", "Fichier")):
        page.write_string(row, column, text, writer.head())
    for file, title in sheets.items():
        row += 1
        page.write_url(row, 0, f"internal:'{title}'!A1", string=title)
        page.write_string(row, 1, file, wrapped)
    page.protect()


def _write_codes(writer: _Writer, page: Any, sheets: Mapping[str, str], tables: Mapping[str, Sheet]) -> _Lists:
    """Blocks of two columns, code and meaning; their references, by sheet (none: all of them) and column."""
    ds = writer.ds
    blocks: dict[tuple[str, str], dict[str, str]] = {
        ("", "territory_code"): {t.code: t.name for t in ds.territories.values()},
        ("", "status"): {status: STATUS_WORDS.get(status, status) for status in get_args(Status)},
        ("", "base"): {base.id: base.label for base in ds.bases.values()},
        ("", "source"): {section.id: section.label for section in ds.sections.values()},
    }
    for file in OPTIONAL:
        for column in _PLACES:
            level = column.removesuffix("_code")
            blocks[sheets[file], column] = {t.code: t.name for t in ds.territories.values() if t.level == level}
    for file, title in sheets.items():
        own = [i for i in ds.indicators.values() if f"{DATA}/{i.file}" == file]
        if title in tables and own:
            blocks[title, "indicator"] = {i.id: i.label for i in own}
            blocks[title, "category"] = {category.id: category.label for i in own for category in i.categories}
    lists = {}
    for left, ((sheet, column), codes) in zip(count(step=2), blocks.items(), strict=False):
        of_one = column in ("indicator", "category")
        page.merge_range(0, left, 0, left + 1, f"{sheet} : {column}" if of_one else column, writer.head())
        for row, (code, words) in enumerate(codes.items(), 1):
            page.write_string(row, left, code, writer.style(_LOCKED, locked=True))
            page.write_string(row, left + 1, typographic(words), writer.style(locked=True))
        page.set_column(left, left, 20)
        page.set_column(left + 1, left + 1, 44)
        letter = xl_col_to_name(left)
        lists[sheet, column] = f"={CODES}!${letter}$2:${letter}${max(2, len(codes) + 1)}"
    page.freeze_panes(1, 0)
    page.set_tab_color(_TABS["text"])
    page.protect()
    return lists


def _write_table(writer: _Writer, page: Any, title: str, sheet: Sheet, lists: _Lists) -> None:
    names = (HELP_COLUMN, *sheet.columns)
    for column, name in enumerate(names):
        page.write_string(0, column, name, writer.head())
        if name in COLUMN_NOTES:
            size = {"x_scale": 1.8, "y_scale": 0.9, "font_size": 9}
            page.write_comment(0, column, typographic(COLUMN_NOTES[name]), size)
        # The cells under the rows have the format of their column: unlocked, and text unless a number is due.
        page.set_column(column, column, _WIDTHS.get(name, 14), _style(writer, name, "", _INPUT))
    rows = [(row, False) for row in sheet.rows] + [(row, True) for row in sheet.prepared]
    for line, (record, prepared) in enumerate(rows, 1):
        page.write_string(line, 0, _in_words(writer.ds, sheet, record), writer.style(locked=True, font_color=SOFT))
        for column, (name, text) in enumerate(zip(sheet.columns, record, strict=True), 1):
            # The codes of a row say what it is about: the rest may be changed.
            locked = sheet.series and name in KEY_COLUMNS
            _write_cell(writer, page, (line, column), name, text, _LOCKED if locked else _NEXT if prepared else _INPUT)
    last = len(rows) + FREE_ROWS
    for column, name in enumerate(sheet.columns, 1):
        choices = _choices(title, name, lists)
        if choices and (sheet.series or (title, name) in lists):
            page.data_validation(1, column, last, column, choices)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(names))}{last + 1}"})
    page.autofilter(0, 0, last, len(names) - 1)
    page.freeze_panes(1, 5 if sheet.series else 1)
    page.set_tab_color(_TABS["series" if sheet.series else "table"])
    page.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})


def _in_words(ds: Dataset, sheet: Sheet, record: Record) -> str:
    """« Rimouski-Neigette, Admissions par MRC, 2015-2019 »."""
    cells = dict(zip(sheet.columns, record, strict=True))
    places = (ds.territories.get(cells.get(column, "")) for column in ("territory_code", *_PLACES))
    parts = [place.name for place in places if place]
    if sheet.series:
        parts += [*ds.series_name(cells["indicator"], cells["category"]), cells["period"]]
    if cells.get("status") == SUPERSEDED:
        parts.append(FORMER_VALUE)
    return typographic(", ".join(part for part in parts if part))


def _style(writer: _Writer, name: str, text: str, fill: str) -> Any:
    """Format of a cell: a number, a percentage with as many decimals as the source prints, or text."""
    shape = "@"
    if name in WHOLE_COLUMNS:
        shape = "#,##0"
    elif name == "printed_pct":
        # « 100.0 » is not « 100 ».
        places = len(text.partition(".")[2]) if text else 1
        shape = "0" + ("." + "0" * places if places else "")
    elif name in DECIMAL_COLUMNS:
        shape = "General"
    return writer.style(fill, shape, locked=fill == _LOCKED)


def _write_cell(writer: _Writer, page: Any, place: tuple[int, int], name: str, text: str, fill: str) -> None:
    style = _style(writer, name, text, fill)
    if not text:
        page.write_blank(*place, None, style)
    elif name in WHOLE_COLUMNS and re.fullmatch(r"\d{1,15}", text):
        page.write_number(*place, int(text), style)
    elif name in DECIMAL_COLUMNS and re.fullmatch(r"\d{1,10}(\.\d{1,4})?", text):
        page.write_number(*place, float(text), style)
    else:
        page.write_string(*place, text, style)


def _choices(title: str, name: str, lists: _Lists) -> dict[str, Any] | None:
    """What a column accepts, for those whose values are known; the message is in French."""
    reference = lists.get((title, name)) or lists.get(("", name))
    if reference is not None:
        error = {
            "error_title": "Code inconnu",
            "error_message": typographic("Choisissez un code de la liste (feuille « Codes »)."),
        }
        # A source may be declared in the same workbook, and is then not in the list yet.
        kind = {"error_type": "warning"} if name == "source" else {}
        return {"validate": "list", "source": reference, **error, **kind}
    if name in WHOLE_COLUMNS:
        return {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 2_000_000_000,
            "error_title": "Nombre entier attendu",
            "error_message": "Taper le nombre en chiffres, ou laisser vide si la source ne le donne pas.",
        }  # fmt: skip
    if name in DECIMAL_COLUMNS:
        return {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100,
            "error_title": "Pourcentage attendu",
            "error_message": typographic("Taper le pourcentage imprimé, sans signe % (97,1)."),
        }  # fmt: skip
    return None


def _write_text(writer: _Writer, page: Any, text: str) -> None:
    page.write_string(0, 0, TEXT_COLUMN, writer.head())
    page.set_column(0, 0, 160, writer.style())
    for line, content in enumerate(text.split("\n"), 1):
        if content:
            page.write_string(line, 0, content.rstrip("\r"), writer.style())
    page.freeze_panes(1, 0)
    page.set_tab_color(_TABS["text"])
