"""What a simulation gives: figures that nobody observed, how they were made, and what they cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.indicators.quantity import Quantity
from dashboard.model import Observation
from dashboard.scenarios.formula import Expression, Input
from dashboard.wording.numbers import NBSP, NOT_AVAILABLE, number, typographic

# « observé » only when a file brings what was estimated until then.
Status = Literal["estimation", "scénario", "observé"]
# An estimate under this number is not written: it would claim a precision that the margins do not give.
SHOWN_FROM = 5
UNDER = f"moins de {SHOWN_FROM}"
# A simulated value and its two bounds.
Shown = tuple[int | str | None, int | None, int | None]


def uninformative(low: int | None, high: int | None) -> bool:
    """Whether the upper bound is more than twice the lower one: the margins say little."""
    return low is not None and high is not None and high > 2 * low


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
        value = self.shown(status)[0]
        if value is None:
            return self.bounds_text() or NOT_AVAILABLE
        return value if isinstance(value, str) else number(value)

    def shown(self, status: Status) -> Shown:
        """The value and its two bounds as a table of numbers has them: « moins de 5 » is the only text."""
        small = self.value is not None and self.value < SHOWN_FROM
        return UNDER if small and status == "estimation" and not self.exact else self.value, self.low, self.high

    def bounds_text(self) -> str:
        """« entre 0 et 135 », « exactement 135 »; empty without bounds."""
        if self.low is None or self.high is None:
            return ""
        equal = self.low == self.high
        return f"exactement {number(self.low)}" if equal else f"entre {number(self.low)} et {number(self.high)}"


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

    def shown(self, status: Status) -> Shown:
        """What `Simulated.shown` gives, or nothing where nothing is simulated."""
        return (None, None, None) if self.simulated is None else self.simulated.shown(status)


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
    least, most, own = (None if formula is None else formula.whole for formula in (low, high, value))
    given = (own, least, most) != (None, None, None)
    return Line(id_, label, observed, Simulated(own, least, most, exact) if given else None, total, (value, low, high))


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
class Outcome:
    """Result of one simulation, in French with its typography (texts.py).

    title, message; formula: with its numbers; assumptions, limits: what is supposed, and what it does not say; notices:
    what must be known before. headline, headline_label, headline_note: the main figure, what it is, and the words that
    must stand beside it. observed_label: what the observed column holds.
    lines: what the chart and the first table show; more: a finer table (by MRC); grid: MRC x years in whole numbers.
    inputs: the observations that it rests on. drawn: as rows, of the parts or of the total too, or as a path of years;
    same_scale: what is observed may be drawn beside. cells: the numbers of its formulas that a spreadsheet lets change,
    and sheet_note: what to know before changing them.
    """

    title: str
    message: str
    formula: Sequence[str]
    assumptions: Sequence[str]
    limits: Sequence[str]
    headline: str
    headline_label: str
    headline_note: str
    observed_label: str
    lines: Sequence[Line]
    inputs: tuple[Observation, ...]
    notices: Sequence[str] = ()
    status: Status = "scénario"
    more: Sequence[Line] = ()
    grid: Grid | None = None
    drawn: Literal["parts", "parts and total", "path"] = "parts"
    same_scale: bool = True
    cells: tuple[Input, ...] = ()
    sheet_note: str = ""

    def told(self, lines: Iterable[Line]) -> str:
        """« Kamouraska : 27; Matane : 23 », with what is observed where it may stand beside."""
        seen = {line.id: line.observed.value for line in lines if line.observed and self.same_scale}
        beside = {id_: f" (observé{NBSP}: {number(value)})" for id_, value in seen.items() if value is not None}
        given = ((line, line.simulated.text(self.status)) for line in lines if line.simulated)
        return "; ".join(f"{line.label}{NBSP}: {text}{beside.get(line.id, '')}" for line, text in given)


# Slot (« A », « B ») -> its result.
Outcomes = Mapping[str, Outcome]


def beside(outcomes: Outcomes, *, more: bool = False) -> dict[tuple[str, str], dict[str, Line]]:
    """Lines of A and B side by side; the same id with two labels stands for two selections."""
    found: dict[tuple[str, str], dict[str, Line]] = {}
    for slot, outcome in outcomes.items():
        for own in outcome.more if more else outcome.lines:
            found.setdefault((own.id, own.label), {})[slot] = own
    return found
