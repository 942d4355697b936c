"""Periods and statuses in French: « 2015-2019 », « 31 décembre 2019 », « provisoire »; a date typed so, read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date, get_month_names

from dashboard.wording import today as quebec
from dashboard.wording.numbers import LOCALE, NBSP
from dashboard.wording.slugs import flat

MONTHS = tuple(get_month_names("wide", locale=LOCALE).values())
_MONTHS = {flat(name): number for number, name in enumerate(MONTHS, 1)}
# What a field of a date shows as an example.
DAY_TYPED = "31 mars 2022"
_DAY = re.compile(r"(\d{1,2})(?:er)?\s+(\w+)\s+(\d{4})")

STATUS_WORDS = {
    "definitive": "définitive", "provisional": "provisoire", "estimate": "estimée", "not_available": "non disponible",
    "superseded": "remplacée",
}  # fmt: skip


def period(code: str) -> str:
    """« 2019 », « 2015-2019 » as they are; « 2019-12-31 » as « 31 décembre 2019 », « 1er avril 2021 »."""
    if len(code) != 10:
        return code
    text = str(format_date(date.fromisoformat(code), "d MMMM y", locale=LOCALE)).replace(" ", NBSP)
    return re.sub(rf"^1{NBSP}", f"1er{NBSP}", text)


def moment(at: str) -> str:
    """« 29 novembre 2026, 14 h 02 », in Québec, of an instant as the database has it."""
    local = quebec.local(at)
    return f"{period(local.date().isoformat())}, {local.hour}{NBSP}h{NBSP}{local.minute:02}"


def in_label(code: str) -> str:
    """A period after a comma: « 2019 », « 2015-2019 », « au 31 décembre 2019 »."""
    return f"au {period(code)}" if len(code) == 10 else code


def during(code: str) -> str:
    """« de 2015 à 2019 », « en 2019 »."""
    first, dash, last = code.partition("-")
    return f"de {first} à {last}" if dash else f"en {first}"


def over(years: Sequence[str]) -> str:
    """« de 2015 à 2019 » of the years shown, « en 2019 » of one alone."""
    return during(years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}")


def read_day(text: str) -> str:
    """« 31 mars 2022 » as the files write it, « 2022-03-31 »; the text itself when it is no date in words."""
    match = _DAY.fullmatch(text.strip())
    month = _MONTHS.get(flat(match[2])) if match else None
    return text if match is None or month is None else f"{match[3]}-{month:02}-{int(match[1]):02}"


def status(code: str, *, plural: bool = False) -> str:
    word = STATUS_WORDS.get(code, code)
    return f"{word}s" if plural else word
