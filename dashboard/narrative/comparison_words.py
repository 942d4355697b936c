"""Sentences of a comparison between territories."""

from __future__ import annotations

from dashboard.indicators import directions
from dashboard.indicators.catalogue import Entry
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.gaps import tells
from dashboard.narrative.sentences import also_provisional, capital
from dashboard.narrative.show import bare, equally, full, together
from dashboard.wording.numbers import NBSP, number, signed

LEVELS = {
    "mrc": "MRC",
    "region": "Régions",
    "direction": "Direction régionale",
    "province": "Ensemble du Québec",
}


def _value(quantity: Quantity | None) -> str:
    return full(quantity) if quantity is not None and quantity.unit == "%" else bare(quantity)


def territory_name(ds: Dataset, code: str) -> str:
    """« Bas-Saint-Laurent », « direction régionale », « ensemble du Québec », as they stand within a sentence."""
    name = directions.above(ds).get(code) or ds.name(code)
    return name[:1].lower() + name[1:] if name.startswith(("Direction ", "Ensemble ")) else name


def message(ds: Dataset, entry: Entry, table: Table) -> str:
    """Title: from the highest to the lowest, or the indicator where they are as good as equal."""
    cells = {row.id: table.cell(row.id, "valeur") for row in table.rows}
    # A rate that is not reliable is shown, never ranked.
    high, low = highest(cells), lowest(cells)
    if not high:
        return f"{entry.label}{NBSP}: aucune donnée à classer pour ces territoires"
    if len(table.rows) > 1 and not tells(ds, cells[high[0]], cells[low[0]]):
        return entry.label
    names = [together([territory_name(ds, code) for code in codes]) for codes in (high, low)]
    values = [f"{_value(cells[codes[0]])}{equally(codes)}" for codes in (high, low)]
    if high == low:
        return f"{capital(names[0])}{NBSP}: {values[0]}"
    sure = "" if all(cell is None or cell.reliable for cell in cells.values()) else " parmi les taux fiables"
    return f"Le plus haut{NBSP}: {names[0]}, {values[0]}; le plus bas{sure}{NBSP}: {names[1]}, {values[1]}"


def gap(quantity: Quantity | None) -> str:
    """« +32,6 points », « −12 » in the unit of the indicator."""
    if quantity is None or quantity.shown is None:
        return "–"
    text = signed(quantity.shown, quantity.places())
    if quantity.unit != "points":
        return text
    return f"{text}{NBSP}{'point' if abs(quantity.shown) < 2 else 'points'}"


def basis(entry: Entry) -> tuple[str, ...]:
    """What the index and the gap rest on, where it is not whole numbers of persons."""
    return () if entry.drawn == "count" else ("Indice et écart calculés sur les valeurs affichées.",)


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
    # « Permis temporaires : Études » holds its own colon already.
    start = f"{entry.label}." if f"{NBSP}:" in entry.label else f"{entry.label}{NBSP}:"
    return f"{start} {'; '.join(said)}{also_provisional(*cells)}.{caution}"
