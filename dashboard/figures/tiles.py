"""Equal tiles: one for each territory, so that the smallest is as visible as the largest."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.deck.charts import TileChart
from dashboard.deck.palette import CHOSEN, OUTLINE, ink_on, strokes_on
from dashboard.figures.room import broken, width
from dashboard.figures.style import BESIDE, TEXT_SIZE, base, hatching, same_or_each, shown, told

# Pixels: across a tile, the least that holds a name; narrower, its short name stands for it.
NARROWEST = 105
_HEIGHT = 70
# Of the short names.
SHORT_SIZE = 12
# However few the territories: wider tiles would no longer be seen as a map.
_FEWEST = 4
_LINES = 2
# Of the place of a tile, what the tile fills.
_FILLED = 0.94
# Pixels that a tile has at 375 px, where seven stand side by side.
_SHORT_ROOM = 44


def short_name(name: str) -> list[str]:
    """The name on at most two lines that the narrowest tile holds, whole words first.

    What is in brackets is left to the hover, and so is the end of what is too long.
    """
    room = NARROWEST * _FILLED - 4
    lines = broken(name.partition(" (")[0], room)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    return [_cut(line, room) for line in lines]


def _cut(line: str, room: float, size: int = TEXT_SIZE) -> str:
    """As much of a line as so many pixels hold."""
    cuts = (line, *(f"{line[:end]}…" for end in range(len(line) - 1, 0, -1)))
    return next((cut for cut in cuts if width(cut, size) <= room), cuts[-1])


def equal_tiles(chart: TileChart) -> go.Figure:
    """Tiles as bars of equal size: they are clicked, hatched and read like the bars of the other charts."""
    shapes = chart.shapes
    columns, rows = ([chart.places[shape.id][n] for shape in shapes] for n in (0, 1))
    left, top, bottom = min(columns, default=0), min(rows, default=0), 1 + max(rows, default=0)
    figure = base(max(220, _HEIGHT * (bottom - top)))
    right = max(max(columns, default=0) - left + 1, _FEWEST) - 0.5
    wide = round((right + 0.5) * NARROWEST)
    fills = [shape.color for shape in shapes]
    figure.add_bar(
        x=[column - left for column in columns],
        base=[-row - 0.96 for row in rows],
        y=[0.92 for _ in shapes],
        width=_FILLED,
        text=["<br>".join([*map(shown, short_name(s.name)), f"<b>{s.text}</b>"]) for s in shapes],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        meta=(wide, 0),
        # Otherwise Plotly shrinks, then hides, the text that it measures as too wide.
        constraintext="none",
        textfont={"color": [ink_on(fill) for fill in fills], "size": TEXT_SIZE},
        customdata=[shape.id for shape in shapes],
        **told(shape.told for shape in shapes),
        marker={
            "color": same_or_each(fills),
            "line": {
                "color": same_or_each([CHOSEN if shape.chosen else OUTLINE for shape in shapes]),
                "width": same_or_each([4 if shape.chosen else 0.8 for shape in shapes]),
            },
            "pattern": hatching(
                [s.hatched for s in shapes],
                fgcolor=same_or_each([strokes_on(fill) for fill in fills]),
                fgopacity=0.4,
                size=9,
                solidity=0.14,
            ),
        },
    )
    # Over them, what they say where they are narrow: `meta` has the widths that show each of the two.
    figure.add_scatter(
        meta=(0, wide),
        x=[column - left for column in columns],
        y=[-row - 0.5 for row in rows],
        mode="text",
        text=[
            f"{shown(_cut(chart.short.get(s.id) or s.name, _SHORT_ROOM, SHORT_SIZE))}<br><b>{s.text}</b>"
            for s in shapes
        ],
        textfont={"color": [ink_on(fill) for fill in fills], "size": SHORT_SIZE},
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.update_layout(barmode="overlay", **BESIDE, margin={"l": 0, "r": 0})
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.5, right])
    figure.update_yaxes(visible=False, fixedrange=True, range=[-bottom, -top])
    return figure
