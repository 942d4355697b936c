"""From tables of quantities to what is drawn: bars, columns, lines, pairs, maps, cards and tables of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.deck.charts import (
    BarChart,
    CardItem,
    Cards,
    ColumnChart,
    Legend,
    LegendItem,
    LineChart,
    LineSeries,
    MapChart,
    Mark,
    PairChart,
    PairMark,
    Shape,
    TextTable,
)
from dashboard.deck.palette import CIRCLE, MISSING, NEUTRAL, PLAIN_LAND, REFERENCE, SUBJECT, UNRELIABLE
from dashboard.indicators import admissions as adm
from dashboard.indicators.classes import Classes, fixed
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Table
from dashboard.loading.boundaries import map_files
from dashboard.model import Dataset
from dashboard.narrative import class_words
from dashboard.narrative.key_figures import KeyFigure
from dashboard.narrative.mrc_words import UNITS
from dashboard.narrative.show import apart, bare, full
from dashboard.wording.numbers import number
from dashboard.wording.periods import status as status_word


def color_of(ds: Dataset, code: str) -> str:
    """The colour of a territory's region; a neutral one above the regions."""
    region = ds.region_of(code)
    return next((r.color for r in ds.config.regions if r.code == region), NEUTRAL)


def cards(figures: Iterable[KeyFigure]) -> Cards:
    return Cards(
        tuple(
            CardItem(
                f.label,
                f.value,
                f.context,
                "" if f.quantity.status == "definitive" else status_word(f.quantity.status),
                f.quantity.drawn,
            )
            for f in figures
        )
    )


def columns(ds: Dataset, code: str, table: Table, years: Sequence[str], chosen: str) -> ColumnChart:
    color = color_of(ds, code) if ds.region_of(code) else SUBJECT
    marks = []
    for year in years:
        cell = table.cell(year, "nombre")
        weak = year in table.provisional("nombre")
        label = f"{year} (p)" if weak else year
        marks.append(
            Mark(
                year,
                label,
                None if cell is None else cell.drawn,
                bare(cell),
                color,
                hatched=weak,
                chosen=year == chosen,
            )
        )
    return ColumnChart(tuple(marks), f"Admissions, {ds.name(code)}", color)


def series(ds: Dataset, code: str, table: Table, years: Sequence[str], kind: str, chosen: str) -> LineChart:
    """« indice » against Québec, or « part » of Québec."""
    color = color_of(ds, code) if ds.region_of(code) else SUBJECT
    places = 2 if kind == "part" else 1
    unit = "%" if kind == "part" else ""

    def line(name: str, column: str, shade: str, *, reference: bool = False) -> LineSeries:
        cells = [table.cell(year, column) for year in years]
        read = [None if cell is None else cell.at(places) for cell in cells]
        values = tuple(None if value is None else float(value) for value in read)
        return LineSeries(name, values, tuple(number(value, places) for value in read), shade, reference)

    lines = [line(ds.name(code), kind, color)]
    if kind == "indice" and code != ds.config.province:
        lines.append(line("Québec", "indice_qc", REFERENCE, reference=True))
    return LineChart(tuple(years), tuple(lines), unit, places, chosen, table.provisional(kind))


def pairs(ds: Dataset, code: str, table: Table) -> PairChart:
    rows = [row for row in table.rows if not row.total and row.id != "declared"]
    found = tuple(
        PairMark(
            row.id,
            row.label,
            table.drawn(row.id, "part"),
            full(table.cell(row.id, "part")),
            table.drawn(row.id, "part_qc"),
            full(table.cell(row.id, "part_qc")),
        )
        for row in rows
    )
    color = color_of(ds, code) if ds.region_of(code) else SUBJECT
    return PairChart(found, ds.name(code), "Québec", color)


def ranked_mrc(ds: Dataset, table: Table, measure: str, chosen: str | None, most: int | None = None) -> BarChart:
    """MRC from the highest to the lowest; unreliable rates come last, hatched. `most`: the first ones only."""
    codes = [row.id for row in table.rows if not row.total]

    ordered = sorted(codes, key=lambda code: order(adm.mrc_measure(ds, code, measure), ds.name(code)))
    kept = ordered if most is None else ordered[:most]
    if chosen in ordered and chosen is not None and chosen not in kept:
        kept = [*kept[:-1], chosen]
    marks = []
    for code in kept:
        quantity = adm.mrc_measure(ds, code, measure)
        text = value_text(quantity) + ("" if quantity.reliable else " †")
        marks.append(
            Mark(
                code, ds.name(code), quantity.drawn, text, color_of(ds, code), hatched=not quantity.reliable,
                chosen=code == chosen,
            )
        )  # fmt: skip
    unit = "%" if measure == "part" else ""
    name = UNITS[measure][:1].upper() + UNITS[measure][1:]
    return BarChart(tuple(marks), name, unit, 0 if measure == "nombre" else 1)


def territory_map(
    ds: Dataset, codes: Sequence[str], measure: str, region: str | None, chosen: str | None
) -> MapChart | None:
    """The map of a region or of every territory; None when the boundaries cannot be read."""
    files = map_files(ds.root, ds.fingerprint)
    frame = None if files is None else files.whole if region is None else files.regions.get(region)
    if files is None or frame is None:
        return None
    circles = measure == "nombre" and bool(files.points)
    classes = fixed(ds, measure)
    colors = [PLAIN_LAND] if circles else class_colors(ds, classes)
    shapes = []
    for code in codes:
        quantity = adm.mrc_measure(ds, code, measure)
        klass = classes.of(quantity)
        color = MISSING if klass is None else colors[0 if circles else klass]
        weak = klass == classes.unreliable
        point = files.points.get(code)
        shapes.append(
            Shape(code, ds.name(code), klass, quantity.drawn, value_text(quantity), color, weak, code == chosen, point)
        )
    legend = () if circles else legend_of(ds, classes, [shape.klass for shape in shapes])
    insets = tuple((ids, bounds, ", ".join(ds.name(c) for c in ids)) for ids, bounds in frame.insets)
    unit = UNITS[measure][:1].upper() + UNITS[measure][1:]
    return MapChart(tuple(shapes), legend, unit, frame.main, insets, circles, measure, region, chosen)


def value_text(quantity: Quantity) -> str:
    """The value of a territory beside its name: with its sign for a percentage, without its unit otherwise."""
    return full(quantity) if quantity.unit == "%" else bare(quantity)


def class_colors(ds: Dataset, classes: Classes) -> list[str]:
    """The colour of each class, by its rank; the last is that of what is not reliable, which is hatched."""
    return [*ds.config.map_colors[: len(classes.steps)], UNRELIABLE]


def map_legend(chart: MapChart) -> Legend:
    """The key of a map of the MRC."""
    return circles_legend("d’admissions") if chart.circles else classes_legend(chart.unit, chart.legend)


def circles_legend(what: str, each: str = "une MRC ou un territoire équivalent") -> Legend:
    """What the circles of a map of counts stand for."""
    return Legend(f"Surface du cercle proportionnelle au nombre {what}", (LegendItem(each, CIRCLE, round=True),))


def classes_legend(unit: str, items: tuple[LegendItem, ...]) -> Legend:
    return Legend(f"{unit[:1].upper()}{unit[1:]} (nombre de territoires)", items)


def legend_of(ds: Dataset, classes: Classes, found: Sequence[int | None]) -> tuple[LegendItem, ...]:
    """Every step, then what is not reliable and what is missing where there is some. Each territory counts once."""
    colors = class_colors(ds, classes)
    items = [
        LegendItem(class_words.label(ds, classes, k), color, found.count(k), k == classes.unreliable)
        for k, color in enumerate(colors)
        if k != classes.unreliable or k in found
    ]
    if None in found:
        items.append(LegendItem(class_words.MISSING, MISSING, found.count(None)))
    return tuple(items)


def text_table(table: Table, columns: Sequence[str] | None = None) -> TextTable:
    """A table of quantities as final texts, with the numbers behind them."""
    shown = [c for c in table.columns if columns is None or c.id in columns]
    rows, numbers, loose = [], {}, table.loose()
    for r, row in enumerate(table.rows):
        texts = [row.label + loose.mark(row.id)]
        for n, column in enumerate(shown, start=1):
            cell = table.cell(row.id, column.id)
            marks = loose.mark(row.id, column.id) + ("" if cell is None or cell.reliable else " †")
            few = apart(table, cell)
            texts.append(bare(cell, column.decimals) + marks + (f" ({few})" if few else ""))
            if cell is not None and (read := cell.at(column.decimals)) is not None:
                numbers[r, n] = float(read)
        rows.append(tuple(texts))
    totals = frozenset(n for n, row in enumerate(table.rows) if row.total)
    head = (table.stub, *(c.label + loose.mark(None, c.id) for c in shown))
    return TextTable(head, tuple(rows), frozenset(range(1, len(head))), totals, numbers)
