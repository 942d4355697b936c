"""What the files of geo/ hold, so that the check can judge them. Drawing them is the display's business."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from dashboard.loading.files import Tree, read_text
from dashboard.model.problems import Problem

TERRITORY_SHAPES = "geo/territories.geojson"
REGION_SHAPES = "geo/regions.geojson"
BOUNDS = "geo/bounds.json"
HATCHING = "geo/hatching.json"
TILES = "geo/tiles.csv"
# Ten times the census divisions of Canada.
_MOST_CODES = 3_000
UNREADABLE = (csv.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
REMEDY = "le rebâtir avec « python -m dashboard boundaries SOURCE »."

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def box_of(points: list[Point]) -> Box:
    """West, south, east and north of some points."""
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline: its rings in degrees, outer ones and holes alike, and what the file calls it."""

    code: str
    name: str | None
    own_code: str | None
    region: str | None
    rings: tuple[tuple[Point, ...], ...]

    @property
    def box(self) -> Box:
        return box_of([point for ring in self.rings for point in ring])

    @property
    def area(self) -> float:
        """In square degrees, for comparison alone; holes count as what they are when drawn the other way round."""
        return abs(sum(_signed(ring) for ring in self.rings))

    def holds(self, point: Point) -> bool:
        """True when the point is inside, by the even-odd rule."""
        x, y = point
        return sum(_crossings(ring, x, y) for ring in self.rings) % 2 == 1


def _signed(ring: tuple[Point, ...]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def _crossings(ring: tuple[Point, ...], x: float, y: float) -> int:
    return sum((b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a for (a, b), (c, d) in pairwise(ring))


@dataclass
class Maps:
    """Each file that could be read. `codes`: the territories of each file, in its order."""

    codes: dict[str, list[str]] = field(default_factory=dict)
    territories: list[Shape] = field(default_factory=list)
    regions: list[Shape] = field(default_factory=list)
    # « all » and each region: bounds, main frame, insets (codes and bounds).
    frames: dict[str, tuple[Box, Box, tuple[tuple[tuple[str, ...], Box], ...]]] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    hatching: dict[str, list[Point]] = field(default_factory=dict)
    tiles: list[tuple[str, int, int]] = field(default_factory=list)


def _finite(raw: Any) -> float:
    number = float(raw)
    if not math.isfinite(number):
        raise ValueError("nombre")
    return number


def _box(raw: Any) -> Box:
    west, south, east, north = (_finite(degrees) for degrees in raw)
    return west, south, east, north


def _rings(geometry: Any) -> Iterator[tuple[Point, ...]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    if geometry["type"] not in ("Polygon", "MultiPolygon") or not polygons:
        raise ValueError("forme")
    for polygon in polygons:
        for ring in polygon:
            yield tuple((_finite(x), _finite(y)) for x, y, *_ in ring)


def _shapes(content: Any) -> list[Shape]:
    found = []
    for feature in content["features"]:
        own = feature.get("properties") or {}
        texts = (own.get(key) for key in ("name", "code", "region"))
        name, code, region = (None if text is None else str(text) for text in texts)
        found.append(Shape(str(feature["id"]), name, code, region, tuple(_rings(feature["geometry"]))))
    return found


def _put_territories(content: Any, maps: Maps) -> list[str]:
    maps.territories = _shapes(content)
    return [shape.code for shape in maps.territories]


def _put_regions(content: Any, maps: Maps) -> list[str]:
    maps.regions = _shapes(content)
    return [shape.code for shape in maps.regions]


def _put_bounds(content: Any, maps: Maps) -> list[str]:
    for code, frame in (("all", content["all"]), *content["regions"].items()):
        insets = tuple((tuple(map(str, i.get("codes", ()))), _box(i["bounds"])) for i in frame["insets"])
        maps.frames[str(code)] = (_box(frame.get("bounds", frame["main"])), _box(frame["main"]), insets)
    maps.boxes = {str(code): _box(raw) for code, raw in content.get("territories", {}).items()}
    maps.points = {str(code): (_finite(x), _finite(y)) for code, (x, y) in content.get("points", {}).items()}
    return [str(code) for code in content["regions"]]


def _put_hatching(content: Any, maps: Maps) -> list[str]:
    for code, (xs, ys) in content.items():
        pairs = zip(xs, ys, strict=True)
        maps.hatching[str(code)] = [(_finite(x), _finite(y)) for x, y in pairs if x is not None]
    return list(maps.hatching)


def _put_tiles(rows: Any, maps: Maps) -> list[str]:
    for row in rows:
        column, rank = int(row["column"]), int(row["row"])
        if column < 0 or rank < 0:
            raise ValueError("place")
        maps.tiles.append((row["code"], column, rank))
        if len(maps.tiles) > _MOST_CODES:
            break
    return [code for code, *_ in maps.tiles]


_READERS: dict[str, Callable[[Any, Maps], list[str]]] = {
    TERRITORY_SHAPES: _put_territories,
    REGION_SHAPES: _put_regions,
    BOUNDS: _put_bounds,
    HATCHING: _put_hatching,
    TILES: _put_tiles,
}
# Without them, the maps are drawn all the same.
OPTIONAL = (HATCHING, TILES)


def read_map_file(root: Path | Tree, name: str, maps: Maps) -> Problem | None:
    """Puts in `maps` what a file of geo/ holds; the Problem that prevents reading it: maps stop, figures do not."""
    text, unread = read_text(root / name, name)
    if unread is not None:
        return Problem(name, f"{unread.message} Les cartes en ont besoin.", REMEDY, unread.line)
    try:
        content = csv.DictReader(io.StringIO(text, newline="")) if name == TILES else json.loads(text or "")
        codes = _READERS[name](content, maps)
    except json.JSONDecodeError as error:
        message = "le fichier ne se lit pas à cet endroit. Les cartes en ont besoin."
        return Problem(name, message, REMEDY, error.lineno)
    except UNREADABLE:
        return Problem(name, "le fichier n’a pas la forme attendue. Les cartes en ont besoin.", REMEDY)
    if len(codes) > _MOST_CODES:
        return Problem(name, f"le fichier a plus de {_MOST_CODES} territoires; il n’est pas lu.", REMEDY)
    maps.codes[name] = codes
    return None
