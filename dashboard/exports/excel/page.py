"""A worksheet written from top to bottom. Every text goes through here, so that none can become a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.deck.palette import HEAD, RULE, SOFT, SUBJECT
from dashboard.exports.number_codes import code_of
from dashboard.wording.numbers import NBSP
from dashboard.wording.spreadsheet import neutral
from dashboard.wording.widths import arial, lines

README = "LISEZMOI"
FONT = "Arial"  # it is on every machine
_LINE = 13.5
_CHARACTER = 5.25  # points that Excel counts for one character of a column
# Narrowest and widest: the first column, which also holds the way back to LISEZMOI, then the others.
_LABEL_WIDTHS, _TEXT_WIDTHS = (20, 42), (11, 46)
_A4 = 9
_ONE_PAGE = 50

_TOP: dict[str, Any] = {"text_wrap": True, "valign": "top"}
_MIDDLE = {"text_wrap": True, "valign": "vcenter"}
_HEAD = {**_MIDDLE, "bold": True, "bg_color": HEAD, "bottom": 1}
_ROW = {"valign": "vcenter", "bottom": 4, "bottom_color": RULE}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_MIDDLE, "bold": True, "font_size": 15, "font_color": SUBJECT},
    "subtitle": {**_TOP, "font_size": 11},
    "line": {**_TOP, "font_color": SOFT},
    "text": _TOP,
    "strong": {**_TOP, "bold": True},
    "section": {**_MIDDLE, "bold": True, "font_size": 12, "font_color": SUBJECT},
    "band": {**_MIDDLE, "bold": True, "bg_color": "#f3d9a4", "border": 1},
    "head": {**_HEAD, "align": "center"},
    "head_first": _HEAD,
    "label": {**_ROW, "text_wrap": True},
    "words": {**_ROW, "text_wrap": True, "indent": 1},
    "number": {**_ROW, "align": "right"},
    "input": {"align": "right", "valign": "vcenter", "bg_color": "#fff4cc", "border": 1, "border_color": RULE},
    "name": {"font_color": SOFT, "valign": "vcenter", "indent": 1},
    "link": {**_MIDDLE, "font_color": SUBJECT, "underline": 1},
}
# Of a paragraph: its size against the usual 10 points, and what its row has more than its lines.
_ROOMS = {"title": (1.6, 6), "subtitle": (1.1, 2), "section": (1.2, 4), "band": (1.0, 8)}


class Cell(NamedTuple):
    """`text` as the screen writes it; number: what it stands for, None for words, « n. d. » and « – ».

    figure: it stands where numbers do.
    """

    text: str
    number: float | None = None
    figure: bool = False


class Grid(NamedTuple):
    """The first column names the rows. ids: of the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...]
    totals: frozenset[int] = frozenset()


class SafeBook(Workbook):  # type: ignore[misc]
    """A workbook in memory, in which no text becomes a formula, a number or a link by guess."""

    def __init__(self) -> None:
        self.raw = io.BytesIO()
        super().__init__(self.raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._made: dict[frozenset[tuple[str, Any]], Format] = {}

    def style(self, **properties: Any) -> Format:
        """The format with these properties, each made once."""
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self.add_format(properties)
        return self._made[key]


def safe(text: str) -> str:
    """A text as a cell may hold it: neither a formula nor a character that XML refuses."""
    # The spaces of French typography are not « printable » for Python.
    kept = "".join(c for c in text if c.isprintable() or c == "\n" or (c.isspace() and c > "\x7f"))
    return neutral(kept.encode("utf-8", "ignore").decode())


def quoted(name: str) -> str:
    """The name of a sheet as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"


def widths(grids: Sequence[Grid]) -> list[float]:
    """Width of each column, in characters, so that nothing is cut nor shown as ###."""

    def needed(column: int, grid: Grid) -> float:
        least, most = _TEXT_WIDTHS if column else _LABEL_WIDTHS
        words = [*grid.head[column].split(" "), *(row[column].text for row in grid.rows)]
        return max(least, min(most, max(map(len, words)) + 2))

    return [max(own) for own in zip_longest(*([needed(c, g) for c in range(len(g.head))] for g in grids), fillvalue=0)]


class Page:
    """One sheet, written from its first row. `row` is the next free row; a paragraph takes all the columns."""

    def __init__(self, book: SafeBook, name: str, column_widths: Sequence[float]) -> None:
        self.name, self.book, self.row, self.widths = name, book, 0, list(column_widths)
        self.sheet: Worksheet = book.add_worksheet(name)
        for c, width in enumerate(self.widths):
            self.sheet.set_column(c, c, width)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.7)

    def style(self, look: str, code: str = "", *, total: bool = False) -> Format:
        """A look, with a number format, and bold for a total."""
        own = {"font_name": FONT, "font_size": 10, **LOOKS[look]}
        own |= {"num_format": code} if code else {}
        return self.book.style(**own | ({"bold": True, "top": 1} if total else {}))

    def text(self, column: int, text: str, look: str, *, total: bool = False) -> None:
        self.sheet.write_string(self.row, column, safe(text), self.style(look, total=total))

    def cell(self, column: int, cell: Cell, *, total: bool = False) -> None:
        """A typed number that shows the words of the screen, or these words."""
        code = None if cell.number is None else code_of(cell.text, cell.number)
        if cell.number is None or code is None:
            look = "label" if column == 0 else "number" if cell.figure else "words"
            self.text(column, cell.text, look, total=total)
        else:
            self.sheet.write_number(self.row, column, cell.number, self.style("number", code, total=total))

    def next(self, texts: Sequence[str], pad: float = 3) -> int:
        """Give the row the height of its longest wrapped cell and go on to the next; returns the row that is done."""
        tallest = max(self._lines(text, self.widths[c] - 2) for c, text in enumerate(texts))
        self.sheet.set_row(self.row, tallest * _LINE + pad)
        self.row += 1
        return self.row - 1

    def paragraph(self, text: str, look: str = "text") -> int:
        """A text across the columns, on a row high enough for it; returns its row."""
        row, last, style = self.row, len(self.widths) - 1, self.style(look)
        size, pad = _ROOMS.get(look, (1.0, 2))
        if last:
            self.sheet.merge_range(row, 0, row, last, "", style)
        self.sheet.write_string(row, 0, safe(text), style)
        self.sheet.set_row(row, self._lines(text, sum(self.widths), size) * _LINE * size + pad)
        self.row += 1
        return row

    def section(self, title: str, points: Sequence[str] = ()) -> None:
        """A title after an empty row, then sentences one a point."""
        self.row += 1
        self.paragraph(title, "section")
        for text in points:
            self.paragraph(f"•{NBSP}{text}")

    def link(self, target: str, text: str) -> None:
        """A link to another sheet of the workbook; outside of it there is none."""
        self.sheet.write_url(self.row, 0, f"internal:{target}!A1", self.style("link"), safe(text))

    def head(self, texts: Sequence[str]) -> int:
        """The head of a table; returns its row."""
        for c, text in enumerate(texts):
            self.text(c, text, "head" if c else "head_first")
        return self.next(texts, pad=6)

    def grid(self, grid: Grid) -> int:
        """A table with its head; returns the row of the head."""
        head = self.head(grid.head)
        for n, cells in enumerate(grid.rows):
            for c, cell in enumerate(cells):
                self.cell(c, cell, total=n in grid.totals)
            self.next([cell.text for cell in cells])
        return head

    def footer(self, text: str) -> None:
        # « & » begins a code in a footer, whose longest is 255 characters.
        clean = text.replace("&", "&&")[:150]
        if self.row <= _ONE_PAGE:
            # A few notes are not worth a second page.
            self.sheet.fit_to_pages(1, 1)
        self.sheet.set_footer(f'&L&"Arial"&8{clean}&R&"Arial"&8&A – page &P de &N')

    @staticmethod
    def _lines(text: str, chars: float, size: float = 1.0) -> int:
        """Lines that a text takes in so many characters, at this size."""
        return lines(text, chars * _CHARACTER, lambda part: arial(part, 10 * size, bold=size > 1))
