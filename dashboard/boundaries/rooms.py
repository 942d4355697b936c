"""What the maps show around and over the territories: the land of their neighbours, and the room that names have."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dashboard.boundaries.geometry import DECIMALS, clockwise, polygonal
from dashboard.loading.geography import Box, view

# Width over height, on the ground, of what is written: a name above its value, a broken name, a name on one line.
_SHAPES = (1.4, 2.2, 3.4, 6.0)
_GRID = 24
# Degrees between two places that are tried along a river, and how far from its course, which a file gives roughly.
_STEP, _ASIDE = 0.05, 0.2
# Degrees: once drawn, the sides of a map are curves.
_BEYOND = 0.2
# Of the width of a map: less would not hold a name.
_NARROW = 0.2
Rooms = list[list[float]]


def neighbours(raw: Any, frames: Iterable[Box]) -> Any:
    """The other divisions of a source as one land, in rounded degrees, as far as the maps show; None where the source
    has no other. raw: their GeoDataFrame; frames: main bounds of the maps."""
    import shapely

    shapes = shapely.make_valid(shapely.force_2d(raw.geometry.dropna().to_crs(4326).to_numpy()))
    shown = shapely.union_all([shapely.box(*view(frame)) for frame in frames])
    near = shapely.intersection(shapely.union_all(shapes), shapely.buffer(shown, _BEYOND, cap_style="square"))
    land = polygonal(shapely.set_precision(near, 10**-DECIMALS))
    return None if land.is_empty else clockwise([land])[0]


def rooms(shape: Any) -> Rooms:
    """The widest boxes [west, south, east, north] that hold in a territory, in degrees, one for each form of label."""
    import numpy
    import shapely

    west, south, east, north = shape.bounds
    xs, ys = (numpy.linspace(*ends, _GRID + 2)[1:-1] for ends in ((west, east), (south, north)))
    inside = shapely.get_coordinates(shape.point_on_surface())
    return _boxes(shape, numpy.array([*((x, y) for x in xs for y in ys), *inside]))


def waters(path: Path, frame: Box, land: Any, own: Any) -> list[dict[str, Any]]:
    """The waters named in a file that have room for their name on a map, with boxes in them; where the river is narrow,
    a name may pass over the pale neighbours.

    frame: main bounds of the map; land: everything that is not water; own: its territories, that no name covers.
    """
    import numpy
    import shapely

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
    import numpy
    import shapely

    shapely.prepare(shape)
    inside = places[shapely.covers(shape, shapely.points(places))]
    if not len(inside):
        return []
    found = []
    for form in _SHAPES:
        points = inside
        wide = form / numpy.cos(numpy.radians(points[:, 1]))
        low, high = numpy.zeros(len(points)), numpy.full(len(points), 2.0)
        for _ in range(14):
            half = (low + high) / 2
            across = half * wide
            held = shapely.covers(
                shape,
                shapely.box(points[:, 0] - across, points[:, 1] - half, points[:, 0] + across, points[:, 1] + half),
            )
            low, high = numpy.where(held, half, low), numpy.where(held, high, half)
            # No longer tried: a place that can no longer have the largest box.
            left = high > low.max()
            points, wide, low, high = points[left], wide[left], low[left], high[left]
        best = int(low.argmax())
        (x, y), half, across = points[best], low[best], low[best] * wide[best]
        cells = 10**DECIMALS
        box: Box = tuple(  # type: ignore[assignment]
            float(numpy.round(n / cells, DECIMALS))
            for n in (
                numpy.ceil((x - across) * cells), numpy.ceil((y - half) * cells),
                numpy.floor((x + across) * cells), numpy.floor((y + half) * cells),
            )
        )  # fmt: skip
        if box[0] < box[2] and box[1] < box[3]:
            found.append(list(box))
    return found
