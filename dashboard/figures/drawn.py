"""The figure of what a view draws: the one place where a chart of a page, of the wall or of another site is made."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from dashboard.deck.charts import (
    BarChart,
    Body,
    ColumnChart,
    LineChart,
    MapChart,
    PairChart,
    Panels,
    TileChart,
    Trajectory,
)
from dashboard.deck.kinds import view
from dashboard.figures import bars, maps, tiles, trajectory, trends
from dashboard.figures.maps import Address
from dashboard.figures.style import TEXT_SIZE, Written, clickable
from dashboard.indicators.memory import kept
from dashboard.model import Dataset

ROOM_SIZE = 24


def figure(
    body: Body, *, address: Address = str, large: bool = False, small: bool = False, click: bool = False
) -> go.Figure | None:
    """Figure of a chart, of tiles or of a map; None for cards, tables and paragraphs, which are not figures.

    address: of the boundaries; large: text of 24 px, and marks to match; small: one of several side by side; click:
    its marks can be clicked.
    """
    match body:
        case BarChart():
            found = bars.ranked(body)
        case PairChart():
            found = bars.against_reference(body)
        case ColumnChart():
            found = trends.columns(body, small=small)
        case LineChart():
            found = trends.lines(body)
        case MapChart():
            found = maps.territories(body, address, large=large)
        case TileChart():
            found = tiles.equal_tiles(body)
        case Trajectory():
            found = trajectory.trajectory(body)
        case _:
            return None
    if click:
        clickable(found)
    return enlarged(found) if large else found


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
    for trace in figure.data:
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


@kept
def figure_of(
    ds: Dataset, kind: str, choices: Mapping[str, str], address: Address, *, panel: str = "", click: bool = False,
    alone: bool = False, large: bool = False,
) -> Written | None:  # fmt: skip
    """The figure of a view, or of one of its panels, written once for every session. alone: of no more marks than a
    room can read."""
    content = view(ds, kind, choices)
    body = content.for_a_room().body if alone else content.body
    if isinstance(body, Panels):
        body = next(own.chart for own in body.items if own.id == panel)
    found = figure(body, address=address, large=large, small=bool(panel), click=click)
    return None if found is None else Written(found)
