"""The workbook of all the data: one sheet per file, drop-downs, explanations, locked keys, rows for the next year."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import count, product
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from dashboard.deck.palette import CIRCLE, HEAD, INK, MISSING, REFERENCE, RULE, SOFT, WHITE
from dashboard.exports import workbook_words as words
from dashboard.exports.excel.page import SafeBook
from dashboard.loading import workbook_layout as layout
from dashboard.loading.files import DATA, Tree
from dashboard.loading.fingerprint import data_version
from dashboard.model import Dataset
from dashboard.model.rows import SUPERSEDED, Status
from dashboard.wording.numbers import typographic

# Rows under the last one where the choices are offered too; all of them are unlocked.
FREE_ROWS: Final = 500
_WIDTHS = {layout.HELP_COLUMN: 48, "quote": 70, "source": 18, "base": 22, "indicator": 24, "name": 34, "note": 50}
# Columns of the memberships, whose codes are those of a level.
_PLACES: Final = ("region_code", "direction_code")
_LOCKED, _INPUT, _NEXT = MISSING, WHITE, "#fff7d6"
_TABS: Final = {"series": CIRCLE, "table": "#4f813d", "text": REFERENCE}
# References to the lists of the sheet of codes.
_Lists = Mapping[tuple[str, str], str]
Record = tuple[str, ...]


class Sheet(NamedTuple):
    """A CSV file: its columns, its rows, and the rows to fill in for the next year."""

    columns: Record
    rows: list[Record]
    prepared: list[Record]

    @property
    def series(self) -> bool:
        return set(layout.KEY_COLUMNS) <= set(self.columns)


def sheet_of(ds: Dataset, path: Path) -> Sheet:
    """The rows of a file as it is, however far it is from being right; an optional one that is absent has none."""
    optional = layout.OPTIONAL.get(f"{DATA}/{path.name}")
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
    if not set(layout.KEY_COLUMNS) <= set(columns):
        return []
    keys = list(layout.KEY_COLUMNS)
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


def data_workbook(ds: Dataset) -> bytes:
    """The files of data/ below the root of `ds`, as they are on the disk. Raises OSError when one cannot be read."""
    folder = Tree(ds.root).data_folder()
    sheets = layout.sheet_names(layout.data_files(folder))
    paths = {title: folder / file.removeprefix(f"{DATA}/") for file, title in sheets.items()}
    tables = {title: sheet_of(ds, path) for title, path in paths.items() if path.suffix == ".csv"}
    book = SafeBook()
    with book:
        readme = book.add_worksheet(layout.README)
        # Created in the order of the tabs; the lists are written before the tables, which refer to them.
        pages = {title: book.add_worksheet(title) for title in sheets.values()}
        lists = _write_codes(ds, book, sheets, tables)
        for file, title in sheets.items():
            if title not in tables:
                _write_text(book, pages[title], paths[title].read_text(encoding="utf-8-sig"))
                continue
            _write_table(ds, book, pages[title], tables[title], lists)
            # In the column that is not read: the sheet may be filled in around it.
            told = () if tables[title].rows else words.EMPTY_SHEETS.get(file, ())
            pages[title].write_column(1, 0, map(typographic, told), _style(book, locked=True, font_color=SOFT))
        _write_readme(ds, book, readme, sheets)
        readme.activate()
    return book.raw.getvalue()


def _style(book: SafeBook, fill: str = _INPUT, shape: str = "@", *, locked: bool = False, **more: Any) -> Format:
    border = {} if fill == _INPUT else {"bg_color": fill, "border": 1, "border_color": RULE}
    return book.style(num_format=shape, locked=locked, valign="top", **border, **more)


def _head(book: SafeBook) -> Format:
    return _style(book, HEAD, locked=True, bold=True)


def _write_readme(ds: Dataset, book: SafeBook, page: Any, sheets: Mapping[str, str]) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    wrapped = _style(book, locked=True, text_wrap=True)
    for row, text in enumerate(words.README_LINES):
        heading = text.startswith("# ") or row == 0
        style = _style(book, locked=True, bold=True, font_size=12 if row else 16, font_color=INK)
        page.merge_range(row, 0, row, 1, typographic(text.removeprefix("# ")), style if heading else wrapped)
        page.set_row(row, 26 if row == 0 else 22 if heading else 16 * (1 + len(text) // 125))
    row = len(words.README_LINES) + 1
    page.write_string(row, 0, layout.VERSION_LABEL, _style(book, locked=True, bold=True))
    page.write_string(row, 1, data_version(ds.root), wrapped)
    page.write_row(row + 2, 0, ("Feuille", "Fichier"), _head(book))
    for n, (file, title) in enumerate(sheets.items(), row + 3):
        page.write_url(n, 0, f"internal:'{title}'!A1", string=title)
        page.write_string(n, 1, file, wrapped)
    page.protect()


def _write_codes(ds: Dataset, book: SafeBook, sheets: Mapping[str, str], tables: Mapping[str, Sheet]) -> _Lists:
    """Blocks of two columns, code and meaning; their references, by sheet (none: all of them) and column."""
    blocks: dict[tuple[str, str], dict[str, str]] = {
        ("", "territory_code"): {t.code: t.name for t in ds.territories.values()},
        ("", "status"): {status: words.STATUS_WORDS.get(status, status) for status in get_args(Status)},
        ("", "base"): {base.id: base.label for base in ds.bases.values()},
        ("", "source"): {section.id: section.label for section in ds.sections.values()},
    }
    for file, column in product(layout.OPTIONAL, _PLACES):
        level = column.removesuffix("_code")
        blocks[sheets[file], column] = {t.code: t.name for t in ds.territories.values() if t.level == level}
    for file, title in sheets.items():
        own = [i for i in ds.indicators.values() if f"{DATA}/{i.file}" == file]
        if title in tables and own:
            blocks[title, "indicator"] = {i.id: i.label for i in own}
            blocks[title, "category"] = {category.id: category.label for i in own for category in i.categories}
    page, lists = book.add_worksheet(layout.CODES), {}
    for left, ((sheet, column), codes) in zip(count(step=2), blocks.items(), strict=False):
        of_one = column in ("indicator", "category")
        page.merge_range(0, left, 0, left + 1, f"{sheet} : {column}" if of_one else column, _head(book))
        page.write_column(1, left, codes, _style(book, _LOCKED, locked=True))
        page.write_column(1, left + 1, map(typographic, codes.values()), _style(book, locked=True))
        page.set_column(left, left, 20)
        page.set_column(left + 1, left + 1, 44)
        letter = xl_col_to_name(left)
        lists[sheet, column] = f"={layout.CODES}!${letter}$2:${letter}${max(2, len(codes) + 1)}"
    page.freeze_panes(1, 0)
    page.set_tab_color(_TABS["text"])
    page.protect()
    return lists


def _write_table(ds: Dataset, book: SafeBook, page: Any, sheet: Sheet, lists: _Lists) -> None:
    names = (layout.HELP_COLUMN, *sheet.columns)
    page.write_row(0, 0, names, _head(book))
    for column, name in enumerate(names):
        if name in words.COLUMN_NOTES:
            size = {"x_scale": 1.8, "y_scale": 0.9, "font_size": 9}
            page.write_comment(0, column, typographic(words.COLUMN_NOTES[name]), size)
        # The cells under the rows have the format of their column: unlocked, and text unless a number is due.
        page.set_column(column, column, _WIDTHS.get(name, 14), _cell_style(book, name, "", _INPUT))
    rows = [*((row, _INPUT) for row in sheet.rows), *((row, _NEXT) for row in sheet.prepared)]
    for line, (record, fill) in enumerate(rows, 1):
        page.write_string(line, 0, _in_words(ds, sheet, record), _style(book, locked=True, font_color=SOFT))
        for column, (name, text) in enumerate(zip(sheet.columns, record, strict=True), 1):
            # The codes of a row say what it is about: the rest may be changed.
            locked = sheet.series and name in layout.KEY_COLUMNS
            page.write(line, column, _value(name, text), _cell_style(book, name, text, _LOCKED if locked else fill))
    last = len(rows) + FREE_ROWS
    for column, name in enumerate(sheet.columns, 1):
        choices = _choices(page.name, name, lists)
        if choices and (sheet.series or (page.name, name) in lists):
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
        parts.append(words.FORMER_VALUE)
    return typographic(", ".join(part for part in parts if part))


def _cell_style(book: SafeBook, name: str, text: str, fill: str) -> Format:
    """Format of a cell: a number, a percentage with as many decimals as the source prints, or text."""
    shape = "#,##0" if name in layout.WHOLE_COLUMNS else "General" if name in layout.DECIMAL_COLUMNS else "@"
    if name == "printed_pct":
        # « 100.0 » is not « 100 ».
        places = len(text.partition(".")[2]) if text else 1
        shape = "0" + ("." + "0" * places if places else "")
    return _style(book, fill, shape, locked=fill == _LOCKED)


def _value(name: str, text: str) -> str | float:
    """A cell as a spreadsheet keeps it: a number where one is due and the text is one."""
    if name in layout.WHOLE_COLUMNS and re.fullmatch(r"\d{1,15}", text):
        return int(text)
    return float(text) if name in layout.DECIMAL_COLUMNS and re.fullmatch(r"\d{1,10}(\.\d{1,4})?", text) else text


def _choices(title: str, name: str, lists: _Lists) -> dict[str, Any] | None:
    """What a column accepts, for those whose values are known; the message is in French."""
    reference = lists.get((title, name)) or lists.get(("", name))
    if reference is not None:
        rule: dict[str, Any] = {"validate": "list", "source": reference}
        # A source may be declared in the same workbook, and is then not in the list yet.
        rule |= {"error_type": "warning"} if name == "source" else {}
        told = "Code inconnu", "Choisissez un code de la liste (feuille « Codes »)."
    elif name in layout.WHOLE_COLUMNS:
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 2_000_000_000}
        told = ("Nombre entier attendu", "Taper le nombre en chiffres, ou laisser vide si la source ne le donne pas.")
    elif name in layout.DECIMAL_COLUMNS:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        told = "Pourcentage attendu", "Taper le pourcentage imprimé, sans signe % (97,1)."
    else:
        return None
    return rule | {"error_title": told[0], "error_message": typographic(told[1])}


def _write_text(book: SafeBook, page: Any, text: str) -> None:
    page.write_string(0, 0, layout.TEXT_COLUMN, _head(book))
    page.set_column(0, 0, 160, _style(book))
    for line, content in enumerate(text.split("\n"), 1):
        if content:
            page.write_string(line, 0, content.rstrip("\r"), _style(book))
    page.freeze_panes(1, 0)
    page.set_tab_color(_TABS["text"])
