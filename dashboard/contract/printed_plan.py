"""Annexe 1 and the action plan, cell by cell, against the text of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from dashboard.contract.findings import NOT_THERE, Fault, Findings
from dashboard.contract.quotes import normalised
from dashboard.loading.draft import ACTION_PLAN, TARGETS
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.loading.yaml_files import Location
from dashboard.model.action_plan import Action, ActionPlan
from dashboard.model.documents import Target
from dashboard.model.problems import shortened


def targets_faults(findings: Findings) -> Iterator[Fault]:
    """Each row of annexe 1: orientation, objective, indicator and values follow one another, under the years."""
    draft = findings.draft
    targets = draft.targets
    printed = draft.printed_section(targets.source) if targets else None
    if targets is None or printed is None:
        return
    for name, text in (("note", targets.note), ("footnote", targets.footnote)):
        if normalised(text) not in printed.text:
            yield Fault(TARGETS, (name,), text, NOT_THERE)
    years = re.findall(r"CIBLE (\d{4}-\d{4})", printed.text)
    before: Target | None = None
    cursor = 0
    for n, target in enumerate(targets.targets):
        here: Location = ("targets", n)
        row = f"{normalised(target.indicator)} {normalised(target.quote)}"
        again = before is not None and (before.orientation, before.objective) == (target.orientation, target.objective)
        head = "" if again else f"{normalised(target.orientation)} {normalised(target.objective)} "
        place = printed.text.find(head + row, cursor)
        if place < 0:
            parts = {"orientation": target.orientation, "objective": target.objective, "indicator": target.indicator}
            name, text = next(
                ((k, v) for k, v in parts.items() if normalised(v) not in printed.text), ("quote", target.quote)
            )
            yield Fault(TARGETS, (*here, name), text, NOT_THERE)
        else:
            length = len(normalised(target.quote))
            findings.places[TARGETS, n] = printed.lines_of(place + len(head + row) - length, length)
            cursor = place + 1
        if [value.period for value in target.targets] != years:
            said = ", ".join(value.period or "" for value in target.targets)
            message = f"les colonnes du document sont {', '.join(years)}."
            yield Fault(TARGETS, (*here, "targets"), said, message)
        yield from _target_units(target, here)
        before = target


def _target_units(target: Target, here: Location) -> Iterator[Fault]:
    number = re.search(r"\d{1,2}\.\d", target.objective)
    if number is None or target.id.partition("-")[0] != number[0]:
        yield Fault(TARGETS, (*here, "id"), target.id, "l’objectif porte un autre numéro.")
    percent = any("%" in value.printed for value in target.targets)
    named = re.match(r"Nombre d(?:e |’)(\w+)", target.indicator)
    unit = "%" if percent else named[1] if named else None
    if unit is not None and target.unit != unit:
        yield Fault(TARGETS, (*here, "unit"), target.unit, f"le document compte en « {unit} ».")
    reference = target.reference
    said = re.sub(r"^[\d\s,]+", "", reference.printed) if reference.value is not None else None
    if reference.unit is not None and said != reference.unit:
        yield Fault(TARGETS, (*here, "reference"), reference.unit, f"le document compte en « {said} ».")
    if reference.unit is None and said and said != target.unit:
        yield Fault(TARGETS, (*here, "reference"), reference.printed, "l’unité de la référence manque.")
    year = re.match(rf"{re.escape(normalised(reference.printed))} (\d{{4}})\b", normalised(target.quote))
    if reference.period != (year[1] if year else None):
        yield Fault(TARGETS, (*here, "reference"), reference.period or "", "le document donne une autre année.")
    falls = {
        a.period
        for a, b in zip(target.targets, target.targets[1:], strict=False)
        if a.value is not None and b.value is not None and b.value < a.value
    }
    if {rupture.after for rupture in target.breaks} != falls:
        message = "une cible qui baisse est une rupture, et elle seule."
        yield Fault(TARGETS, (*here, "breaks"), ", ".join(sorted(filter(None, falls))), message)


def _told(plan: ActionPlan, actions: Iterable[tuple[int, Action]]) -> Iterator[tuple[Location, bool, str]]:
    """The cells that the document must print for these actions, with the place of each in our file."""
    objectives = {objective.id: (o, objective) for o, objective in plan.objectives()}
    under = ""
    for n, action in actions:
        here: Location = ("actions", n)
        if action.objective != under and action.objective in objectives:
            under = action.objective
            orientation, objective = objectives[under]
            yield (*here, "objective"), False, orientation.label
            yield (*here, "objective"), False, objective.label
        lead, *bullets = action.text.split(" • ")
        yield (*here, "text"), False, lead
        for bullet in bullets:
            yield (*here, "text"), True, bullet
        for m, result in enumerate(action.results):
            yield (*here, "results", m, "text"), False, result.text
        for m, indicator in enumerate(action.indicators):
            yield (*here, "indicators", m, "text"), True, " ".join([indicator.text, *indicator.variants])
        for m, displaced in enumerate(action.displaced_actions):
            yield (*here, "displaced_actions", m, "text"), True, displaced.text


def plan_faults(findings: Findings) -> Iterator[Fault]:
    """The actions of a region are the cells of its tables, all of them, in their order."""
    draft = findings.draft
    plan = draft.action_plan
    if plan is None or draft.sources is None or any(p.file == ACTION_PLAN for p in findings.problems):
        return
    for section in draft.sources.sections:
        printed = draft.printed_section(section.id)
        if section.form != "plan" or section.region is None or printed is None or section.document != plan.source:
            continue
        own = [(n, action) for n, action in enumerate(plan.actions) if action.region_code == section.region]
        told, cells = list(_told(plan, own)), read_plan_cells(printed)
        differ = [
            (ours, cell)
            for ours, cell in zip_longest(told, cells)
            if ours is None or cell is None or (ours[1], normalised(ours[2])) != (cell.bulleted, cell.text)
        ]
        # One cell more or less moves all those that follow: the first place says it.
        for ours, cell in differ if len(told) == len(cells) else differ[:1]:
            where: Location = ours[0] if ours else ("actions", own[-1][0]) if own else ("actions",)
            said = f"le document imprime ici « {shortened(cell.text)} »." if cell else "le document n’a plus rien ici."
            yield Fault(ACTION_PLAN, where, ours[2] if ours else "", said, section.region)
