"""What the files of geo/ hold: for the check, which judges them, and for drawing, which reads them once."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.loading.files import Tree, read_text
from dashboard.model.problems import Problem

TERRITORY_SHAPES = "geo/territories.geojson"
REGION_SHAPES = "geo/regions.geojson"
BOUNDS = "geo/bounds.json"
HATCHING = "geo/hatching.json"
TILES = "geo/tiles.csv"
NEIGHBOURS = "geo/neighbours.geojson"
# Ten times the census divisions of Canada.
_MOST_CODES = 3_000
_UNREADABLE = (csv.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
REMEDY = "le rebâtir avec « python -m dashboard boundaries SOURCE »."

Point = tuple[float, float]
Ring = tuple[Point, ...]
# West, south, east and north.
Box = tuple[float, float, float, float]


def box_of(points: list[Point]) -> Box:
    """West, south, east and north of some points."""
    return min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points)


@dataclass(frozen=True)
class Shape:
    """An outline: its rings in degrees, outer ones and holes alike, and what the file calls it."""

    code: str
    name: str | None
    own_code: str | None
    region: str | None
    rings: tuple[Ring, ...]

    @cached_property
    def box(self) -> Box:
        return box_of([point for ring in self.rings for point in ring])

    @cached_property
    def area(self) -> float:
        """In square degrees, for comparison alone; holes count as what they are when drawn the other way round."""
        return abs(sum(_signed(ring) for ring in self.rings))

    def holds(self, point: Point) -> bool:
        """True when the point is inside, by the even-odd rule."""
        x, y = point
        return sum(_crossings(ring, x, y) for ring in self.rings) % 2 == 1


def _signed(ring: Ring) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


def _crossings(ring: Ring, x: float, y: float) -> int:
    return sum((b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a for (a, b), (c, d) in pairwise(ring))


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Boxes of a whole map, of its main part and of its insets, with the codes that each inset holds."""

    bounds: Box
    main: Box
    insets: tuple[tuple[tuple[str, ...], Box], ...]
    # Names of waters, each with the boxes of water that it may be written in.
    waters: tuple[tuple[str, tuple[Box, ...]], ...] = ()


# Width over height of a map, at the least: a region that is taller than wide stands among its neighbours.
_WIDEST = 1.45
_PAD = 0.03


def view(main: Box) -> Box:
    """What a map shows of these bounds: a little more on each side, and more land at the sides of a tall region."""
    west, south, east, north = main
    tall = (north - south) * (1 + 2 * _PAD)
    wide = max((east - west) * (1 + 2 * _PAD), tall * _WIDEST / math.cos(math.radians((south + north) / 2)))
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2


@dataclass
class MapFiles:
    """What could be read of geo/. `codes`: the territories of each file, in its order.

    hatching: code -> longitudes and latitudes of strokes, None between two. points: code -> (longitude, latitude)
    inside the territory; rooms: code -> boxes inside it, for its name.
    """

    codes: dict[str, list[str]] = field(default_factory=dict)
    shapes: dict[str, list[Shape]] = field(
        default_factory=lambda: {TERRITORY_SHAPES: [], REGION_SHAPES: [], NEIGHBOURS: []}
    )
    # « all » and each region.
    frames: dict[str, MapFrame] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)
    rooms: dict[str, tuple[Box, ...]] = field(default_factory=dict)
    hatching: dict[str, list[list[float | None]]] = field(default_factory=dict)
    tile_rows: list[tuple[str, int, int]] = field(default_factory=list)
    # What a narrow tile writes of a name.
    short_names: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> MapFrame:
        return self.frames["all"]

    @property
    def regions(self) -> dict[str, MapFrame]:
        return {code: frame for code, frame in self.frames.items() if code != "all"}

    @property
    def tiles(self) -> dict[str, tuple[int, int]]:
        """Column and row of each territory in our own layout."""
        return {code: (column, row) for code, column, row in self.tile_rows}


def _finite(raw: Any) -> float:
    number = float(raw)
    if not math.isfinite(number):
        raise ValueError("nombre")
    return number


def _box(raw: Any) -> Box:
    west, south, east, north = (_finite(degrees) for degrees in raw)
    return west, south, east, north


def _boxes(raw: Any) -> tuple[Box, ...]:
    return tuple(map(_box, raw))


def _rings(geometry: Any) -> Iterator[Ring]:
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


def _put_bounds(content: Any, maps: MapFiles) -> list[str]:
    for code, frame in (("all", content["all"]), *content["regions"].items()):
        insets = tuple((tuple(map(str, i.get("codes", ()))), _box(i["bounds"])) for i in frame["insets"])
        waters = tuple((str(w["name"]), _boxes(w["rooms"])) for w in frame.get("waters", ()))
        maps.frames[str(code)] = MapFrame(_box(frame.get("bounds", frame["main"])), _box(frame["main"]), insets, waters)
    maps.boxes = {str(code): _box(raw) for code, raw in content.get("territories", {}).items()}
    maps.rooms = {str(code): _boxes(raw) for code, raw in content.get("rooms", {}).items()}
    maps.points = {str(code): (_finite(x), _finite(y)) for code, (x, y) in content.get("points", {}).items()}
    return [str(code) for code in content["regions"]]


def _put_hatching(content: Any, maps: MapFiles) -> list[str]:
    for code, (xs, ys) in content.items():
        strokes = [[None if degrees is None else _finite(degrees) for degrees in axis] for axis in (xs, ys)]
        if [x is None for x in strokes[0]] != [y is None for y in strokes[1]]:
            raise ValueError("hachures")
        maps.hatching[str(code)] = strokes
    return list(maps.hatching)


def _put_tiles(rows: Any, maps: MapFiles) -> list[str]:
    for row in rows:
        column, rank = int(row["column"]), int(row["row"])
        if column < 0 or rank < 0:
            raise ValueError("place")
        maps.tile_rows.append((row["code"], column, rank))
        if short := row.get("short"):
            maps.short_names[row["code"]] = short
        if len(maps.tile_rows) > _MOST_CODES:
            break
    return [code for code, *_ in maps.tile_rows]


_READERS = {BOUNDS: _put_bounds, HATCHING: _put_hatching, TILES: _put_tiles}
# Without them, the maps are drawn all the same.
_OPTIONAL = (HATCHING, TILES, NEIGHBOURS)
MAP_FILES = (TERRITORY_SHAPES, REGION_SHAPES, BOUNDS, *_OPTIONAL)


def read_map_file(root: Path | Tree, name: str, maps: MapFiles) -> Problem | None:
    """Puts in `maps` what a file of geo/ holds; the Problem that prevents reading it: maps stop, figures do not."""
    file = root / name
    if name in _OPTIONAL and not file.exists():
        return None
    text = read_text(file, name)
    if isinstance(text, Problem):
        return Problem(name, f"{text.message} Les cartes en ont besoin.", REMEDY, text.line)
    try:
        content = csv.DictReader(io.StringIO(text, newline="")) if name == TILES else json.loads(text)
        if name in maps.shapes:
            maps.shapes[name] = _shapes(content)
            codes = [shape.code for shape in maps.shapes[name]]
        else:
            codes = _READERS[name](content, maps)
    except json.JSONDecodeError as error:
        message = "le fichier ne se lit pas à cet endroit. Les cartes en ont besoin."
        return Problem(name, message, REMEDY, error.lineno)
    except _UNREADABLE:
        return Problem(name, "le fichier n’a pas la forme attendue. Les cartes en ont besoin.", REMEDY)
    if len(codes) > _MOST_CODES:
        return Problem(name, f"le fichier a plus de {_MOST_CODES} territoires; il n’est pas lu.", REMEDY)
    maps.codes[name] = codes
    return None


# Some versions at once: the pages being drawn when the files change end on the former ones.
@lru_cache(maxsize=8)
def map_files(root: Path, mark: str) -> MapFiles | None:
    """Frames, points, hatching and tiles below `root` (mark: fingerprint of the files), or None without them.

    The browser fetches its own shapes.
    """
    files = MapFiles()
    drawn = (root / TERRITORY_SHAPES).exists()
    return None if not drawn or any(read_map_file(root, name, files) for name in (BOUNDS, *_OPTIONAL)) else files


@lru_cache(maxsize=2)
def territory_rings(root: Path, mark: str) -> Mapping[str, tuple[Ring, ...]] | None:
    """Code -> closed rings of (longitude, latitude) in degrees; None when the file cannot be read.

    A hole is a ring as well: drawn as one path with the even-odd rule, it stays empty.
    """
    files = MapFiles()
    if read_map_file(root, TERRITORY_SHAPES, files):
        return None
    return MappingProxyType({shape.code: shape.rings for shape in files.shapes[TERRITORY_SHAPES]})
