"""The map of a sheet as SVG: shapes and strokes only, numbers only. No text of the data enters it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.deck.charts import MapChart
from dashboard.deck.palette import CHOSEN, NEIGHBOUR, OUTLINE, SOFT, WHITE
from dashboard.deck.projection import Point, proportion
from dashboard.exports.flat_map import Placed, around, placed
from dashboard.model import Dataset

WIDTH = 240.0
TALLEST = 200.0
# Width and height of the frame of an inset.
_INSET = (WIDTH * 0.22, WIDTH * 0.22 * 0.8)


def draw(ds: Dataset, chart: MapChart, ranks: Mapping[str, int]) -> dict[str, object] | None:
    """What the template draws of a map: its SVG and its proportion, the rank of the territories that have one and the
    names of the insets, placed in fractions of its size; None when the boundaries cannot be read."""
    inner = min(TALLEST, max(90.0, WIDTH / proportion(chart.main)))
    wide, tall = _INSET
    # An inset stands in the lower right corner: a strip more keeps it off the land.
    height = inner + (wide * 0.35 if chart.insets else 0)
    corners = [(WIDTH - wide, height - (n + 1) * tall) for n in range(len(chart.insets))]
    frames = [(left + 4, top + 4, wide - 8, tall - 8) for left, top in corners]
    main = (3, 3, WIDTH - 6, inner - 6)
    found = placed(ds, chart, main, frames)
    if found is None:
        return None
    land = "".join(_path(ring) + "Z" for ring in around(ds, chart, main))
    drawn = [f'<path d="{land}" fill="{NEIGHBOUR}"/>'] if land else []
    drawn += [
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide - 0.5:.2f}" height="{tall - 0.5:.2f}" '
        f'fill="{WHITE}" stroke="{OUTLINE}" stroke-width="0.5"/>'
        for left, top in corners
    ]
    # The outline of the one that is chosen stands over those of its neighbours.
    drawn += [_territory(own) for own in sorted(found, key=lambda own: own.shape.chosen)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{height:.2f}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.2f}">{"".join(drawn)}</svg>'
    )
    points = [(str(ranks[own.shape.id]), own.point) for own in found if own.shape.id in ranks and own.point]
    return {
        "svg": svg,
        "ratio": height / WIDTH,
        "labels": [
            {"text": text, "x": x / WIDTH, "y": y / height}
            for text, (x, y) in points
            if 0 < x < WIDTH and 0 < y < height
        ],
        "insets": [
            # A territory that bears a number is named in the ranking.
            {"x": left / WIDTH, "y": top / height, "name": "" if set(codes) <= set(ranks) else name}
            for (left, top), (codes, _, name) in zip(corners, chart.insets, strict=True)
        ],
    }


def _territory(own: Placed) -> str:
    color, width = (CHOSEN, 1.5) if own.shape.chosen else (OUTLINE, 0.5)
    outline = f'stroke="{color}" stroke-width="{width}" stroke-linejoin="round"'
    path = "".join(_path(ring) + "Z" for ring in own.outlines)
    land = f'<path d="{path}" fill="{own.shape.color}" fill-rule="evenodd" {outline}/>'
    lines = "".join(_path(run) for run in own.strokes)
    return land + (f'<path d="{lines}" fill="none" stroke="{SOFT}" stroke-width="0.5"/>' if lines else "")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
