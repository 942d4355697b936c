"""What the import of a public file gives: rows of ours, what blocks, and what the person must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dashboard.loading.csv_files import read_rows
from dashboard.loading.draft import TERRITORIES
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import TerritoryRow
from dashboard.wording.numbers import number

# A broken file has one fault a line: the first ones say enough.
MOST_PROBLEMS: Final = 30
_MOST_NAMES: Final = 12
_MOST_COUNTED: Final = 2_000


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row of the series, with what makes its figure uncertain.

    value: None when it is only known by its bounds, or not at all. low, high: bounds of the published figures (None:
    no bound). rounding: how far, up or down, the rounding of the published figures can take the true one.
    months: how many months of the year the file holds (None: the file does not say).
    """

    territory_code: str
    indicator: str
    category: str
    period: str
    value: int | None
    base: str
    status: str
    source: str
    quote: str
    low: int | None = None
    high: int | None = None
    rounding: int | None = None
    months: int | None = None


@dataclass
class Imported:
    """With a problem, none of the rows is to be used. remarks: French sentences, for whoever runs the import."""

    rows: list[ImportedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    hidden: int = 0

    def refuse(self, problem: Problem) -> None:
        """Keep a problem; past the first ones, only their number."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.hidden += 1

    def done(self) -> Imported:
        """The result, without rows when something blocks."""
        if self.problems:
            self.rows = []
        if self.hidden:
            self.remarks.append(f"Problèmes non énumérés, en plus de ceux-là : {number(self.hidden)}.")
        return self


class Others:
    """What is left aside, by name, in a bounded memory."""

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self.lines = 0

    def add(self, name: str) -> None:
        self.lines += 1
        name = shortened(name, 60) or "(vide)"
        if name in self._found or len(self._found) < _MOST_COUNTED:
            self._found[name] += 1

    def __bool__(self) -> bool:
        return self.lines > 0

    def left_aside(self) -> str:
        """The remark on lines of other places."""
        lines = f"{number(self.lines)} ligne{'s' * (self.lines > 1)}"
        return f"Hors de nos territoires, laissées de côté : {lines} ({self})."

    def __str__(self) -> str:
        """« Ontario, Alberta et 8 autres »."""
        return enumeration(sorted(self._found))


def enumeration(names: Iterable[str]) -> str:
    """Names in a sentence, the first ones when there are many."""
    shown = [shortened(name) for name in names]
    more = len(shown) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(shown[:_MOST_NAMES])} et {number(more)} autres"
    return ", ".join(shown)


def territories(root: Path) -> tuple[dict[str, TerritoryRow], list[Problem]]:
    """The territories of data/territories.csv by code, and what is wrong with that file."""
    table = read_rows(root / TERRITORIES, TERRITORIES, TerritoryRow, lambda raw: (None, True))
    return {row.code: row for row, _ in table.rows}, table.problems
