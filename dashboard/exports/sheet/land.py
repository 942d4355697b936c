"""The map of a sheet as SVG: shapes and strokes only, numbers only. No text of the data enters it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.deck.charts import MapChart
from dashboard.deck.palette import OUTLINE, SOFT, WHITE
from dashboard.exports.flat_map import Placed, Point, placed, proportion
from dashboard.model import Dataset

WIDTH = 240.0
TALLEST = 200.0
# Width and height of the frame of an inset.
_INSET = (WIDTH * 0.22, WIDTH * 0.22 * 0.8)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a number stands, in fractions of the width and of the height of the map."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Land:
    """svg: the drawing; ratio: height over width; labels: where the numbers go; insets: (x, y, name) of each."""

    svg: str
    ratio: float
    labels: tuple[Label, ...]
    insets: tuple[tuple[float, float, str], ...]


def draw(ds: Dataset, chart: MapChart, numbered: Iterable[str]) -> Land | None:
    """The map of a chart; None when the boundaries cannot be read. numbered: the territories that bear a number."""
    inner = min(TALLEST, max(90.0, WIDTH / proportion(chart.main)))
    wide, tall = _INSET
    # An inset stands in the lower right corner: a strip more keeps it off the land.
    height = inner + (wide * 0.35 if chart.insets else 0)
    corners = [(WIDTH - wide, height - (n + 1) * tall) for n in range(len(chart.insets))]
    frames = [(left + 4, top + 4, wide - 8, tall - 8) for left, top in corners]
    found = placed(ds, chart, (3, 3, WIDTH - 6, inner - 6), frames)
    if found is None:
        return None
    ranked = set(numbered)
    drawn = [
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{wide - 0.5:.2f}" height="{tall - 0.5:.2f}" '
        f'fill="{WHITE}" stroke="{OUTLINE}" stroke-width="0.5"/>'
        for left, top in corners
    ]
    drawn += [_territory(own) for own in found]
    labels = tuple(
        Label(own.shape.id, x / WIDTH, y / height)
        for own in found
        if own.shape.id in ranked and own.point is not None
        for x, y in [own.point]
        if 0 < x < WIDTH and 0 < y < height
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{height:.2f}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.2f}">{"".join(drawn)}</svg>'
    )
    insets = tuple(
        # A territory that bears a number is named in the ranking.
        (left / WIDTH, top / height, "" if set(codes) <= ranked else name)
        for (left, top), (codes, _, name) in zip(corners, chart.insets, strict=True)
    )
    return Land(svg, height / WIDTH, labels, insets)


def _territory(own: Placed) -> str:
    outline = f'stroke="{OUTLINE}" stroke-width="0.5" stroke-linejoin="round"'
    path = "".join(_path(ring) + "Z" for ring in own.outlines)
    land = f'<path d="{path}" fill="{own.shape.color}" fill-rule="evenodd" {outline}/>'
    lines = "".join(_path(run) for run in own.strokes)
    return land + (f'<path d="{lines}" fill="none" stroke="{SOFT}" stroke-width="0.5"/>' if lines else "")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
