"""The chart of a result: observed, A and B on the same rows, or the path back to the best year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import plotly.graph_objects as go

from dashboard.figures import simulated as draw
from dashboard.scenarios.result import Line, Outcome, Simulated
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP, number

# A longer chart would be a wall: the rest is in the table.
MOST_ROWS = 12
# Slot (« A », « B ») -> its result.
Outcomes = Mapping[str, Outcome]


def union(outcomes: Outcomes, more: bool = False) -> dict[tuple[str, str], dict[str, Line]]:
    """Lines of A and B side by side; the same id with two labels stands for two selections."""
    found: dict[tuple[str, str], dict[str, Line]] = {}
    for slot, outcome in outcomes.items():
        for line in outcome.more if more else outcome.lines:
            found.setdefault((line.id, line.label), {})[slot] = line
    return found


def rows_of(outcomes: Outcomes) -> list[draw.Row]:
    rows = []
    for (_, label), lines in union(outcomes).items():
        # A total beside its parts would flatten them.
        if any(line.total for line in lines.values()) and len(union(outcomes)) > 2 and _kind(outcomes) != "mrc-annee":
            continue
        bars = [*_observed_bars(outcomes, lines), *_simulated_bars(outcomes, lines)]
        if bars:
            rows.append(draw.Row(html.esc(label), bars))
    return rows


def _kind(outcomes: Outcomes) -> str:
    return next(iter(outcomes.values())).kind


def _observed_bars(outcomes: Outcomes, lines: Mapping[str, Line]) -> Iterator[draw.Bar]:
    seen: dict[tuple[float | None, str], str] = {}
    for slot, line in lines.items():
        outcome = outcomes[slot]
        if line.observed is not None and line.observed.value is not None and outcome.same_scale:
            seen.setdefault((line.observed.value, outcome.observed_label), slot)
    for (value, label), slot in seen.items():
        mark = f" ({slot})" if len(seen) > 1 else ""
        yield draw.Bar("observed", value, f"observé {number(value)}{mark}", f"{html.esc(label)}{NBSP}: {number(value)}")


def _simulated_bars(outcomes: Outcomes, lines: Mapping[str, Line]) -> Iterator[draw.Bar]:
    for slot, line in lines.items():
        outcome, value = outcomes[slot], line.simulated
        if value is None:
            continue
        if outcome.status == "observé":
            words = number(value.value)
            yield draw.Bar("observed", value.value, f"observé {words}", f"{html.esc(line.label)}{NBSP}: {words}")
            continue
        estimated = outcome.status == "estimation"
        name = f"{outcome.status} {slot}" if len(outcomes) > 1 else outcome.status
        words = _written(outcome, value)
        hover = f"<b>{html.esc(line.label)}</b><br>{name}{NBSP}: {words}"
        yield draw.Bar(slot.lower(), value.value, f"{name} {words}", hover, value.low, value.high, estimated)


def _written(outcome: Outcome, value: Simulated) -> str:
    """« 84 (0 à 135) », « moins de 5 (0 à 6) », « 290 à 347 », « 166 »."""
    if value.exact:
        return f"{number(value.value)} (exact)"
    if value.low is None or value.high is None:
        return value.text(outcome.status)
    bounds = f"{number(value.low)} à {number(value.high)}"
    if value.value is None:
        return bounds
    return value.text(outcome.status) + (f" ({bounds})" if value.low != value.high else "")


def figure(outcomes: Outcomes, rows: list[draw.Row]) -> go.Figure:
    if _kind(outcomes) != "meilleure-annee":
        return draw.beside(rows[:MOST_ROWS])
    lines = []
    for slot, outcome in outcomes.items():
        seen = [
            (ln.label, ln.observed.value, number(ln.observed.value)) for ln in outcome.lines if ln.observed is not None
        ]
        after = [
            (ln.label, float(v), number(v))
            for ln in outcome.lines
            if ln.simulated and (v := ln.simulated.value) is not None
        ]
        start = [(place, float(value), text) for place, value, text in seen[-1:] if value is not None and after]
        name = f"{slot}, {outcome.headline_label}" if len(outcomes) > 1 else outcome.headline_label
        lines.append(draw.Path(slot.lower(), html.esc(name), seen, [*start, *after]))
    return draw.paths(lines)
