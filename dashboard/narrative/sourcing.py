"""The source and the status of what is shown, in one sentence: the same on screen, on slides, sheets and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Observation
from dashboard.narrative.show import listed
from dashboard.wording.numbers import NBSP, number
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
