"""What is said of the MRC on a measure: labels, units, classes of the map, subtitle, reading sentence."""

from __future__ import annotations

from dashboard.indicators import admissions as adm
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import sentences as say
from dashboard.wording.numbers import NBSP

MEASURE_LABELS = {"nombre": "Nombre", "part": "Part de sa région", "taux": f"Pour 1{NBSP}000 habitants"}
UNITS = {
    "nombre": "admissions",
    "part": "% des admissions de sa région",
    "taux": f"admissions pour 1{NBSP}000 habitants",
}


def subtitle(ds: Dataset, measure: str, where: str) -> str:
    base = f", {adm.census_words(ds)}" if measure == "taux" else ""
    return f"{MEASURE_LABELS[measure]}, admissions permanentes cumulées {adm.span(ds)}{base}, {where}"


def reading(ds: Dataset, table: Table, measure: str, chosen: str | None, region: str | None) -> str:
    """The sentence under the map: of the selected MRC, or of the first and of the hatched ones."""
    codes = [row.id for row in table.rows if not row.total]
    if chosen in codes and chosen is not None:
        return say.mrc_reading(ds, chosen)
    counted = [table.cell(code, measure) for code in codes]
    sentence = f"{say.mrc_message(ds, table, region, measure)}, {adm.span(ds)}{say.provisional(*counted)}."
    weak = say.unreliable_reading(ds, codes) if measure == "taux" else ""
    return f"{sentence} {weak}".strip()
