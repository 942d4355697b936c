"""The territories that boundaries must cover, read from ``data/territories.csv``: never a list in the code."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dashboard.boundaries.errors import BoundaryError

TERRITORIES_FILE = Path("data") / "territories.csv"
_COLUMNS = ("code", "level", "parent_code", "name", "isq_code")


@dataclass(frozen=True)
class Territory:
    """One territory of level ``mrc``: ``code`` of the census division, ``isq_code`` of the ISQ (may be empty)."""

    code: str
    name: str
    region: str
    isq_code: str


@dataclass(frozen=True)
class Expected:
    """What the boundaries must hold: ``territories`` by code, and ``regions`` (code -> name) that have some."""

    territories: dict[str, Territory]
    regions: dict[str, str]

    def members(self, region: str) -> list[str]:
        """Return the codes of a region's territories, in order."""
        return sorted(code for code, territory in self.territories.items() if territory.region == region)

    def label(self, codes: Collection[str]) -> str:
        """Return ``2425 (Lévis), 2426 (La Nouvelle-Beauce)`` for a message."""
        return ", ".join(f"{code} ({self.territories[code].name})" for code in sorted(codes))


def load_expected(root: Path) -> Expected:
    """Read the expected territories and regions under ``root``.

    Raises:
        BoundaryError: the file is missing or unreadable, lacks a column, repeats a code, names no territory, or a
            territory belongs to an unknown region.
    """
    path = root / TERRITORIES_FILE
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [column for column in _COLUMNS if column not in (reader.fieldnames or [])]
            rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeError, csv.Error) as error:
        raise BoundaryError(
            f"Lecture impossible de « {TERRITORIES_FILE.as_posix()} ». "
            "Ce fichier dit quels territoires sont attendus : rétablissez-le, en UTF-8."
        ) from error
    if missing:
        raise BoundaryError(f"« {TERRITORIES_FILE.as_posix()} » n’a pas la ou les colonnes : {', '.join(missing)}.")
    return _check(rows)


def _check(rows: list[dict[str, str]]) -> Expected:
    region_names = {row["code"]: row["name"] for row in rows if row["level"] == "region"}
    territories: dict[str, Territory] = {}
    for row in rows:
        if row["level"] != "mrc":
            continue
        territory = Territory(row["code"], row["name"], row["parent_code"], row["isq_code"])
        if not territory.code or territory.code in territories:
            raise BoundaryError(
                f"« {TERRITORIES_FILE.as_posix()} » : le code de territoire « {territory.code} » est vide ou répété. "
                "Chaque territoire doit avoir un code unique."
            )
        if territory.region not in region_names:
            raise BoundaryError(
                f"« {TERRITORIES_FILE.as_posix()} » : le territoire {territory.code} ({territory.name}) relève de la "
                f"région « {territory.region} », absente du fichier. Ajoutez la ligne de cette région (level = region) "
                "ou corrigez parent_code."
            )
        territories[territory.code] = territory
    if not territories:
        raise BoundaryError(f"« {TERRITORIES_FILE.as_posix()} » ne contient aucun territoire (level = mrc).")
    used = {territory.region for territory in territories.values()}
    return Expected(
        territories={code: territories[code] for code in sorted(territories)},
        regions={code: region_names[code] for code in sorted(used)},
    )
