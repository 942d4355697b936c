"""Tables of quantities: what a chart draws, what its table shows, what its CSV holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.indicators.quantity import Quantity
from dashboard.wording.numbers import NBSP

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one unit, said in its head, never in the cells. Without decimals, each figure has its own."""

    id: str
    label: str
    decimals: int | None = 0


@dataclass(frozen=True, slots=True)
class Head:
    """Head of a row: a territory, a year, a category."""

    id: str
    label: str
    total: bool = False


@dataclass(frozen=True)
class Table:
    """Rows x columns of quantities."""

    title: str
    stub: str
    rows: tuple[Head, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Quantity | None]
    # What a page has written of this table, for the next one that shows it: it lives as long as the table.
    written: dict[object, str] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: object, write: Callable[[], str]) -> str:
        """What was written of this table under this key, written now when it is the first time."""
        if key not in self.written:
            self.written[key] = write()
        return self.written[key]

    def cell(self, row: str, column: str) -> Quantity | None:
        return self.cells.get((row, column))

    def value(self, row: str, column: str) -> float | None:
        found = self.cell(row, column)
        return None if found is None else found.value

    def column(self, column: str) -> dict[str, Quantity | None]:
        """The cells of a column by row, without the totals."""
        return {row.id: self.cell(row.id, column) for row in self.rows if not row.total}

    def quantities(self) -> Iterator[Quantity]:
        return (q for q in self.cells.values() if q is not None)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The numbers as they are written, exact: a line per row and a column per column, by id, None where missing."""
        import pandas as pd  # a third of a second and 40 MB, for the files that are made

        numbers = {
            column.id: {row.id: (q := self.cell(row.id, column.id)) and q.at(column.decimals) for row in self.rows}
            for column in self.columns
        }
        return pd.DataFrame(numbers, index=[row.id for row in self.rows], dtype=object)

    def line(self, row: str) -> list[Quantity | None]:
        """The cells of a row, in the order of the columns."""
        return [self.cell(row, column.id) for column in self.columns]

    def provisional(self, column: str | None = None) -> frozenset[str]:
        """Rows that have a provisional figure, in this column or in any."""
        return frozenset(
            row
            for (row, own), cell in self.cells.items()
            if cell is not None and cell.status == "provisional" and column in (None, own)
        )

    def loose(self) -> Callable[[str | None, str | None], str]:
        """What writes « (p) », after a no-break space, in as few places as possible: whole columns (no row), whole rows
        of the others (no column), then single cells."""

        def whole(cells: Iterable[Quantity | None]) -> bool:
            return {cell.status for cell in cells if cell is not None and cell.value is not None} == {"provisional"}

        columns = {c.id for c in self.columns if whole(self.cell(row.id, c.id) for row in self.rows)}
        others = [c.id for c in self.columns if c.id not in columns]
        rows = {r.id for r in self.rows if whole(self.cell(r.id, column) for column in others)}
        cells = {(r, c) for c in others for r in self.provisional(c) if r not in rows}
        marked: set[tuple[str | None, str | None]] = {*((None, c) for c in columns), *((r, None) for r in rows), *cells}
        return lambda row, column: f"{NBSP}(p)" if (row, column) in marked else ""


# What each column computes of the id of a row.
Columns = Mapping[Column, Callable[[str], Quantity | None]]


def computed(title: str, stub: str, rows: Iterable[Head], columns: Columns) -> Table:
    """A table whose cells are what each column computes of the id of each row."""
    heads = tuple(rows)
    cells = {(head.id, column.id): compute(head.id) for head in heads for column, compute in columns.items()}
    return Table(title, stub, heads, tuple(columns), cells)
