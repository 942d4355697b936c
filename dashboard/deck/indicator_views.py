"""The views of any indicator of the catalogue: its map, its ranking, a comparison of territories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.deck import choices as ch
from dashboard.deck import drawn
from dashboard.deck.charts import BarChart, Body
from dashboard.deck.content import MAP_CREDIT, Content, observed
from dashboard.deck.mapped import Mapped, territory_map
from dashboard.indicators import comparison as cmp
from dashboard.indicators.catalogue import Entry, entries, has
from dashboard.indicators.classes import fixed, from_data
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import order
from dashboard.indicators.tables import Head, Table
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.narrative.show import bare, full
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number

Choices = Mapping[str, str]
_CLASSES = 4
# Measures of the map whose classes config.yaml fixes.
_FIXED = {"taux": "taux", "part-region": "part", "admissions": "nombre"}


def _entry(ds: Dataset, choices: Choices) -> Entry:
    return entries(ds, ch.value(ds, choices, query.YEAR))[ch.value(ds, choices, query.INDICATOR) or "taux"]


def indicator(ds: Dataset, choices: Choices) -> Content:
    """An indicator by MRC where the source allows, by region otherwise, with what stands above them."""
    entry = _entry(ds, choices)
    table = cmp.map_table(ds, entry, _level(entry))
    # A sum (direction, Québec) beside its parts would flatten them: counts show the territories only.
    rows = _territories(table) if entry.drawn == "count" else table.rows
    return _content(ds, entry, table, _bars(ds, table, rows, entry, mapped=_mapped(ds, table, entry)))


def indicator_map(ds: Dataset, choices: Choices) -> Content:
    """The same as a map: circles for counts, colours for shares and rates; without boundaries, its bars."""
    entry = _entry(ds, choices)
    table = cmp.map_table(ds, entry, _level(entry))
    measure = _mapped(ds, table, entry)
    drawn_map = territory_map(ds, measure)
    body = drawn_map or _bars(ds, table, _territories(table), entry, mapped=measure)
    return _content(ds, entry, table, body, MAP_CREDIT if drawn_map else "")


def _territories(table: Table) -> tuple[Head, ...]:
    return tuple(row for row in table.rows if not row.total)


def _mapped(ds: Dataset, table: Table, entry: Entry) -> Mapped:
    """What its map shows: circles for counts, colours for shares and rates."""
    rows = _territories(table)
    quantities = {row.id: _quantity(table, row.id) for row in rows}
    by = _FIXED.get(entry.id)
    classes = fixed(ds, by) if by else from_data(quantities.values(), _CLASSES)
    told = {row.id: (row.label, _with_unit(quantities[row.id])) for row in rows}
    counted = f"({entry.unit})" if entry.drawn == "count" else ""
    return Mapped(quantities, classes, entry.unit, told, counted=counted)


def _level(entry: Entry) -> str:
    return "mrc" if "mrc" in entry.levels else "region"


def _content(ds: Dataset, entry: Entry, table: Table, body: Body, credit: str = "") -> Content:
    only, province = replace(table, rows=_territories(table)), ds.config.province
    beside = entry.says and has(ds, entry, province)
    title = words.message(ds, entry, table, province) if beside else words.message(ds, entry, only)
    where = f"{number(len(only.rows))} MRC" if _level(entry) == "mrc" else "par région"
    return observed(
        ds, ds.config.direction, body, table, title=title, subtitle=f"{entry.measure}, {where}",
        reading=f"{title}.", filters=entry.label, credit=credit,
    )  # fmt: skip


def comparison(ds: Dataset, choices: Choices) -> Content:
    """Two to eight territories; those that the indicator does not have are left out, and said.

    Raises ValueError when fewer than two remain.
    """
    entry = _entry(ds, choices)
    asked = list(dict.fromkeys((ch.value(ds, choices, query.COMPARED) or "").split(",")))[: cmp.MOST]
    codes = [code for code in asked if has(ds, entry, code)]
    if len(codes) < cmp.FEWEST:
        raise ValueError(f"moins de deux de ces territoires ont l’indicateur «{NBSP}{entry.label}{NBSP}»")
    reference = ch.value(ds, choices, query.REFERENCE)
    if reference not in codes or reference is None:
        reference = codes[-1]
    table = cmp.compare(ds, entry, codes, reference)
    left = [ds.name(code) for code in asked if code not in codes]
    extra = (f"Laissés de côté, sans cet indicateur{NBSP}: {', '.join(left)}.",) if left else ()
    named = words.territory_name(ds, reference)
    rows = sorted(table.rows, key=lambda row: order(table.cell(row.id, "valeur"), row.label))
    return observed(
        ds, ds.config.direction, _bars(ds, table, rows, entry, reference), table,
        title=words.message(ds, entry, table, reference), subtitle=f"{entry.measure}; référence{NBSP}: {named}",
        reading=words.reading(ds, entry, table, reference),
        filters=f"{', '.join(ds.name(c) for c in codes)}; référence {named}",
        bases=words.basis(entry), extra=extra, chosen=reference,
    )  # fmt: skip


def _quantity(table: Table, code: str) -> Quantity:
    found = table.cell(code, "valeur")
    assert found is not None
    return found


def _with_unit(quantity: Quantity) -> str:
    return full(quantity) if quantity.unit == "%" else f"{bare(quantity)} {quantity.unit}"


def _bars(
    ds: Dataset, table: Table, rows: Sequence[Head], entry: Entry, reference: str | None = None,
    mapped: Mapped | None = None,
) -> BarChart:  # fmt: skip
    quantities = {row.id: _quantity(table, row.id) for row in rows}
    # The region of an MRC tells it from another.
    regions = {row.id: [ds.name(r)] if (r := ds.region_of(row.id)) and r != row.id else [] for row in rows}
    return drawn.ranked(
        ds, quantities, {r.id: (r.label, *regions[r.id], _with_unit(quantities[r.id])) for r in rows}, entry.label,
        unit="%" if entry.unit == "%" else "", decimals=entry.decimals,
        notes={reference: "référence"} if reference else None, mapped=mapped,
    )  # fmt: skip
