"""Degrees to a flat rectangle, as the maps of the screen: transverse Mercator on a sphere, about the middle."""

from __future__ import annotations

import math
from collections.abc import Callable

Bounds = tuple[float, float, float, float]
Project = Callable[[float, float], tuple[float, float]]


def _mercator(middle: float) -> Project:
    def flat(lon: float, lat: float) -> tuple[float, float]:
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

    def place(lon: float, lat: float) -> tuple[float, float]:
        x, y = flat(lon, lat)
        return dx + (x - x0) * scale, dy + (y1 - y) * scale

    return place
