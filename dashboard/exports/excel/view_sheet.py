"""The sheet of one view: title, source, filters, table of typed numbers, chart, what to know when reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.deck.charts import Cards, ColumnChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.exports.excel import native
from dashboard.exports.excel.page import README, Cell, Grid, Page, SafeBook, widths
from dashboard.exports.plotted import plot
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.narrative.show import bare
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import status as status_word

STATUS = "Statut"
_TEXT_WIDTHS = (24.0, 32.0, 32.0, 24.0)
_WEAKEST_LAST = ("definitive", "provisional", "estimate")


def opening(page: Page, content: Content, *, band: str) -> int:
    """Title, subtitle, source and status, filters, way back; returns the row of the title."""
    if band:
        page.paragraph(band, "band")
    title = page.paragraph(content.title, "title")
    page.paragraph(content.subtitle, "subtitle")
    page.paragraph(content.source, "line")
    page.paragraph(f"Filtres{NBSP}: {content.filters or 'aucun'}", "line")
    page.link(README, "Retour à LISEZMOI")
    page.row += 1
    return title


def closing(page: Page, content: Content, disclaimer: str) -> None:
    """What to know, the notes of the presenter, the credit and the disclaimer."""
    for title, texts in (("À savoir", content.caveats), ("Notes", content.notes.splitlines())):
        kept = [text for text in texts if text.strip()]
        if kept:
            page.section(title, kept)
    page.row += 1
    if content.credit:
        page.paragraph(content.credit, "line")
    page.paragraph(disclaimer, "line")
    page.footer(disclaimer)


def view_sheet(book: SafeBook, name: str, content: Content, disclaimer: str) -> None:
    """Write the sheet of an observed view."""
    tables = grids(content)
    chart = plot(content.body)
    own = native.block(chart) if chart is not None and (chart.known or not tables) else None
    found = widths([*tables, own] if own is not None and tables else tables)
    page = Page(book, name, found if tables and sum(found) >= 60 else _wide(found))
    band = f"{content.nature.capitalize()}{NBSP}: valeurs calculées, non observées." if content.estimated else ""
    title = opening(page, content, band=band)
    start = page.row
    heads = []
    for n, grid in enumerate(tables):
        if n:
            page.section(grid.title)
        heads.append(page.grid(grid))
    if heads:
        page.sheet.freeze_panes(heads[0] + 1, 1)
        page.sheet.repeat_rows(heads[0])
    else:
        page.sheet.freeze_panes(start, 0)
    if chart is not None and own is not None:
        places = (native.within(grid, chart, head) for grid, head in zip(tables, heads, strict=True))
        at = next((place for place in places if place is not None), None)
        if at is None:
            page.section(own.title)
            at = native.Range(page.grid(own) + 1, page.row - 1, tuple(range(1, len(own.head))))
        if chart.note:
            page.paragraph(chart.note, "line")
        if chart.known:
            # Under the head, which is repeated on every printed page with what floats over it.
            native.draw(page, chart, at, title, start + bool(tables), content.reading)
    if isinstance(content.body, Paragraphs):
        page.row += bool(tables)
        for text in content.body.items:
            page.paragraph(text)
    elif content.reading:
        page.section("Lecture")
        page.paragraph(content.reading)
    closing(page, content, disclaimer)


def _wide(found: list[float]) -> list[float]:
    """Columns wide enough for the sentences above and under a narrow table."""
    if not found:
        return list(_TEXT_WIDTHS)
    missing = 60 - sum(found)
    return [found[0] + min(missing, 20), *found[1:-1], found[-1] + max(missing - 20, 0)] if len(found) > 1 else [60]


def grids(content: Content) -> list[Grid]:
    """What the sheet of a view holds, most telling first; none for a view made of sentences alone."""
    body, table = content.body, content.table
    found = [_of_cards(content.title, body)] if isinstance(body, Cards) else []
    # The table of the key figures is the cards themselves, with less.
    if table is not None and not (isinstance(body, Cards) and len(table.columns) == 1):
        found.append(_of_table(table, {m.id: m.label for m in body.marks} if isinstance(body, ColumnChart) else {}))
    elif table is None and isinstance(body, TextTable):
        found.append(_of_texts(content.title, body))
    return found


def _of_cards(title: str, cards: Cards) -> Grid:
    rows = tuple(
        (Cell(c.label), Cell(c.value, c.number, True), Cell(c.context), Cell(c.status or status_word("definitive")))
        for c in cards.items
    )
    return Grid(title, ("Chiffre", "Valeur", "Contexte", STATUS), rows, tuple(map(str, range(len(rows)))))


def _of_table(table: Table, labels: Mapping[str, str]) -> Grid:
    rows = []
    for row in table.rows:
        line = table.line(row.id)
        cells = [_cell(quantity, column.decimals) for quantity, column in zip(line, table.columns, strict=True)]
        rows.append((Cell(labels.get(row.id, row.label)), *cells, Cell(_status(q for q in line if q is not None))))
    head = (table.stub, *(column.label for column in table.columns), STATUS)
    totals = frozenset(n for n, row in enumerate(table.rows) if row.total)
    return Grid(table.title, head, tuple(rows), tuple(row.id for row in table.rows), totals)


def _cell(quantity: Quantity | None, decimals: int | None) -> Cell:
    text, read = bare(quantity, decimals), None if quantity is None else quantity.at(decimals)
    if quantity is None or read is None:
        return Cell(text, figure=True)
    unit = f"{NBSP}%" if quantity.unit == "%" else ""
    return Cell(text + unit + ("" if quantity.reliable else " †"), float(read))


def _status(quantities: Iterable[Quantity]) -> str:
    """The weakest status of a row in words, and what of it is missing or unreliable."""
    every = list(quantities)
    known = [q for q in every if q.value is not None]
    if not known:
        return status_word("not_available")
    words = [status_word(max((q.status for q in known), key=_WEAKEST_LAST.index))]
    words += ["en partie non disponible"] if len(known) < len(every) else []
    words += [] if all(q.reliable for q in known) else ["† taux peu fiable"]
    return "; ".join(words)


def _of_texts(title: str, table: TextTable) -> Grid:
    """A table of final texts, with its numbers where it has some."""
    numbers = table.numbers or {}
    rows = tuple(
        tuple(Cell(text, numbers.get((r, c)), c in table.numeric) for c, text in enumerate(texts))
        for r, texts in enumerate(table.rows)
    )
    return Grid(title, table.head, rows, tuple(map(str, range(len(rows)))), table.totals)
