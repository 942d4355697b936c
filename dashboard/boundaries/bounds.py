"""Frames of the maps, computed once so that the running page needs no geometry library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import Any

from dashboard.boundaries.expected import Expected
from dashboard.boundaries.geometry import DECIMALS, METRIC_CRS

REMOTE_DISTANCE = 100_000.0
"""Metres of water or land beyond which a territory is apart from the rest of its region and goes in an inset."""

Frame = dict[str, Any]


def compute_bounds(polygons: Mapping[str, Any], expected: Expected) -> Frame:
    """The frames of every territory, every region and the whole set, of polygons by code in degrees.

    ``{"all": frame, "regions": {code: frame}, "territories": {code: bounds}, "points": {code: [lon, lat]}}``, where
    ``bounds`` is ``[west, south, east, north]`` in degrees and ``frame`` is ``{"bounds": all of it, "main": bounds
    without the remote groups, "insets": [{"codes": [...], "bounds": bounds}, ...]}``.

    A territory is remote when it, or the group it forms with others, is farther than ``REMOTE_DISTANCE`` from the
    largest group of its own region. Regions are never remote as a whole: one far from the others simply widens the map.
    """
    regions: dict[str, Frame] = {}
    every_inset: list[list[str]] = []
    for region in expected.regions:
        codes = expected.members(region)
        groups = _groups(polygons, codes)
        # The main group has the most territories; a tie goes to the widest, then to the first code.
        main = min(groups, key=lambda group: (-len(group), -sum(polygons[code].area for code in group), group))
        insets = [group for group in groups if group != main]
        regions[region] = _frame(polygons, codes, insets)
        every_inset += insets
    return {
        "all": _frame(polygons, sorted(polygons), sorted(every_inset)),
        "regions": regions,
        "territories": {code: _bounds(polygons, [code]) for code in sorted(polygons)},
        "points": {code: _inner_point(polygons[code]) for code in sorted(polygons)},
    }


def _inner_point(polygon: Any) -> list[float]:
    """A point inside the territory, where its circle is drawn: a centroid may fall in the river."""
    point = polygon.representative_point()
    return [round(point.x, DECIMALS), round(point.y, DECIMALS)]


def _groups(polygons: Mapping[str, Any], codes: Sequence[str]) -> list[list[str]]:
    """Codes in groups whose members are linked, step by step, by distances under ``REMOTE_DISTANCE``."""
    import geopandas
    import numpy

    metres = geopandas.GeoSeries([polygons[code] for code in codes], crs=4326).to_crs(METRIC_CRS)
    linked = numpy.array([metres.dwithin(shape, REMOTE_DISTANCE) for shape in metres])
    for _ in codes:
        linked = linked @ linked
    return [list(group) for group in sorted({tuple(compress(codes, row)) for row in linked.tolist()})]


def _frame(polygons: Mapping[str, Any], codes: Sequence[str], insets: Sequence[Sequence[str]]) -> Frame:
    remote = {code for group in insets for code in group}
    return {
        "bounds": _bounds(polygons, codes),
        "main": _bounds(polygons, [code for code in codes if code not in remote]),
        "insets": [{"codes": list(group), "bounds": _bounds(polygons, group)} for group in insets],
    }


def _bounds(polygons: Mapping[str, Any], codes: Sequence[str]) -> list[float]:
    west, south, east, north = zip(*(polygons[code].bounds for code in codes), strict=True)
    return [round(float(value), DECIMALS) for value in (min(west), min(south), max(east), max(north))]
