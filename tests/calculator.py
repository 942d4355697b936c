"""A French reader with a calculator: the printed formulas, done again in exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction

from tests.transcription import NBSP, fr, rounded

NUMBER = re.compile(r"[+−]?\d+(?:\u00a0\d{3})*(?:,\d+)?")

_TOKEN = re.compile(r"\s*(?:(\d+(?:\u00a0\d{3})*(?:,\d+)?)|([()+−×÷]))")


class Calculator:
    """« (22 − 38) ÷ 38 × 100 » in exact fractions: brackets, then × and ÷, then + and −, from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        self.numbers: list[Fraction] = []
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            assert found, f"unreadable: {text[place:]!r} in {text!r}"
            self.tokens.append(found[1] or found[2])
            place = found.end()
        self.value = self._sum()
        assert not self.tokens, f"left over: {self.tokens} in {text!r}"

    def _next(self, *wanted: str) -> str | None:
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def _sum(self) -> Fraction:
        value = self._product()
        while sign := self._next("+", "−"):
            value += self._product() if sign == "+" else -self._product()
        return value

    def _product(self) -> Fraction:
        value = self._term()
        while sign := self._next("×", "÷"):
            value = value * self._term() if sign == "×" else value / self._term()
        return value

    def _term(self) -> Fraction:
        if self._next("("):
            value = self._sum()
            assert self._next(")")
            return value
        self.numbers.append(Fraction(self.tokens.pop(0).replace(NBSP, "").replace(",", ".")))
        return self.numbers[-1]


def decimals_of(shown: str) -> int:
    return len(shown.partition(",")[2])


def shown_number(text: str) -> str:
    """The number of « 62,0 % », « +3,2 % », « 3,9 pour 1 000 habitants »."""
    found = NUMBER.match(text)
    assert found, text
    return found[0]


def check_formula(text: str) -> Calculator:
    """What is left of « = », done again: it gives what is right of it, to the digits printed there."""
    left, equals, right = text.partition(" = ")
    assert equals, text
    done = Calculator(left)
    shown = shown_number(right)
    wanted = fr(rounded(done.value.numerator / done.value.denominator, 9), decimals_of(shown))
    assert shown.lstrip("+") == wanted, text
    return done
