"""What the maps show, computed once so that the running page needs no geometry library: their frames, the land of their
neighbours, and the room that names have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

import geopandas
import numpy
import shapely

from dashboard.boundaries.expected import Expected
from dashboard.boundaries.geometry import DECIMALS, METRIC_CRS, clockwise, polygonal
from dashboard.loading.geography import Box, view

REMOTE_DISTANCE = 100_000.0
"""Metres of water or land beyond which a territory is apart from the rest of its region and goes in an inset."""
# Width over height, on the ground, of what is written: a name above its value, a broken name, a name on one line.
_SHAPES = (1.4, 2.2, 3.4, 6.0)
_GRID = 24
# One place of so many is tried first.
_FEW = 32
# Degrees between two places that are tried along a river, and how far from its course, which a file gives roughly.
_STEP, _ASIDE = 0.05, 0.2
# Degrees: once drawn, the sides of a map are curves.
_BEYOND = 0.2
# Of the width of a map: less would not hold a name.
_NARROW = 0.2
_CELLS = 10**DECIMALS
Frame = dict[str, Any]
Rooms = list[list[float]]


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
    # A centroid may fall in the river: its circle is drawn at a point inside the territory.
    inside = {code: polygons[code].representative_point() for code in sorted(polygons)}
    return {
        "all": _frame(polygons, sorted(polygons), sorted(every_inset)),
        "regions": regions,
        "territories": {code: _bounds(polygons, [code]) for code in sorted(polygons)},
        "points": {code: [round(point.x, DECIMALS), round(point.y, DECIMALS)] for code, point in inside.items()},
    }


def _groups(polygons: Mapping[str, Any], codes: Sequence[str]) -> list[list[str]]:
    """Codes in groups whose members are linked, step by step, by distances under ``REMOTE_DISTANCE``."""
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
    found: list[float] = shapely.total_bounds([polygons[code] for code in codes]).round(DECIMALS).tolist()
    return found


def neighbours(raw: Any, frames: Iterable[Box]) -> Any:
    """The other divisions of a source as one land, in rounded degrees, as far as the maps show; None where the source
    has no other. raw: their GeoDataFrame; frames: main bounds of the maps."""
    shapes = shapely.make_valid(shapely.force_2d(raw.geometry.dropna().to_crs(4326).to_numpy()))
    shown = shapely.union_all([shapely.box(*view(frame)) for frame in frames])
    near = shapely.intersection(shapely.union_all(shapes), shapely.buffer(shown, _BEYOND, cap_style="square"))
    land = polygonal(shapely.set_precision(near, 1 / _CELLS))
    return None if land.is_empty else clockwise([land])[0]


def rooms(shape: Any) -> Rooms:
    """The widest boxes [west, south, east, north] that hold in a territory, in degrees, one for each form of label."""
    west, south, east, north = shape.bounds
    xs, ys = (numpy.linspace(*ends, _GRID + 2)[1:-1] for ends in ((west, east), (south, north)))
    inside = shapely.get_coordinates(shape.point_on_surface())
    return _boxes(shape, numpy.array([*((x, y) for x in xs for y in ys), *inside]))


def waters(path: Path, frame: Box, land: Any, own: Any) -> list[dict[str, Any]]:
    """The waters named in a file that have room for their name on a map, with boxes in them; where the river is narrow,
    a name may pass over the pale neighbours.

    frame: main bounds of the map; land: everything that is not water; own: its territories, that no name covers.
    """
    if not path.exists():
        return []
    shown = shapely.box(*view(frame))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["name"], float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)]
    found, aside = [], numpy.arange(-_ASIDE, _ASIDE + _STEP, _STEP)
    for name in dict.fromkeys(name for name, *_ in rows):
        course = shapely.LineString([(x, y) for own, x, y in rows if own == name])
        along = shapely.get_coordinates(shapely.segmentize(course, _STEP))
        places = numpy.array([(x + dx, y + dy) for x, y in along for dx in aside for dy in aside])
        free = shapely.difference(shown, land)
        boxes = _boxes(free, places)
        if max((box[2] - box[0] for box in boxes), default=0) < _NARROW * (frame[2] - frame[0]):
            boxes = _boxes(shapely.difference(shown, own), places[shapely.covers(free, shapely.points(places))])
        if boxes:
            found.append({"name": name, "rooms": boxes})
    return found


def _boxes(shape: Any, places: Any) -> Rooms:
    """For each form, the largest box in a shape around one of these places; none where no place is in it."""
    shapely.prepare(shape)
    inside = places[shapely.covers(shape, shapely.points(places))]
    if not len(inside):
        return []
    found = []
    for form in _SHAPES:
        least = 0.0
        # A few places, then those of all where a box as large holds.
        for points in (inside[::_FEW], inside):
            wide = form / numpy.cos(numpy.radians(points[:, 1]))
            if least:
                held = _held(shape, points, numpy.full(len(points), least), wide)
                points, wide = points[held], wide[held]
            low, high = numpy.zeros(len(points)), numpy.full(len(points), 2.0)
            for _ in range(14):
                half = (low + high) / 2
                held = _held(shape, points, half, wide)
                low, high = numpy.where(held, half, low), numpy.where(held, high, half)
                # No longer tried: a place that can no longer have the largest box.
                left = high > low.max()
                points, wide, low, high = points[left], wide[left], low[left], high[left]
            least = low.max()
        best = int(low.argmax())
        side = numpy.array([low[best] * wide[best], low[best]])
        corners = numpy.ceil((points[best] - side) * _CELLS), numpy.floor((points[best] + side) * _CELLS)
        west, south, east, north = box = (numpy.concatenate(corners) / _CELLS).round(DECIMALS).tolist()
        if west < east and south < north:
            found.append(box)
    return found


def _held(shape: Any, points: Any, half: Any, wide: Any) -> Any:
    """Whether a shape holds a box around each place: half of its height, and its width for that height."""
    sides = numpy.column_stack([half * wide, half])
    return shapely.covers(shape, shapely.box(*(points - sides).T, *(points + sides).T))
