"""Periods and statuses in French: « 2015-2019 », « 31 décembre 2019 », « provisoire »."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from dashboard.wording.numbers import LOCALE

STATUS_WORDS = {
    "definitive": "définitive",
    "provisional": "provisoire",
    "estimate": "estimation",
    "not_available": "non disponible",
    "superseded": "remplacée",
}


def period(code: str) -> str:
    """« 2019 », « 2015-2019 » as they are; « 2019-12-31 » as « 31 décembre 2019 », « 1er avril 2021 »."""
    if len(code) != 10:
        return code
    text = str(format_date(date.fromisoformat(code), "d MMMM y", locale=LOCALE))
    if text.startswith("1 "):
        text = "1er" + text[1:]
    return text.replace(" ", "\u00a0")


def status(code: str, *, plural: bool = False) -> str:
    word = STATUS_WORDS.get(code, code)
    return f"{word}s" if plural else word
