"""A simulation as a view: nothing in it is observed, and every part of it says so."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.deck.charts import TextTable
from dashboard.deck.content import Content
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from dashboard.narrative.sourcing import status_words
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import Outcome
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
    sections = sorted({row.source for row in outcome.inputs})
    names = "; ".join(dict.fromkeys(ds.section_name(s) for s in sections))
    nature = f"{outcome.status[:1].upper()}{outcome.status[1:]}{NBSP}: {outcome.headline_note}".rstrip(f"{NBSP}: ")
    return Content(
        "simulation",
        outcome.message.rstrip("."),
        f"{SIMULATIONS[kind].title} ({outcome.status}), personnes",
        _table(outcome),
        " ".join((outcome.message, *outcome.limits)),
        f"Calculé à partir de{NBSP}: {names}. {status_words(outcome.inputs)}",
        _filters(ds, kind, given) or SIMULATIONS[kind].title,
        None,
        (nature, *outcome.notices, *outcome.formula, *outcome.assumptions, *outcome.limits),
        nature="" if outcome.status == "observé" else outcome.status,
    )


def _filters(ds: Dataset, kind: str, given: Mapping[str, str]) -> str:
    """« territoires : Rimouski-Neigette; années : 2019 »."""

    def shown(part: str) -> str:
        code, colon, rest = part.partition(":")
        return (ds.name(code) if code in ds.territories else code) + colon + rest

    said = (
        f"{SIMULATIONS[kind].controls[field].texts.short} : {', '.join(shown(part) for part in value.split(','))}"
        for field, value in given.items()
        if value
    )
    return typographic("; ".join(said))


def _table(outcome: Outcome) -> TextTable:
    head = ("", outcome.observed_label, outcome.status[:1].upper() + outcome.status[1:], "Bornes")
    numbers: dict[tuple[int, int], float] = {}
    rows = []
    for n, line in enumerate(outcome.lines):
        own, seen = line.simulated, line.observed
        bounds = "" if own is None or own.value is None else own.bounds_text()
        rows.append(
            (line.label, "–" if seen is None else bare(seen), "–" if own is None else own.text(outcome.status), bounds)
        )
        for column, value in ((1, seen.value if seen else None), (2, own.value if own else None)):
            if value is not None:
                numbers[n, column] = float(value)
    totals = frozenset(n for n, line in enumerate(outcome.lines) if line.total)
    return TextTable(head, tuple(rows), frozenset({1, 2, 3}), totals, numbers)
