"""Equal tiles: one for each territory, so that the smallest is as visible as the largest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.figures.style import INK, MISSING, base, hatching, same_or_each, shown, wrap

_PALE_CLASSES = 2  # dark text on the first classes, white on the others


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


def equal_tiles(tiles: Sequence[Tile], colors: Sequence[str]) -> go.Figure:
    """Tiles as bars of equal size: they are clicked, hatched and read like the bars of the other charts."""
    rows = 1 + max((tile.row for tile in tiles), default=0)
    left = min((tile.column for tile in tiles), default=0)
    figure = base(max(220, 62 * (rows - min((t.row for t in tiles), default=0))))

    def ink(tile: Tile) -> str:
        return INK if tile.klass is None or tile.klass < _PALE_CLASSES else "#ffffff"

    figure.add_bar(
        x=[tile.column - left for tile in tiles],
        base=[-tile.row - 0.96 for tile in tiles],
        y=[0.92 for _ in tiles],
        width=0.94,
        text=[f"{wrap(shown(tile.label), 11)}<br><b>{tile.text}</b>" for tile in tiles],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="inside",
        textfont={"color": [ink(tile) for tile in tiles], "size": 13},
        customdata=[tile.id for tile in tiles],
        hovertext=[tile.hover for tile in tiles],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": same_or_each([MISSING if tile.klass is None else colors[tile.klass] for tile in tiles]),
            "line": {
                "color": same_or_each(["#cb381f" if tile.chosen else "#6b778a" for tile in tiles]),
                "width": same_or_each([4 if tile.chosen else 0.8 for tile in tiles]),
            },
            "pattern": hatching(
                [tile.hatched for tile in tiles], fgcolor="#8893a2", fgopacity=0.55, size=9, solidity=0.14
            ),
        },
    )
    figure.update_layout(barmode="overlay", uniformtext={"mode": "hide", "minsize": 8})
    right = max((tile.column for tile in tiles), default=0) - left
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.5, right + 0.5])
    figure.update_yaxes(visible=False, fixedrange=True)
    return figure
