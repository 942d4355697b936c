"""Numbers as Québec French writes them: « 14 259 », « 97,1 % ». Babel holds the rules."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal
from num2words import num2words

LOCALE = "fr_CA"
NBSP = "\u00a0"
MINUS = "\u2212"
# Spaces that no line breaks: in « 14 259 », before these signs, after an opening quotation mark.
_UNBROKEN = re.compile(r" (?:(?<=\d )(?=\d{3}(?!\d))|(?=[%:»$])|(?<=« ))")
NOT_AVAILABLE = "n.\u00a0d."


@lru_cache(maxsize=32768)
def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """The number that is written: half up, as the source rounds (binary floats would round 0,05 by chance)."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=32768)
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """« 14 259 », « 2,4 »; « n. d. » for None. The minus is the real one (U+2212)."""
    if value is None:
        return NOT_AVAILABLE
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # No minus before a zero.
    written = rounded(value, decimals) or Decimal(0)
    return format_decimal(written, pattern, locale=LOCALE).replace("-", MINUS).replace("\u202f", NBSP)


def percent(value: float | Decimal | None, decimals: int = 1) -> str:
    """« 97,1 % » from 97.1 (the value is already in percent)."""
    return NOT_AVAILABLE if value is None else f"{number(value, decimals)}{NBSP}%"


def signed(value: float | Decimal | None, decimals: int = 1, unit: str = "") -> str:
    """« +3,2 », « −16,7 »; zero has no sign."""
    if value is None:
        return NOT_AVAILABLE
    plus, after = "+" * (rounded(value, decimals) > 0), f"{NBSP}{unit}" if unit else ""
    return f"{plus}{number(value, decimals)}{after}"


def share_places(value: float, decimals: int = 1, fine_below: float = 0.095) -> int:
    """Decimals that a percentage needs, four at most, so that what is not zero does not read as zero: two at least
    under `fine_below`."""
    least = max(decimals, 2) if 0 < value < fine_below else decimals
    return next((places for places in range(least, 5) if value and rounded(value, places)), least)


def in_words(value: int) -> set[str]:
    """French words for a small number, both genders: {« un », « une »}."""
    words = num2words(value, lang="fr")
    return {words, words[:-2] + "une"} if words.endswith("un") else {words}


def plain(value: float | int | Decimal | None) -> str:
    """A number for machines: a dot, no grouping, no trailing zeros; empty for None."""
    return "" if value is None else format(Decimal(str(value)), "f")


@lru_cache(maxsize=4096)
def typographic(text: str) -> str:
    """Running text of the source with the no-break spaces that French asks for; the words do not change."""
    return _UNBROKEN.sub(NBSP, text)
