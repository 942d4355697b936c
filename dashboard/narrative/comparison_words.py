"""Sentences of a comparison between territories."""

from __future__ import annotations

from dashboard.indicators import directions
from dashboard.indicators.catalogue import Entry
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.gaps import tells
from dashboard.narrative.sentences import also_provisional, capital, in_place, subject
from dashboard.narrative.show import bare, counts, full, together
from dashboard.wording.numbers import NBSP, number, signed
from dashboard.wording.periods import during

LEVELS = {"mrc": "MRC", "region": "Régions", "direction": "Direction régionale", "province": "Ensemble du Québec"}


def _value(quantity: Quantity | None) -> str:
    return full(quantity) if quantity is not None and quantity.unit == "%" else bare(quantity)


def territory_name(ds: Dataset, code: str) -> str:
    """« Bas-Saint-Laurent », « direction régionale », « ensemble du Québec », as they stand within a sentence."""
    name = directions.above(ds).get(code) or ds.name(code)
    return name[:1].lower() + name[1:] if name.startswith(("Direction ", "Ensemble ")) else name


def message(ds: Dataset, entry: Entry, table: Table, reference: str | None = None) -> str:
    """Title: what is counted, from the lowest to the highest, beside a reference that stands above them; the indicator
    alone where they are as good as equal."""
    codes = [row.id for row in table.rows if row.id != reference]
    apart = reference if reference is not None and all(_above(ds, reference, code) for code in codes) else None
    cells = {row.id: table.cell(row.id, "valeur") for row in table.rows if row.id != apart}
    beside = None if apart is None else table.cell(apart, "valeur")
    against = ""
    if apart is not None and beside is not None and not _whole(beside):
        against = f", {'sur' if entry.drawn == 'count' else 'contre'} {_value(beside)} {in_place(ds, apart)}"
    # A rate that is not reliable is shown, never ranked.
    high, low = highest(cells), lowest(cells)
    if not high:
        return f"{entry.label}{NBSP}: aucune donnée à classer pour ces territoires"
    most, least = cells[high[0]], cells[low[0]]
    assert most is not None
    start = _named_first(entry, ",")
    if len(cells) == 1:
        if entry.drawn != "count" and not _whole(beside) and not tells(ds, most, beside):
            return entry.label
        if entry.says:
            return f"{capital(in_place(ds, high[0]))}, {_value(most)} {entry.says} {during(most.period)}{against}"
        return f"{start} {_of(ds, most, high)}{against}"
    if not tells(ds, most, least):
        return entry.label
    if entry.says:
        lower = _value(least) if counts(least) else bare(least)
        return f"{capital(during(most.period))}, de {lower} à {_value(most)} {entry.says}{against}"
    sure = "" if all(cell is None or cell.reliable for cell in cells.values()) else ", parmi les taux fiables"
    return f"{start} de {_of(ds, least, low)} à {_of(ds, most, high)}{sure}{against}"


def _named_first(entry: Entry, otherwise: str) -> str:
    """« Permis temporaires : Études » holds its own colon already."""
    return f"{entry.label}{otherwise}" if f"{NBSP}:" in entry.label else f"{entry.label}{NBSP}:"


def _above(ds: Dataset, code: str, below: str) -> bool:
    """Whether a territory contains another."""
    return code != below and code in (ds.config.province, ds.region_of(below), directions.of(ds, below))


def _whole(quantity: Quantity | None) -> bool:
    """Whether a share is that of the whole in itself."""
    return quantity is not None and quantity.unit == "%" and len({part.value for part in quantity.operands}) == 1


def _of(ds: Dataset, quantity: Quantity | None, codes: list[str]) -> str:
    """« 8 pour le Bas-Saint-Laurent et Chaudière-Appalaches »."""
    return f"{_value(quantity)} pour {together([_named(ds, code) for code in codes])}"


def _named(ds: Dataset, code: str) -> str:
    """« le Bas-Saint-Laurent », « l’ensemble du Québec », « la direction régionale »."""
    if ds.territories[code].level == "direction":
        return f"la {territory_name(ds, code)}"
    return "l’ensemble du Québec" if code == ds.config.province else subject(ds, code, start=False)


def gap(quantity: Quantity | None) -> str:
    """« +32,6 points », « −12 » in the unit of the indicator."""
    if quantity is None or quantity.shown is None:
        return "–"
    unit = "" if quantity.unit != "points" else "point" if abs(quantity.shown) < 2 else "points"
    return signed(quantity.shown, quantity.places(), unit)


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
    return f"{_named_first(entry, '.')} {'; '.join(said)}{also_provisional(*cells)}.{caution}"
