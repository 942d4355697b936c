"""Every action of the plan as one flat table, with how many results and indicators it has."""

from __future__ import annotations

from dashboard.indicators.plan import objective_of
from dashboard.model import Dataset
from dashboard.wording.spreadsheet import plain_csv

COLUMNS = ["region_code", "orientation", "objective", "action_id", "action", "n_results", "n_indicators", "group_key"]


def actions(ds: Dataset) -> list[tuple[str | int, ...]]:
    """One line for each action, in the order of the plan. A displaced action is not one of them."""
    lines: list[tuple[str | int, ...]] = []
    for a in ds.action_plan.actions:
        orientation, objective = objective_of(ds.action_plan, a)
        counts = (len(a.results), len(a.indicators))
        lines.append((a.region_code, orientation.id, objective.id, a.id, a.text, *counts, a.group_key))
    return lines


def actions_csv(ds: Dataset) -> str:
    """The same as CSV, header included."""
    return plain_csv(COLUMNS, actions(ds))
