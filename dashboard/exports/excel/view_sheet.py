"""The sheet of one view: title, source, filters, table of typed numbers, chart, what to know when reading it."""

from __future__ import annotations

from dashboard.deck.charts import Paragraphs
from dashboard.deck.content import Content
from dashboard.exports.excel import native
from dashboard.exports.excel.grids import Grid, grids
from dashboard.exports.excel.page import Page, widths
from dashboard.exports.excel.styles import Styles
from dashboard.exports.plotted import plot
from dashboard.wording.numbers import NBSP

README = "LISEZMOI"
_TEXT_WIDTHS = (24.0, 32.0, 32.0, 24.0)


def opening(page: Page, content: Content, *, band: str = "") -> int:
    """Title, subtitle, source and status, filters, way back; returns the row of the title."""
    if band:
        page.paragraph(band, "band", pad=8)
    title = page.paragraph(content.title, "title", size=1.6, pad=6)
    page.paragraph(content.subtitle, "subtitle", size=1.1)
    page.paragraph(content.source, "line")
    page.paragraph(f"Filtres{NBSP}: {content.filters or 'aucun'}", "line")
    page.link(page.row, 0, README, "Retour à LISEZMOI")
    page.row += 1
    return title


def closing(page: Page, content: Content, disclaimer: str, *, reading: bool = True) -> None:
    """What reads the figures aloud, what to know, the notes of the presenter, the credit and the disclaimer."""
    if reading and content.reading and not isinstance(content.body, Paragraphs):
        page.section("Lecture")
        page.paragraph(content.reading)
    for title, texts in (
        ("À savoir", content.caveats),
        ("Notes", content.notes.splitlines()),
    ):
        kept = [text for text in texts if text.strip()]
        if kept:
            page.section(title)
            for text in kept:
                page.paragraph(f"•{NBSP}{text}")
    page.row += 1
    if content.credit:
        page.paragraph(content.credit, "line")
    page.paragraph(disclaimer, "line")
    page.footer(disclaimer)


def view_sheet(styles: Styles, name: str, content: Content, disclaimer: str) -> None:
    """Write the sheet of an observed view."""
    tables = grids(content)
    chart = plot(content.body)
    own = native.block(chart) if chart is not None and (chart.known or not tables) else None
    found = widths([*tables, own] if own is not None and tables else tables)
    page = Page(styles, name, found if tables and sum(found) >= 60 else _wide(found))
    band = f"{content.nature.capitalize()}{NBSP}: valeurs calculées, non observées." if content.estimated else ""
    title = opening(page, content, band=band)
    start = page.row
    said: list[tuple[int, Grid]] = []
    for n, grid in enumerate(tables):
        if n:
            page.section(grid.title)
        head, _ = page.grid(grid)
        said.append((head, grid))
    if said:
        page.sheet.freeze_panes(said[0][0] + 1, 1)
        page.sheet.repeat_rows(said[0][0])
    else:
        page.sheet.freeze_panes(start, 0)
    if chart is not None and own is not None:
        at = next((r for head, grid in said if (r := native.within(grid, chart, head)) is not None), None)
        if at is None:
            page.section(own.title)
            head, last = page.grid(own)
            at = native.Range(head + 1, last, tuple(range(1, len(own.head))))
        if chart.note:
            page.paragraph(chart.note, "line")
        if chart.known:
            # Under the head, which is repeated on every printed page with what floats over it.
            place = (start + bool(said), len(page.widths) + 1)
            page.sheet.set_column(len(page.widths), len(page.widths), 2)
            native.draw(page, chart, at, title_row=title, place=place, alt=content.reading)
    if isinstance(content.body, Paragraphs):
        page.row += bool(tables)
        for text in content.body.items:
            page.paragraph(text)
    closing(page, content, disclaimer)


def _wide(found: list[float]) -> list[float]:
    """Columns wide enough for the sentences above and under a narrow table."""
    if not found:
        return list(_TEXT_WIDTHS)
    missing = 60 - sum(found)
    return [found[0] + min(missing, 20), *found[1:-1], found[-1] + max(missing - 20, 0)] if len(found) > 1 else [60]
