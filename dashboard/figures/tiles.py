"""Equal tiles: one for each territory, so that the smallest is as visible as the largest."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.deck.charts import TileChart
from dashboard.deck.palette import CHOSEN, OUTLINE, ink_on, strokes_on
from dashboard.figures.room import broken, width
from dashboard.figures.style import BESIDE, base, hatching, same_or_each, shown, told

# Pixels. A tile narrower than that shows its value alone: a name would be cut.
NARROWEST = 90
# Narrower still, the value is written smaller.
_SMALL = 40
_HEIGHT = 70
_TEXT_SIZE = 12
_LINES = 3
# Of the place of a tile, what the tile fills.
_FILLED = 0.94


def short_name(name: str) -> list[str]:
    """The name on at most three lines that the narrowest tile holds, whole words first.

    What is in brackets is left to the hover, and so is the end of what is too long.
    """
    room = NARROWEST * _FILLED - 4
    lines = broken(name.partition(" (")[0], room, _TEXT_SIZE)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    cuts = ([line, *(f"{line[:end]}…" for end in range(len(line) - 1, 0, -1))] for line in lines)
    return [next((cut for cut in own if width(cut, _TEXT_SIZE) <= room), own[-1]) for own in cuts]


def equal_tiles(chart: TileChart) -> go.Figure:
    """Tiles as bars of equal size: they are clicked, hatched and read like the bars of the other charts."""
    shapes = chart.shapes
    columns, rows = ([chart.places[shape.id][n] for shape in shapes] for n in (0, 1))
    left, top, bottom = min(columns, default=0), min(rows, default=0), 1 + max(rows, default=0)
    figure = base(max(220, _HEIGHT * (bottom - top)))
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
        # Otherwise Plotly shrinks, then hides, the text that it measures as too wide.
        constraintext="none",
        textfont={"color": [ink_on(fill) for fill in fills], "size": _TEXT_SIZE},
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
    figure.update_layout(barmode="overlay", **BESIDE, margin={"l": 0, "r": 0})
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.5, max(columns, default=0) - left + 0.5])
    figure.update_yaxes(visible=False, fixedrange=True, range=[-bottom, -top])
    return figure


def narrow_rules(figure: go.Figure, chart: str) -> str:
    """CSS for a place too narrow for the names: the last line of a tile, its value, stays. `chart`: its class."""
    left, right = figure.layout.xaxis.range
    columns = round(right - left)
    names = f".{chart} .bartext tspan.line:not(:last-child) {{ display: none; }}"
    smaller = f".{chart} .bartext {{ font-size: 10px !important; }}"
    return (
        f".{chart} {{ container-type: inline-size; }}"
        f"@container (max-width: {columns * NARROWEST - 1}px) {{ {names} }}"
        f"@container (max-width: {columns * _SMALL - 1}px) {{ {smaller} }}"
    )
