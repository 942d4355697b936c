"""Sentences of a comparison between territories."""

from __future__ import annotations

from dashboard.indicators import directions
from dashboard.indicators.catalogue import Entry
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.sentences import points, provisional
from dashboard.narrative.show import bare, full
from dashboard.wording.numbers import NBSP, number, signed

LEVELS = {
    "mrc": "MRC et territoires équivalents",
    "region": "Régions",
    "direction": "Direction régionale",
    "province": "Ensemble du Québec",
}


def _value(quantity: Quantity | None) -> str:
    return full(quantity) if quantity is not None and quantity.unit == "%" else bare(quantity)


def territory_name(ds: Dataset, code: str) -> str:
    return directions.above(ds).get(code) or ds.name(code)


def message(ds: Dataset, entry: Entry, table: Table) -> str:
    """Title: from the highest to the lowest."""
    cells = {row.id: table.cell(row.id, "valeur") for row in table.rows}
    # A rate that is not reliable is shown, never ranked.
    known = [row for row in table.rows if (c := cells[row.id]) is not None and c.value is not None and c.reliable]
    if not known:
        return f"{entry.label}{NBSP}: aucune donnée à classer pour ces territoires"
    high = max(known, key=lambda row: table.value(row.id, "valeur") or 0)
    low = min(known, key=lambda row: table.value(row.id, "valeur") or 0)
    top, bottom = (_value(cells[row.id]) for row in (high, low))
    if high is low or top == bottom:
        return f"{territory_name(ds, high.id)}{NBSP}: {top}"
    return (
        f"Le plus haut{NBSP}: {territory_name(ds, high.id)}, {top}; le plus bas{NBSP}: "
        f"{territory_name(ds, low.id)}, {bottom}"
    )


def gap(quantity: Quantity | None) -> str:
    """« +32,6 points », « −12 » in the unit of the indicator."""
    if quantity is None or quantity.value is None:
        return "–"
    if quantity.unit == "points":
        return points(round(quantity.value, quantity.decimals))
    return signed(quantity.value, quantity.decimals)


def reading(ds: Dataset, entry: Entry, table: Table, reference: str) -> str:
    """Every territory with its value and its gap to the reference."""
    said = []
    for row in table.rows:
        value = _value(table.cell(row.id, "valeur"))
        if row.id == reference:
            said.append(f"{territory_name(ds, row.id)}, {value} (référence)")
        else:
            index = table.value(row.id, "indice")
            beside = "" if index is None else f", indice {number(index, 1)}, écart {gap(table.cell(row.id, 'ecart'))}"
            said.append(f"{territory_name(ds, row.id)}, {value}{beside}")
    cells = [table.cell(row.id, "valeur") for row in table.rows]
    weak = [row.label for row in table.rows if (c := table.cell(row.id, "valeur")) is not None and not c.reliable]
    caution = f" Taux peu fiable{NBSP}: {', '.join(weak)}." if weak else ""
    return f"{entry.label}{NBSP}: {'; '.join(said)}{provisional(*cells)}.{caution}"
