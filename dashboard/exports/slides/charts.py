"""Bars, columns and lines as charts of PowerPoint: their data can be edited, nothing is a picture; and the key of a
drawing, which a legend of a chart itself would lay out in another way in each program, over the bars in some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.chart import XL_TICK_LABEL_POSITION as LABELS
from pptx.enum.chart import XL_TICK_MARK as TICKS
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import Legend, LegendItem
from dashboard.deck.palette import INK, OUTLINE, REFERENCE, strokes_on
from dashboard.exports.plotted import Plot, Series
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.wording.numbers import NOT_AVAILABLE, number

# Points: the width of a key beside the drawing, and the largest circle of a map.
KEY_WIDTH: Final = 225.0
LARGEST_CIRCLE: Final = 52.0
TEXT = 18.0  # points: labels and values of a chart
_LEAST = 11.0
_SHEET = "Données"
# Ends of the axis of values; left, top, width and height of the plot as shares of the chart.
_Frame = tuple[tuple[float, float], tuple[float, float, float, float]]
_KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED, "column": XL_CHART_TYPE.COLUMN_CLUSTERED, "line": XL_CHART_TYPE.LINE_MARKERS,
}  # fmt: skip


def chart(page: Page, plot: Plot, legend: Legend) -> Any:
    """The shape of a chart, each value beside its mark, with its key."""
    labels, bar = _labels(plot), plot.kind == "bar"
    box = page.body
    if legend.title:
        # The key of a map, at the place where a slide of the map has it.
        wide = KEY_WIDTH * page.scale
        column(page, box._replace(left=box.right - wide, width=wide), legend)
        box = box._replace(width=box.width - wide - 24 * page.scale)
    elif items := legend.items or [LegendItem(own.name, own.colors[0]) for own in plot.series[1:] and plot.series]:
        box = row(page, box, items)
    if bar:
        # Few bars do not fill the whole height: a bar as thick as a fist says nothing more.
        rows = max(len(labels) * len(plot.series), 1)
        box = box._replace(height=min(box.height, rows * (62 if len(plot.series) == 1 else 52) * page.scale + 8))
        size = max(_LEAST * page.scale, min(TEXT * page.scale, int(box.height / rows * 0.6)))
    else:
        texts, room = [text for own in plot.series for text in own.texts], page.body.width / max(len(labels), 1) * 0.96
        size = TEXT * page.scale
        while size > _LEAST * page.scale and _longest([*labels, *texts], size) > room:
            size -= 1
    frame, made = _add(page, plot, labels, box, size)
    axis = made.category_axis
    axis.has_major_gridlines, axis.reverse_order = False, bar
    axis.major_tick_mark = axis.minor_tick_mark = TICKS.NONE
    axis.tick_label_position = LABELS.LOW
    axis.format.line.color.rgb = tx.rgb(REFERENCE)
    _place(made, _lying(page, box, labels, size, plot) if bar else _standing(box, size, plot))
    drawn = made.plots[0]
    drawn.vary_by_categories = False
    if plot.kind != "line":
        drawn.gap_width, drawn.overlap = 45 if bar else 55, 0
    for series, own in zip(drawn.series, plot.series, strict=True):
        # Said for each series: a series with one label of its own forgets those of the plot.
        told = series.data_labels
        told.show_value = True
        told.number_format, told.number_format_is_linked = plot.code, False
        told.position = XL_LABEL_POSITION.ABOVE if plot.kind == "line" else XL_LABEL_POSITION.OUTSIDE_END
        if plot.kind == "line":
            _line(series, own, plot)
        else:
            _bars(series, own, plot, size)
    return frame


def _labels(plot: Plot) -> list[str]:
    """What stands beside the marks; what is missing is said there, for it has no point."""
    found = []
    for n, label in enumerate(plot.labels):
        said = plot.notes[n] if plot.notes else ""
        if not said and plot.kind != "line" and plot.series[0].values[n] is None:
            said = NOT_AVAILABLE
        found.append(tx.clean(f"{label} ({said})" if said else label))
    return found


def _bars(series: Any, own: Series, plot: Plot, size: float) -> None:
    """The colour of each mark; stripes for what is unreliable or provisional; its own words where it has some."""
    _fill(series.format, own.colors[0])
    for n, (color, hatched) in enumerate(own.looks):
        if own.values[n] is None:
            continue
        point = series.points[n]
        if hatched or len(own.colors) > 1:
            _fill(point.format, color, hatched=hatched)
        if plot.ids[n] in plot.chosen:
            point.format.line.color.rgb, point.format.line.width = tx.rgb(INK), Pt(3)
        said = plot.own_text(own, n)
        if said:
            label = point.data_label
            # On one line: its room was measured so.
            label.text_frame.word_wrap = False
            tx.run(label.text_frame.paragraphs[0], said, size)
            label.position = XL_LABEL_POSITION.OUTSIDE_END


def _fill(format_: Any, color: str, *, hatched: bool = False) -> None:
    if hatched:
        tx.stripes(format_, strokes_on(color), color)
        format_.line.color.rgb, format_.line.width = tx.rgb(color), Pt(1)
    else:
        format_.fill.solid()
        format_.fill.fore_color.rgb = tx.rgb(color)


def _line(series: Any, own: Series, plot: Plot) -> None:
    """A line with its markers; that of the reference is dotted."""
    color = REFERENCE if own.reference else own.colors[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = tx.rgb(color), Pt(2.25 if own.reference else 3.5)
    if own.reference:
        series.format.line.dash_style = MSO_LINE.ROUND_DOT
    series.marker.style = XL_MARKER_STYLE.SQUARE if own.reference else XL_MARKER_STYLE.CIRCLE
    series.marker.size = 9
    _fill(series.marker.format, color)
    series.marker.format.line.color.rgb = tx.rgb(color)
    for n, value in enumerate(own.values):
        others = [v for other in plot.series if other is not own and (v := other.values[n]) is not None]
        if value is not None and not _above(own, n, value, others):
            # The format of its number is that of its cell.
            series.points[n].data_label.position = XL_LABEL_POSITION.BELOW


def _above(own: Series, n: int, value: float, others: Sequence[float]) -> bool:
    """Where a value is written: away from the other lines, else away from its own."""
    if others:
        return value > max(others) or (value == max(others) and not own.reference)
    beside = [v for v in (*own.values[max(n - 1, 0) : n], *own.values[n + 1 : n + 2]) if v is not None]
    return not beside or value >= sum(beside) / len(beside)


def _add(page: Page, plot: Plot, labels: Sequence[str], box: Box, size: float) -> tuple[Any, Any]:
    data = _Data(number_format=plot.code)
    data.categories = labels
    for own in plot.series:
        data.add_series(tx.clean(own.name), own.values)
    frame = page.shapes.add_chart(_KINDS[plot.kind], *box.emu(), data)
    frame.name = "Graphique"
    made = frame.chart
    made.has_title = made.has_legend = False
    for reference in made._chartSpace.iter("{*}f"):
        reference.text = reference.text.replace("Sheet1!", f"'{_SHEET}'!")
    # Every text of the chart: names, values and axes.
    made.font.size = Pt(size)
    made.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    for run in made._chartSpace.find("{*}txPr").iter("{*}defRPr", "{*}endParaRPr"):
        run.set("lang", "fr-CA")
    made._chartSpace.find("{*}date1904").addnext(parse_xml(f'<c:lang {nsdecls("c")} val="fr-CA"/>'))
    return frame, made


def _longest(texts: Sequence[str], size: float) -> float:
    return max((tx.width(t, size) for t in texts), default=0.0)


def _lying(page: Page, box: Box, labels: Sequence[str], size: float, plot: Plot) -> _Frame:
    """Names at the left in their own room, bars from zero, room at the end of the longest for its value."""
    room = min(max(_longest(labels, size) * page.roomy * 1.03, 60 * page.scale), 0.4 * box.width) + 10 * page.scale
    plotted = box.width - room - 4
    high, low = max([*plot.known, 0.0]), min([*plot.known, 0.0])
    # The value stands outside the bar: the axis is longer than the highest by what its text needs.
    end = _longest([text for own in plot.series for text in own.texts], size)
    stretch = plotted / max(plotted - end - 14 * page.scale, plotted / 3)
    scale = low * stretch, (high or (0.0 if low else 1.0)) * stretch
    return scale, (room / box.width, 0.0, plotted / box.width, 1.0)


def _standing(box: Box, size: float, plot: Plot) -> _Frame:
    """Periods under the marks; columns from zero, lines in the middle of the height."""
    low, high = min(plot.known, default=0.0), max(plot.known, default=1.0)
    spread = 0.28 * ((high - low) or abs(high) or 1.0)
    above, below = size * 1.6 / box.height, size * 1.9 / box.height
    scale = (low - spread, high + spread) if plot.kind == "line" else (0.0, high * 1.02)
    return scale, (0.01, above, 0.98, 1 - above - below)


def _place(made: Any, frame: _Frame) -> None:
    """The plot itself placed by hand: left to itself, each program leaves another room for the labels."""
    axis, area = made.value_axis, made._chartSpace.chart.plotArea
    axis.visible, axis.has_major_gridlines = False, False
    (axis.minimum_scale, axis.maximum_scale), places = frame
    for old in area.findall("{*}layout"):
        area.remove(old)
    parts = "".join(f'<c:{n} val="{max(v, 0.0):.4f}"/>' for n, v in zip("xywh", places, strict=True))
    layout = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


class _Writer(CategoryWorkbookWriter):
    """The data sheet of a chart, named in French, that never makes a formula or a link of a text."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (workbook, sheet):
            sheet.name, sheet.strings_to_formulas, sheet.strings_to_urls = _SHEET, False, False
            yield workbook, sheet


class _Data(CategoryChartData):
    """Data of a chart: categories, then series."""

    @property
    def _workbook_writer(self) -> _Writer:
        return _Writer(self)


def column(page: Page, box: Box, legend: Legend) -> None:
    """What is measured, then each class with its colour and how many territories it holds, or circles of some sizes."""
    k, size = page.scale, 16 * page.scale
    words = [tx.clean(legend.title)]
    tall = tx.height(words, box.width / page.roomy, size, bold=True)
    tx.text_box(page.shapes, Box(box.left, box.top, box.width, tall), words, size, name="Légende", bold=True)
    top = box.top + tall + 6 * k
    # Words stand under one another, beside the largest sign.
    room = max([18 * k, *(LARGEST_CIRCLE * item.across for item in legend.items)])
    for item in legend.items:
        side, label = LARGEST_CIRCLE * item.across or 18 * k, _text(item)
        left, wide = box.left + room + 10 * k, box.width - room - 10 * k
        said = tx.height([label], wide / page.roomy, size)
        tall = max(side, said)
        _sign(page, Box(box.left + (room - side) / 2, top + (2 * k if side < tall else 0), side, side), item)
        place = Box(left, top + (tall - said) / 2, wide, said)
        tx.text_box(page.shapes, place, [label], size, name="Légende")
        top += tall + 5 * k


def row(page: Page, box: Box, items: Sequence[LegendItem]) -> Box:
    """Squares of colour with their names above a chart; returns the room under them."""
    size = 16 * page.scale
    side = size * 0.85
    left, top = box.left, box.top
    for item in items:
        label = _text(item)
        wide = tx.width(label, size) * page.roomy
        if left > box.left and left + wide + 1.5 * size > box.right:
            left, top = box.left, top + size * 1.4
        _sign(page, Box(left, top + size * 0.2, side, side), item)
        place = Box(left + side + 6, top, wide + 6, size * tx.LINE)
        tx.text_box(page.shapes, place, [label], size, name="Légende").text_frame.word_wrap = False
        left += side + wide + 12 + size * 0.6
    under = top + size * 1.6
    return Box(box.left, under, box.width, box.bottom - under)


def _text(item: LegendItem) -> str:
    return tx.clean(item.label) + ("" if item.count is None else f" ({number(item.count)})")


def _sign(page: Page, box: Box, item: LegendItem) -> None:
    form = MSO_SHAPE.OVAL if item.across else MSO_SHAPE.RECTANGLE
    sign = tx.figure(page.shapes, box, f"Légende, {tx.clean(item.label)}", item.color, OUTLINE, 0.75, form)
    if item.hatched:
        tx.stripes(sign, strokes_on(item.color), item.color)
