"""What a map needs besides the shapes, which the browser fetches: frames, inner points, hatching, tiles."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapFrame:
    """Bounds (west, south, east, north, degrees) of a map and of its insets, with the codes each inset holds."""

    main: Bounds
    insets: tuple[tuple[tuple[str, ...], Bounds], ...]


@dataclass(frozen=True)
class MapFiles:
    """points: code -> (longitude, latitude) inside the territory; tiles: code -> (column, row) of our own layout."""

    whole: MapFrame
    regions: dict[str, MapFrame]
    hatching: dict[str, list[list[float | None]]]
    points: dict[str, tuple[float, float]]
    tiles: dict[str, tuple[int, int]] = field(default_factory=dict)


def _frame(raw: dict[str, object]) -> MapFrame:
    insets = tuple(
        (tuple(str(c) for c in inset["codes"]), tuple(float(x) for x in inset["bounds"]))
        for inset in raw["insets"]  # type: ignore[attr-defined]
    )
    return MapFrame(tuple(float(x) for x in raw["main"]), insets)  # type: ignore[arg-type, attr-defined]


def _tiles(path: Path) -> dict[str, tuple[int, int]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}


# Some versions at once: the pages being drawn when the files change end on the former ones.
@lru_cache(maxsize=8)
def _read(root: Path, mark: str) -> MapFiles | None:
    geo = root / "geo"
    try:
        bounds = json.loads((geo / "bounds.json").read_text(encoding="utf-8"))
        hatching_file = geo / "hatching.json"
        hatching = json.loads(hatching_file.read_text(encoding="utf-8")) if hatching_file.exists() else {}
        if not (geo / "territories.geojson").exists():
            return None
        points = {code: (float(x), float(y)) for code, (x, y) in bounds.get("points", {}).items()}
        regions = {code: _frame(raw) for code, raw in bounds["regions"].items()}
        return MapFiles(_frame(bounds["all"]), regions, hatching, points, _tiles(geo / "tiles.csv"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, csv.Error):
        return None


def map_files(root: Path, mark: str) -> MapFiles | None:
    """What maps need below `root` (mark: fingerprint of the files), or None when it cannot be read."""
    return _read(root, mark)
