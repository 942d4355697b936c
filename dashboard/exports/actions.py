"""Every action of the plan as one flat table, with how many results and indicators it has."""

from __future__ import annotations

import csv
import io

from dashboard.indicators.plan import objective_of
from dashboard.model import Dataset
from dashboard.wording.spreadsheet import harmless

COLUMNS = (
    "region_code",
    "orientation",
    "objective",
    "action_id",
    "action",
    "n_results",
    "n_indicators",
    "group_key",
)


def actions_csv(ds: Dataset) -> str:
    """One line for each action, in the order of the plan, header included. A displaced action is not one of them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for action in ds.action_plan.actions:
        orientation, objective = objective_of(ds.action_plan, action)
        counts = (len(action.results), len(action.indicators))
        cells = (action.region_code, orientation.id, objective.id, action.id, action.text, *counts, action.group_key)
        writer.writerow(harmless(cells))
    return text.getvalue()
