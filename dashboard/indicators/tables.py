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


@dataclass(frozen=True, slots=True)
class Loose:
    """What a table marks « (p) »: whole columns, whole rows of the others, then single cells (row, column)."""

    rows: frozenset[str]
    columns: frozenset[str]
    cells: frozenset[tuple[str, str]]

    def mark(self, row: str | None, column: str | None = None) -> str:
        """« (p) », after a no-break space, for a row (no column), a column (no row) or a cell; nothing otherwise."""
        if row is None or column is None:
            here = row in self.rows or column in self.columns
        else:
            here = (row, column) in self.cells
        return f"{NBSP}(p)" if here else ""

    def __bool__(self) -> bool:
        return bool(self.rows or self.columns or self.cells)


@dataclass(frozen=True)
class Table:
    """Rows x columns of quantities. `indicators` are those of the dictionary that it rests on."""

    title: str
    stub: str
    rows: tuple[Head, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Quantity | None]
    indicators: tuple[str, ...] = ()
    # What a page has written of this table, for the next one that shows it: it lives as long as the table.
    written: dict[object, str] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: object, write: Callable[[], str]) -> str:
        """What was written of this table under this key, written now when it is the first time."""
        found = self.written.get(key)
        if found is None:
            found = self.written[key] = write()
        return found

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

        places = [column.decimals for column in self.columns]
        numbers = {row.id: [q and q.at(n) for q, n in zip(self.line(row.id), places, strict=True)] for row in self.rows}
        return pd.DataFrame.from_dict(
            numbers, orient="index", columns=[column.id for column in self.columns], dtype=object
        )

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

    def loose(self) -> Loose:
        """Where provisional figures are, said in as few places as possible."""

        def whole(cells: Iterable[Quantity | None]) -> bool:
            known = [cell.status for cell in cells if cell is not None and cell.value is not None]
            return bool(known) and set(known) == {"provisional"}

        columns = frozenset(c.id for c in self.columns if whole(self.cell(row.id, c.id) for row in self.rows))
        others = [c.id for c in self.columns if c.id not in columns]
        rows = frozenset(r.id for r in self.rows if whole(self.cell(r.id, column) for column in others))
        cells = frozenset(
            key
            for key, cell in self.cells.items()
            if cell is not None and cell.status == "provisional" and key[0] not in rows and key[1] in others
        )
        return Loose(rows, columns, cells)

    def statuses(self) -> set[str]:
        return {q.status for q in self.quantities()}


def computed(
    title: str,
    stub: str,
    rows: Iterable[Head],
    columns: Mapping[Column, Callable[[str], Quantity | None]],
    indicators: tuple[str, ...] = (),
) -> Table:
    """A table whose cells are what each column computes of the id of each row."""
    heads = tuple(rows)
    cells = {(head.id, column.id): compute(head.id) for head in heads for column, compute in columns.items()}
    return Table(title, stub, heads, tuple(columns), cells, indicators)
