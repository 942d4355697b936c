"""A map flat in a rectangle, for the files that draw it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.deck.projection import Point, Project, extent, mercator
from dashboard.loading.geography import NEIGHBOURS, map_files, territory_rings
from dashboard.model import Dataset

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A territory in the unit of its rectangle: outlines, strokes of its hatching, a point inside it, and the rank of
    the inset that holds it (None: the main map)."""

    shape: Shape
    outlines: list[list[Point]]
    strokes: list[list[Point]]
    point: Point | None
    inset: int | None


def placed(ds: Dataset, chart: MapChart, main: Rectangle, insets: Sequence[Rectangle]) -> list[Placed] | None:
    """The territories of a map, in their order; None when the boundaries cannot be read.

    main, insets: left, top, width and height of the map and of each inset.
    """
    rings, files = territory_rings(ds.root, ds.fingerprint), map_files(ds.root, ds.fingerprint)
    if rings is None:
        return None
    apart = {code: n for n, (codes, _, _) in enumerate(chart.insets) for code in codes}
    projects = [fitted(bounds, *frame) for (_, bounds, _), frame in zip(chart.insets, insets, strict=True)]
    whole = fitted(chart.main, *main)
    found = []
    for shape in chart.shapes:
        inset = apart.get(shape.id)
        project = whole if inset is None else projects[inset]
        hatching = files.hatching.get(shape.id) if files is not None and shape.hatched else None
        # Longitudes and latitudes, with None between two strokes.
        pairs = zip(*hatching, strict=True) if hatching else ()
        runs = [list(run) for gap, run in groupby(pairs, key=lambda pair: None in pair) if not gap]
        found.append(
            Placed(
                shape,
                [[project(x, y) for x, y in ring] for ring in rings.get(shape.id, ())],
                [[project(x, y) for x, y in run] for run in runs if len(run) > 1],
                None if shape.point is None else project(*shape.point),
                inset,
            )
        )
    return found


def around(ds: Dataset, chart: MapChart, main: Rectangle) -> list[list[Point]]:
    """The outlines of the pale land around the territories of a map, as far as the map goes."""
    files, rings = map_files(ds.root, ds.fingerprint), territory_rings(ds.root, ds.fingerprint) or {}
    if files is None or not chart.neighbours:
        return []
    project = fitted(chart.main, *main)
    land = [ring for shape in files.shapes[NEIGHBOURS] for ring in shape.rings]
    land += [ring for code in chart.beside for ring in rings.get(code, ())]
    # Cut once drawn: the sides of bounds in degrees are curves.
    x0, y0, x1, y1 = extent(chart.main)
    scale = min(main[2] / (x1 - x0), main[3] / (y1 - y0))
    wide, tall = (x1 - x0) * scale / 2, (y1 - y0) * scale / 2
    x, y = main[0] + main[2] / 2, main[1] + main[3] / 2
    cut = (_cut([project(*point) for point in ring], (x - wide, y - tall, x + wide, y + tall)) for ring in land)
    return [ring for ring in cut if len(ring) > 2]


def _cut(ring: Sequence[Point], bounds: Bounds) -> list[Point]:
    """The part of a ring that is inside bounds (Sutherland and Hodgman): one side after the other."""
    found = list(ring)
    for axis, limit, sign in ((0, bounds[0], 1), (0, bounds[2], -1), (1, bounds[1], 1), (1, bounds[3], -1)):
        kept: list[Point] = []
        for start, end in zip([*found[-1:], *found], found, strict=False):
            inside = [(point[axis] - limit) * sign >= 0 for point in (start, end)]
            if inside[0] != inside[1]:
                t = (limit - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t))
            if inside[1]:
                kept.append(end)
        found = kept
    return found


def fitted(bounds: Bounds, left: float, top: float, width: float, height: float) -> Project:
    """(longitude, latitude) -> (x, y) in the rectangle's unit, y downwards; the bounds are centred in it."""
    flat = mercator(bounds)
    x0, y0, x1, y1 = extent(bounds)
    scale = min(width / (x1 - x0), height / (y1 - y0))
    dx = left + (width - (x1 - x0) * scale) / 2
    dy = top + (height - (y1 - y0) * scale) / 2

    def place(lon: float, lat: float) -> Point:
        x, y = flat(lon, lat)
        return dx + (x - x0) * scale, dy + (y1 - y) * scale

    return place
