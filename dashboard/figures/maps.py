"""Choropleth without tiles, WebGL or outside request: SVG, boundaries fetched once by URL."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.deck.palette import CHOSEN, CIRCLE, CIRCLE_EDGE, OUTLINE, SOFT
from dashboard.figures.style import base, hover, shown, told

# Side of an inset, of the whole.
_INSET = 0.2
# Pixels across, for the highest count.
LARGEST = 54


def aspect(bounds: Bounds) -> float:
    """Width over height of the bounds on the ground (longitudes shrink with latitude)."""
    west, south, east, north = bounds
    return (east - west) * math.cos(math.radians((south + north) / 2)) / (north - south)


def _frame(bounds: Bounds, pad: float = 0.03) -> dict[str, object]:
    west, south, east, north = bounds
    dx, dy = (east - west) * pad, (north - south) * pad
    return {
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "transverse mercator", "rotation": {"lon": (west + east) / 2}},
        "lonaxis": {"range": [west - dx, east + dx]},
        "lataxis": {"range": [south - dy, north + dy]},
    }


def territories(chart: MapChart, geojson: str) -> go.Figure:
    """Territories in their colours, hatched where unreliable, far islands in an inset; circles for counts.

    geojson: address of the boundaries, relative to the page.
    """
    # A column of about 690 px is filled without blank bands above and below.
    figure = base(round(min(460, max(300, 690 / aspect(chart.main) + 24))))
    apart = {id_: n for n, (ids, _, _) in enumerate(chart.insets) for id_ in ids}
    for n in (None, *range(len(chart.insets))):
        geo = f"geo{n + 2 if n is not None else ''}"
        # A region that has far islands is drawn on the main map as well.
        own = [s for s in chart.shapes if apart.get(s.id) == n or (chart.regional and n is None)]
        _add_areas(figure, own, geo, geojson)
        _add_hatching(figure, own, geo)
        _add_chosen(figure, own, geo, geojson)
    # The domain is said: with two maps in a figure, Plotly would halve the first.
    layout: dict[str, object] = {"geo": {**_frame(chart.main), "domain": {"x": [0, 1], "y": [0, 1]}}}
    paper = {"xref": "paper", "yref": "paper"}
    for n, (_, bounds, name) in enumerate(chart.insets):
        left, low, high = 1 - _INSET, 0.02 + n * _INSET, 0.02 + (n + 1) * _INSET * 0.92
        layout[f"geo{n + 2}"] = {**_frame(bounds, 0.12), "domain": {"x": [left, 1], "y": [low, high]}}
        edge = {"line": {"color": OUTLINE, "width": 1}, "fillcolor": "rgba(0,0,0,0)"}
        figure.add_shape(type="rect", **paper, x0=left, x1=1, y0=low, y1=high, **edge)
        place = {"x": 1, "xanchor": "right", "y": high, "yanchor": "bottom"}
        figure.add_annotation(text=shown(name), **paper, **place, showarrow=False, font={"size": 13})
    figure.update_layout({**layout, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}})
    return _add_circles(figure, chart) if chart.circles else figure


def _add_areas(figure: go.Figure, shapes: Sequence[Shape], geo: str, geojson: str) -> None:
    if not shapes:
        return
    colors = list(dict.fromkeys(shape.color for shape in shapes))
    # Steps of equal width, one for each class: class k of n takes the colour of [k/n, (k+1)/n].
    ends = [(k / len(colors), (k + 1) / len(colors), color) for k, color in enumerate(colors)]
    figure.add_choropleth(
        geo=geo,
        geojson=geojson,
        locations=[shape.id for shape in shapes],
        z=[colors.index(shape.color) + 0.5 for shape in shapes],
        zmin=0,
        zmax=len(colors),
        colorscale=[step for low, high, color in ends for step in ([low, color], [high, color])],
        showscale=False,
        text=[hover(shape.told) for shape in shapes],
        hovertemplate="%{text}<extra></extra>",
        marker={"line": {"color": OUTLINE, "width": 0.8}},
    )


def _add_hatching(figure: go.Figure, shapes: Sequence[Shape], geo: str) -> None:
    strokes = [shape.strokes for shape in shapes if shape.hatched and shape.strokes]
    lon, lat = ([place for own in strokes for place in (*own[n], None)] for n in (0, 1))
    if lon:
        line = {"color": SOFT, "width": 1.2}
        figure.add_scattergeo(geo=geo, lon=lon, lat=lat, mode="lines", hoverinfo="skip", line=line)


def _add_chosen(figure: go.Figure, shapes: Sequence[Shape], geo: str, geojson: str) -> None:
    """The selection is outlined: an opacity alone would not show on a pale territory."""
    chosen = [shape.id for shape in shapes if shape.chosen]
    if chosen:
        figure.add_choropleth(
            geo=geo,
            geojson=geojson,
            locations=chosen,
            z=[0 for _ in chosen],
            showscale=False,
            hoverinfo="skip",
            colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
            marker={"line": {"color": CHOSEN, "width": 3.5}},
        )


_SMALLEST = 5


def _add_circles(figure: go.Figure, chart: MapChart) -> go.Figure:
    """Circles whose area is proportional to the count, over plain land; returns the figure."""
    circles = [(s, s.point, s.value) for s in chart.shapes if s.point is not None and s.value is not None]
    highest = max((value for _, _, value in circles), default=0) or 1
    insets = () if chart.regional else chart.insets
    where = {id_: f"geo{n + 2}" for n, (ids, _, _) in enumerate(insets) for id_ in ids}
    for geo in ["geo", *(f"geo{n + 2}" for n in range(len(insets)))]:
        own = [circle for circle in circles if where.get(circle[0].id, "geo") == geo]
        if not own:
            continue
        figure.add_scattergeo(
            geo=geo,
            lon=[point[0] for _, point, _ in own],
            lat=[point[1] for _, point, _ in own],
            mode="markers",
            customdata=[shape.id for shape, _, _ in own],
            **told(shape.told for shape, _, _ in own),
            marker={
                "size": [max(_SMALLEST, LARGEST * math.sqrt(value / highest)) for _, _, value in own],
                "color": CIRCLE,
                "opacity": 0.75,
                "line": {
                    "color": [CHOSEN if shape.chosen else CIRCLE_EDGE for shape, _, _ in own],
                    "width": [3.5 if shape.chosen else 1 for shape, _, _ in own],
                },
            },
        )
    return figure
