"""The sheet of one view: title, source, filters, table of typed numbers, native chart, what to know when reading it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from dashboard.deck.charts import Cards, ColumnChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.palette import GRID, INK, OUTLINE, REFERENCE, SOFT, strokes_on
from dashboard.exports.excel.page import FONT, README, Cell, Grid, Page, SafeBook, safe, widths
from dashboard.exports.plotted import Plot, Series, plot
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
    own = _block(chart, content) if chart is not None and (chart.known or not tables) else None
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
        places = (_within(grid, chart, head) for grid, head in zip(tables, heads, strict=True))
        at = next((place for place in places if place is not None), None)
        if at is None:
            page.section(own.title)
            at = Range(page.grid(own) + 1, page.row - 1, tuple(range(1, len(own.head))))
        if chart.note:
            page.paragraph(chart.note, "line")
        if chart.known:
            # Under the head, which is repeated on every printed page with what floats over it.
            draw(page, chart, at, title, start + bool(tables), content.reading)
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
        (
            Cell(c.label),
            Cell(c.value, c.quantity.drawn, True),
            Cell(c.context),
            Cell(c.status or status_word("definitive")),
        )
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


class Range(NamedTuple):
    """Rows first to last of the sheet, whose first column holds the labels; values: the columns of the series."""

    first: int
    last: int
    values: tuple[int, ...]


def _within(grid: Grid, plot: Plot, head: int) -> Range | None:
    """Where the points of a chart already stand in a table, in their order; None when they do not."""
    start = grid.ids.index(plot.ids[0]) if plot.ids and plot.ids[0] in grid.ids else 0
    here = slice(start, start + len(plot.ids))
    rows = grid.rows[here]
    if not plot.ids or grid.ids[here] != plot.ids or tuple(row[0].text for row in rows) != plot.labels:
        return None
    columns: list[int] = []
    for series in plot.series:
        for c in range(1, len(grid.head)):
            if c not in columns and tuple(row[c].number for row in rows) == series.values:
                columns.append(c)
                break
        else:
            return None
    return Range(head + 1 + start, head + start + len(plot.ids), tuple(columns))


def _block(plot: Plot, content: Content) -> Grid:
    """The points of a chart as a table of its own, for those that the table of the view does not hold in order."""
    rows = tuple(
        (Cell(label), *(Cell(own.texts[n] or "–", own.values[n], True) for own in plot.series))
        for n, label in enumerate(plot.labels)
    )
    stub = "Ligne" if content.table is None else content.table.stub
    return Grid("Données du graphique", (stub, *(own.name for own in plot.series)), rows, plot.ids)


def draw(page: Page, plot: Plot, at: Range, title: int, top: int, alt: str) -> None:
    """Put the chart beside the table. title: row of the title; top: row of the top of the chart; alt: its words."""
    chart: Any = page.book.add_chart({"type": plot.kind})
    for series, column in zip(plot.series, at.values, strict=True):
        chart.add_series(_series(page.name, plot, series, at, column))
    font = {"name": FONT, "size": 10, "color": SOFT}
    chart.set_title({
        "name": [page.name, title, 0], "overlay": False,
        "name_font": {"name": FONT, "size": 11, "bold": True, "color": INK},
    })  # fmt: skip
    line, bar = plot.kind == "line", plot.kind == "bar"
    # In a chart of bars, XlsxWriter calls x the axis of the values, which lies flat.
    names, amounts = (chart.set_y_axis, chart.set_x_axis) if bar else (chart.set_x_axis, chart.set_y_axis)
    names({
        "reverse": bar, "num_font": font, "line": {"color": REFERENCE}, "major_tick_mark": "none",
        "major_gridlines": {"visible": False}, "label_position": "low",
    })  # fmt: skip
    amounts({
        "visible": line, "num_font": font, "major_gridlines": {"visible": line, "line": {"color": GRID}},
        "line": {"none": True}, "num_format": plot.code,
        **({"min": 0} if min(plot.known) >= 0 else {}),
    })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": font} if len(plot.series) > 1 else {"none": True})
    chart.set_chartarea({"border": {"color": GRID}})
    height = max(300, 110 + 24 * len(plot.ids) * len(plot.series)) if bar else 380
    chart.set_size({"width": 640, "height": height})
    beside = len(page.widths)
    page.sheet.set_column(beside, beside, 2)
    look = {"description": alt, "object_position": 2, "x_offset": 4, "y_offset": 2}
    page.sheet.insert_chart(top, beside + 1, chart, look)


def _series(sheet: str, plot: Plot, own: Series, at: Range, column: int) -> dict[str, Any]:
    labels: dict[str, Any] = {
        "value": True, "num_format": plot.code, "font": {"name": FONT, "size": 10},
        "custom": [_label(plot, own, n) for n in range(len(own.values))],
    }  # fmt: skip
    found: dict[str, Any] = {
        "name": safe(own.name),
        "categories": [sheet, at.first, 0, at.last, 0],
        "values": [sheet, at.first, column, at.last, column],
        "data_labels": labels,
    }
    if plot.kind == "line":
        color = {"color": own.colors[0]}
        labels["position"] = "below" if own.reference else "above"
        dash = {"dash_type": "dash"} if own.reference else {}
        marker = {"type": "circle", "size": 6, "fill": color, "border": color}
        return found | {"line": {**color, "width": 2.25, **dash}, "marker": marker}
    # XlsxWriter draws the key of the legend as the first look.
    bars = {"gap": 45, "overlap": 0 if len(plot.series) > 1 else 100, "points": [_fill(*look) for look in own.looks]}
    return found | _fill(*own.looks[0]) | bars


def _fill(color: str, hatched: bool) -> dict[str, Any]:
    if hatched:
        pattern = {"pattern": "wide_upward_diagonal", "fg_color": strokes_on(color), "bg_color": color}
        return {"pattern": pattern, "border": {"color": OUTLINE}}
    return {"fill": {"color": color}, "border": {"color": OUTLINE, "width": 0.5}}


def _label(plot: Plot, own: Series, n: int) -> dict[str, Any] | None:
    """None: the number in its format; a label of its own where the screen says more."""
    if own.values[n] is None:
        return {"delete": True}
    text = plot.own_text(own, n)
    return {"value": text} if text else None
