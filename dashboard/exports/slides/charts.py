"""Bars, columns and lines as charts of PowerPoint: their data can be edited, nothing is a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.chart import XL_TICK_LABEL_POSITION as LABELS
from pptx.enum.chart import XL_TICK_MARK as TICKS
from pptx.enum.dml import MSO_LINE, MSO_PATTERN, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import BarChart, ColumnChart, LineChart, LineSeries, Mark, PairChart
from dashboard.deck.drawn import REFERENCE
from dashboard.exports.slides import formats
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.wording.numbers import NOT_AVAILABLE

TEXT = 18.0  # points: labels and values of a chart
_LEAST = 11.0


def _category(label: str, note: str, value: float | None) -> str:
    """What stands beside a mark; what is missing is said there, for it has no point."""
    said = note or (NOT_AVAILABLE if value is None else "")
    return tx.clean(f"{label} ({said})" if said else label)


def bars(page: Page, chart: BarChart, keys: Sequence[tuple[str, str]] = ()) -> Any:
    """Horizontal bars, the first on top, each value at its end; keys: (colour, what it stands for)."""
    labels = [_category(m.label, m.note, m.value) for m in chart.marks]
    data = _data(labels, [(chart.series, [m.value for m in chart.marks])], chart.decimals, chart.unit)
    box = _lowered(_keys(page, page.body, keys) if keys else page.body, len(labels), 62 * page.scale)
    frame, made = _add(page, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    size = _row_size(box.height / max(len(labels), 1), page.scale, 0.6)
    _horizontal(page, made, box, labels, size, _longest([m.text for m in chart.marks], size), _all(data))
    plot = made.plots[0]
    plot.gap_width = 45
    _labels(plot, data, chart.decimals, chart.unit, size, XL_LABEL_POSITION.OUTSIDE_END)
    _points(plot.series[0], chart.marks, chart.decimals, chart.unit, size)
    return frame


def pairs(page: Page, chart: PairChart) -> Any:
    """Each category here and in the reference, one bar under the other."""
    labels = [_category(p.label, "", p.value) for p in chart.pairs]
    here, there = [p.value for p in chart.pairs], [p.reference for p in chart.pairs]
    data = _data(labels, [(chart.series, here), (chart.reference, there)], chart.decimals, chart.unit)
    k = page.scale
    room = _keys(page, page.body, ((chart.color, chart.series), (REFERENCE, chart.reference)))
    box = _lowered(room, 2 * len(labels), 52 * k)
    frame, made = _add(page, XL_CHART_TYPE.BAR_CLUSTERED, box, data)
    size = _row_size(box.height / max(2 * len(labels), 1), k, 0.62)
    texts = [t for p in chart.pairs for t in (p.text, p.reference_text)]
    _horizontal(page, made, box, labels, size, _longest(texts, size), _all(data))
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 45, 0
    _labels(plot, data, chart.decimals, chart.unit, size, XL_LABEL_POSITION.OUTSIDE_END)
    for rank, (series, color) in enumerate(zip(plot.series, (chart.color, REFERENCE), strict=True)):
        _solid(series.format, color)
        for n, pair in enumerate(chart.pairs):
            value, said = (pair.reference, pair.reference_text) if rank else (pair.value, pair.text)
            _own_text(series, n, value, said, chart.decimals, chart.unit, size)
    return frame


def columns(page: Page, chart: ColumnChart) -> Any:
    """Counts year after year, provisional ones hatched, the chosen one outlined."""
    labels = [_category(m.label, m.note, m.value) for m in chart.marks]
    data = _data(labels, [(chart.series, [m.value for m in chart.marks])], chart.decimals, chart.unit)
    frame, made = _add(page, XL_CHART_TYPE.COLUMN_CLUSTERED, page.body, data)
    size = _column_size(page, labels, [m.text for m in chart.marks])
    _vertical(made, page.body, size, 0.0, max(_all(data) or [1.0]) * 1.02)
    plot = made.plots[0]
    plot.gap_width = 55
    _labels(plot, data, chart.decimals, chart.unit, size, XL_LABEL_POSITION.OUTSIDE_END)
    _points(plot.series[0], chart.marks, chart.decimals, chart.unit, size)
    return frame


def trends(page: Page, chart: LineChart) -> Any:
    """Lines over the same periods; the reference is dotted and grey, provisional periods are marked (p)."""
    labels = chart.labels
    data = _data(labels, [(line.name, list(line.values)) for line in chart.lines], chart.decimals, chart.unit)
    keys = [(REFERENCE if line.reference else line.color, line.name) for line in chart.lines]
    box = _keys(page, page.body, keys) if len(keys) > 1 else page.body
    frame, made = _add(page, XL_CHART_TYPE.LINE_MARKERS, box, data)
    size = _column_size(page, labels, [t for line in chart.lines for t in line.texts])
    found = _all(data) or [0.0, 1.0]
    spread = (max(found) - min(found)) or abs(max(found)) or 1.0
    _vertical(made, box, size, min(found) - 0.28 * spread, max(found) + 0.28 * spread)
    plot = made.plots[0]
    _labels(plot, data, chart.decimals, chart.unit, size, XL_LABEL_POSITION.ABOVE)
    for series, line in zip(plot.series, chart.lines, strict=True):
        series.smooth = False
        color = REFERENCE if line.reference else line.color
        series.format.line.color.rgb, series.format.line.width = tx.rgb(color), Pt(2.25 if line.reference else 3.5)
        if line.reference:
            series.format.line.dash_style = MSO_LINE.ROUND_DOT
        series.marker.style = XL_MARKER_STYLE.SQUARE if line.reference else XL_MARKER_STYLE.CIRCLE
        series.marker.size = 9
        _solid(series.marker.format, color)
        series.marker.format.line.color.rgb = tx.rgb(color)
        for n, value in enumerate(line.values):
            others = [v for other in chart.lines if other is not line and (v := other.values[n]) is not None]
            if value is not None and not _above(line, n, value, others):
                _place(series, n, value, chart, size, XL_LABEL_POSITION.BELOW)
    return frame


def _above(line: LineSeries, n: int, value: float, others: Sequence[float]) -> bool:
    """Where a value is written: away from the other lines, else away from its own."""
    if others:
        return value > max(others) or (value == max(others) and not line.reference)
    beside = [v for v in (*line.values[max(n - 1, 0) : n], *line.values[n + 1 : n + 2]) if v is not None]
    return not beside or value >= sum(beside) / len(beside)


def _data(
    labels: Sequence[str], series: Sequence[tuple[str, list[float | None]]], decimals: int, unit: str
) -> CategoryChartData:
    data = formats.ChartSheet(number_format=formats.code(decimals, unit, [v for _, own in series for v in own]))
    data.categories = list(labels)
    for name, values in series:
        data.add_series(tx.clean(name), values)
    return data


def _all(data: CategoryChartData) -> list[float]:
    return [value for series in data for value in series.values if value is not None]


def _add(page: Page, kind: Any, box: Box, data: CategoryChartData) -> tuple[Any, Any]:
    frame = page.shapes.add_chart(kind, *box.emu(), data)
    frame.name = "Graphique"
    made = frame.chart
    made.has_title = made.has_legend = False
    made.font.size = Pt(TEXT * page.scale)
    made.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    for run in made._chartSpace.find("{*}txPr").iter("{*}defRPr", "{*}endParaRPr"):
        run.set("lang", "fr-CA")
    dated = made._chartSpace.find("{*}date1904")
    language = parse_xml(f'<c:lang {nsdecls("c")} val="fr-CA"/>')
    if dated is None:
        made._chartSpace.insert(0, language)
    else:
        dated.addnext(language)
    return frame, made


def _lowered(body: Box, rows: int, most: float) -> Box:
    """Few bars do not fill the whole height: a bar as thick as a fist says nothing more."""
    return Box(body.left, body.top, body.width, min(body.height, rows * most + 8))


def _row_size(row: float, scale: float, share: float) -> float:
    return float(max(_LEAST * scale, min(TEXT * scale, int(row * share))))


def _column_size(page: Page, labels: Sequence[str], texts: Sequence[str]) -> float:
    room = page.body.width / max(len(labels), 1) * 0.96
    size = TEXT * page.scale
    while size > _LEAST * page.scale and max(_longest(labels, size), _longest(texts, size)) > room:
        size -= 1
    return size


def _longest(texts: Sequence[str], size: float) -> float:
    return max((tx.width(t, size) for t in texts), default=0.0)


def _horizontal(
    page: Page, made: Any, box: Box, labels: Sequence[str], size: float, end: float, values: Sequence[float],
) -> None:  # fmt: skip
    """Names at the left in their own room, bars from zero, room at the end of the longest for its value."""
    names = made.category_axis
    names.reverse_order, names.has_major_gridlines = True, False
    names.major_tick_mark = names.minor_tick_mark = TICKS.NONE
    names.tick_label_position = LABELS.LOW
    names.tick_labels.font.size = Pt(size)
    names.format.line.color.rgb = tx.rgb("#8893a2")
    room = min(max(_longest(labels, size) * page.roomy * 1.03, 60 * page.scale), 0.4 * box.width) + 10 * page.scale
    plotted = box.width - room - 4
    high, low = max([*values, 0.0]), min([*values, 0.0])
    # The value stands outside the bar: the axis is longer than the highest by what its text needs.
    stretch = plotted / max(plotted - end - 14 * page.scale, plotted / 3)
    _values(made, low * stretch, (high or (0.0 if low else 1.0)) * stretch)
    _inner(made, room / box.width, 0.0, plotted / box.width, 1.0)


def _vertical(made: Any, box: Box, size: float, low: float, high: float) -> None:
    axis = made.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = TICKS.NONE
    axis.tick_label_position = LABELS.LOW
    axis.tick_labels.font.size = Pt(size)
    axis.format.line.color.rgb = tx.rgb("#8893a2")
    above, below = size * 1.6 / box.height, size * 1.9 / box.height
    _values(made, low, high)
    _inner(made, 0.01, above, 0.98, 1 - above - below)


def _values(made: Any, low: float, high: float) -> None:
    axis = made.value_axis
    axis.visible, axis.has_major_gridlines = False, False
    axis.minimum_scale, axis.maximum_scale = low, high


def _inner(made: Any, x: float, y: float, w: float, h: float) -> None:
    """The plot itself placed by hand: left to itself, each program leaves another room for the labels."""
    area = made._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    parts = "".join(f'<c:{n} val="{max(v, 0.0):.4f}"/>' for n, v in (("x", x), ("y", y), ("w", w), ("h", h)))
    layout = (
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def _labels(plot: Any, data: CategoryChartData, decimals: int, unit: str, size: float, position: Any) -> None:
    """The value of every mark. Said for each series: a series with one label of its own forgets those of the plot."""
    plot.vary_by_categories = False
    for series in plot.series:
        labels = series.data_labels
        labels.number_format = formats.code(decimals, unit, _all(data))
        labels.number_format_is_linked = False
        labels.show_value, labels.position = True, position
        labels.font.size = Pt(size)
        labels.font.color.theme_color = MSO_THEME_COLOR.TEXT_1


def _points(series: Any, marks: Sequence[Mark], decimals: int, unit: str, size: float) -> None:
    """The colour of each mark; a pattern of stripes for what is unreliable or provisional."""
    for n, mark in enumerate(marks):
        if mark.value is None:
            continue
        point = series.points[n].format
        if mark.hatched:
            point.fill.patterned()
            point.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            point.fill.fore_color.rgb, point.fill.back_color.rgb = tx.rgb(mark.color), tx.rgb("#ffffff")
            point.line.color.rgb, point.line.width = tx.rgb(mark.color), Pt(1)
        else:
            _solid(point, mark.color)
        if mark.chosen:
            point.line.color.rgb, point.line.width = tx.rgb(tx.INK), Pt(3)
        _own_text(series, n, mark.value, mark.text, decimals, unit, size)


def _solid(format_: Any, color: str) -> None:
    format_.fill.solid()
    format_.fill.fore_color.rgb = tx.rgb(color)


def _own_text(series: Any, n: int, value: float | None, said: str, decimals: int, unit: str, size: float) -> None:
    """A label of its own where the screen says more than the number (« 8,4 † », « 0,04 % »)."""
    if value is None or said in ("", formats.shown(value, decimals, unit)):
        return
    label = series.points[n].data_label
    # On one line: its room was measured so.
    label.text_frame.word_wrap = False
    tx.run(label.text_frame.paragraphs[0], said, size)
    label.position = XL_LABEL_POSITION.OUTSIDE_END


def _place(series: Any, n: int, value: float | None, chart: LineChart, size: float, position: Any) -> None:
    """One label elsewhere than the others of its series, still the number itself."""
    if value is None:
        return
    label = series.points[n].data_label
    label.position = position
    found = label._dLbl
    code = formats.code(chart.decimals, chart.unit, [v for line in chart.lines for v in line.values])
    for old in found.findall("{*}numFmt"):
        found.remove(old)
    written = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="" sourceLinked="0"/>')
    written.set("formatCode", code)
    found.find("{*}idx").addnext(written)
    label.font.size = Pt(size)
    label.font.color.theme_color = MSO_THEME_COLOR.TEXT_1


def _keys(page: Page, box: Box, keys: Sequence[tuple[str, str]]) -> Box:
    """Colours with their names above a chart; returns the room under them. A legend of the chart itself would be
    laid out in another way by each program, over the bars by some."""
    size = 16 * page.scale
    left, top = box.left, box.top
    for color, label in keys:
        if left > box.left and left + tx.width(label, size) * page.roomy + 1.5 * size > box.right:
            left, top = box.left, top + size * 1.4
        left += tx.key(page.shapes, left, top, color, tx.clean(label), size, page.roomy)
    under = top + size * 1.6
    return Box(box.left, under, box.width, box.bottom - under)
