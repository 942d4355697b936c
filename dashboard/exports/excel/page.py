"""A worksheet written from top to bottom. Every text goes through here, so that none can become a formula."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from dashboard.exports.excel.grids import Cell, Grid
from dashboard.exports.excel.styles import Styles
from dashboard.exports.number_codes import code_of
from dashboard.wording.spreadsheet import neutral
from dashboard.wording.widths import arial, lines

_LINE = 13.5
_CHARACTER = 5.25  # points that Excel counts for one character of a column
_WIDEST_LABEL, _WIDEST_TEXT, _NARROWEST = 42, 46, 11
# The first column also holds the way back to LISEZMOI.
_NARROWEST_LABEL = 20
_A4 = 9
_ONE_PAGE = 50


def safe(text: str) -> str:
    """A text as a cell may hold it: neither a formula nor a character that XML refuses."""
    # The spaces of French typography are not « printable » for Python.
    kept = "".join(c for c in text if c.isprintable() or c == "\n" or (c.isspace() and c > "\x7f"))
    return neutral(kept.encode("utf-8", "ignore").decode())


def lines_of(text: str, chars: float, *, size: float = 1.0) -> int:
    """Lines that a text takes in columns of so many characters, at this size against the usual 10 points."""
    return lines(text, chars * _CHARACTER, lambda part: arial(part, 10 * size, bold=size > 1))


def widths(grids: Sequence[Grid]) -> list[float]:
    """Width of each column, in characters, so that nothing is cut nor shown as ###."""
    found: list[float] = []
    for grid in grids:
        for c, head in enumerate(grid.head):
            cells = [row[c] for row in grid.rows]
            longest = max((len(cell.text) for cell in cells), default=0) + 2
            word = max((len(w) for w in head.split(" ")), default=0) + 2
            most = _WIDEST_LABEL if c == 0 else _WIDEST_TEXT
            need = max(_NARROWEST if c else _NARROWEST_LABEL, min(longest, most), min(word, most))
            found[c:] = [max(found[c], need), *found[c + 1 :]] if c < len(found) else [need]
    return found


class Page:
    """One sheet. `row` is the next free row; `across` is how many columns a paragraph takes."""

    def __init__(self, styles: Styles, name: str, column_widths: Sequence[float]) -> None:
        self.name, self.styles, self.row = name, styles, 0
        self.sheet: Worksheet = styles.book.add_worksheet(name)
        self.widths = list(column_widths)
        for c, width in enumerate(self.widths):
            self.sheet.set_column(c, c, width)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.7)

    def text(self, row: int, column: int, text: str, look: str, *, total: bool = False) -> None:
        self.sheet.write_string(row, column, safe(text), self.styles.get(look, total=total))

    def paragraph(self, text: str, look: str = "text", *, size: float = 1.0, pad: float = 2) -> int:
        """A text across the columns, on rows high enough for it; returns its row."""
        row, last = self.row, len(self.widths) - 1
        style = self.styles.get(look)
        if last:
            self.sheet.merge_range(row, 0, row, last, "", style)
        self.sheet.write_string(row, 0, safe(text), style)
        self.sheet.set_row(row, lines_of(text, sum(self.widths), size=size) * _LINE * size + pad)
        self.row += 1
        return row

    def link(self, row: int, column: int, target: str, text: str) -> None:
        """A link to another sheet of the workbook; outside of it there is none."""
        self.sheet.write_url(row, column, f"internal:{target}!A1", self.styles.get("link"), safe(text))

    def section(self, title: str) -> int:
        self.row += 1
        return self.paragraph(title, "section", size=1.2, pad=4)

    def head(self, texts: Sequence[str]) -> int:
        """The head of a table; returns its row."""
        row = self.row
        for c, text in enumerate(texts):
            self.text(row, c, text, "head" if c else "head_first")
        tallest = max(lines_of(text, self.widths[c] - 2) for c, text in enumerate(texts))
        self.sheet.set_row(row, max(tallest, 1) * _LINE + 6)
        self.row += 1
        return row

    def cell(self, row: int, column: int, cell: Cell, *, total: bool = False) -> None:
        """A typed number that shows the words of the screen, or these words."""
        code = None if cell.number is None else code_of(cell.text, cell.number)
        if cell.number is None or code is None:
            look = "label" if column == 0 else "number" if cell.figure else "words"
            self.text(row, column, cell.text, look, total=total)
        else:
            self.sheet.write_number(row, column, cell.number, self.styles.get("number", code, total=total))

    def fit(self, row: int, texts: Sequence[str]) -> None:
        """Give a row the height of its longest wrapped cell."""
        tallest = max(lines_of(text, self.widths[c] - 2) for c, text in enumerate(texts))
        self.sheet.set_row(row, tallest * _LINE + 3)

    def grid(self, grid: Grid) -> tuple[int, int]:
        """A table with its head; returns the rows of the head and of the last line."""
        head = self.head(grid.head)
        for n, cells in enumerate(grid.rows):
            for c, cell in enumerate(cells):
                self.cell(self.row, c, cell, total=n in grid.totals)
            self.fit(self.row, [cell.text for cell in cells])
            self.row += 1
        return head, self.row - 1

    def footer(self, text: str) -> None:
        # « & » begins a code in a footer, whose longest is 255 characters.
        clean = text.replace("&", "&&")[:150]
        if self.row <= _ONE_PAGE:
            # A few notes are not worth a second page.
            self.sheet.fit_to_pages(1, 1)
        self.sheet.set_footer(f'&L&"Arial"&8{clean}&R&"Arial"&8&A – page &P de &N')
