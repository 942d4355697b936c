"""From the raw features of a source to light, rounded, valid polygons that fit together.

They form an exact coverage: shared borders identical vertex by vertex, no gap, no overlap. The same operation mends a
source (1 m grid) and rounds the result (0.001° grid): rounding polygons one by one would reopen gaps, since a rounded
vertex may pass on the other side of a neighbour's edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import geopandas
import shapely

from dashboard.boundaries.expected import MOST, BoundaryError, Expected

METRIC_CRS = 32198  # NAD83 / Québec Lambert: tolerances and distances in metres
DECIMALS = 3  # about 100 m, a tenth of a pixel at the scale of the whole map
_BRIDGE_WIDTH = 50.0  # metres
_GAP_WIDTH = 1000.0  # metres: under a pixel at the scale of the whole map
_GAP_CELLS = 10.0  # the same, in cells of the rounding grid
_TOO_MUCH_OVERLAP = 0.05  # share of the smaller territory
_QUEBEC = (-80.0, 44.5, -56.5, 63.0)  # degrees, a little wider than the land


def mend(frame: Any, expected: Expected) -> tuple[Any, dict[str, int]]:
    """Features dissolved on their territory and mended into a coverage (GeoSeries by code in ``METRIC_CRS``, metres),
    and how many rings, overlaps and gaps had to be mended in the source.

    frame: GeoDataFrame with columns ``code`` (territory) and ``geometry``, in any declared CRS; features without a
    territory already left out. expected: the territories of the data, for messages.
    Raises BoundaryError: a territory out of Québec, one without area, or two territories largely superposed.
    """
    _check_extent(frame, expected)
    shapes = shapely.force_2d(frame.geometry.to_crs(METRIC_CRS).to_numpy())
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    by_code = geopandas.GeoSeries(shapes, index=frame["code"], crs=METRIC_CRS).groupby(level=0)
    polygons = by_code.agg(lambda own: polygonal(shapely.union_all(own.to_numpy())))
    empty = list(polygons.index[polygons.is_empty])
    if empty:
        raise BoundaryError(
            f"Dans la source, aucune surface pour : {expected.label(empty)}. "
            "Fournissez une couche de polygones complète."
        )
    overlaps = _overlaps(polygons, expected)
    fitted = fit(bridged(polygons.to_numpy(), _BRIDGE_WIDTH), _GAP_WIDTH)
    filled = shapely.difference(fitted, shapely.union_all(polygons))
    mended = {"rings": int(broken.sum()), "overlaps": overlaps, "gaps": _pieces(filled)}
    return geopandas.GeoSeries(fitted, index=polygons.index, crs=METRIC_CRS), mended


def _pieces(shapes: Any) -> int:
    """How many pieces shapes have, without the slivers that the grid leaves along a border (metres)."""
    return int((~shapely.is_empty(shapely.buffer(shapely.get_parts(shapes), -1))).sum())


def _overlaps(polygons: Any, expected: Expected) -> int:
    """How many pieces two territories claim. Raises BoundaryError where they are no mere fault of drawing."""
    codes, shapes = polygons.index, polygons.to_numpy()
    first, second = polygons.sindex.query(polygons, predicate="intersects", sort=True)
    first, second = first[first < second], second[first < second]
    common = shapely.intersection(shapes[first], shapes[second])
    for one, other, area in zip(first, second, shapely.area(common), strict=True):
        if area > _TOO_MUCH_OVERLAP * min(shapes[one].area, shapes[other].area):
            raise BoundaryError(
                f"Dans la source, {expected.label([codes[one], codes[other]])} se recouvrent sur "
                f"{area / 1e6:.0f} km² : ce n’est pas un simple défaut de tracé. "
                "Vérifiez le champ de codes (--code-field) ou la source."
            )
    return _pieces(common)


def fit(polygons: Any, gap_width: float) -> Any:
    """The polygons, in the order given, as a coverage whose vertices are all on the grid of whole numbers; empty where
    nothing is left.

    gap_width: enclosed empty pieces up to this width (diameter of the largest circle inside) are filled; wider ones are
    true holes. A disputed or an empty piece goes to whoever has the longest border with it.
    """
    # Every border is cut against every other on the grid; each piece of plane so delimited goes back to its polygons.
    lines = shapely.union_all(shapely.boundary(polygons), grid_size=1)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    owner, face = shapely.STRtree(shapely.point_on_surface(faces)).query(polygons, predicate="intersects")
    pieces = [polygonal(shapely.coverage_union_all(faces[face[owner == n]])) for n in range(len(polygons))]
    return shapely.coverage_clean(pieces, gap_width=gap_width, snapping_distance=0)


def bridged(polygons: Any, width: float) -> Any:
    """The polygons, each spread over the strips beside it that separate two of them.

    Two neighbours drawn a few metres apart all along their border leave a strip that opens on the outside: no enclosed
    gap, yet a fault of the source. Strips within one polygon (a narrow inlet) are left alone.
    """
    if shapely.is_empty(shapely.coverage_invalid_edges(polygons, gap_width=width)).all():
        return polygons
    whole = shapely.union_all(polygons)
    swollen = shapely.buffer(whole, width / 2, join_style="mitre")
    strips = shapely.get_parts(shapely.difference(shapely.buffer(swollen, -width / 2, join_style="mitre"), whole))
    strips = strips[shapely.area(strips) > width * width / 1000]
    beside = shapely.STRtree(strips).query(polygons, predicate="dwithin", distance=width / 1000)[1].tolist()
    between = shapely.union_all([strip for n, strip in enumerate(strips) if beside.count(n) > 1])
    spread = shapely.intersection(shapely.buffer(polygons, width, join_style="mitre"), between)
    return [polygonal(shape) for shape in shapely.union(polygons, spread)]


def _check_extent(frame: Any, expected: Expected) -> None:
    """Refuse what is not in Québec, and name the likely slip: axes inverted, a longitude without its sign."""
    outside = _outside(frame)
    if not outside:
        return
    some = sorted(outside)[:MOST]
    where = f"{len(outside)} sur {len(set(frame['code']))}"
    named = expected.label(some) + (", …" if len(outside) > len(some) else "")
    remedy = (
        f"Les coordonnées ne conviennent pas au système que la source déclare ({crs_label(frame.crs)}), ou le tracé "
        "est faux. Corrigez la projection déclarée (dans QGIS : Définir la projection de la couche), ou prenez une "
        "autre source."
    )
    if not _outside(_moved(frame, lambda points: points[:, ::-1])):
        remedy = (
            "Les deux axes semblent inversés (latitude avant longitude). Remettez-les dans l’ordre (dans QGIS : "
            "Permuter les coordonnées X et Y)."
        )
    elif not _outside(_moved(frame, lambda points: points * (-1, 1))):
        remedy = "Les longitudes semblent écrites sans leur signe « - » : à l’ouest de Greenwich, elles sont négatives."
    raise BoundaryError(f"Hors du Québec ({where}) : {named}. {remedy}")


def _outside(frame: Any) -> set[str]:
    """Codes whose shapes are not in Québec. A NaN or an infinity, the answer of a failed projection, is not."""
    bounds = frame.to_crs(4326).bounds
    west, south, east, north = _QUEBEC
    inside = (bounds.minx >= west) & (bounds.miny >= south) & (bounds.maxx <= east) & (bounds.maxy <= north)
    return set(frame.loc[~inside, "code"])


def _moved(frame: Any, change: Callable[[Any], Any]) -> Any:
    return frame.set_geometry(shapely.transform(shapely.force_2d(frame.geometry.to_numpy()), change), crs=frame.crs)


def crs_label(crs: Any) -> str:
    """``EPSG:3347``, or the CRS's name when it has no code."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.name)


def polygonal(shape: Any) -> Any:
    """The polygonal part of a geometry: points and lines left by a repair are dropped."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def simplify(polygons: Any, tolerance: float) -> tuple[Any, int]:
    """A coverage simplified on its shared borders, without the islets that the tolerance makes meaningless, and how
    many were dropped. A territory keeps its largest part, and any part that touches another territory.

    polygons: GeoSeries by code, valid coverage, metres. tolerance: metres; details smaller than about its square are
    removed. 0 changes nothing.
    """
    if tolerance <= 0:
        return polygons, 0
    parts = polygons.simplify_coverage(tolerance).explode()
    area, codes = parts.area, parts.index.to_numpy()
    keep = (area >= area.groupby(level=0).transform("max").clip(upper=(2 * tolerance) ** 2)).to_numpy(copy=True)
    part, touched = parts.sindex.query(parts, predicate="intersects")
    keep[part[codes[part] != codes[touched]]] = True
    kept = parts[keep].groupby(level=0).agg(lambda own: own.iloc[0] if len(own) == 1 else shapely.multipolygons(own))
    return type(polygons)(kept, crs=polygons.crs), int((~keep).sum())


def to_rounded_degrees(polygons: Any, expected: Expected) -> dict[str, Any]:
    """The polygons by code in longitude/latitude (WGS 84), on the grid of ``DECIMALS``, as an exact coverage.

    Exterior rings run clockwise, holes anticlockwise: the order d3-geo, hence Plotly, expects (the reverse of RFC
    7946); the other way round a browser fills the rest of the globe.
    Raises BoundaryError: a territory is smaller than the grid.
    """
    cells = 10**DECIMALS
    # A projection there and back leaves noise of 1e-12 that could tip a coordinate ending in 5 either way.
    scaled = shapely.transform(polygons.to_crs(4326).to_numpy(), lambda xy: xy.round(7) * cells)
    fitted = fit(scaled, _GAP_CELLS)
    vanished = list(polygons.index[shapely.is_empty(fitted)])
    if vanished:
        raise BoundaryError(
            f"Trop petit pour la précision de la carte ({DECIMALS} décimales de degré) : {expected.label(vanished)}. "
            "Vérifiez la source ou réduisez la tolérance."
        )
    degrees = shapely.transform(fitted, lambda xy: (xy / cells).round(DECIMALS))
    return dict(zip(polygons.index, clockwise(degrees), strict=True))


def clockwise(shapes: Any) -> Any:
    """The shapes, whatever the order of their source, with the rings as Plotly expects them."""
    return shapely.orient_polygons(shapely.normalize(shapes), exterior_cw=True)


def dissolve(polygons: Sequence[Any]) -> Any:
    """The outline of polygons of one coverage: its vertices are theirs, so both files coincide when drawn."""
    return clockwise(shapely.coverage_union_all(list(polygons)))
