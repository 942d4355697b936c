"""CSV of exactly what a table shows, with what it is, its source, its filters and its date above it."""

from __future__ import annotations

import csv
import io
from datetime import date

from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.wording.numbers import plain
from dashboard.wording.periods import status as status_word
from dashboard.wording.spreadsheet import neutral


def _sources(ds: Dataset, table: Table) -> list[str]:
    sections = sorted({i.source for q in table.quantities() for i in q.inputs})
    return [f"{ds.documents[ds.sections[s].document].short}, {ds.sections[s].label}" for s in sections]


def table_csv(ds: Dataset, table: Table, filters: str, today: date | None = None) -> bytes:
    """UTF-8 with BOM (Excel then reads the accents), commas, dot decimals; a status column after the figures."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = [table.stub, *(column.label for column in table.columns), "Statut"]
    made = (today or date.today()).isoformat()
    above = [[table.title], ["Source", *_sources(ds, table)], ["Filtres", filters], ["Produit le", made], []]
    for texts in [*above, heads]:
        # Names come from files, hence from anyone who edits them: none may become a formula.
        writer.writerow([neutral(text) for text in texts])
    for row in table.rows:
        statuses = [q.status for c in table.columns if (q := table.cell(row.id, c.id)) is not None]
        worst = max(
            statuses, key=("definitive", "provisional", "estimate", "not_available").index, default="definitive"
        )
        values = []
        for column in table.columns:
            cell = table.cell(row.id, column.id)
            # The number that the table shows, so that the file recomputes as the page does.
            values.append("" if cell is None else plain(cell.at(column.decimals)))
        writer.writerow([neutral(row.label), *values, status_word(worst)])
    return out.getvalue().encode("utf-8-sig")
