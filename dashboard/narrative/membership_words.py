"""What is said when a direction changes territory within the years shown: which regions, and until or since when."""

from __future__ import annotations

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.model.memberships import FIRST_DAY, LAST_DAY
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words


def changes(ds: Dataset) -> str:
    """One sentence for each direction whose territory changes between the first and the last year; empty otherwise."""
    years = adm.years(ds)
    if not years:
        return ""
    said: dict[str, list[str]] = {}
    shown = set(ds.region_codes(available=False))
    for row in ds.memberships:
        if row.region_code not in shown or row.direction_code not in ds.territories:
            continue
        first, last = row.member_from.isoformat(), row.member_to.isoformat()
        begins = row.member_from != FIRST_DAY and years[0] < first <= f"{years[-1]}-12-31"
        ends = row.member_to != LAST_DAY and f"{years[0]}-01-01" <= last < f"{years[-1]}-12-31"
        when = {
            (True, True): f"du {period_words(first)} au {period_words(last)}",
            (True, False): f"depuis le {period_words(first)}",
            (False, True): f"jusqu’au {period_words(last)}",
        }.get((begins, ends))
        if when:
            said.setdefault(row.direction_code, []).append(f"{ds.name(row.region_code)} ({when})")
    if not said:
        return ""
    named = " ".join(f"{directions.label(ds, code)}{NBSP}: {', '.join(items)}." for code, items in said.items())
    return (
        "Les totaux d’une direction sont ceux des régions qu’elle a au dernier jour de chaque période; ses variations "
        f"et ses indices comparent les mêmes régions aux deux dates. {named}"
    )
