"""Strokes that hatch a territory on the map, cut beforehand since the browser's choropleth has no pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Degrees of latitude between two strokes: about 6 px on the map of all territories, 15 px on a region's.
STEP = 0.1
DECIMALS = 3
# One degree of longitude is about 0,68 of a degree of latitude here: strokes then rise at 45° on screen.
SLOPE = 0.68


def strokes(geometry: BaseGeometry) -> list[list[float | None]]:
    """[longitudes, latitudes] of the oblique strokes inside a geometry (EPSG:4326), None between two strokes."""
    from shapely.geometry import LineString

    west, south, east, north = geometry.bounds
    lon: list[float | None] = []
    lat: list[float | None] = []
    # Every stroke is the line lat = SLOPE * lon + k * STEP, so that neighbours' strokes continue one another.
    first = int((south - SLOPE * east) / STEP) - 1
    last = int((north - SLOPE * west) / STEP) + 1
    for k in range(first, last + 1):
        line = LineString([(x, SLOPE * x + k * STEP) for x in (west, east)])
        cut = line.intersection(geometry)
        for part in getattr(cut, "geoms", [cut]):
            if part.geom_type != "LineString" or part.is_empty:
                continue
            if lon:
                lon.append(None)
                lat.append(None)
            lon += [round(x, DECIMALS) for x, _ in part.coords]
            lat += [round(y, DECIMALS) for _, y in part.coords]
    return [lon, lat]
