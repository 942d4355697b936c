"""The period that printed words speak of: the date that stands nearest to a number, before it or with it."""

from __future__ import annotations

import re

from dashboard.loading.printed import Printed

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_DATE = re.compile(
    rf"(?P<day>\d\d?)(?:er)? (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})"
    r"|\bde (?P<first>\d{4}) à (?P<last>\d{4})\b"
    r"|\bDepuis (?P<since>\d{4})\b"
    r"|\b(?P<ahead>cinq) prochaines années\b"
    r"|(?<![\d-])(?P<alone>(?:19|20)\d{2})(?![\d-]| \d{4}\b)"
)
_LEAD = "En date du"


def _code(found: re.Match[str]) -> str:
    if found["day"]:
        return f"{found['year']}-{_MONTHS.index(found['month']) + 1:02}-{int(found['day']):02}"
    if found["first"]:
        return f"{found['first']}-{found['last']}"
    if found["since"]:
        return f"{found['since']}-"
    return "5 ans" if found["ahead"] else found["alone"]


def period_at(printed: Printed, start: int, end: int, figure: int) -> str | None:
    """The period of a number at `figure`, in the words quoted from `start` to `end`; None when no date is given.

    A date within the quoted words comes first, then the last one before them in the paragraph, then the one that a
    section gives once for all (« En date du »). What lies ahead (« cinq prochaines années ») is said of its own words.
    """
    within = list(_DATE.finditer(printed.text, start, end))
    if within:
        return _code(min(within, key=lambda match: abs(match.start() - figure)))
    before = [m for m in _DATE.finditer(printed.text, printed.paragraph(start)[0], start) if not m["ahead"]]
    if before:
        return _code(before[-1])
    lead = printed.text.find(_LEAD)
    dated = _DATE.search(printed.text, lead) if 0 <= lead < start else None
    return _code(dated) if dated else None
