"""What stands under the figures, the same on screen, on slides, sheets and pages: their source and their status, the
acronyms of their labels, the directions whose territory changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Observation
from dashboard.model.memberships import FIRST_DAY, LAST_DAY
from dashboard.narrative.show import listed
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.periods import period as period_words
from dashboard.wording.periods import status as status_word


def source_text(ds: Dataset, quantities: Iterable[Quantity]) -> str:
    """« Source : … Données provisoires (p) : 2019. » of what a chart shows, from its observations."""
    inputs = {i for q in quantities for i in q.inputs}
    sections = sorted({i.source for i in inputs})
    documents: dict[str, list[str]] = {}
    for section in sections:
        known = ds.sections[section]
        documents.setdefault(known.document, []).append(known.label)
    names = [f"{ds.documents[code].short}, {_common(labels)}" for code, labels in documents.items()]
    return f"Source{NBSP}: {'; '.join(names)}. {status_words(inputs, sign=' (p)')}"


def origin(numbers: int, documents: int, last: str, problems: int) -> str:
    """How many numbers, of how many documents, until when the admissions go, and what the check says of them."""
    s, many = "s" * (documents > 1), f"{number(numbers)} nombre"
    read = f"Les {many}s viennent" if numbers > 1 else f"{many} vient"
    found = f"y trouve {number(problems)} problème{'s' * (problems > 1)}" if problems else "n’y trouve aucun problème"
    return f"{read} de {number(documents)} document{s} (admissions jusqu’en {last}); la vérification {found}."


def source_of(ds: Dataset, table: Table) -> str:
    """The same, of the figures of a table: told once for all who show it."""
    return table.once("source", lambda: source_text(ds, table.quantities()))


def _common(labels: Sequence[str]) -> str:
    """« Annexe 2 »: its section is named with each quoted line."""
    first = {label.split(" — ")[0] for label in labels}
    return ", ".join(sorted(first))


def status_words(inputs: Iterable[Observation], *, sign: str = "") -> str:
    """« Données provisoires : 2019 et le cumul 2015-2019. »: each status that is not final, once; the rest is final.
    sign: that of the provisional ones in the drawing and its table, which this explains."""
    known = [i for i in inputs if i.value is not None]
    loose: dict[str, set[str]] = {}
    for row in known:
        if row.status != "definitive":
            period = row.key.period
            loose.setdefault(row.status, set()).add(period[:4] if len(period) == 10 else period)
    if not loose:
        return "Données définitives."
    told = (
        f"{status_word(s, plural=True)}{sign if s == 'provisional' else ''}{NBSP}: {_periods(periods)}"
        for s, periods in sorted(loose.items(), reverse=True)
    )
    return f"Données {'; '.join(told)}."


def _periods(periods: Iterable[str]) -> str:
    """« 2018, 2019 et le cumul 2015-2019 »: the years, then the periods that add some up."""
    ordered = sorted(periods, key=lambda period: (len(period), period))
    return listed([f"le cumul {period}" if len(period) == 9 else period for period in ordered])


# « Programme de mobilité internationale (PMI) », in the dictionary of the indicators.
_LONG = re.compile(r"(Programme [^()]+) \(([A-Z]{3,})\)")


def spelled(ds: Dataset, texts: Iterable[str]) -> tuple[str, ...]:
    """« PMI : Programme de mobilité internationale. » of each acronym that these texts hold without its words."""
    said = " ".join(texts)
    known = {
        short: long
        for indicator in ds.indicators.values()
        for category in indicator.categories
        for long, short in _LONG.findall(category.label)
    }
    return tuple(
        f"{short}{NBSP}: {long}."
        for short, long in known.items()
        if re.search(rf"\b{short}\b", said) and f"({short})" not in said
    )


def territory_changes(ds: Dataset) -> str:
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
