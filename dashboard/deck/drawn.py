"""From tables of quantities to what is drawn: bars, columns, lines, pairs, maps, cards and tables of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.deck.charts import (
    BarChart,
    CardItem,
    Cards,
    ColumnChart,
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
from dashboard.indicators import admissions as adm
from dashboard.indicators.tables import Table
from dashboard.loading.boundaries import map_files
from dashboard.model import Dataset
from dashboard.narrative.key_figures import KeyFigure
from dashboard.narrative.mrc_words import UNITS, class_label, class_of
from dashboard.narrative.show import bare, full
from dashboard.wording.numbers import number
from dashboard.wording.periods import status as status_word

NEUTRAL = "#6b778a"
SUBJECT = "#095797"
REFERENCE = "#8893a2"
MISSING = "#f1f1f2"
PLAIN_LAND = "#e9edf2"
CIRCLE = "#1472bf"


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
                f.quantity.value,
            )
            for f in figures
        )
    )


def columns(ds: Dataset, code: str, table: Table, years: Sequence[str], chosen: str) -> ColumnChart:
    color = color_of(ds, code) if ds.region_of(code) else SUBJECT
    marks = []
    for year in years:
        cell = table.cell(year, "nombre")
        weak = cell is not None and cell.status == "provisional"
        label = f"{year} (p)" if weak else year
        marks.append(
            Mark(
                year,
                label,
                None if cell is None else cell.value,
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
        values = tuple(table.value(year, column) for year in years)
        return LineSeries(name, values, tuple(number(v, places) for v in values), shade, reference)

    lines = [line(ds.name(code), kind, color)]
    if kind == "indice" and code != ds.config.province:
        lines.append(line("Québec", "indice_qc", REFERENCE, reference=True))
    return LineChart(tuple(years), tuple(lines), unit, places, chosen)


def pairs(ds: Dataset, code: str, table: Table) -> PairChart:
    rows = [row for row in table.rows if not row.total and row.id != "declared"]
    found = tuple(
        PairMark(
            row.id,
            row.label,
            table.value(row.id, "part"),
            full(table.cell(row.id, "part")),
            table.value(row.id, "part_qc"),
            full(table.cell(row.id, "part_qc")),
        )
        for row in rows
    )
    color = color_of(ds, code) if ds.region_of(code) else SUBJECT
    return PairChart(found, ds.name(code), "Québec", color)


def ranked_mrc(ds: Dataset, table: Table, measure: str, chosen: str | None, most: int | None = None) -> BarChart:
    """MRC from the highest to the lowest; unreliable rates come last, hatched. `most`: the first ones only."""
    codes = [row.id for row in table.rows if not row.total]

    def place(code: str) -> tuple[bool, float, str]:
        quantity = adm.mrc_measure(ds, code, measure)
        return (measure == "taux" and not quantity.reliable, -(quantity.value or 0), ds.name(code))

    ordered = sorted(codes, key=place)
    kept = ordered if most is None else ordered[:most]
    if chosen in ordered and chosen is not None and chosen not in kept:
        kept = [*kept[:-1], chosen]
    marks = []
    for code in kept:
        quantity = adm.mrc_measure(ds, code, measure)
        weak = measure == "taux" and not quantity.reliable
        text = full(quantity) if measure != "taux" else number(quantity.value, 1) + (" †" if weak else "")
        marks.append(
            Mark(code, ds.name(code), quantity.value, text, color_of(ds, code), hatched=weak, chosen=code == chosen)
        )
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
    shapes, found = [], []
    for code in codes:
        quantity = adm.mrc_measure(ds, code, measure)
        klass, hatched = class_of(ds, code, measure)
        found.append((klass, hatched))
        color = PLAIN_LAND if circles else MISSING if klass is None else ds.config.map_colors[klass]
        text = number(quantity.value, 1) if measure == "taux" else full(quantity)
        point = files.points.get(code)
        shapes.append(Shape(code, ds.name(code), klass, quantity.value, text, color, hatched, code == chosen, point))
    legend = () if circles else tuple(_legend(ds, measure, found))
    insets = tuple((ids, bounds, ", ".join(ds.name(c) for c in ids)) for ids, bounds in frame.insets)
    unit = UNITS[measure][:1].upper() + UNITS[measure][1:]
    return MapChart(tuple(shapes), legend, unit, frame.main, insets, circles, measure, region, chosen)


def _legend(ds: Dataset, measure: str, found: Sequence[tuple[int | None, bool]]) -> Iterable[LegendItem]:
    breaks = list(ds.config.map_classes[measure])  # type: ignore[index]
    classes = [klass for klass, _ in found]
    for k in range(len(breaks) + 1):
        yield LegendItem(class_label(breaks, k), ds.config.map_colors[k], classes.count(k))
    weak = sum(1 for _, hatched in found if hatched)
    if weak:
        words = f"taux peu fiable, moins de {number(ds.config.unreliable_below)} admissions"
        yield LegendItem(words, "#ffffff", weak, hatched=True)
    if None in classes:
        yield LegendItem("donnée manquante", MISSING, classes.count(None))


def text_table(table: Table, columns: Sequence[str] | None = None) -> TextTable:
    """A table of quantities as final texts, with the numbers behind them."""
    shown = [c for c in table.columns if columns is None or c.id in columns]
    rows, numbers = [], {}
    for r, row in enumerate(table.rows):
        texts = [row.label]
        for n, column in enumerate(shown, start=1):
            cell = table.cell(row.id, column.id)
            mark = "" if cell is None or cell.reliable else " †"
            texts.append(bare(cell, column.decimals) + mark)
            if cell is not None and cell.value is not None:
                numbers[r, n] = cell.value
        rows.append(tuple(texts))
    totals = frozenset(n for n, row in enumerate(table.rows) if row.total)
    head = (table.stub, *(c.label for c in shown))
    return TextTable(head, tuple(rows), frozenset(range(1, len(head))), totals, numbers)
