"""A map flat in a rectangle, for the files that draw it themselves: transverse Mercator, as the maps of the screen."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.deck.charts import Bounds, MapChart, Shape
from dashboard.loading.boundaries import map_files, territory_rings
from dashboard.model import Dataset

Point = tuple[float, float]
Project = Callable[[float, float], Point]
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


def _mercator(middle: float) -> Project:
    def flat(lon: float, lat: float) -> Point:
        along, phi = math.radians(lon - middle), math.radians(lat)
        return math.atanh(math.cos(phi) * math.sin(along)), math.atan2(math.tan(phi), math.cos(along))

    return flat


def _extent(bounds: Bounds, flat: Project) -> Bounds:
    """Flat bounds of a rectangle of degrees, whose sides become curves."""
    west, south, east, north = bounds
    steps = [n / 8 for n in range(9)]
    points = [flat(west + (east - west) * t, side) for t in steps for side in (south, north)]
    points += [flat(side, south + (north - south) * t) for t in steps for side in (west, east)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def proportion(bounds: Bounds) -> float:
    """Width over height of the bounds (west, south, east, north, degrees) once drawn."""
    x0, y0, x1, y1 = _extent(bounds, _mercator((bounds[0] + bounds[2]) / 2))
    return (x1 - x0) / (y1 - y0)


def fitted(bounds: Bounds, left: float, top: float, width: float, height: float) -> Project:
    """(longitude, latitude) -> (x, y) in the rectangle's unit, y downwards; the bounds are centred in it."""
    flat = _mercator((bounds[0] + bounds[2]) / 2)
    x0, y0, x1, y1 = _extent(bounds, flat)
    scale = min(width / (x1 - x0), height / (y1 - y0))
    dx = left + (width - (x1 - x0) * scale) / 2
    dy = top + (height - (y1 - y0) * scale) / 2

    def place(lon: float, lat: float) -> Point:
        x, y = flat(lon, lat)
        return dx + (x - x0) * scale, dy + (y1 - y) * scale

    return place
