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
    """Return a raw attribute as text: ``10.0`` -> ``"10"``, blanks and missing values -> None."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    text = re.sub(r"^(\d+)\.0+$", r"\1", str(value).strip())
    return text if text and text.lower() not in {"nan", "<na>", "none"} else None


def _census_forms(territory: Territory) -> set[str]:
    return {territory.code}


def _isq_forms(territory: Territory) -> set[str]:
    """``010`` and, when stored as a number, ``10``; a code not ending in 0 (251) may have lost its last digit."""
    isq = territory.isq_code
    return {isq, isq.lstrip("0")} if isq.endswith("0") else {isq, isq[:-1]}


def _short_isq_forms(territory: Territory) -> set[str]:
    """``01`` and, when stored as a number, ``1``; 251 is written 251 or 25."""
    isq = territory.isq_code
    return {isq[:-1], isq[:-1].lstrip("0")} if isq.endswith("0") else {isq, isq[:-1]}


@dataclass(frozen=True)
class Scheme:
    """A way of writing territory codes: a French ``label`` and the texts under which a territory may appear."""

    label: str
    forms: Callable[[Territory], set[str]]

    def table(self, expected: Expected) -> dict[str, str]:
        """Map each accepted text to the territory code it stands for."""
        return {
            form: code for code, territory in expected.territories.items() for form in self.forms(territory) if form
        }


CENSUS = Scheme("codes de division de recensement (2410)", _census_forms)
ISQ = Scheme("codes de l’ISQ à trois chiffres (100)", _isq_forms)
SHORT_ISQ = Scheme("codes de l’ISQ sans le dernier 0 (10)", _short_isq_forms)
ALL_SCHEMES = (CENSUS, ISQ, SHORT_ISQ)


def decide_scheme(
    values: Iterable[str], expected: Expected, schemes: Collection[Scheme] = ALL_SCHEMES
) -> tuple[Scheme, Mapping[str, str]]:
    """Choose the scheme that explains a column.

    The scheme retained is the one under which every expected territory appears; failing that, the one that finds most
    of them (the caller then reports what is missing).

    Args:
        values: the column's distinct texts, from :func:`clean_code`.
        expected: the territories of the data.
        schemes: the schemes allowed for this column, in order of preference.

    Returns:
        The scheme and, for the values it recognises, the territory code.

    Raises:
        BoundaryError: two schemes explain the whole column in different ways, so that choosing would be guessing.
    """
    distinct = sorted(set(values))
    readings: list[tuple[Scheme, dict[str, str]]] = []
    for scheme in schemes:
        table = scheme.table(expected)
        readings.append((scheme, {value: table[value] for value in distinct if value in table}))
    complete = [reading for reading in readings if set(reading[1].values()) == set(expected.territories)]
    if complete:
        first = complete[0]
        for other in complete[1:]:
            if other[1] != first[1]:
                raise BoundaryError(
                    f"Les codes de la source se lisent de deux façons : {first[0].label}, ou {other[0].label}. "
                    "Indiquez avec --code-field un champ de codes à quatre chiffres (par exemple CDUID), "
                    "ou ajoutez-en un à la source."
                )
        return first
    return max(readings, key=lambda reading: len(set(reading[1].values())))
