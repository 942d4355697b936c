"""From a view to what its sheet holds: grids of cells, each with the words of the screen and the number behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.deck.charts import Cards, ColumnChart, TextTable
from dashboard.deck.content import Content
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.narrative.show import bare
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import status as status_word

STATUS = "Statut"
UNRELIABLE = " †"
_ORDER = ("definitive", "provisional", "estimate")


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as the screen writes it; number: what it stands for, None for words, « n. d. » and « – ».

    figure: it stands where numbers do.
    """

    text: str
    number: float | None = None
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The first column names the rows. ids: of the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...]
    totals: frozenset[int] = frozenset()


def grids(content: Content) -> list[Grid]:
    """What the sheet of a view holds, most telling first; none for a view made of sentences alone."""
    found = []
    body, table = content.body, content.table
    if isinstance(body, Cards):
        found.append(_cards(content.title, body))
    # The table of the key figures is the cards themselves, with less.
    if table is not None and not (isinstance(body, Cards) and len(table.columns) == 1):
        labels = {mark.id: mark.label for mark in body.marks} if isinstance(body, ColumnChart) else {}
        found.append(_table(table, labels))
    elif table is None and isinstance(body, TextTable):
        found.append(text_grid(content.title, body))
    return found


def _cards(title: str, cards: Cards) -> Grid:
    rows = tuple(
        (
            Cell(c.label),
            Cell(c.value, c.number, figure=True),
            Cell(c.context),
            Cell(c.status or status_word("definitive")),
        )
        for c in cards.items
    )
    head = ("Chiffre", "Valeur", "Contexte", STATUS)
    return Grid(title, head, rows, tuple(str(n) for n in range(len(rows))))


def _table(table: Table, labels: Mapping[str, str]) -> Grid:
    rows = []
    for row in table.rows:
        quantities = [table.cell(row.id, column.id) for column in table.columns]
        cells = [_cell(q, c.decimals) for q, c in zip(quantities, table.columns, strict=True)]
        label = labels.get(row.id, row.label)
        rows.append((Cell(label), *cells, Cell(row_status([q for q in quantities if q is not None]))))
    return Grid(
        table.title,
        (table.stub, *(column.label for column in table.columns), STATUS),
        tuple(rows),
        tuple(row.id for row in table.rows),
        frozenset(n for n, row in enumerate(table.rows) if row.total),
    )


def _cell(quantity: Quantity | None, decimals: int | None) -> Cell:
    text, read = bare(quantity, decimals), None if quantity is None else quantity.at(decimals)
    if quantity is None or read is None:
        return Cell(text, figure=True)
    unit = f"{NBSP}%" if quantity.unit == "%" else ""
    return Cell(text + unit + ("" if quantity.reliable else UNRELIABLE), float(read))


def row_status(quantities: Sequence[Quantity]) -> str:
    """The weakest status of a row in words, and what of it is missing or unreliable."""
    known = [q for q in quantities if q.value is not None]
    if not known:
        return status_word("not_available")
    words = [status_word(max((q.status for q in known), key=_ORDER.index))]
    if len(known) < len(quantities):
        words.append("en partie non disponible")
    if not all(q.reliable for q in known):
        words.append("† taux peu fiable")
    return "; ".join(words)


def text_grid(title: str, table: TextTable) -> Grid:
    """A table of final texts, with its numbers where it has some."""
    numbers = table.numbers or {}
    rows = tuple(
        tuple(Cell(text, numbers.get((r, c)), c in table.numeric) for c, text in enumerate(texts))
        for r, texts in enumerate(table.rows)
    )
    return Grid(title, table.head, rows, tuple(str(n) for n in range(len(rows))), table.totals)
