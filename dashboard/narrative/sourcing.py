"""The source and the status of what is shown, in one sentence: the same on screen, on slides, sheets and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Observation
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import status as status_word


def source_text(ds: Dataset, quantities: Iterable[Quantity]) -> str:
    """« Source : … Données définitives, sauf 2019 (provisoire). » of what a chart shows, from its observations."""
    inputs = {i for q in quantities for i in q.inputs}
    sections = sorted({i.source for i in inputs})
    documents: dict[str, list[str]] = {}
    for section in sections:
        known = ds.sections[section]
        documents.setdefault(known.document, []).append(known.label)
    names = [
        f"{ds.documents[code].short}, {labels[0] if len(labels) == 1 else _common(labels)}"
        for code, labels in documents.items()
    ]
    return f"Source{NBSP}: {'; '.join(names)}. {status_words(inputs)}"


def source_of(ds: Dataset, table: Table) -> str:
    """The same, of the figures of a table: told once for all who show it."""
    return table.once("source", lambda: source_text(ds, table.quantities()))


def _common(labels: Sequence[str]) -> str:
    """« Annexe 2 » for several sections of it."""
    first = {label.split(" — ")[0] for label in labels}
    return ", ".join(sorted(first))


def status_words(inputs: Iterable[Observation]) -> str:
    """« Données définitives, sauf 2019 (provisoire). » from the statuses of the figures shown."""
    known = [i for i in inputs if i.value is not None]
    loose = sorted(
        {
            (i.status, i.key.period[:4] if len(i.key.period) == 10 else i.key.period)
            for i in known
            if i.status != "definitive"
        }
    )
    if not loose:
        return "Données définitives."
    words = ", ".join(f"{period} ({status_word(status)})" for status, period in loose)
    if any(i.status == "definitive" for i in known):
        return f"Données définitives, sauf {words}."
    return f"Données {status_word(loose[0][0])}s{NBSP}: {', '.join(period for _, period in loose)}."
