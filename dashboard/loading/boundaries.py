"""Bounds and hatching prepared with the boundaries: what a map needs besides the shapes, which the browser fetches."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

Bounds = tuple[float, float, float, float]
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class MapFrame:
    """Bounds (west, south, east, north, degrees) of a map and of its insets, with the codes each inset holds."""

    main: Bounds
    insets: tuple[tuple[tuple[str, ...], Bounds], ...]


@dataclass(frozen=True)
class MapFiles:
    whole: MapFrame
    regions: dict[str, MapFrame]
    hatching: dict[str, list[list[float | None]]]


def _bounds(raw: object) -> Bounds:
    west, south, east, north = (float(x) for x in raw)  # type: ignore[attr-defined]
    return west, south, east, north


def map_frame(raw: dict[str, object]) -> MapFrame:
    """The frame that bounds.json describes. What it raises on a broken file is in `UNREADABLE`."""
    insets = tuple(
        (tuple(str(c) for c in inset["codes"]), _bounds(inset["bounds"]))
        for inset in raw["insets"]  # type: ignore[attr-defined]
    )
    return MapFrame(_bounds(raw["main"]), insets)


@lru_cache(maxsize=2)
def _read(root: Path, mark: str) -> MapFiles | None:
    try:
        bounds = json.loads((root / "geo/bounds.json").read_text(encoding="utf-8"))
        hatching_file = root / "geo/hatching.json"
        hatching = json.loads(hatching_file.read_text(encoding="utf-8")) if hatching_file.exists() else {}
        if not (root / "geo/territories.geojson").exists():
            return None
        return MapFiles(map_frame(bounds["all"]), {c: map_frame(b) for c, b in bounds["regions"].items()}, hatching)
    except UNREADABLE:
        return None


def map_files(root: Path, mark: str) -> MapFiles | None:
    """What maps need below `root` (mark: fingerprint of the files), or None when it cannot be read."""
    return _read(root, mark)
