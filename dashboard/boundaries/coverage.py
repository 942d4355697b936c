"""Turning neighbouring polygons into an exact coverage: shared borders identical vertex by vertex, no gap, no overlap.

Every border is cut against every other on a grid (snap rounding), the pieces of plane so delimited are rebuilt, and
each goes to one owner. The same operation mends a source (1 m grid) and rounds the result (0.001° grid): rounding
polygons one by one would reopen gaps, since a rounded vertex may pass on the other side of a neighbour's edge.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_Segment = tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(frozen=True)
class Coverage:
    """A valid coverage: shapely ``polygons`` in the order given (empty when nothing is left), and what was mended.

    ``overlaps`` and ``gaps`` count the pieces settled; ``overlap_areas`` gives the area disputed by two positions.
    """

    polygons: list[Any]
    overlaps: int
    gaps: int
    overlap_areas: dict[tuple[int, int], float]


def build_coverage(polygons: Sequence[Any], *, grid: float, gap_width: float, bridges: Sequence[Any] = ()) -> Coverage:
    """Rebuild polygons as an exact coverage whose vertices all lie on a grid.

    Args:
        polygons: valid (multi)polygons, one per territory.
        grid: step of the grid, in the unit of the coordinates.
        gap_width: enclosed empty pieces up to this width (diameter of the largest circle inside) go to a neighbour;
            wider ones are true holes and stay.
        bridges: areas to be shared out as gaps whatever their width, from :func:`find_bridges`.

    A disputed piece goes to the claimant, an empty one to the neighbour, that has the longest border with it.
    """
    import shapely

    lines = shapely.union_all(shapely.boundary([*polygons, *bridges]), grid_size=grid)
    faces = shapely.normalize(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))).tolist()
    faces.sort(key=lambda face: face.wkb)  # one order whatever the order of the input: same source, same bytes
    inside = shapely.STRtree(shapely.point_on_surface(faces))
    claims: dict[int, list[int]] = defaultdict(list)
    for owner, face in inside.query(list(polygons), predicate="intersects").T.tolist():
        claims[face].append(owner)
    bridged = set(inside.query(list(bridges), predicate="intersects")[1].tolist()) if bridges else set()

    owners = {face: found[0] for face, found in claims.items() if len(found) == 1}
    disputed = {face: sorted(found) for face, found in claims.items() if len(found) > 1}
    gaps = [
        face
        for face in range(len(faces))
        if face not in claims
        and (face in bridged or 2 * shapely.length(shapely.maximum_inscribed_circle(faces[face])) <= gap_width)
    ]
    filled = _settle(faces, owners, disputed, gaps)

    areas: dict[tuple[int, int], float] = defaultdict(float)
    for face, found in disputed.items():
        for rank, first in enumerate(found):
            for second in found[rank + 1 :]:
                areas[first, second] += faces[face].area
    pieces: dict[int, list[Any]] = defaultdict(list)
    for face in sorted(owners):
        pieces[owners[face]].append(faces[face])
    merged = [shapely.coverage_union_all(pieces[owner]) for owner in range(len(polygons))]
    return Coverage(merged, overlaps=len(disputed), gaps=filled, overlap_areas=dict(areas))


def _settle(faces: list[Any], owners: dict[int, int], disputed: dict[int, list[int]], gaps: list[int]) -> int:
    """Give disputed and empty faces to an owner, completing ``owners`` in place; return the number of gaps filled."""
    borders = _border_lengths(faces, {*disputed, *gaps})
    filled = 0
    pending = sorted([*disputed, *gaps])
    while pending:
        left = []
        for face in pending:
            lengths: dict[int, float] = defaultdict(float)
            for neighbour, length in borders[face].items():
                owner = owners.get(neighbour)
                if owner is not None and (face not in disputed or owner in disputed[face]):
                    lengths[owner] += length
            if not lengths:
                left.append(face)
                continue
            owners[face] = min(lengths, key=lambda owner: (-lengths[owner], owner))
            filled += face not in disputed
        if len(left) == len(pending):  # no neighbour to lean on: a copy of another territory, or a gap out at sea
            owners.update({face: disputed[face][0] for face in left if face in disputed})
            break
        pending = left
    return filled


def _border_lengths(faces: list[Any], wanted: set[int]) -> dict[int, dict[int, float]]:
    """Return, for each wanted face, the length of border it has with each other face."""
    sides: dict[_Segment, list[int]] = {segment: [] for face in wanted for segment in _segments(faces[face])}
    for index, face in enumerate(faces):
        for segment in _segments(face):
            if segment in sides:
                sides[segment].append(index)
    lengths: dict[int, dict[int, float]] = {face: defaultdict(float) for face in wanted}
    for (start, end), found in sides.items():
        if len(found) == 2:
            for face, neighbour in (found, reversed(found)):
                if face in wanted:
                    lengths[face][neighbour] += math.dist(start, end)
    return lengths


def _segments(polygon: Any) -> Iterator[_Segment]:
    for ring in (polygon.exterior, *polygon.interiors):
        points = list(ring.coords)
        for start, end in pairwise(points):
            yield (start, end) if start < end else (end, start)


def find_bridges(polygons: Sequence[Any], width: float) -> list[Any]:
    """Return the strips narrower than ``width`` that separate two polygons, cut in short pieces.

    Two neighbours drawn a few metres apart all along their border leave a strip that opens on the outside: no enclosed
    gap, yet a fault of the source. Strips within one polygon (a narrow inlet) are left alone. The pieces are short so
    that a strip running between many polygons is shared out among them, instead of going to one as a long tentacle.
    """
    import shapely

    if shapely.is_empty(shapely.coverage_invalid_edges(list(polygons), gap_width=width)).all():
        return []
    whole = shapely.union_all(list(polygons))
    swollen = shapely.buffer(whole, width / 2, join_style="mitre")
    strips = shapely.get_parts(shapely.difference(shapely.buffer(swollen, -width / 2, join_style="mitre"), whole))
    strips = strips[shapely.area(strips) > width * width / 1000]
    near = Counter(
        shapely.STRtree(list(polygons)).query(strips, predicate="dwithin", distance=width / 1000)[0].tolist()
    )
    return [piece for index, strip in enumerate(strips) if near[index] > 1 for piece in _cut(strip, 100 * width)]


def _cut(strip: Any, size: float) -> list[Any]:
    """Cut a polygon along a square grid of the given step."""
    import numpy
    import shapely

    west, south, east, north = (math.floor(bound / size) for bound in strip.bounds)
    columns, rows = numpy.meshgrid(numpy.arange(west, east + 1), numpy.arange(south, north + 1))
    squares = shapely.box(columns * size, rows * size, (columns + 1) * size, (rows + 1) * size).ravel()
    shapely.prepare(strip)
    pieces = shapely.get_parts(shapely.intersection(strip, squares[shapely.intersects(strip, squares)]))
    return [piece for piece in pieces if piece.geom_type == "Polygon"]
