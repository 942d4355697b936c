"""A simulation as a view: nothing in it is observed, and every part of it says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.deck.charts import BarChart, Legend, LegendItem, Mark, TextTable
from dashboard.deck.content import Content
from dashboard.deck.mrc_views import mrc_of
from dashboard.deck.palette import SUBJECT, UNRELIABLE, color_of
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import bare
from dashboard.narrative.sourcing import status_words
from dashboard.scenarios.mrc_year import by_year
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import Outcome, uninformative
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import over


def simulation(ds: Dataset, choices: Mapping[str, str]) -> Content:
    """The result of one simulation. Raises ValueError, with its French message, when the data cannot answer."""
    kind = choices[query.SIMULATION]
    given = {field: value for field, value in choices.items() if field != query.SIMULATION}
    found = answer(ds, kind, given)
    if found.outcome is None:
        raise ValueError(next(iter(found.errors.values()), "cette simulation n’a pas de réponse"))
    outcome = found.outcome
    nature = f"{capital(outcome.status)}{NBSP}: {outcome.headline_note}".rstrip(f"{NBSP}: ")
    return Content(
        outcome.message.rstrip("."), f"{SIMULATIONS[kind].title} ({outcome.status}), personnes",
        _table(outcome), " ".join((outcome.message, *outcome.limits)), _source(ds, [outcome]),
        _filters(ds, kind, given) or SIMULATIONS[kind].title,
        caveats=(nature, *outcome.notices, *outcome.formula, *outcome.assumptions, *outcome.limits),
        nature=_estimated(outcome.status),
    )  # fmt: skip


def _estimated(status: str) -> str:
    return "" if status == "observé" else status


def mrc_years(ds: Dataset, choices: Mapping[str, str]) -> Content:
    """The estimate of an MRC for each year, between its bounds. Raises ValueError when the data cannot answer."""
    code = mrc_of(ds, choices)
    found = by_year(ds, code)
    if not found:
        raise ValueError(f"les données ne permettent aucune estimation par année pour {ds.name(code)}")
    outcomes = list(found.values())
    estimated = [own for own in outcomes if own.status != "observé"] or outcomes
    status, name, region = estimated[0].status, ds.name(code), ds.name(ds.region_of(code) or code)
    said = "; ".join(f"{year}{NBSP}: {_told(own)}" for year, own in found.items())
    # The year of one outcome is in none of the texts that all of them have.
    first, *others = ((*own.assumptions, *own.limits) for own in estimated)
    common = tuple(text for text in first if all(text in other for other in others))
    marks = tuple(_mark(ds, code, year, own) for year, own in found.items())
    key = (LegendItem("estimation, entre ses bornes", UNRELIABLE, hatched=True),) * any(m.hatched for m in marks)
    last = outcomes[-1].lines[0].simulated
    title = f"{name}{NBSP}: admissions de chaque année, {'observées' if status == 'observé' else 'estimées'}"
    if last is not None and all(_vague(own) for own in outcomes):
        title = f"{name}{NBSP}: par année, l’estimation est peu informative (en {marks[-1].id}, {last.bounds_text()})"
    return Content(
        title, f"Admissions permanentes par année, {over(list(found))} ({status}), {region}",
        BarChart(marks, "Admissions", legend=Legend("", key)), f"{name}. {said}.", _source(ds, outcomes),
        f"{region}; {name}", caveats=common, territory=code, nature=_estimated(status),
    )  # fmt: skip


def _vague(outcome: Outcome) -> bool:
    own = outcome.lines[0].simulated
    return own is not None and uninformative(own.low, own.high)


def _mark(ds: Dataset, code: str, year: str, outcome: Outcome) -> Mark:
    """A year: hatched where it is estimated, with its bounds; an estimate too small to be written has no bar."""
    own, status = outcome.lines[0].simulated, outcome.status
    assert own is not None
    bounds = "" if own.low is None or own.low == own.high else f" ({number(own.low)} à {number(own.high)})"
    value = own.shown(status)[0]
    told = (f"{ds.name(code)}, {year}", f"{capital(status)}{NBSP}: {_told(outcome)}")
    drawn = float(value) if isinstance(value, int) else None
    hatched, color = status == "estimation" and drawn is not None, color_of(ds, code, SUBJECT)
    low, high = (own.low, own.high) if bounds and drawn is not None else (None, None)
    return Mark(year, year, drawn, own.text(status) + bounds, color, hatched, hover=told, low=low, high=high)


def _told(outcome: Outcome) -> str:
    """« 84, entre 0 et 135 », « 12, observé »."""
    own = outcome.lines[0].simulated
    assert own is not None
    return f"{own.text(outcome.status)}, {own.bounds_text() or outcome.status}"


def _source(ds: Dataset, outcomes: Sequence[Outcome]) -> str:
    rows = [row for outcome in outcomes for row in outcome.inputs]
    names = "; ".join(dict.fromkeys(ds.section_name(s) for s in sorted({row.source for row in rows})))
    return f"Calculé à partir de{NBSP}: {names}. {status_words(rows)}"


def _filters(ds: Dataset, kind: str, given: Mapping[str, str]) -> str:
    """« territoires : Rimouski-Neigette; années : 2019 »."""

    def shown(part: str) -> str:
        code, colon, rest = part.partition(":")
        # A decimal point is what an address has.
        return (ds.name(code) if code in ds.territories else code.replace(".", ",")) + colon + rest

    said = (
        f"{SIMULATIONS[kind].controls[field].texts.short} : {', '.join(shown(part) for part in value.split(','))}"
        for field, value in given.items()
        if value
    )
    return typographic("; ".join(said))


def _table(outcome: Outcome) -> TextTable:
    head = ("", outcome.observed_label, capital(outcome.status), "Bornes")
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
