"""The map of a sheet as SVG: shapes and strokes only, numbers only. No text of the data enters it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.loading.boundaries import map_files
from dashboard.model import Dataset

OUTLINE = "#6b778a"
STROKE = "#4e5662"
WIDTH = 240.0
TALLEST = 200.0
_INSET = 0.22

Ring = Sequence[Sequence[float]]


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


@dataclass(frozen=True, slots=True)
class _Window:
    """Degrees to points: longitudes shrink with latitude; the bounds are centred in the rectangle."""

    bounds: Bounds
    left: float
    top: float
    width: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        west, south, east, north = self.bounds
        shrink = math.cos(math.radians((south + north) / 2))
        scale = min(self.width / ((east - west) * shrink), self.height / (north - south))
        x = self.left + self.width / 2 + (longitude - (west + east) / 2) * shrink * scale
        y = self.top + self.height / 2 - (latitude - (south + north) / 2) * scale
        return x, y


def _height(bounds: Bounds) -> float:
    west, south, east, north = bounds
    shrink = math.cos(math.radians((south + north) / 2))
    return min(TALLEST, max(90.0, WIDTH * (north - south) / ((east - west) * shrink)))


@lru_cache(maxsize=2)
def _rings(root: Path, mark: str) -> dict[str, list[list[Ring]]] | None:
    """Territory -> polygons -> rings of (longitude, latitude); None when the file cannot be read."""
    try:
        text = (root / "geo" / "territories.geojson").read_text(encoding="utf-8")
        return {f["properties"]["code"]: _polygons(f["geometry"]) for f in json.loads(text)["features"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _polygons(geometry: dict[str, object]) -> list[list[Ring]]:
    found = geometry["coordinates"]
    return [found] if geometry["type"] == "Polygon" else found  # type: ignore[list-item, return-value]


def draw(ds: Dataset, chart: MapChart, numbered: Iterable[str]) -> Land | None:
    """The map of a chart; None when the boundaries cannot be read. numbered: the territories that bear a number."""
    rings, files = _rings(ds.root, ds.fingerprint), map_files(ds.root, ds.fingerprint)
    if rings is None or files is None:
        return None
    inner = _height(chart.main)
    # An inset stands in the lower right corner: a strip more keeps it off the land.
    height = inner + (WIDTH * _INSET * 0.35 if chart.insets else 0)
    main = _Window(chart.main, 3, 3, WIDTH - 6, inner - 6)
    apart = {code: n for n, (codes, _, _) in enumerate(chart.insets) for code in codes}
    side = WIDTH * _INSET
    boxes = [
        _Window(bounds, WIDTH - side + 4, height - (n + 1) * side * 0.8 + 4, side - 8, side * 0.8 - 8)
        for n, (_, bounds, _) in enumerate(chart.insets)
    ]
    ranked = set(numbered)
    drawn: list[str] = []
    for box in boxes:
        corner = (
            f'x="{box.left - 4:.2f}" y="{box.top - 4:.2f}" width="{side - 0.5:.2f}" height="{side * 0.8 - 0.5:.2f}"'
        )
        drawn.append(f'<rect {corner} fill="#ffffff" stroke="{OUTLINE}" stroke-width="0.5"/>')
    for shape in chart.shapes:
        window = boxes[apart[shape.id]] if shape.id in apart else main
        drawn += _territory(shape, window, rings.get(shape.id, []), files.hatching.get(shape.id))
    labels = []
    for shape in chart.shapes:
        if shape.id not in ranked or shape.point is None:
            continue
        x, y = (boxes[apart[shape.id]] if shape.id in apart else main).at(*shape.point)
        if 0 < x < WIDTH and 0 < y < height:
            labels.append(Label(shape.id, x / WIDTH, y / height))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{height:.2f}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.2f}">{"".join(drawn)}</svg>'
    )
    insets = tuple(
        # A territory that bears a number is named in the ranking.
        ((box.left - 4) / WIDTH, (box.top - 4) / height, "" if set(codes) <= ranked else name)
        for box, (codes, _, name) in zip(boxes, chart.insets, strict=True)
    )
    return Land(svg, height / WIDTH, tuple(labels), insets)


def _territory(
    shape: Shape, window: _Window, polygons: list[list[Ring]], strokes: list[list[float | None]] | None
) -> list[str]:
    path = "".join(_path(ring, window) + "Z" for polygon in polygons for ring in polygon)
    outline = f'stroke="{OUTLINE}" stroke-width="0.5" stroke-linejoin="round"'
    found = [f'<path d="{path}" fill="{shape.color}" fill-rule="evenodd" {outline}/>']
    if shape.hatched and strokes:
        lines = ""
        for (x, y), (to_x, to_y) in pairwise(zip(strokes[0], strokes[1], strict=True)):
            if x is not None and y is not None and to_x is not None and to_y is not None:
                lines += _path([(x, y), (to_x, to_y)], window)
        found.append(f'<path d="{lines}" fill="none" stroke="{STROKE}" stroke-width="0.5"/>')
    return found


def _path(points: Ring, window: _Window) -> str:
    placed = (window.at(float(point[0]), float(point[1])) for point in points)
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in placed)
