"""The figure of a view, from what it draws; at a size that the back of a room can read when asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard.deck.charts import BarChart, Body, ColumnChart, LineChart, MapChart, PairChart
from dashboard.deck.palette import PLAIN_LAND
from dashboard.figures import bars, maps, trends
from dashboard.figures.style import TEXT_SIZE, shown

ROOM_SIZE = 24
_SMALL = re.compile(r"font-size:(\d+)px")


def figure(
    body: Body, *, geojson: str = "", hatching: Mapping[str, Any] | None = None, large: bool = False
) -> go.Figure | None:
    """Figure of a chart or map; None for cards, tables and paragraphs, which are not figures.

    geojson: address of the boundaries, relative to the page; hatching: id -> strokes, as geo/hatching.json;
    large: text of 24 px, and marks to match.
    """
    if isinstance(body, BarChart):
        found = _bars(body)
    elif isinstance(body, PairChart):
        found = bars.against_reference(body.pairs, color=body.color, reference_name=body.reference)
    elif isinstance(body, ColumnChart):
        found = _columns(body)
    elif isinstance(body, LineChart):
        lines = [trends.Line(line.name, line.values, line.texts, line.color, line.reference) for line in body.lines]
        found = trends.lines(list(body.periods), lines, chosen=body.chosen, provisional=body.provisional)
    elif isinstance(body, MapChart):
        found = _map(body, geojson, hatching)
    else:
        return None
    return enlarged(found) if large else found


def _hover(name: str, text: str, note: str = "") -> str:
    return f"<b>{shown(name)}</b><br>{shown(text)}" + (f"<br>{shown(note)}" if note else "")


def _bars(body: BarChart) -> go.Figure:
    drawn = [
        bars.Bar(
            mark.id, mark.label, mark.value, mark.text, _hover(mark.label, mark.text, mark.note), mark.color,
            mark.hatched, mark.chosen, mark.note,
        )
        for mark in body.marks
    ]  # fmt: skip
    return bars.ranked(drawn, dimmed=any(mark.chosen for mark in body.marks))


def _columns(body: ColumnChart) -> go.Figure:
    labels = [mark.label for mark in body.marks]
    chosen = next((mark.label for mark in body.marks if mark.chosen), None)
    return trends.columns(
        labels,
        [mark.value for mark in body.marks],
        [mark.text for mark in body.marks],
        [f"{mark.label}\u00a0: {mark.text}" for mark in body.marks],
        chosen=chosen,
        provisional=frozenset(mark.label for mark in body.marks if mark.hatched),
        color=body.color,
    )


def _map(body: MapChart, geojson: str, hatching: Mapping[str, Any] | None) -> go.Figure:
    areas = [
        maps.Area(s.id, 0 if body.circles else s.klass, _hover(s.name, s.text), s.hatched, s.chosen)
        for s in body.shapes
    ]
    # The key begins with the classes, in their order.
    colors = [item.color for item in body.legend] or [PLAIN_LAND]
    found = maps.choropleth(
        areas,
        geojson=geojson,
        colors=colors,
        main=body.main,
        insets=[(ids, bounds) for ids, bounds, _ in body.insets],
        inset_names=[name for _, _, name in body.insets],
        hatching=None if body.circles else dict(hatching or {}),
        height=440,
    )
    if body.circles:
        circles = [
            maps.Circle(s.id, *s.point, s.value, _hover(s.name, s.text), s.chosen)
            for s in body.shapes
            if s.point is not None and s.value is not None
        ]
        maps.add_circles(found, circles, [ids for ids, _, _ in body.insets])
    return found


def enlarged(figure: go.Figure, size: int = ROOM_SIZE) -> go.Figure:
    """The same figure with text of `size` px, and margins, marks and lines to match. Its height is left to the page."""
    factor = size / TEXT_SIZE
    figure.update_layout(
        font_size=size,
        hoverlabel_font_size=size,
        margin={side: round((figure.layout.margin[side] or 0) * factor) for side in "lrtb"},
        height=None,
        autosize=True,
    )
    for annotation in figure.layout.annotations:
        annotation.font.size = size
        if isinstance(annotation.y, str):  # a category
            annotation.y = _resized((annotation.y,), size)[0]
    for trace in figure.data:
        if trace.type in ("bar", "scatter"):
            trace.y = _resized(trace.y, size)
        if trace.type == "bar":
            # Otherwise Plotly shrinks what does not fit the thickness of the bar.
            trace.constraintext = "none"
        elif trace.type in ("scatter", "scattergeo") and "markers" in (trace.mode or ""):
            sizes = trace.marker.size
            scaled = [s * factor for s in sizes] if isinstance(sizes, list | tuple) else (sizes or 6) * factor
            trace.marker.size = scaled
            if trace.type == "scatter":
                trace.line.width = (trace.line.width or 2) * factor
    return figure


def _resized(values: Any, size: int) -> Any:
    """Labels are categories: the same change everywhere, or the marks would leave their rows."""
    return tuple(_SMALL.sub(f"font-size:{size}px", value) if isinstance(value, str) else value for value in values)
