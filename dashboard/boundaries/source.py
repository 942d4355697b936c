"""Finding, in a file given by a user, the layer and the field that carry the territories' codes.

Reads GeoJSON, GeoPackage, shapefile, FileGDB, FlatGeobuf and GML, as they are or in a zip (folders and several layers
allowed). Only the code field is ever read: names come from our data, so an attribute table in Latin-1, even one wrongly
declared UTF-8, cannot stop the reading.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyogrio

from dashboard.boundaries.expected import CENSUS, MOST, SCHEMES, BoundaryError
from dashboard.model.problems import shortened

FORMATS = (".geojson", ".json", ".gpkg", ".shp", ".gdb", ".fgb", ".gml")
PREFERRED_LAYER = "mrc_s"
# Order of detection. `code` and `id` are too common to be trusted with anything but census-division codes: a mere row
# number would otherwise pass for a short ISQ code.
DETECTED_FIELDS: Final = {"CDUID": tuple(SCHEMES), "MRS_CO_MRC": tuple(SCHEMES), "code": (CENSUS,), "id": (CENSUS,)}
_PLACE = re.compile(r"\bline (\d+)(?:, (?:character|column) (\d+))?", re.IGNORECASE)


def _place_in(error: Exception) -> str:
    """« , ligne 1, caractère 804 » when the library says where it stopped; its words are English, and stay out."""
    found = _PLACE.search(str(error))
    if found is None:
        return ""
    return f", ligne {found[1]}" + (f", caractère {found[2]}" if found[2] else "")


def quoted(names: Sequence[str], none: str = "") -> str:
    """The first names that a source gives, each cut when it is long: it can hold anything."""
    shown = ", ".join(f"«\u00a0{shortened(name, 40)}\u00a0»" for name in names[:MOST])
    return (shown or none) + (", …" if len(names) > MOST else "")


class Layer(NamedTuple):
    """A layer of polygons that a source offers: ``path`` as GDAL reads it, ``crs`` None when undeclared."""

    path: str
    name: str
    fields: tuple[str, ...]
    crs: str | None


def list_layers(source: Path) -> list[Layer]:
    """The polygon layers of a file, a ``.gdb`` folder or a zip of them.

    Raises BoundaryError: missing, unknown, damaged or empty source.
    """
    if not source.exists():
        raise BoundaryError(f"Le fichier « {source} » n’existe pas. Vérifiez le chemin donné à la commande.")
    accepted = f"Formats lus : {', '.join(FORMATS)}, compressés (.zip) ou non."
    if source.suffix.lower() == ".zip":
        paths = _zip_members(source)
        if not paths:
            raise BoundaryError(f"L’archive « {source.name} » ne contient aucune couche cartographique. {accepted}")
    elif source.suffix.lower() in FORMATS:
        paths = [str(source.resolve())]
    else:
        raise BoundaryError(f"« {source.name} » n’est pas d’un format reconnu. {accepted}")
    layers, failures = list[Layer](), list[str]()
    for path in paths:
        try:
            for name, kind in pyogrio.list_layers(path):
                # "Unknown" is the answer of formats that mix polygons and multipolygons: it may hold what we want.
                if kind is not None and not re.search("Point|LineString", kind):
                    info = pyogrio.read_info(path, layer=name)
                    layers.append(Layer(path, str(name), tuple(map(str, info["fields"])), info["crs"]))
        except (RuntimeError, UnicodeError, ValueError) as error:
            failures.append(f"{Path(path).name}{_place_in(error)}")
    if not layers:
        reason = failures[0] if failures else "aucune couche de polygones"
        raise BoundaryError(
            f"« {source.name} » ne peut être lu ({reason}). Le fichier est peut-être incomplet ou abîmé : "
            f"téléchargez-le de nouveau, avec tous ses fichiers s’il s’agit d’un shapefile. {accepted}"
        )
    return layers


def _zip_members(source: Path) -> list[str]:
    """GDAL paths of the data sets in a zip; a ``.gdb`` folder counts as one."""
    try:
        with zipfile.ZipFile(source) as archive:
            encrypted = any(info.flag_bits & 0x1 for info in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, UnicodeError) as error:
        raise BoundaryError(
            f"L’archive « {source.name} » est illisible. Elle est sans doute incomplète : téléchargez-la de nouveau."
        ) from error
    if encrypted:
        raise BoundaryError(f"L’archive « {source.name} » est protégée par un mot de passe. Décompressez-la d’abord.")
    prefix = f"/vsizip/{source.resolve()}"
    try:
        members = list(pyogrio.vsi_listtree(prefix))
    except OSError:  # GDAL takes an archive of one file for that file, and refuses to list it
        members = [f"{prefix}/{name}" for name in names]
    found: set[str] = set()
    for member in members:
        parts = member.removeprefix(prefix).strip("/").split("/")
        depth = next((n for n, part in enumerate(parts, 1) if Path(part).suffix.lower() in FORMATS), None)
        if depth and "__MACOSX" not in parts:
            found.add("/".join([prefix, *parts[:depth]]))
    return sorted(found)


def select(layers: list[Layer], code_field: str | None) -> tuple[Layer, str, Sequence[str]]:
    """The layer, its code field and the coding schemes that this may follow: a forced ``code_field`` (case ignored),
    otherwise the first of ``DETECTED_FIELDS`` that a layer has. Among layers that have it, ``mrc_s`` comes first, then
    alphabetical order.

    Raises BoundaryError: no layer has the field; the message lists the fields of each layer.
    """
    wanted = {code_field: tuple(SCHEMES)} if code_field else DETECTED_FIELDS
    ordered = sorted(layers, key=lambda layer: (layer.name.lower() != PREFERRED_LAYER, layer.name, layer.path))
    for name, schemes in wanted.items():
        for layer in ordered:
            for field in layer.fields:
                if field.lower() == name.lower():
                    return layer, field, schemes
    available = "; ".join(
        f"couche {quoted([layer.name])} : {quoted(layer.fields, 'aucun champ')}" for layer in ordered[:MOST]
    )
    if code_field:
        problem = f"Le champ « {code_field} » n’existe pas dans la source."
    else:
        problem = f"Aucun champ de codes reconnu ({', '.join(DETECTED_FIELDS)})."
    raise BoundaryError(f"{problem} Champs disponibles : {available}. Indiquez le bon avec --code-field.")


def read(layer: Layer, field: str) -> Any:
    """A layer and its code field as a GeoDataFrame with columns ``raw_code`` and ``geometry`` (source CRS, Z and all).

    Raises BoundaryError: undeclared CRS, or unreadable geometries.
    """
    if layer.crs is None:
        raise BoundaryError(
            f"La couche {quoted([layer.name])} ne déclare pas son système de coordonnées. Fournissez le "
            "fichier .prj livré avec le shapefile, ou redéfinissez la projection de la couche (dans QGIS : Définir la "
            "projection)."
        )
    try:
        with warnings.catch_warnings():
            # GDAL says in English what it could not draw: a territory left without a shape is refused further on.
            warnings.simplefilter("ignore")
            frame = pyogrio.read_dataframe(layer.path, layer=layer.name, columns=[field])
    except (RuntimeError, UnicodeError, ValueError) as error:
        raise BoundaryError(
            f"La couche {quoted([layer.name])} ne peut être lue{_place_in(error)}. Téléchargez la source de "
            "nouveau, ou convertissez-la en GeoPackage."
        ) from error
    if "geometry" not in frame.columns:
        raise BoundaryError(
            f"La couche {quoted([layer.name])} n’a pas de géométrie. Fournissez le fichier cartographique complet."
        )
    return frame.rename(columns={field: "raw_code"})[["raw_code", "geometry"]]
