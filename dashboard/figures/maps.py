"""Choropleth without tiles, WebGL or outside request: SVG, boundaries fetched once by URL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.deck.palette import MISSING, OUTLINE
from dashboard.figures.style import base, shown

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """One territory of the map: its class (None when the source has no figure) and what the hover says."""

    id: str
    klass: int | None
    hover: str
    hatched: bool = False
    chosen: bool = False


def aspect(bounds: Bounds) -> float:
    """Width over height of the bounds on the ground (longitudes shrink with latitude)."""
    west, south, east, north = bounds
    return (east - west) * math.cos(math.radians((south + north) / 2)) / (north - south)


def _scale(colors: Sequence[str]) -> list[list[object]]:
    """Steps of equal width, one for each class: class k of n takes the colour of [k/n, (k+1)/n]."""
    n = len(colors)
    return [step for k, color in enumerate(colors) for step in ([k / n, color], [(k + 1) / n, color])]


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


def choropleth(
    areas: Sequence[Area],
    *,
    geojson: str,
    colors: Sequence[str],
    main: Bounds,
    insets: Sequence[tuple[Sequence[str], Bounds]] = (),
    hatching: dict[str, list[list[float | None]]] | None = None,
    inset_names: Sequence[str] = (),
    height: int = 460,
    line_width: float = 0.8,
    repeat_insets: bool = False,
) -> go.Figure:
    """Territories coloured by class, hatched where unreliable, far islands in an inset.

    geojson: URL relative to the page; insets: (ids, bounds) drawn apart at the lower right;
    hatching: id -> [longitudes, latitudes] of strokes, with None between two strokes; repeat_insets: what an inset
    holds is drawn on the main map as well (a region that has far islands).
    """
    figure = base(height)
    apart = {id_: n for n, (ids, _) in enumerate(insets) for id_ in ids}
    subplots = {
        f"geo{n + 2 if n is not None else ''}": (
            n,
            [a for a in areas if apart.get(a.id) == n or (repeat_insets and n is None)],
        )
        for n in (None, *range(len(insets)))
    }
    for name, (_, own) in subplots.items():
        _add_areas(figure, own, name, geojson, colors, line_width)
        if hatching:
            _add_hatching(figure, own, name, hatching)
        _add_chosen(figure, own, name, geojson)
    # The domain is said: with two maps in a figure, Plotly would halve the first.
    layout: dict[str, object] = {"geo": {**_frame(main), "domain": {"x": [0, 1], "y": [0, 1]}}}
    for n, (_, bounds) in enumerate(insets):
        side = 0.2
        layout[f"geo{n + 2}"] = {
            **_frame(bounds, 0.12),
            "domain": {"x": [1 - side, 1], "y": [0.02 + n * side, 0.02 + (n + 1) * side * 0.92]},
        }
        figure.add_shape(
            type="rect",
            xref="paper",
            yref="paper",
            x0=1 - side,
            x1=1,
            y0=0.02 + n * side,
            y1=0.02 + (n + 1) * side * 0.92,
            line={"color": OUTLINE, "width": 1},
            fillcolor="rgba(0,0,0,0)",
        )
        if n < len(inset_names):
            figure.add_annotation(
                x=1,
                xref="paper",
                xanchor="right",
                y=0.02 + (n + 1) * side * 0.92,
                yref="paper",
                yanchor="bottom",
                text=shown(inset_names[n]),
                showarrow=False,
                font={"size": 13},
            )
    figure.update_layout(layout)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def _add_areas(
    figure: go.Figure, areas: Sequence[Area], geo: str, geojson: str, colors: Sequence[str], line_width: float
) -> None:
    known = [area for area in areas if area.klass is not None]
    missing = [area for area in areas if area.klass is None]
    common = {"geo": geo, "geojson": geojson, "showscale": False, "hovertemplate": "%{text}<extra></extra>"}
    n = len(colors)
    if known:
        figure.add_choropleth(
            locations=[a.id for a in known],
            z=[(a.klass or 0) + 0.5 for a in known],
            zmin=0,
            zmax=n,
            colorscale=_scale(colors),
            text=[a.hover for a in known],
            marker={"line": {"color": OUTLINE, "width": line_width}},
            **common,
        )
    if missing:
        figure.add_choropleth(
            locations=[a.id for a in missing],
            z=[0 for _ in missing],
            zmin=0,
            zmax=1,
            colorscale=[[0, MISSING], [1, MISSING]],
            text=[a.hover for a in missing],
            marker={"line": {"color": OUTLINE, "width": line_width}},
            **common,
        )


def _add_hatching(
    figure: go.Figure, areas: Sequence[Area], geo: str, hatching: dict[str, list[list[float | None]]]
) -> None:
    lon: list[float | None] = []
    lat: list[float | None] = []
    for area in areas:
        if area.hatched and area.id in hatching:
            strokes = hatching[area.id]
            lon += [*strokes[0], None]
            lat += [*strokes[1], None]
    if lon:
        figure.add_scattergeo(
            geo=geo,
            lon=lon,
            lat=lat,
            mode="lines",
            hoverinfo="skip",
            line={"color": "#4e5662", "width": 1.2},
        )


def _add_chosen(figure: go.Figure, areas: Sequence[Area], geo: str, geojson: str) -> None:
    """The selection is outlined: an opacity alone would not show on a pale territory."""
    chosen = [area.id for area in areas if area.chosen]
    if chosen:
        figure.add_choropleth(
            geo=geo,
            geojson=geojson,
            locations=chosen,
            z=[0 for _ in chosen],
            showscale=False,
            hoverinfo="skip",
            colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
            marker={"line": {"color": "#cb381f", "width": 3.5}},
        )


@dataclass(frozen=True, slots=True)
class Circle:
    """A count drawn as a circle at a point inside its territory."""

    id: str
    lon: float
    lat: float
    value: float
    hover: str
    chosen: bool = False


_LARGEST = 54  # px across, for the highest count
_SMALLEST = 5


def add_circles(figure: go.Figure, circles: Sequence[Circle], apart: Sequence[Sequence[str]] = ()) -> go.Figure:
    """Circles whose area is proportional to the count, over a map drawn without classes; returns the figure.

    apart: ids drawn in each inset, in the order of `choropleth`.
    """
    highest = max((circle.value for circle in circles), default=0) or 1
    where = {id_: f"geo{n + 2}" for n, ids in enumerate(apart) for id_ in ids}
    for geo in ["geo", *(f"geo{n + 2}" for n in range(len(apart)))]:
        own = [circle for circle in circles if where.get(circle.id, "geo") == geo]
        if not own:
            continue
        figure.add_scattergeo(
            geo=geo,
            lon=[circle.lon for circle in own],
            lat=[circle.lat for circle in own],
            mode="markers",
            customdata=[circle.id for circle in own],
            hovertext=[circle.hover for circle in own],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "size": [max(_SMALLEST, _LARGEST * math.sqrt(circle.value / highest)) for circle in own],
                "color": "#1472bf",
                "opacity": 0.75,
                "line": {
                    "color": ["#cb381f" if circle.chosen else "#19406c" for circle in own],
                    "width": [3.5 if circle.chosen else 1 for circle in own],
                },
            },
        )
    return figure
