"""What a simulation gives: figures that nobody observed, how they were made, and what they cannot say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.indicators.quantity import Quantity
from dashboard.model import Observation
from dashboard.scenarios.formula import Expression, Input
from dashboard.wording.numbers import NOT_AVAILABLE, number, typographic

# « observé » only when a file brings what was estimated until then.
Status = Literal["estimation", "scénario", "observé"]
# An estimate under this number is not written: it would claim a precision that the margins do not give.
SHOWN_FROM = 5
UNDER = f"moins de {SHOWN_FROM}"


class ImpossibleError(ValueError):
    """The data cannot answer with these values: `field` names the parameter at fault, `message` says why in French."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, typographic(message)


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated number of persons: a whole value, or bounds, or both.

    exact: the bounds meet, so the value is a certainty drawn from observed totals.
    """

    value: int | None
    low: int | None = None
    high: int | None = None
    exact: bool = False

    def text(self, status: Status) -> str:
        """The value as it may be written: an estimate under 5 keeps only « moins de 5 », bounds alone are said."""
        if self.value is None:
            return self.bounds_text() or NOT_AVAILABLE
        return UNDER if self._small(status) else number(self.value)

    def known(self, status: Status) -> int | None:
        """The value where it may be written."""
        return None if self._small(status) else self.value

    def _small(self, status: Status) -> bool:
        return status == "estimation" and not self.exact and self.value is not None and self.value < SHOWN_FROM

    def bounds_text(self) -> str:
        """« entre 0 et 135 », « exactement 135 »; empty without bounds."""
        if self.low is None or self.high is None:
            return ""
        if self.low == self.high:
            return f"exactement {number(self.low)}"
        return f"entre {number(self.low)} et {number(self.high)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a result: what is observed beside what is simulated. Either may be absent.

    formulas: what the simulated value and its two bounds come from; None where no formula says it whole.
    """

    id: str
    label: str
    observed: Quantity | None = None
    simulated: Simulated | None = None
    total: bool = False
    formulas: tuple[Expression | None, Expression | None, Expression | None] = (None, None, None)

    def shown(self, status: Status) -> tuple[int | str | None, int | None, int | None]:
        """The simulated value and its two bounds as a table of numbers has them: « moins de 5 » is the only text."""
        own = self.simulated
        if own is None:
            return None, None, None
        known = own.known(status)
        return (UNDER if known is None and own.value is not None else known), own.low, own.high


def line(
    id_: str,
    label: str,
    observed: Quantity | None = None,
    *,
    value: Expression | None = None,
    low: Expression | None = None,
    high: Expression | None = None,
    total: bool = False,
    exact: bool = False,
) -> Line:
    """A row computed from its formulas; nothing is simulated where they wait for a number that is left empty."""
    formulas = (value, low, high)
    found = (*(None if own is None else own.whole for own in formulas),)
    simulated = None if found == (None, None, None) else Simulated(found[0], found[1], found[2], exact)
    return Line(id_, label, observed, simulated, total, formulas)


@dataclass(frozen=True, slots=True)
class Grid:
    """Whole numbers in rows and columns that keep both margins; margins are exact, cells are estimated or observed."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Simulated]
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    total: int
    chosen: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """Everything a result says in French; typography is set when it is made."""

    title: str
    message: str
    formula: tuple[str, ...]
    assumptions: tuple[str, ...]
    limits: tuple[str, ...]
    notices: tuple[str, ...] = ()


def typeset(
    title: str,
    message: str,
    *,
    formula: Sequence[str],
    assumptions: Sequence[str],
    limits: Sequence[str],
    notices: Sequence[str] = (),
) -> Text:
    """The texts with the no-break spaces of Québec French."""
    parts = [tuple(typographic(t) for t in part) for part in (formula, assumptions, limits, notices)]
    return Text(typographic(title), typographic(message), *parts)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one simulation.

    headline, headline_label, headline_note: the main figure, what it is, and the words that must stand beside it.
    lines: what the chart and the first table show; more: a finer table (by MRC); grid: MRC x years in whole numbers.
    observed_label: what the observed column holds; same_scale: it may be drawn beside the simulated values.
    inputs: the observations that it rests on. cells: the numbers of its formulas that a spreadsheet lets change, and
    sheet_note: what to know before changing them.
    """

    kind: str
    text: Text
    headline: str
    headline_label: str
    headline_note: str
    observed_label: str
    lines: tuple[Line, ...]
    inputs: tuple[Observation, ...]
    status: Status = "scénario"
    unit: str = "personnes"
    more: tuple[Line, ...] = ()
    grid: Grid | None = None
    same_scale: bool = True
    cells: tuple[Input, ...] = ()
    sheet_note: str = ""

    def line(self, id_: str) -> Line | None:
        return next((line for line in (*self.lines, *self.more) if line.id == id_), None)

    def value(self, id_: str) -> int | None:
        """The simulated value of a line, or None."""
        line = self.line(id_)
        return line.simulated.value if line is not None and line.simulated is not None else None
