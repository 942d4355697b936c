"""Which territory a source's code means: the coding scheme is decided for the whole column, never value by value.

« 10 » is Rimouski-Neigette when the column drops the last 0 of the ISQ codes, and the Îles-de-la-Madeleine when it is
« 010 » stored as a number. Only the rest of the column tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from dashboard.boundaries.errors import BoundaryError
from dashboard.boundaries.expected import Expected, Territory


def clean_code(value: object) -> str | None:
    """A raw attribute as text: ``10.0`` -> ``"10"``, blanks and missing values -> None."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    text = re.sub(r"^(\d+)\.0+$", r"\1", str(value).strip())
    return text if text and text.lower() not in {"nan", "<na>", "none"} else None


@dataclass(frozen=True)
class Scheme:
    """A way of writing territory codes: a French ``label`` and the texts under which a territory may appear."""

    label: str
    forms: Callable[[Territory], set[str]]

    def table(self, expected: Expected) -> dict[str, str]:
        """Each accepted text and the territory code it stands for."""
        return {
            form: code for code, territory in expected.territories.items() for form in self.forms(territory) if form
        }


def _isq(code: str, dropped: int) -> set[str]:
    """An ISQ code without its last 0 (`dropped`), and as a number; one not ending in 0 (251) may have lost its last
    digit."""
    kept = code[: len(code) - dropped]
    return {kept, kept.lstrip("0")} if code.endswith("0") else {code, code[:-1]}


CENSUS = Scheme("codes de division de recensement (2410)", lambda territory: {territory.code})
ISQ = Scheme("codes de l’ISQ à trois chiffres (100)", lambda territory: _isq(territory.isq_code, 0))
SHORT_ISQ = Scheme("codes de l’ISQ sans le dernier 0 (10)", lambda territory: _isq(territory.isq_code, 1))
ALL_SCHEMES = (CENSUS, ISQ, SHORT_ISQ)


def decide_scheme(
    values: Iterable[str], expected: Expected, schemes: Collection[Scheme] = ALL_SCHEMES
) -> tuple[Scheme, Mapping[str, str]]:
    """The scheme that explains a column and, for the values it recognises, the territory code: the one under which
    every expected territory appears; failing that, the one that finds most of them (the caller then reports what is
    missing).

    values: the column's texts, from :func:`clean_code`. schemes: those allowed for this column, in order of preference.
    Raises BoundaryError: two schemes explain the whole column in different ways, so that choosing would be guessing.
    """
    distinct = sorted(set(values))
    tables = [(scheme, scheme.table(expected)) for scheme in schemes]
    readings = [(scheme, {value: table[value] for value in distinct if value in table}) for scheme, table in tables]
    # The first of those that find the most.
    best = max(readings, key=lambda reading: len(set(reading[1].values())))
    for scheme, found in readings:
        if set(found.values()) == set(expected.territories) and found != best[1]:
            raise BoundaryError(
                f"Les codes de la source se lisent de deux façons : {best[0].label}, ou {scheme.label}. "
                "Indiquez avec --code-field un champ de codes à quatre chiffres (par exemple CDUID), "
                "ou ajoutez-en un à la source."
            )
    return best
