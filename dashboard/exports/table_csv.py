"""CSV of exactly what a table shows, with what it is, its source, its filters and its date above it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.wording import today as quebec
from dashboard.wording.periods import status as status_word
from dashboard.wording.spreadsheet import french_csv


def _sources(ds: Dataset, table: Table) -> list[str]:
    sections = sorted({i.source for q in table.quantities() for i in q.inputs})
    return [f"{ds.documents[ds.sections[s].document].short}, {ds.sections[s].label}" for s in sections]


def table_csv(ds: Dataset, table: Table, filters: str, today: date | None = None) -> bytes:
    """The file for a spreadsheet in French; a status column after the figures."""
    heads = [table.stub, *(column.label for column in table.columns), "Statut"]
    made = (today or quebec.today()).isoformat()
    above = [[table.title], ["Source", *_sources(ds, table)], ["Filtres", filters], ["Produit le", made], []]
    lines: list[list[str | float | Decimal | None]] = [list(texts) for texts in (*above, heads)]
    for row in table.rows:
        statuses = [q.status for c in table.columns if (q := table.cell(row.id, c.id)) is not None]
        worst = max(
            statuses, key=("definitive", "provisional", "estimate", "not_available").index, default="definitive"
        )
        values: list[str | float | Decimal | None] = []
        for column in table.columns:
            cell = table.cell(row.id, column.id)
            # The number that the table shows, so that the file recomputes as the page does.
            values.append(None if cell is None else cell.at(column.decimals))
        lines.append([row.label, *values, status_word(worst)])
    return french_csv(lines)
