"""Any territories on one indicator: value, index and gap to a reference, and what cannot stand beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from dashboard.indicators import directions
from dashboard.indicators.catalogue import Entry, has
from dashboard.indicators.quantity import SUM, Quantity, ratio
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Column, Columns, Head, Table, computed
from dashboard.model import Dataset

FEWEST, MOST = 2, 8
_FEWEST_DIGITS = 2


def index_to(value: Quantity, reference: Quantity) -> Quantity:
    """Value for 100 in the reference, of the two numbers that are read.

    None where the reference was rounded to one digit: « 0,002 » stands for anything from 0,0015 to 0,0025.
    """
    sure = value.reliable and reference.reliable
    found = ratio(
        value, reference, 100, "indice", "Indice (référence = 100)", "index_100", reference.label, reliable=sure
    )
    rounded = reference.formula not in (None, SUM)
    coarse = rounded and reference.shown is not None and len(reference.shown.as_tuple().digits) < _FEWEST_DIGITS
    return replace(found, value=None) if coarse else found


def gap_to(value: Quantity, reference: Quantity) -> Quantity:
    """The number read of a value minus that of the reference: in points for percentages, in the unit otherwise."""
    apart = float(value.shown - reference.shown) if value.shown is not None and reference.shown is not None else None
    unit, places = "points" if value.unit == "%" else value.unit, min(2, max(value.places(), reference.places()))
    return Quantity(
        apart, unit, places, "Écart à la référence", value.territory, value.period,
        value.inputs + reference.inputs, "{a} − {b}", "gap", reference.label, value.reliable and reference.reliable,
        (value, reference),
    )  # fmt: skip


def nearest(ds: Dataset, catalogue: Mapping[str, Entry], entry: Entry, codes: Sequence[str]) -> Entry | None:
    """The closest indicator that all these territories have; None when there is none."""
    seen = {entry.id}
    while entry.nearest is not None and entry.nearest not in seen:
        entry = catalogue[entry.nearest]
        if all(has(ds, entry, code) for code in codes):
            return entry
        seen.add(entry.id)
    return None


def compare(ds: Dataset, entry: Entry, codes: Sequence[str], reference: str) -> Table:
    """Territories x (value, index, gap). Only territories that have the indicator may be given.

    Raises ValueError for a territory without the indicator: a page must have refused it before.
    """
    for code in [*codes, reference]:
        if not has(ds, entry, code):
            raise ValueError(code)
    base, above = entry.compute(ds, reference), directions.above(ds)
    gap_unit = "points" if entry.unit == "%" else entry.unit
    columns: Columns = {
        Column("valeur", entry.measure, entry.decimals): partial(entry.compute, ds),
        Column("indice", "Indice (référence = 100)", 1): lambda code: index_to(entry.compute(ds, code), base),
        Column("ecart", f"Écart à la référence ({gap_unit})", None): lambda code: gap_to(entry.compute(ds, code), base),
    }
    rows = (Head(code, above.get(code) or ds.name(code)) for code in codes)
    return computed(f"{entry.label}, comparaison", "Territoire", rows, columns)


def map_table(ds: Dataset, entry: Entry, level: str) -> Table:
    """Every territory of a level on one indicator, from the highest to the lowest."""
    rows = [Head(c, ds.name(c)) for c in (ds.mrc_codes() if level == "mrc" else ds.region_codes())]
    totals = [Head(c, name, total=True) for c, name in directions.above(ds).items() if has(ds, entry, c)]
    columns: Columns = {Column("valeur", entry.measure, entry.decimals): partial(entry.compute, ds)}
    table = computed(entry.label, "Territoire", [*rows, *totals], columns)
    ordered = sorted(rows, key=lambda row: order(table.cell(row.id, "valeur"), row.label))
    return replace(table, rows=(*ordered, *totals))
