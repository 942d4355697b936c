"""What drawing a map needs of geo/, read once for each fingerprint of the files; the browser fetches its own shapes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from dashboard.loading.geography import (
    BOUNDS,
    HATCHING,
    NEIGHBOURS,
    OPTIONAL,
    TERRITORY_SHAPES,
    TILES,
    MapFiles,
    MapFrame,
    Ring,
    read_map_file,
)


# Some versions at once: the pages being drawn when the files change end on the former ones.
@lru_cache(maxsize=8)
def map_files(root: Path, mark: str) -> MapFiles | None:
    """Frames, points, hatching and tiles below `root` (mark: fingerprint of the files), or None without them."""
    files = MapFiles()
    needed = [name for name in (BOUNDS, HATCHING, TILES, NEIGHBOURS) if name not in OPTIONAL or (root / name).exists()]
    if not (root / TERRITORY_SHAPES).exists() or any(read_map_file(root, name, files) for name in needed):
        return None
    return files


@lru_cache(maxsize=2)
def territory_rings(root: Path, mark: str) -> Mapping[str, tuple[Ring, ...]] | None:
    """Code -> closed rings of (longitude, latitude) in degrees; None when the file cannot be read.

    A hole is a ring as well: drawn as one path with the even-odd rule, it stays empty.
    """
    files = MapFiles()
    if read_map_file(root, TERRITORY_SHAPES, files):
        return None
    return MappingProxyType({shape.code: shape.rings for shape in files.shapes[TERRITORY_SHAPES]})


__all__ = ["MapFiles", "MapFrame", "Ring", "map_files", "territory_rings"]
