"""CSV of exactly what a table shows, with what it is, its source, its filters and its date above it."""

from __future__ import annotations

from datetime import date

from dashboard.indicators.quantity import weakest
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.wording import today as quebec
from dashboard.wording.periods import period
from dashboard.wording.periods import status as status_word
from dashboard.wording.spreadsheet import french_csv


def table_csv(ds: Dataset, table: Table, filters: str, today: date | None = None) -> bytes:
    """The file for a spreadsheet in French: the numbers that the table shows, so that it recomputes as the page does,
    and a status column after them."""
    sections = sorted({i.source for q in table.quantities() for i in q.inputs})
    made = period((today or quebec.today()).isoformat())
    above = [["Source", *map(ds.section_name, sections)], ["Filtres", filters], ["Produit le", made], []]
    heads = [table.stub, *(column.label for column in table.columns), "Statut"]
    lines = [
        [row.label, *table.frame.loc[row.id], status_word(weakest(q.status for q in table.line(row.id) if q))]
        for row in table.rows
    ]
    return french_csv([[table.title], *above, heads, *lines])
