"""The territories that boundaries must cover, read from ``data/territories.csv``: never a list in the code."""

from __future__ import annotations

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
        """The codes of a region's territories, in order."""
        return sorted(code for code, territory in self.territories.items() if territory.region == region)

    def label(self, codes: Collection[str]) -> str:
        """``2425 (Lévis), 2426 (La Nouvelle-Beauce)`` for a message."""
        return ", ".join(f"{code} ({self.territories[code].name})" for code in sorted(codes))


def load_expected(root: Path) -> Expected:
    """The expected territories and regions under ``root``.

    Raises BoundaryError: the file is missing or unreadable, lacks a column, repeats a code, names no territory, or a
    territory belongs to an unknown region.
    """
    import pandas as pd

    name = TERRITORIES_FILE.as_posix()
    try:
        table = pd.read_csv(root / TERRITORIES_FILE, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BoundaryError(
            f"Lecture impossible de « {name} ». "
            "Ce fichier dit quels territoires sont attendus : rétablissez-le, en UTF-8."
        ) from error
    missing = [column for column in _COLUMNS if column not in table]
    if missing:
        raise BoundaryError(f"« {name} » n’a pas la ou les colonnes : {', '.join(missing)}.")
    rows = table[list(_COLUMNS)].apply(lambda column: column.str.strip())
    regions = rows[rows["level"] == "region"].set_index("code")["name"].to_dict()
    found = [
        Territory(row.code, row.name, row.parent_code, row.isq_code)
        for row in rows[rows["level"] == "mrc"].itertuples(index=False)
    ]
    codes = [territory.code for territory in found]
    for territory in found:
        if not territory.code or codes.count(territory.code) > 1:
            raise BoundaryError(
                f"« {name} » : le code de territoire « {territory.code} » est vide ou répété. "
                "Chaque territoire doit avoir un code unique."
            )
        if territory.region not in regions:
            raise BoundaryError(
                f"« {name} » : le territoire {territory.code} ({territory.name}) relève de la "
                f"région « {territory.region} », absente du fichier. Ajoutez la ligne de cette région (level = region) "
                "ou corrigez parent_code."
            )
    if not found:
        raise BoundaryError(f"« {name} » ne contient aucun territoire (level = mrc).")
    used = {territory.region for territory in found}
    return Expected(
        {territory.code: territory for territory in sorted(found, key=lambda territory: territory.code)},
        {code: regions[code] for code in sorted(used)},
    )
