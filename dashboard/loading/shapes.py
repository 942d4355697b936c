"""The outlines of the territories, for the exports that draw a map themselves: rings of longitudes and latitudes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

Ring = tuple[tuple[float, float], ...]


@lru_cache(maxsize=2)
def _read(root: Path, mark: str) -> Mapping[str, tuple[Ring, ...]] | None:
    try:
        features = json.loads((root / "geo" / "territories.geojson").read_text(encoding="utf-8"))["features"]
        found = {}
        for feature in features:
            geometry = feature["geometry"]
            polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
            found[str(feature["properties"]["code"])] = tuple(
                tuple((float(x), float(y)) for x, y, *_ in ring) for polygon in polygons for ring in polygon
            )
        return MappingProxyType(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def territory_rings(root: Path, mark: str) -> Mapping[str, tuple[Ring, ...]] | None:
    """Code -> closed rings of (longitude, latitude) in degrees, read once for each fingerprint `mark` of the files.

    A hole is a ring as well: drawn as one path with the even-odd rule, it stays empty. None: the file cannot be read.
    """
    return _read(root, mark)
