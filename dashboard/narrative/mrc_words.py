"""What is said of the MRC on a measure: labels, units, classes of the map, subtitle, reading sentence."""

from __future__ import annotations

from dashboard.indicators import admissions as adm
from dashboard.indicators.classes import Classes
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import sentences as say
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import during

MEASURE_LABELS = {"nombre": "Nombre", "part": "Part de sa région", "taux": f"Pour 1{NBSP}000 habitants"}
UNITS = {
    "nombre": "admissions",
    "part": "% des admissions de sa région",
    "taux": f"admissions pour 1{NBSP}000 habitants",
}


def subtitle(ds: Dataset, measure: str, where: str) -> str:
    total = f"Admissions permanentes cumulées {adm.span(ds)}"
    said = {
        "nombre": total,
        "part": f"Part des admissions de sa région, en{NBSP}%, cumul {adm.span(ds)}",
        "taux": f"{total} pour 1{NBSP}000 habitants, {adm.census_words(ds)}",
    }
    return f"{said[measure]}, {where}"


def reading(ds: Dataset, table: Table, measure: str, chosen: str | None, region: str | None) -> str:
    """The sentence under the map: of the selected MRC, or of the first and of the hatched ones."""
    codes = [row.id for row in table.rows if not row.total]
    if chosen in codes and chosen is not None:
        return say.mrc_reading(ds, chosen)
    counted = [table.cell(code, measure) for code in codes]
    sentence = f"{say.mrc_message(ds, table, region, measure)}, {during(adm.span(ds))}{say.provisional(*counted)}."
    weak = say.unreliable_reading(ds, codes) if measure == "taux" else ""
    return f"{sentence} {weak}".strip()


MISSING = "donnée manquante"


def unreliable(ds: Dataset) -> str:
    """What is hatched and what « † » stands for."""
    return f"† moins de {number(ds.config.unreliable_below)} admissions{NBSP}: taux peu fiable"


def class_label(ds: Dataset, classes: Classes, k: int) -> str:
    """« moins de 1 », « de 1 à moins de 2 », « 5 et plus », « † moins de 20 admissions : taux peu fiable »."""
    if k == classes.unreliable:
        return unreliable(ds)
    # As many digits as the finest of the limits: a limit rounded would part the values elsewhere than it says.
    places = max((-int(limit.as_tuple().exponent) for limit in classes.breaks), default=0)
    limits = [number(limit, max(0, places)) for limit in classes.breaks]
    if not limits:
        return "toutes les valeurs"
    if k == 0:
        return f"moins de {limits[0]}"
    return f"{limits[-1]} et plus" if k == len(limits) else f"de {limits[k - 1]} à moins de {limits[k]}"
