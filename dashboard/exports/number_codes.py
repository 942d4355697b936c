"""Number formats of Office that show a number as the screen writes it, whatever the language of the spreadsheet.

The group separator is a literal no-break space: the one of Excel would follow the machine. The decimal mark follows it.
"""

from __future__ import annotations

import re

from dashboard.wording.numbers import MINUS, NBSP, number, signed

_MOST_PLACES = 4
# French of Canada: a spreadsheet that knows it (LibreOffice) writes the comma even on a machine in English.
_FRENCH = "[$-C0C]"
_SPACE = f'"{NBSP}"'
_THOUSANDS, _MILLIONS = f"#{_SPACE}##0", f"#{_SPACE}###{_SPACE}##0"


def code(places: int = 0, suffix: str = "", *, sign: bool = False, negative: bool = False) -> str:
    """Format of a number: « 14 259 », « 2 014 259,5 %  ». sign: with its plus; negative: it may be, and is then under
    a million.

    A format has no group separator of its own, hence one section by size, and three sections at most; its bounds are
    those of what is rounded up.
    """
    digits, half = _digits(places, suffix), 0.5 * 10**-places
    million, thousand = (f"{limit - half:.{places + 1}f}".rstrip("0").rstrip(".") for limit in (1_000_000, 1_000))
    start = _FRENCH + ('"+"' if sign else "")
    first = f'[<0]{_FRENCH}"{MINUS}"0{digits}' if negative else f"[>={million}]{start}{_MILLIONS}{digits}"
    return f"{first};[>={thousand}]{start}{_THOUSANDS}{digits};{start}0{digits}"


def code_of(text: str, value: float) -> str | None:
    """The format that shows `value` exactly as `text` (« 14 259 », « 0,07 % », « 0,9 † »); None where there is none."""
    for places in range(_MOST_PLACES, -1, -1):
        for shown, sign in ((signed(value, places), True), (number(value, places), False)):
            suffix = text[len(shown) :]
            if not text.startswith(shown) or re.match(r"[\d,]", suffix):
                continue
            if value >= 0:
                return code(places, suffix, sign=sign and shown.startswith("+"))
            # « −0,04 » to one decimal is written « 0,0 ».
            return _negative(value, places, suffix) if shown.startswith(MINUS) else None
    return None


def _negative(value: float, places: int, suffix: str) -> str:
    """Format of a negative number, with the true minus; three sections are not enough for every size."""
    size = abs(value) + 0.5 * 10**-places
    whole = _MILLIONS if size >= 1_000_000 else _THOUSANDS if size >= 1_000 else "0"
    shown = whole + _digits(places, suffix)
    return f'{_FRENCH}{shown};{_FRENCH}"{MINUS}"{shown}'


def _digits(places: int, suffix: str) -> str:
    clean = suffix.replace('"', "")
    return ("." + "0" * places if places else "") + (f'"{clean}"' if clean else "")
