"""Which territories the files of geo/ can show. Shapes themselves are the `boundaries` command's business."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from dashboard.loading.files import Tree, read_text
from dashboard.model.problems import Problem

TERRITORY_SHAPES = "geo/territories.geojson"
REGION_SHAPES = "geo/regions.geojson"
BOUNDS = "geo/bounds.json"
HATCHING = "geo/hatching.json"
TILES = "geo/tiles.csv"
# Ten times the census divisions of Canada.
_MOST_CODES = 3_000
UNREADABLE = (csv.Error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
REMEDY = "le rebâtir avec « python -m dashboard boundaries SOURCE »."


def _shape_codes(content: Any) -> list[str]:
    codes = []
    for feature in content["features"]:
        geometry = feature["geometry"]
        if geometry["type"] not in ("Polygon", "MultiPolygon") or not geometry["coordinates"]:
            raise ValueError("forme")
        codes.append(str(feature["id"]))
    return codes


def _check_bounds(raw: Any) -> None:
    if len([float(degrees) for degrees in raw]) != 4:
        raise ValueError("étendue")


def _frame_codes(content: Any) -> list[str]:
    for frame in (content["all"], *content["regions"].values()):
        _check_bounds(frame["main"])
        for inset in frame["insets"]:
            _check_bounds(inset["bounds"])
    return [str(code) for code in content["regions"]]


def _hatched_codes(content: Any) -> list[str]:
    return [str(code) for code, lines in content.items() if len(lines) == 2]


def _tiled_codes(rows: Any) -> list[str]:
    return [row["code"] for row in rows if int(row["column"]) >= 0 and int(row["row"]) >= 0]


_READERS = {
    TERRITORY_SHAPES: _shape_codes,
    REGION_SHAPES: _shape_codes,
    BOUNDS: _frame_codes,
    HATCHING: _hatched_codes,
    TILES: _tiled_codes,
}


def read_codes(root: Path | Tree, name: str) -> tuple[list[str] | None, Problem | None]:
    """Codes that a file of geo/ holds, or the Problem that prevents reading it: maps stop, figures do not."""
    text, unread = read_text(root / name, name)
    if unread is not None:
        return None, Problem(name, f"{unread.message} Les cartes en ont besoin.", REMEDY, unread.line)
    try:
        content = csv.DictReader(io.StringIO(text, newline="")) if name == TILES else json.loads(text or "")
        codes = _READERS[name](content)
        if len(codes) > _MOST_CODES:
            message = f"le fichier a plus de {_MOST_CODES} territoires; il n’est pas lu."
            return None, Problem(name, message, REMEDY)
        return codes, None
    except json.JSONDecodeError as error:
        message = "le fichier ne se lit pas à cet endroit. Les cartes en ont besoin."
        return None, Problem(name, message, REMEDY, error.lineno)
    except UNREADABLE:
        return None, Problem(name, "le fichier n’a pas la forme attendue. Les cartes en ont besoin.", REMEDY)
