"""The projection of every map: transverse Mercator, turned to the middle of what is shown."""

from __future__ import annotations

import math
from collections.abc import Callable

from dashboard.deck.charts import Bounds

Point = tuple[float, float]
Project = Callable[[float, float], Point]


def mercator(bounds: Bounds) -> Project:
    """(longitude, latitude) in degrees -> (x, y), x to the east and y to the north, in radii of the Earth."""
    middle = (bounds[0] + bounds[2]) / 2

    def flat(lon: float, lat: float) -> Point:
        along, phi = math.radians(lon - middle), math.radians(lat)
        return math.atanh(math.cos(phi) * math.sin(along)), math.atan2(math.tan(phi), math.cos(along))

    return flat


def extent(bounds: Bounds) -> Bounds:
    """Flat bounds of a rectangle of degrees, whose sides become curves."""
    flat = mercator(bounds)
    west, south, east, north = bounds
    steps = [n / 8 for n in range(9)]
    points = [flat(west + (east - west) * t, side) for t in steps for side in (south, north)]
    points += [flat(side, south + (north - south) * t) for t in steps for side in (west, east)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def proportion(bounds: Bounds) -> float:
    """Width over height of the bounds (west, south, east, north, degrees) once drawn."""
    x0, y0, x1, y1 = extent(bounds)
    return (x1 - x0) / (y1 - y0)
