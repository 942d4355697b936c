"""A simulation as a view: nothing in it is observed, and every part of it says so."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.deck.charts import TextTable
from dashboard.deck.content import Content
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from dashboard.narrative.sourcing import status_words
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import Line, Outcome
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, typographic


def simulation(ds: Dataset, choices: Mapping[str, str]) -> Content:
    """The result of one simulation. Raises ValueError, with its French message, when the data cannot answer."""
    kind = choices[query.SIMULATION]
    given = {field: value for field, value in choices.items() if field != query.SIMULATION}
    found = answer(ds, kind, given)
    if found.outcome is None:
        raise ValueError(next(iter(found.errors.values()), "cette simulation n’a pas de réponse"))
    outcome = found.outcome
    text = outcome.text
    sections = sorted({row.source for row in outcome.inputs})
    names = "; ".join(
        dict.fromkeys(f"{ds.documents[ds.sections[s].document].short}, {ds.sections[s].label}" for s in sections)
    )
    nature = f"{outcome.status[:1].upper()}{outcome.status[1:]}{NBSP}: {outcome.headline_note}".rstrip(f"{NBSP}: ")
    return Content(
        "simulation",
        text.message.rstrip("."),
        f"{SIMULATIONS[kind].title} ({outcome.status}), {outcome.unit}",
        _table(outcome),
        " ".join((text.message, *text.limits)),
        f"Calculé à partir de{NBSP}: {names}. {status_words(outcome.inputs)}",
        _filters(ds, kind, given) or SIMULATIONS[kind].title,
        None,
        (nature, *text.notices, *text.formula, *text.assumptions, *text.limits),
        estimated=outcome.status != "observé",
    )


def _filters(ds: Dataset, kind: str, given: Mapping[str, str]) -> str:
    """« territoires : Rimouski-Neigette; années : 2019 »."""

    def shown(part: str) -> str:
        code, colon, rest = part.partition(":")
        return (ds.name(code) if code in ds.territories else code) + colon + rest

    said = (
        f"{SIMULATIONS[kind].controls[field].short} : {', '.join(shown(part) for part in value.split(','))}"
        for field, value in given.items()
        if value
    )
    return typographic("; ".join(said))


def _table(outcome: Outcome) -> TextTable:
    head = ("", outcome.observed_label, outcome.status[:1].upper() + outcome.status[1:], "Bornes")
    rows, numbers, totals = [], {}, []
    for n, line in enumerate(outcome.lines):
        rows.append(_row(outcome, line))
        if line.total:
            totals.append(n)
        if line.observed is not None and line.observed.value is not None:
            numbers[n, 1] = line.observed.value
        if line.simulated is not None and line.simulated.value is not None:
            numbers[n, 2] = float(line.simulated.value)
    return TextTable(head, tuple(rows), frozenset({1, 2, 3}), frozenset(totals), numbers)


def _row(outcome: Outcome, line: Line) -> tuple[str, str, str, str]:
    simulated = line.simulated
    return (
        line.label,
        "–" if line.observed is None else bare(line.observed),
        "–" if simulated is None else simulated.text(outcome.status),
        "" if simulated is None or simulated.value is None else simulated.bounds_text(),
    )
