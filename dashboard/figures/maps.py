"""Choropleth without tiles, WebGL or outside request: SVG, boundaries fetched once by URL."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import plotly.graph_objects as go

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.deck.labels import INSET, Label, Scale, labels
from dashboard.deck.palette import CHOSEN, CIRCLE, CIRCLE_EDGE, INK, NEIGHBOUR, OUTLINE, SOFT, WATER_INK, ink_on
from dashboard.deck.projection import proportion
from dashboard.figures.room import width
from dashboard.figures.style import BESIDE, TEXT_SIZE, base, hover, shown, told

# Pixels across, for the highest count.
LARGEST = 54
# Pixels: the height that a map has from its width, on a page.
_WIDE = 640
# Pixels: across a map, for which names are chosen; from which width they are written; their size.
NAMED = ((335, 0, TEXT_SIZE), (540, 520, TEXT_SIZE), (700, 690, TEXT_SIZE), (900, 880, TEXT_SIZE))
# The same of a wall, on the width of the screen: a telephone, a screen, a whole screen of 1920 by 1080. There a map has
# the height that is left.
ON_A_WALL = ((335, 0, TEXT_SIZE), (740, 701, 24), (1140, 1900, 32))
_LEFT = 0.655
# Name of a file of boundaries -> its address, relative to the page.
Address = Callable[[str], str]


def _frame(bounds: Bounds, pad: float = 0) -> dict[str, object]:
    west, south, east, north = bounds
    dx, dy = (east - west) * pad, (north - south) * pad
    return {
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "transverse mercator", "rotation": {"lon": (west + east) / 2}},
        "lonaxis": {"range": [west - dx, east + dx]},
        "lataxis": {"range": [south - dy, north + dy]},
    }


def territories(chart: MapChart, address: Address, *, large: bool = False) -> go.Figure:
    """Territories in their colours among their neighbours, hatched where unreliable, with the names that have room; far
    islands in an inset; circles for counts.

    address: of a file of boundaries, by its name; large: its texts will be enlarged.
    """
    # Of a page: it has the shape of its land at any width (assets/charts.js).
    figure = base(round(_WIDE / proportion(chart.main)), meta={"shape": round(proportion(chart.main), 3)})
    geojson = address("regions.geojson" if chart.regional else "territories.geojson")
    if chart.neighbours:
        _add_land(figure, ["voisins"], address("neighbours.geojson"), NEIGHBOUR)
    _add_land(figure, chart.beside, address("territories.geojson"), NEIGHBOUR)
    named = [(written(chart, *own, large=large), own) for own in (ON_A_WALL if large else NAMED)]
    free = [label.box for own, _ in named[-2:] for label in own if label.shape and not label.line]
    apart = {id_: n for n, (ids, _, _) in enumerate(chart.insets) for id_ in ids}
    for n in (None, *range(len(chart.insets))):
        geo = f"geo{n + 2 if n is not None else ''}"
        # A region that has far islands is drawn on the main map as well.
        own = [s for s in chart.shapes if apart.get(s.id) == n or (chart.regional and n is None)]
        _add_areas(figure, own, geo, geojson)
        _add_hatching(figure, own, geo, [] if n is not None else free)
        _add_chosen(figure, own, geo, geojson)
    # The domain is said: with two maps in a figure, Plotly would halve the first.
    layout: dict[str, object] = {"geo": {**_frame(chart.main), "domain": {"x": [0, 1], "y": [0, 1]}}}
    paper = {"xref": "paper", "yref": "paper"}
    for n, (ids, bounds, name) in enumerate(chart.insets):
        left, low, high = 1 - INSET, 0.02 + n * INSET, 0.02 + (n + 1) * INSET * 0.92
        layout[f"geo{n + 2}"] = {**_frame(bounds, 0.12), "domain": {"x": [left, 1], "y": [low, high]}}
        edge = {"line": {"color": OUTLINE, "width": 1}, "fillcolor": "rgba(0,0,0,0)"}
        figure.add_shape(type="rect", **paper, x0=left, x1=1, y0=low, y1=high, **edge)
        place = {"x": left - 0.01, "xanchor": "right", "y": low, "yanchor": "bottom"}
        values = [] if chart.regional else [f"<b>{shape.text}</b>" for shape in chart.shapes if shape.id in ids]
        said = "<br>".join([shown(name), "; ".join(values)] if values else [shown(name)])
        figure.add_annotation(text=said, **paper, **place, showarrow=False, align="right")
    # A circle answers on itself alone: 20 pixels around, as Plotly has it, it would answer for its neighbours.
    figure.update_layout({**layout, **BESIDE, "hoverdistance": 1, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}})
    if chart.circles:
        _add_circles(figure, chart)
    # Of names chosen for several widths, a page shows those of its own.
    ends = [*(start for _, (_, start, _) in named[1:]), 0]
    for (own_labels, (_, start, size)), end in zip(named, ends, strict=True):
        _add_labels(figure, own_labels, (start, end), size)
    return figure


def written(chart: MapChart, wide: float, start: int, size: int, *, large: bool) -> list[Label]:
    """The labels of a map so wide. On a wall, no value stands without its name: nothing beside it tells whose it is."""
    largest = LARGEST * size / TEXT_SIZE
    named = large and start > 0
    wide = min(wide, wide * _LEFT * proportion(chart.main)) if named else wide
    return labels(chart, Scale.of(chart, wide, size), lambda text: width(text, size), largest, nameless=not named)


def _add_labels(figure: go.Figure, own: Sequence[Label], between: tuple[int, int], size: int) -> None:
    """Names and values, read on the colour that they stand on, and the lines that lead to those beside their land.
    between: the widths that show them (0: no end)."""
    # A name is a point, then None; so is a line, of two points.
    marks = [(*_near(label.place), "<br>".join(_marked(label)), _ink(label)) for label in own]
    lines = [[(*_near(end), "", SOFT) for end in label.line] for label in own if label.line]
    places = [place for part in ([[mark] for mark in marks] + lines) for place in (*part, (None, None, "", SOFT))]
    if not places:
        return
    lon, lat, text, ink = zip(*places, strict=True)
    figure.add_scattergeo(
        geo="geo",
        lon=lon,
        lat=lat,
        mode="lines+text" if lines else "text",
        text=text,
        hoverinfo="skip",
        meta=between,
        line={"color": SOFT, "width": size / TEXT_SIZE},
        textfont={"color": ink, "size": size},
    )


def _near(place: tuple[float, float]) -> tuple[float, float]:
    """A place to a tenth of a pixel."""
    return round(place[0], 3), round(place[1], 3)


def _ink(label: Label) -> str:
    if label.shape is None:
        return WATER_INK
    return INK if label.line else ink_on(label.shape.color)


def _marked(label: Label) -> list[str]:
    if label.shape is None:
        return [*map(shown, label.lines)]
    return [*map(shown, label.lines[:-1]), f"<b>{shown(label.lines[-1])}</b>"]


def _add_land(figure: go.Figure, codes: Sequence[str], geojson: str, color: str) -> None:
    """Plain land, without borders."""
    if codes:
        figure.add_choropleth(
            geo="geo",
            geojson=geojson,
            locations=list(codes),
            z=[0 for _ in codes],
            showscale=False,
            hoverinfo="skip",
            colorscale=[[0, color], [1, color]],
            marker={"line": {"color": color, "width": 1}},
        )


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


def _add_hatching(figure: go.Figure, shapes: Sequence[Shape], geo: str, free: Sequence[Bounds]) -> None:
    """Strokes, which leave free the boxes where something is written."""
    strokes = [shape.strokes for shape in shapes if shape.hatched and shape.strokes]
    lon, lat = ([place for own in strokes for place in (*own[n], None)] for n in (0, 1))
    if lon:
        for box in free:
            lon, lat = _around(lon, lat, box)
        line = {"color": SOFT, "width": 1.2}
        figure.add_scattergeo(geo=geo, lon=lon, lat=lat, mode="lines", hoverinfo="skip", line=line)


Strokes = tuple[list[float | None], list[float | None]]


def _around(lon: Sequence[float | None], lat: Sequence[float | None], box: Bounds) -> Strokes:
    """Straight strokes (None between two) without what is in a box."""
    found: list[tuple[float, float] | None] = []
    west, south, east, north = box
    for one, other in pairwise(zip(lon, lat, strict=True)):
        (x, y), (u, v) = one, other
        if x is None or y is None or u is None or v is None:
            continue
        # Where the stroke is inside the box, from 0 at its start to 1 at its end.
        sides = ((west - x, east - x, u - x), (south - y, north - y, v - y))
        spans = [sorted((low / way, high / way)) if way else [-math.inf, math.inf] for low, high, way in sides]
        into, out = max(span[0] for span in spans), min(span[1] for span in spans)
        apart = [(0.0, 1.0)] if into >= out or out <= 0 or into >= 1 else [(0.0, into), (out, 1.0)]
        for start, end in apart:
            if start < end:
                found += [(x + (u - x) * t, y + (v - y) * t) for t in (start, end)] + [None]
    places = [(None, None) if place is None else (round(place[0], 3), round(place[1], 3)) for place in found]
    return [x for x, _ in places], [y for _, y in places]


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
