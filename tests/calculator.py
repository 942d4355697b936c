"""A French reader with a calculator: the printed formulas, done again in exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction

from tests.transcription import NBSP, fr, rounded

NUMBER = re.compile(r"[+−]?\d+(?:\u00a0\d{3})*(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:\u00a0\d{3})*(?:,\d+)?")


class Calculator:
    """« (22 − 38) ÷ 38 × 100 » in exact fractions; the order of operations of Python is that of arithmetic."""

    def __init__(self, text: str) -> None:
        self.numbers = [Fraction(n.replace(NBSP, "").replace(",", ".")) for n in _PLAIN.findall(text)]
        signs = _PLAIN.sub("n", text).translate(str.maketrans("−×÷", "-*/")).replace(NBSP, " ")
        assert re.fullmatch(r"[n()+\-*/ ]+", signs), f"unreadable: {text!r}"
        numbers = iter(self.numbers)
        self.value: Fraction = eval(re.sub("n", "next(n)", signs), {"__builtins__": {}, "next": next, "n": numbers})  # noqa: S307


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
    wanted = fr(rounded(done.value.numerator / done.value.denominator, 9), len(shown.partition(",")[2]))
    assert shown.lstrip("+") == wanted, text
    return done
