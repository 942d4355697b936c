"""The territories that boundaries must cover, from ``data/territories.csv``, and the codes that a source may give them.

The coding scheme is decided for a whole column, never value by value: « 10 » is Rimouski-Neigette when the column drops
the last 0 of the ISQ codes, and the Îles-de-la-Madeleine when it is « 010 » stored as a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

TERRITORIES_FILE = Path("data") / "territories.csv"
# Names that a message gives, at most.
MOST = 8
_COLUMNS = ["code", "level", "parent_code", "name", "isq_code"]


class BoundaryError(Exception):
    """Boundaries could not be rebuilt; ``str(error)`` is a French text with its remedy. Nothing has been written."""


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
    name = TERRITORIES_FILE.as_posix()
    try:
        table = pd.read_csv(root / TERRITORIES_FILE, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BoundaryError(
            f"Lecture impossible de « {name} ». "
            "Ce fichier dit quels territoires sont attendus : rétablissez-le, en UTF-8."
        ) from error
    if missing := [column for column in _COLUMNS if column not in table]:
        raise BoundaryError(f"« {name} » n’a pas la ou les colonnes : {', '.join(missing)}.")
    rows = table[_COLUMNS].apply(lambda column: column.str.strip())
    regions = rows[rows["level"] == "region"].set_index("code")["name"].to_dict()
    own = rows[rows["level"] == "mrc"].sort_values("code")
    found = [Territory(row.code, row.name, row.parent_code, row.isq_code) for row in own.itertuples(index=False)]
    for territory, repeated in zip(found, own["code"].duplicated(keep=False), strict=True):
        if not territory.code or repeated:
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
    return Expected(
        {territory.code: territory for territory in found},
        {code: regions[code] for code in sorted({territory.region for territory in found})},
    )


def clean_code(value: object) -> str | None:
    """A raw attribute as text: ``10.0`` -> ``"10"``, blanks and missing values -> None."""
    text = re.sub(r"^(\d+)\.0+$", r"\1", str(value).strip())
    return None if text.lower() in {"", "nan", "<na>", "none"} else text


def _isq(code: str, dropped: int) -> set[str]:
    """An ISQ code without its last 0 (`dropped`), and as a number; one not ending in 0 (251) may have lost its last
    digit."""
    kept = code[: len(code) - dropped]
    return {kept, kept.lstrip("0")} if code.endswith("0") else {code, code[:-1]}


CENSUS = "codes de division de recensement (2410)"
ISQ = "codes de l’ISQ à trois chiffres (100)"
SHORT_ISQ = "codes de l’ISQ sans le dernier 0 (10)"
# The texts under which a territory may appear in each scheme, in order of preference.
SCHEMES: Mapping[str, Callable[[Territory], set[str]]] = {
    CENSUS: lambda territory: {territory.code},
    ISQ: lambda territory: _isq(territory.isq_code, 0),
    SHORT_ISQ: lambda territory: _isq(territory.isq_code, 1),
}


def decide_scheme(
    values: Iterable[str], expected: Expected, schemes: Collection[str] = tuple(SCHEMES)
) -> tuple[str, Mapping[str, str]]:
    """The scheme that explains a column and, for the values it recognises, the territory code: the one under which
    every expected territory appears; failing that, the one that finds most of them (the caller then reports what is
    missing).

    values: the column's texts, from :func:`clean_code`. schemes: those allowed for this column, in order of preference.
    Raises BoundaryError: two schemes explain the whole column in different ways, so that choosing would be guessing.
    """
    distinct = sorted(set(values) - {""})
    readings = []
    for scheme in schemes:
        table = {form: code for code, own in expected.territories.items() for form in SCHEMES[scheme](own)}
        readings.append((scheme, {value: table[value] for value in distinct if value in table}))
    # The first of those that find the most.
    best = max(readings, key=lambda reading: len(set(reading[1].values())))
    for scheme, found in readings:
        if set(found.values()) == set(expected.territories) and found != best[1]:
            raise BoundaryError(
                f"Les codes de la source se lisent de deux façons : {best[0]}, ou {scheme}. "
                "Indiquez avec --code-field un champ de codes à quatre chiffres (par exemple CDUID), "
                "ou ajoutez-en un à la source."
            )
    return best
