"""From tables of quantities to what is drawn: bars, columns, lines, pairs, cards and tables of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.deck.charts import (
    BarChart,
    ColumnChart,
    Legend,
    LegendItem,
    LineChart,
    LineSeries,
    Mark,
    PairChart,
    PairMark,
    TextTable,
)
from dashboard.deck.mapped import Mapped, bars, value_text
from dashboard.deck.palette import REFERENCE, SUBJECT, UNRELIABLE, WHITE, color_of
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import mrc_words
from dashboard.narrative import sentences as say
from dashboard.narrative.show import apart, bare, full
from dashboard.wording.numbers import NBSP


def columns(ds: Dataset, code: str, table: Table, years: Sequence[str], chosen: str | None) -> ColumnChart:
    """Admissions of a territory year after year. A year that the data skip keeps its place, without a column.

    chosen: a year; None for a chart beside others, whose columns then say no more than what they are.
    """
    color, loose, marks = color_of(ds, code, SUBJECT), table.provisional("nombre"), []
    for year in years:
        cell, weak = table.cells.get((year, "nombre")), year in loose
        text, value = bare(cell), None if cell is None else cell.drawn
        said = f"{ds.name(code)}, {year}{NBSP}: {text}{' (donnée provisoire)' if weak else ''}"
        told = said if chosen is None else say.trend_hover(ds, code, year)
        label = f"{year} (p)" if weak else year
        marks.append(Mark(year, label, value, text, color, weak, year == chosen, hover=(told,)))
    key = Legend("", (LegendItem("année provisoire", WHITE, hatched=True),)) if loose else Legend()
    return ColumnChart(tuple(marks), f"Admissions, {ds.name(code)}", color, legend=key)


def series(ds: Dataset, code: str, table: Table, years: Sequence[str], kind: str, chosen: str) -> LineChart:
    """« indice » against Québec, or « part » of Québec."""

    def line(name: str, column: str, shade: str, *, reference: bool = False) -> LineSeries:
        cells = [table.cell(year, column) for year in years]
        values = tuple(None if cell is None else cell.drawn for cell in cells)
        return LineSeries(name, values, tuple(bare(cell) for cell in cells), shade, reference)

    lines = [line(ds.name(code), kind, color_of(ds, code, SUBJECT))]
    if kind == "indice" and code != ds.config.province:
        lines.append(line("Québec", "indice_qc", REFERENCE, reference=True))
    places = max((cell.places() for cell in table.column(kind).values() if cell is not None), default=1)
    unit = "%" if kind == "part" else ""
    return LineChart(tuple(years), tuple(lines), unit, places, chosen, table.provisional(kind))


def pairs(ds: Dataset, code: str, table: Table) -> PairChart:
    """The categories of a composition, here and in Québec, the largest here first; what is unknown last."""
    found = []
    for row in table.rows:
        if not row.total and row.id != "declared":
            here, there = table.cell(row.id, "part"), table.cell(row.id, "part_qc")
            own, beside = (None if cell is None else cell.drawn for cell in (here, there))
            found.append(PairMark(row.id, row.label, own, full(here), beside, full(there)))
    found.sort(key=lambda pair: (pair.id == "not_available", -(pair.value or 0)))
    color = color_of(ds, code, SUBJECT)
    key = Legend("", (LegendItem(ds.name(code), color), LegendItem("Québec", REFERENCE)))
    return PairChart(tuple(found), ds.name(code), "Québec", color, legend=key)


def ranked(
    ds: Dataset, quantities: Mapping[str, Quantity], told: Mapping[str, tuple[str, ...]], series: str, *,
    unit: str = "", decimals: int = 0, chosen: str | None = None, notes: Mapping[str, str] | None = None,
    mapped: Mapped | None = None,
) -> BarChart:  # fmt: skip
    """A bar for each territory, in the order given; what is not reliable is hatched.

    told: the lines said of each, its name first; notes: what stands under a name; mapped: what the map beside the bars
    shows, whose colours they wear; without one, those of the regions.
    """
    colors, key = ({}, None) if mapped is None else bars(ds, mapped)
    marks = []
    for code, quantity in quantities.items():
        text = value_text(quantity)
        label, weak = told[code][0], not quantity.reliable
        color = UNRELIABLE if weak else colors.get(code) or color_of(ds, code)
        note = (notes or {}).get(code, "")
        marks.append(Mark(code, label, quantity.drawn, text, color, weak, code == chosen, note, told[code]))
    return BarChart(tuple(marks), series, unit, decimals, _key(ds, marks) if key is None else key)


def _key(ds: Dataset, marks: Sequence[Mark]) -> Legend:
    """Which colour is which region, where territories of several stand together; then what is hatched."""
    of = {
        region: mark.color
        for mark in marks
        if not mark.hatched and (region := ds.region_of(mark.id)) not in (None, mark.id)
    }
    regions = [LegendItem(ds.name(code), of[code]) for code in ds.region_codes() if code in of] if len(of) > 1 else []
    weak = [LegendItem(mrc_words.unreliable(ds), UNRELIABLE, hatched=True)] if any(m.hatched for m in marks) else []
    return Legend("", (*regions, *weak))


def text_table(table: Table, columns: Sequence[str] | None = None) -> TextTable:
    """A table of quantities as final texts, with the numbers behind them."""
    shown = [c for c in table.columns if columns is None or c.id in columns]
    rows, numbers, loose = [], {}, table.loose()
    for r, row in enumerate(table.rows):
        texts = [row.label + loose(row.id, None)]
        for n, column in enumerate(shown, start=1):
            cell = table.cell(row.id, column.id)
            marks = loose(row.id, column.id) + ("" if cell is None or cell.reliable else " †")
            few = apart(table, cell)
            texts.append(bare(cell, column.decimals) + marks + (f" ({few})" if few else ""))
            if cell is not None and (read := cell.at(column.decimals)) is not None:
                numbers[r, n] = float(read)
        rows.append(tuple(texts))
    totals = frozenset(n for n, row in enumerate(table.rows) if row.total)
    head = (table.stub, *(c.label + loose(None, c.id) for c in shown))
    return TextTable(head, tuple(rows), frozenset(range(1, len(head))), totals, numbers)
