"""The action plan, cell by cell, against the text of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.quotes import normalised
from dashboard.loading.draft import ACTION_PLAN
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.model.action_plan import Action, ActionPlan
from dashboard.model.problems import shortened

# Place of a cell in our file, whether it is a bullet, and its text.
_Cell = tuple[Place, str, bool, str]


def _told(plan: ActionPlan, actions: Iterable[tuple[Place, Action]]) -> Iterator[_Cell]:
    """The cells that the document must print for these actions, with the place of each in our file."""
    objectives = {objective.id: (o.label, objective.label) for o, objective in plan.objectives()}
    under = ""
    for at, action in actions:
        if action.objective != under and action.objective in objectives:
            under = action.objective
            for label in objectives[under]:
                yield at, "objective", False, label
        for n, text in enumerate(action.text.split(" • ")):
            yield at, "text", n > 0, text
        for place, result in at.each("results", action.results):
            yield place, "text", False, result.text
        for place, indicator in at.each("indicators", action.indicators):
            yield place, "text", True, " ".join([indicator.text, *indicator.variants])
        for place, displaced in at.each("displaced_actions", action.displaced_actions):
            yield place, "text", True, displaced.text


def plan_faults(findings: Findings) -> Iterator[Fault]:
    """The actions of a region are the cells of its tables, all of them, in their order."""
    draft, plan = findings.draft, findings.draft.action_plan
    if plan is None or findings.at_fault(ACTION_PLAN):
        return
    for section in findings.sections.values():
        printed, region = draft.printed_section(section.id), section.region
        if section.form != "plan" or region is None or printed is None or section.document != plan.source:
            continue
        every = Place(ACTION_PLAN, region=region).each("actions", plan.actions)
        own = [(at, action) for at, action in every if action.region_code == region]
        told, cells = list(_told(plan, own)), read_plan_cells(printed)
        differ = [
            (ours, cell)
            for ours, cell in zip_longest(told, cells)
            if ours is None or cell is None or (ours[2], normalised(ours[3])) != (cell.bulleted, cell.text)
        ]
        # One cell more or less moves all those that follow: the first place says it.
        for ours, cell in differ if len(told) == len(cells) else differ[:1]:
            said = f"le document imprime ici « {shortened(cell.text)} »." if cell else "le document n’a plus rien ici."
            last = own[-1][0] if own else Place(ACTION_PLAN, ("actions",), region=region)
            yield ours[0].fault(ours[1], said, ours[3]) if ours else last.fault("", said, "")
