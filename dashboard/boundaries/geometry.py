"""From the raw features of a source to light, rounded, valid polygons that fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.boundaries.coverage import build_coverage, find_bridges
from dashboard.boundaries.errors import MOST, BoundaryError
from dashboard.boundaries.expected import Expected

METRIC_CRS = 32198  # NAD83 / Québec Lambert: tolerances and distances in metres
DECIMALS = 3  # about 100 m, a tenth of a pixel at the scale of the whole map
_MEND_GRID = 1.0  # metres
_BRIDGE_WIDTH = 50.0  # metres
_GAP_WIDTH = 1000.0  # metres: under a pixel at the scale of the whole map
_GAP_CELLS = 10.0  # the same, in cells of the rounding grid
_TOO_MUCH_OVERLAP = 0.05  # share of the smaller territory
_QUEBEC = (-80.0, 44.5, -56.5, 63.0)  # degrees, a little wider than the land


@dataclass(frozen=True)
class Mended:
    """Polygons by territory code (GeoSeries in ``METRIC_CRS``, metres) and what had to be mended in the source."""

    polygons: Any
    features: int
    had_z: bool
    rings: int
    overlaps: int
    gaps: int


def mend(frame: Any, expected: Expected) -> Mended:
    """Dissolve features on their territory and mend them into a coverage.

    Args:
        frame: GeoDataFrame with columns ``code`` (territory) and ``geometry``, in any declared CRS; features without a
            territory already left out.
        expected: the territories of the data, for messages.

    Raises:
        BoundaryError: a territory out of Québec, one without area, or two territories largely superposed.
    """
    import geopandas
    import shapely

    _check_extent(frame, expected)
    had_z = bool(frame.geometry.has_z.any())
    shapes = shapely.force_2d(frame.geometry.to_crs(METRIC_CRS).to_numpy())
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    by_code = {
        code: polygonal(shapely.union_all(shapes[(frame["code"] == code).to_numpy()]))
        for code in sorted(set(frame["code"]))
    }
    empty = [code for code, shape in by_code.items() if shape.is_empty]
    if empty:
        raise BoundaryError(
            f"Dans la source, aucune surface pour : {expected.label(empty)}. "
            "Fournissez une couche de polygones complète."
        )

    codes, polygons = list(by_code), list(by_code.values())
    bridges = find_bridges(polygons, _BRIDGE_WIDTH)
    coverage = build_coverage(polygons, grid=_MEND_GRID, gap_width=_GAP_WIDTH, bridges=bridges)
    for (first, second), area in sorted(coverage.overlap_areas.items()):
        if area > _TOO_MUCH_OVERLAP * min(polygons[first].area, polygons[second].area):
            raise BoundaryError(
                f"Dans la source, {expected.label([codes[first], codes[second]])} se recouvrent sur "
                f"{area / 1e6:.0f} km² : ce n’est pas un simple défaut de tracé. "
                "Vérifiez le champ de codes (--code-field) ou la source."
            )
    return Mended(
        polygons=geopandas.GeoSeries(coverage.polygons, index=codes, crs=METRIC_CRS),
        features=len(frame),
        had_z=had_z,
        rings=int(broken.sum()),
        overlaps=coverage.overlaps,
        gaps=coverage.gaps,
    )


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
    import shapely

    return frame.set_geometry(shapely.transform(shapely.force_2d(frame.geometry.to_numpy()), change), crs=frame.crs)


def crs_label(crs: Any) -> str:
    """Return ``EPSG:3347``, or the CRS's name when it has no code."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else str(crs.name)


def polygonal(shape: Any) -> Any:
    """Return the polygonal part of a geometry: points and lines left by a repair are dropped."""
    import shapely

    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def simplify(polygons: Any, tolerance: float) -> tuple[Any, int]:
    """Simplify a coverage on its shared borders and drop the islets that the tolerance makes meaningless.

    Args:
        polygons: GeoSeries by code, valid coverage, metres.
        tolerance: metres; details smaller than about its square are removed. 0 changes nothing.

    Returns:
        The simplified GeoSeries (still a valid coverage) and the number of islets dropped. A territory always keeps its
        largest part, and any part that touches another territory.
    """
    import shapely

    if tolerance <= 0:
        return polygons, 0
    light = polygons.simplify_coverage(tolerance)
    parts = light.explode()
    dropped = 0
    kept = {}
    for code, shape in light.items():
        own = shapely.get_parts(shape)
        others = parts[parts.index != code]
        area = shapely.area(own)
        keep = area >= min((2 * tolerance) ** 2, area.max())
        doubtful = (~keep).nonzero()[0]
        touching = others.sindex.query(own[doubtful], predicate="intersects")[0]
        keep[doubtful[touching]] = True
        dropped += int((~keep).sum())
        kept[code] = shapely.multipolygons(own[keep]) if keep.sum() > 1 else own[keep][0]
    return type(light)(kept, crs=light.crs), dropped


def to_rounded_degrees(polygons: Any, expected: Expected) -> dict[str, Any]:
    """Return the polygons by code in longitude/latitude (WGS 84), on the grid of ``DECIMALS``, as an exact coverage.

    Exterior rings run clockwise, holes anticlockwise: the order d3-geo, hence Plotly, expects (the reverse of RFC
    7946); the other way round a browser fills the rest of the globe.

    Raises:
        BoundaryError: a territory is smaller than the grid.
    """
    import shapely

    cells = 10**DECIMALS
    degrees = polygons.to_crs(4326)
    # A projection there and back leaves noise of 1e-12 that could tip a coordinate ending in 5 either way.
    scaled = [shapely.transform(shape, lambda xy: xy.round(7) * cells) for shape in degrees]
    coverage = build_coverage(scaled, grid=1.0, gap_width=_GAP_CELLS)
    vanished = [code for code, shape in zip(degrees.index, coverage.polygons, strict=True) if shape.is_empty]
    if vanished:
        raise BoundaryError(
            f"Trop petit pour la précision de la carte ({DECIMALS} décimales de degré) : {expected.label(vanished)}. "
            "Vérifiez la source ou réduisez la tolérance."
        )
    return {code: _ready(shape, cells) for code, shape in zip(degrees.index, coverage.polygons, strict=True)}


def _ready(shape: Any, cells: int) -> Any:
    import shapely

    degrees = shapely.transform(shape, lambda xy: (xy / cells).round(DECIMALS))
    return shapely.orient_polygons(shapely.normalize(degrees), exterior_cw=True)


def dissolve(polygons: Sequence[Any]) -> Any:
    """Return the outline of polygons of one coverage: its vertices are theirs, so both files coincide when drawn."""
    import shapely

    return shapely.orient_polygons(shapely.normalize(shapely.coverage_union_all(list(polygons))), exterior_cw=True)


def count_points(polygons: Iterable[Any]) -> int:
    """Return the number of vertices drawn."""
    import shapely

    return int(shapely.get_num_coordinates(list(polygons)).sum())
