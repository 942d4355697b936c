"""Formulas as expressions: the same one is computed exactly, written in French with its numbers, and written for a
spreadsheet. An expression is an operation on operands; an operand is a named input, a cell of the result, or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from dashboard.scenarios.rounding import Share, half_up, shares
from dashboard.wording.numbers import number

Value = Fraction | float | None
Column = Literal["observed", "value", "low", "high", "part"]
# Where a spreadsheet holds what: (column, line) -> its cell.
Place = Callable[[Column, str], str]


class Expression:
    """What all expressions have: value, French words, spreadsheet cells. Computed once, when it is made.

    value: the exact number, or None when an operand is left empty; level: how tightly it binds (1: a sum, 3: a number).
    """

    value: Value
    operands: Sequence[Expression] = ()
    level = 3

    @property
    def whole(self) -> int | None:
        """The value of a formula of whole numbers."""
        return None if self.value is None else int(self.value)

    @property
    def about(self) -> float:
        """The value to be written with decimals, or divided again; 0 for an operand left empty."""
        return float(self.value or 0)

    def words(self, **notes: str) -> str:
        """« 477 × 135 ÷ 769 »; notes: what is said after the number of an input, by its name."""
        if self.value is None or isinstance(self.value, int):
            return number(self.value)
        about = self.about
        return number(int(about)) if about.is_integer() else number(about, 2)

    def cells(self, place: Place) -> str:
        """The formula for a spreadsheet, without its first « = »."""
        raise NotImplementedError

    def __add__(self, other: Expression) -> Expression:
        return _PLUS(self, other)

    def __sub__(self, other: Expression) -> Expression:
        return _MINUS(self, other)

    def __mul__(self, other: Expression | Fraction | int) -> Expression:
        return _TIMES(self, other)

    def __truediv__(self, other: Expression | Fraction | int) -> Expression:
        return _OVER(self, other)


@dataclass(frozen=True)
class Operation:
    """How operands are computed, written in French and written in cells; level: as in an expression."""

    compute: Callable[..., Value]
    french: str
    spreadsheet: str
    level: int = 3

    def __call__(self, *operands: Expression | Fraction | int) -> Expression:
        return Term(self, operands)


class Term(Expression):
    """An operation on operands."""

    def __init__(self, operation: Operation, operands: Iterable[Expression | Fraction | int]) -> None:
        self.operation, self.level = operation, operation.level
        self.operands = [own if isinstance(own, Expression) else Constant(own) for own in operands]
        self.value = operation.compute(*[own.value for own in self.operands])

    def words(self, **notes: str) -> str:
        return self._filled(self.operation.french, lambda own: own.words(**notes))

    def cells(self, place: Place) -> str:
        return self._filled(self.operation.spreadsheet, lambda own: own.cells(place))

    def _filled(self, template: str, write: Callable[[Expression], str]) -> str:
        """The template with its operands, in brackets where they bind less tightly than the operation."""
        return template.format(
            *(
                f"({write(own)})" if self.level < 3 and own.level < self.level + bool(rank) else write(own)
                for rank, own in enumerate(self.operands)
            )
        )


@dataclass(eq=False)
class Constant(Expression):
    """A number that belongs to the formula itself."""

    value: Fraction | int

    def cells(self, place: Place) -> str:
        return str(self.value)


@dataclass(eq=False)
class Input(Expression):
    """A number that a reader of the spreadsheet may change, in a cell of this name. None: left empty."""

    name: str
    label: str
    amount: int | float | Decimal | None
    unit: str = "personnes"
    value: Value = field(init=False)

    def __post_init__(self) -> None:
        self.value = None if self.amount is None else Fraction(self.amount)

    def words(self, **notes: str) -> str:
        text = f"{plain(self.amount).replace('.', ',')} %" if self.unit == "%" else super().words()
        return f"{text} {notes[self.name]}" if self.name in notes else text

    def cells(self, place: Place) -> str:
        return self.name


@dataclass(eq=False)
class Cell(Expression):
    """A cell of the result: what is observed on a line, what another expression gives there, or a part of a sharing."""

    column: Column
    line: str
    holds: Expression
    sharing: Sharing | None = None

    def __post_init__(self) -> None:
        self.value, self.operands = self.holds.value, (self.holds,)

    def cells(self, place: Place) -> str:
        return place(self.column, self.line)


@dataclass(frozen=True)
class Sharing:
    """Whole parts of a total by largest remainder, over rows (code, label, weight) in the order of the codes."""

    id: str
    title: str
    total: Expression
    rows: tuple[tuple[str, str, int], ...]

    @cached_property
    def shares(self) -> dict[str, Share]:
        """What each receives, with the steps to it."""
        return shares(self.total.whole or 0, {code: weight for code, _, weight in self.rows})

    def part(self, code: str) -> Expression:
        """What one row receives."""
        return Cell("part", f"{self.id}:{code}", Constant(self.shares[code].part), self)


def sharings(expressions: Iterable[Expression | None]) -> list[Sharing]:
    """The sharings that these expressions rest on, each once, after those that it rests on itself."""
    found: dict[str, Sharing] = {}
    for own in expressions:
        if own is not None:
            held = [own.sharing] if isinstance(own, Cell) and own.sharing else []
            below = sharings([*own.operands, *(sharing.total for sharing in held)])
            found |= {sharing.id: sharing for sharing in (*below, *held)}
    return list(found.values())


def plain(value: Decimal | float | None) -> str:
    """A decimal without exponent nor useless zeros."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _given(compute: Callable[..., Value]) -> Callable[..., Value]:
    """The same, and None when an operand is left empty."""
    return lambda *operands: None if None in operands else compute(*operands)


def _divided(dividend: Any, divisor: Any) -> Value:
    """The exact quotient; a part of nothing is nothing."""
    if not divisor:
        return Fraction(0)
    return Fraction(dividend.numerator * divisor.denominator, dividend.denominator * divisor.numerator)


# What is left empty counts for nothing in a sum.
_PLUS = Operation(lambda a, b: (a or 0) + (b or 0), "{0} + {1}", "{0}+{1}", 1)
_MINUS = Operation(lambda a, b: a - b, "{0} − {1}", "{0}-{1}", 1)
_TIMES = Operation(lambda a, b: a * b, "{0} × {1}", "{0}*{1}", 2)
_OVER = Operation(_divided, "{0} ÷ {1}", "{0}/{1}", 2)
# One of the two is in percent; the division comes last, so that a spreadsheet computes it as exactly.
percent_of = Operation(_given(lambda a, b: _divided(a * b, 100)), "{0} × {1}", "{0}*{1}/100", 2)
rounded = Operation(_given(half_up), "{0}", "ROUND({0},0)")
highest = Operation(max, "le plus grand de {0} et de {1}", "MAX({0},{1})")
lowest = Operation(min, "le plus petit de {0} et de {1}", "MIN({0},{1})")
# Nothing while the first is left empty; and the common value of two bounds, or nothing.
when_given = Operation(lambda given, then: None if given is None else then, "{1}", 'IF({0}="","",{1})')
when_equal = Operation(lambda low, high: low if low == high else None, "{0}", 'IF({0}={1},{0},"")')
