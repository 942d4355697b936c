"""Equal tiles: one for each territory, so that the smallest is as visible as the largest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.deck.palette import MISSING
from dashboard.figures.room import broken, width
from dashboard.figures.style import base, hatching, ink_on, same_or_each, shown

# Pixels. A tile narrower than that shows its value alone: a name would be cut.
NARROWEST = 90
# Narrower still, the value is written smaller.
_SMALL = 40
_HEIGHT = 70
_TEXT_SIZE = 12
_LINES = 3
# Of the place of a tile, what the tile fills.
_FILLED = 0.94


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile at (column, row), row 0 on top; klass None when the source has no figure."""

    id: str
    label: str
    text: str
    column: int
    row: int
    klass: int | None
    hover: str
    hatched: bool = False
    chosen: bool = False


def place_missing(codes: Sequence[str], layout: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Positions of every code: those of the layout, then a new row for the territories that it does not know."""
    known = {code: layout[code] for code in codes if code in layout}
    width = 1 + max((column for column, _ in known.values()), default=7)
    row = 1 + max((row for _, row in known.values()), default=-1)
    found = dict(known)
    for n, code in enumerate(c for c in codes if c not in layout):
        found[code] = (n % width, row + n // width)
    return found


def short_name(name: str) -> list[str]:
    """The name on at most three lines that the narrowest tile holds, whole words first.

    What is in brackets is left to the hover, and so is the end of what is too long.
    """
    room = NARROWEST * _FILLED - 4
    lines = broken(name.partition(" (")[0], room, _TEXT_SIZE)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    return [_cut(line, room) for line in lines]


def _cut(line: str, room: float) -> str:
    """A line that fits, its end left out if need be."""
    end = len(line)
    while end > 1 and width(line if end == len(line) else f"{line[:end]}…", _TEXT_SIZE) > room:
        end -= 1
    return line if end == len(line) else f"{line[:end]}…"


def equal_tiles(tiles: Sequence[Tile], colors: Sequence[str]) -> go.Figure:
    """Tiles as bars of equal size: they are clicked, hatched and read like the bars of the other charts."""
    rows = 1 + max((tile.row for tile in tiles), default=0)
    left = min((tile.column for tile in tiles), default=0)
    figure = base(max(220, _HEIGHT * (rows - min((t.row for t in tiles), default=0))))
    fills = [MISSING if tile.klass is None else colors[tile.klass] for tile in tiles]
    figure.add_bar(
        x=[tile.column - left for tile in tiles],
        base=[-tile.row - 0.96 for tile in tiles],
        y=[0.92 for _ in tiles],
        width=_FILLED,
        text=["<br>".join([*map(shown, short_name(tile.label)), f"<b>{tile.text}</b>"]) for tile in tiles],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        # Otherwise Plotly shrinks, then hides, the text that it measures as too wide.
        constraintext="none",
        textfont={"color": [ink_on(fill) for fill in fills], "size": _TEXT_SIZE},
        customdata=[tile.id for tile in tiles],
        hovertext=[tile.hover for tile in tiles],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": same_or_each(fills),
            "line": {
                "color": same_or_each(["#cb381f" if tile.chosen else "#6b778a" for tile in tiles]),
                "width": same_or_each([4 if tile.chosen else 0.8 for tile in tiles]),
            },
            "pattern": hatching(
                [tile.hatched for tile in tiles], fgcolor="#8893a2", fgopacity=0.55, size=9, solidity=0.14
            ),
        },
    )
    figure.update_layout(barmode="overlay", margin={"l": 0, "r": 0})
    right = max((tile.column for tile in tiles), default=0) - left
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.5, right + 0.5])
    figure.update_yaxes(visible=False, fixedrange=True, range=[-rows, -min((t.row for t in tiles), default=0)])
    return figure


def narrow_rules(figure: go.Figure, chart: str) -> str:
    """CSS for a place too narrow for the names: the last line of a tile, its value, stays. `chart`: its class."""
    left, right = figure.layout.xaxis.range
    columns = round(right - left)
    names = f".{chart} .bartext tspan.line:not(:last-child) {{ display: none; }}"
    # The font of the page is narrower than those of the charts.
    smaller = f".{chart} .bartext {{ font: 600 10px 'Source Sans', var(--police) !important; }}"
    return (
        f".{chart} {{ container-type: inline-size; }}"
        f"@container (max-width: {columns * NARROWEST - 1}px) {{ {names} }}"
        f"@container (max-width: {columns * _SMALL - 1}px) {{ {smaller} }}"
    )
