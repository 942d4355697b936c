"""What the import of a public file gives: rows of ours, what blocks, and what the person must know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


class Refused(Exception):  # noqa: N818 (not an error of the program)
    """Why the file is read no further: what `Imported.refuse` takes."""


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

    name: str
    rows: list[ImportedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    hidden: int = 0

    def refuse(
        self, message: str, remedy: str, line: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        """Keep a problem of the file; past the first ones, only their number."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.name, message, remedy, line, column, value))
        else:
            self.hidden += 1


def imported(path: Path, root: Path, read: Callable[[Imported, dict[str, TerritoryRow]], None]) -> Imported:
    """What `read` finds in a file, given the territories of `root` by code; no row when something blocks."""
    found = Imported(path.name)
    table = read_rows(root / TERRITORIES, TERRITORIES, TerritoryRow, lambda raw: (None, True))
    found.problems += table.problems
    try:
        if not found.problems:
            read(found, {row.code: row for row, _ in table.rows})
    except Refused as refused:
        found.refuse(*refused.args)
    except FileNotFoundError:
        found.refuse("le fichier est introuvable.", "vérifier son nom et son dossier.")
    except OSError:
        found.refuse("le fichier ne peut pas être lu.", "vérifier les droits d’accès.")
    if found.problems:
        found.rows = []
    if found.hidden:
        found.remarks.append(f"Problèmes non énumérés, en plus de ceux-là : {number(found.hidden)}.")
    return found


class Others:
    """What is left aside, by name, in a bounded memory; as a text, « Ontario, Alberta et 8 autres »."""

    def __init__(self) -> None:
        self.lines = 0
        self._names: set[str] = set()

    def add(self, name: str) -> None:
        self.lines += 1
        if len(self._names) < _MOST_COUNTED:
            self._names.add(shortened(name, 60) or "(vide)")

    def __str__(self) -> str:
        return enumeration(sorted(self._names))


def enumeration(names: Iterable[str]) -> str:
    """Names in a sentence, the first ones when there are many."""
    shown = [shortened(name) for name in names]
    more = len(shown) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(shown[:_MOST_NAMES])} et {number(more)} autres"
    return ", ".join(shown)
