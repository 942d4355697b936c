"""Rebuilding the files of ``geo/`` from one source: the order of the steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from dashboard.boundaries import frames, geometry, output
from dashboard.boundaries.expected import BoundaryError, Expected, clean_code, decide_scheme, load_expected
from dashboard.boundaries.source import list_layers, quoted, read, select
from dashboard.loading import geography

# Metres. The first that gives a file light enough is used: one command suits a source of any detail.
_TOLERANCES = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 800.0, 1200.0, 1600.0, 2400.0, 3200.0)
_BYTES_PER_TERRITORY = 1000
# Ours, as the tiles: names of waters and places along them.
_WATERS = "geo/waters.csv"


def rebuild(source: Path, root: Path, *, code_field: str | None = None) -> str:
    """Rebuild the files of ``root/geo``: territories, regions, their neighbours, bounds and hatching.

    Returns what was done, in French.

    source: GeoJSON, GeoPackage, shapefile, FileGDB, FlatGeobuf or GML, zipped or not. Known sources: the JSON of census
    divisions shipped by amCharts, Québec's découpages administratifs (layer ``mrc_s``), Statistics Canada's census
    divisions, or our own ``geo/territories.geojson`` (to refresh the other files after a change made by hand).
    Territories that are not in the data are the neighbours; a source that has none leaves those of before.
    code_field: field that carries the codes; by default the first of ``source.DETECTED_FIELDS``, in the layer ``mrc_s``
    first. The simplification is the smallest that keeps the file under about 1 kB per territory.
    Raises BoundaryError, with a French message and its remedy; the files of ``geo/`` are then untouched.
    """
    expected = load_expected(root)
    try:
        return _rebuild(source, root, expected, code_field)
    except (ProjError, ShapelyError) as error:
        raise BoundaryError(
            f"Le tracé de « {source.name} » ne peut être traité. Vérifiez la projection et les contours de "
            "la source, ou prenez-la dans un autre format."
        ) from error


def _rebuild(source: Path, root: Path, expected: Expected, code_field: str | None) -> str:
    layer, field, schemes = select(list_layers(source), code_field)
    raw = read(layer, field)
    frame, scheme = _keep_expected(raw, expected, field, schemes)
    whole, mended = geometry.mend(frame, expected)

    for used in _TOLERANCES:
        simplified, dropped = geometry.simplify(whole, used)
        polygons = geometry.to_rounded_degrees(simplified, expected)
        text = output.feature_collection(
            {
                code: (polygons[code], {"code": code, "name": territory.name, "region": territory.region})
                for code, territory in expected.territories.items()
            }
        )
        if len(text.encode()) <= _BYTES_PER_TERRITORY * len(polygons):
            break
    regions = {
        code: (geometry.dissolve([polygons[member] for member in expected.members(code)]), {"code": code, "name": name})
        for code, name in expected.regions.items()
    }
    _check_result(polygons, [shape for shape, _ in regions.values()])
    bounds = frames.compute_bounds(polygons, expected)
    # Each map, with its own territories.
    maps = [(bounds["all"], list(polygons.values()))]
    maps += [(own, [polygons[code] for code in expected.members(region)]) for region, own in bounds["regions"].items()]
    beside = frames.neighbours(raw.drop(frame.index), [own["main"] for own, _ in maps])
    beside = output.kept_neighbours(root / geography.NEIGHBOURS) if beside is None else beside
    land = shapely.union_all([*polygons.values(), *([] if beside is None else [beside])])
    bounds["rooms"] = {code: frames.rooms(polygon) for code, polygon in sorted(polygons.items())}
    for own, shown in maps:
        named = frames.waters(root / _WATERS, own["main"], land, shapely.union_all(shown))
        own |= {"waters": named} if named else {}
    texts = {
        geography.TERRITORY_SHAPES: text,
        geography.REGION_SHAPES: output.feature_collection(regions),
        geography.BOUNDS: output.bounds_text(bounds),
        geography.HATCHING: output.hatching_text(polygons),
    }
    if beside is not None:
        about = {"name": "Territoires voisins"}
        texts[geography.NEIGHBOURS] = output.feature_collection({"voisins": (beside, about)})
    output.write_all(root, texts)
    corrected = [
        _count(len(frame) - len(polygons), "entité fusionnée avec une autre", "entités fusionnées avec d’autres"),
        "altitudes (Z) retirées" if frame.geometry.has_z.any() else "",
        _count(mended["rings"], "contour invalide réparé", "contours invalides réparés"),
        _count(mended["overlaps"], "recouvrement supprimé", "recouvrements supprimés"),
        _count(mended["gaps"], "interstice comblé", "interstices comblés"),
        _count(dropped, "îlot négligeable retiré", "îlots négligeables retirés"),
    ]
    points = int(shapely.get_num_coordinates(list(polygons.values())).sum())
    simplified = f"simplification à {used:g} m" if used else "aucune simplification"
    apart = expected.label([code for inset in bounds["all"]["insets"] for code in inset["codes"]])
    files = ", ".join(f"{Path(name).name} ({_number(len(own.encode()))} octets)" for name, own in texts.items())
    return "\n".join(
        [
            f"Limites reconstruites : {len(polygons)} MRC, {len(regions)} régions.",
            f"Source : {source.name}, couche {layer.name}, champ {field}, {scheme}.",
            f"Système de coordonnées : {geometry.crs_label(raw.crs)}, converti en longitude et latitude (EPSG:4326).",
            f"Corrections : {', '.join(filter(None, corrected)) or 'aucune'}.",
            f"Tracé : {_number(points)} points, {simplified}.",
            f"À part dans un encart : {apart or 'aucune MRC'}.",
            f"Fichiers écrits dans geo/ : {files}.",
            "Si la source a changé, mettez à jour geo/README.md, la licence et la mention sous les cartes.",
        ]
    )


def _keep_expected(raw: Any, expected: Expected, field: str, schemes: Any) -> tuple[Any, str]:
    """The features of expected territories, with their ``code``, and the label of the coding scheme."""
    values = raw["raw_code"].map(clean_code)
    known = sorted(set(values.dropna()))
    scheme, table = decide_scheme(known, expected, schemes)
    # A feature without a shape gives nothing to draw: its territory is missing if it has no other.
    usable = raw.geometry.notna() & ~raw.geometry.is_empty
    codes = values.map(table).where(usable)
    missing = set(expected.territories) - set(codes.dropna())
    if missing:
        total = len(expected.territories)
        raise BoundaryError(
            f"Territoires absents de la source ({len(missing)} sur {total}) : {expected.label(missing)}. "
            f"Champ lu : {quoted([field])}, {scheme}; exemples de valeurs : {quoted(known[:5], 'aucune')}. "
            "Fournissez un fichier qui couvre tous les territoires de data/territories.csv, ou indiquez le bon champ "
            "avec --code-field."
        )
    frame = raw.assign(code=codes)
    return frame[frame["code"].notna()], scheme


def _check_result(polygons: dict[str, Any], regions: list[Any]) -> None:
    """Refuse to write anything but valid coverages: a safeguard against a flaw of ours, not of the source."""
    for shapes in (list(polygons.values()), regions):
        if not (shapely.is_valid(shapes).all() and shapely.coverage_is_valid(shapes)):
            raise BoundaryError(
                "Les limites obtenues se recouvrent ou laissent des vides malgré les corrections. "
                "Réessayez avec une autre source, et signalez ce cas aux responsables du tableau de bord."
            )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _count(value: int, singular: str, plural: str) -> str:
    """``2 contours réparés``, or nothing for zero."""
    return f"{_number(value)} {plural if value > 1 else singular}" if value else ""
