"""The files of ``geo/``: their exact text, and writing all of them or none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from dashboard.boundaries.expected import BoundaryError
from dashboard.boundaries.geometry import DECIMALS
from dashboard.loading.whole_files import write_whole

# Degrees of latitude between two strokes: about 6 px on the map of all territories, 15 px on a region's.
STEP = 0.1
# Strokes on a territory, at the least.
FEWEST = 5
# One degree of longitude is about 0,68 of a degree of latitude here: strokes then rise at 45° on screen.
SLOPE = 0.68


def feature_collection(features: Mapping[str, tuple[Any, dict[str, str]]]) -> str:
    """A GeoJSON text, one feature per line in the order of codes, so that a change reads well in a comparison.

    features: code -> (shapely geometry in rounded degrees, properties).
    """
    lines = []
    for code, (shape, properties) in sorted(features.items()):
        geometry = shapely.geometry.mapping(shape)
        feature = {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def bounds_text(bounds: Mapping[str, Any]) -> str:
    """The text of ``bounds.json``, each list of numbers or codes on one line."""
    text = json.dumps(bounds, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+([^\[\]{}]+?)\s+\]", lambda found: f"[{' '.join(found[1].split())}]", text) + "\n"


def hatching_text(polygons: Mapping[str, Any]) -> str:
    """The text of ``hatching.json``: strokes of each territory (code -> polygon in degrees), one a line."""
    lines = [
        f"{json.dumps(code)}:{json.dumps(strokes(polygon), separators=(',', ':'))}"
        for code, polygon in sorted(polygons.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def strokes(geometry: Any) -> list[list[float | None]]:
    """[longitudes, latitudes] of the oblique strokes that hatch a territory (degrees), None between two strokes.

    Cut beforehand, since the browser's choropleth has no pattern.
    """
    west, south, east, north = geometry.bounds
    step, parts = 2 * STEP, list[Any]()
    # Twice as near until a small territory reads as hatched, not as struck through.
    while len(parts) < FEWEST and step > STEP / 8:
        step /= 2
        # Every stroke is the line lat = SLOPE * lon + k * step, so that neighbours' strokes continue one another.
        ranks = range(int((south - SLOPE * east) / step) - 1, int((north - SLOPE * west) / step) + 2)
        across = shapely.linestrings([[(x, SLOPE * x + k * step) for x in (west, east)] for k in ranks])
        crossed = shapely.get_parts(shapely.intersection(across, geometry))
        parts = [part for part in crossed if part.geom_type == "LineString" and not part.is_empty]
    found: list[tuple[float | None, float | None]] = []
    for stroke in parts:
        found += [(None, None), *((round(x, DECIMALS), round(y, DECIMALS)) for x, y in stroke.coords)]
    return [[place[n] for place in found[1:]] for n in (0, 1)]


def kept_neighbours(path: Path) -> Any:
    """The neighbours written before, for a source that has none; None without any."""
    if not path.exists():
        return None
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    return shapely.geometry.shape(feature["geometry"])


def write_all(root: Path, texts: Mapping[str, str]) -> None:
    """Write every file of ``geo/`` (its path under ``root`` -> its text), or none.

    Raises BoundaryError: the folder cannot be written; the files in place are those of before.
    """
    try:
        (root / "geo").mkdir(parents=True, exist_ok=True)
        write_whole({root / name: text.encode() for name, text in texts.items()})
    except OSError as error:
        raise BoundaryError(
            f"Écriture impossible dans « {root / 'geo'} ». Les fichiers n’ont pas été changés : "
            "vérifiez les droits d’écriture et l’espace libre, puis recommencez."
        ) from error
