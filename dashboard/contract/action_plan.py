"""Rules on the action plan: identifiers are unique, and each name that it gives to another is declared.

A fault inside an action is its region's alone; one in what the actions share is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboard.contract.findings import Findings
from dashboard.contract.names import UNKNOWN_ANOMALY, readings
from dashboard.loading.draft import ACTION_PLAN, Draft
from dashboard.loading.yaml_files import Location, field_name
from dashboard.model.action_plan import Action, ActionPlan
from dashboard.model.problems import Problem

_REMEDY = "corriger le nom, ou le déclarer dans le même fichier."


def check_action_plan(findings: Findings) -> None:
    plan = findings.draft.action_plan
    assert plan is not None
    _check_unique(findings, plan)
    for location, name, message, known in _uses(plan):
        if name not in known:
            region = plan.actions[int(location[1])].region_code if location[0] == "actions" else None
            _problem(findings, message, _REMEDY, name, location, region=region)
    _check_other_files(findings, plan)
    _check_groups(findings, plan)


def check_plan_territories(findings: Findings) -> None:
    """An action of an unknown region is named and left out; one of a region that is not shown is legal."""
    draft = findings.draft
    assert draft.action_plan is not None
    regions = {t.code for t in draft.territories.values() if t.level == "region"}
    for n, action in enumerate(draft.action_plan.actions):
        if action.region_code not in regions | draft.refused_territories:
            message = "cette région n’est pas dans la liste des territoires; l’action n’est pas montrée."
            remedy = "corriger le code, ou ajouter la région dans data/territories.csv."
            _problem(findings, message, remedy, action.region_code, ("actions", n, "region_code"), harmless=True)


def check_plan_statistics(findings: Findings) -> None:
    """Needs the dictionary: each statistic is one of its indicators and categories."""
    draft = findings.draft
    assert draft.action_plan is not None and draft.dictionary is not None
    categories = {i.id: {c.id for c in i.categories} for i in draft.dictionary.indicators}
    remedy = "corriger le nom, ou le déclarer dans data/indicators.yaml."
    for n, statistic in enumerate(draft.action_plan.statistics):
        here: Location = ("statistics", n)
        if statistic.indicator not in categories:
            message = "cet indicateur est inconnu."
            _problem(findings, message, remedy, statistic.indicator, (*here, "indicator"))
            continue
        named = [((*here, "categories", m), c) for m, c in enumerate(statistic.categories)]
        named += [((*here, "base"), statistic.base)] if statistic.base else []
        for location, name in named:
            if name not in categories[statistic.indicator]:
                _problem(findings, "cette catégorie est inconnue.", remedy, name, location)


def _problem(
    findings: Findings,
    message: str,
    remedy: str,
    value: str,
    location: Location,
    *,
    region: str | None = None,
    harmless: bool = False,
    others: Iterable[int | None] = (),
) -> None:
    findings.problems.append(
        Problem(
            ACTION_PLAN,
            message,
            remedy,
            findings.draft.line_of(ACTION_PLAN, *location),
            field_name(location),
            value,
            region,
            region is None and not harmless,
            tuple(line for line in others if line is not None),
        )
    )


def _parts(plan: ActionPlan) -> Iterator[tuple[Location, str, str | None]]:
    """Identifiers of the actions and of what they hold: one space of names, since the follow-up cites them."""
    for n, action in enumerate(plan.actions):
        yield ("actions", n, "id"), action.id, action.region_code
        held: tuple[tuple[str, Iterable[str]], ...] = (
            ("results", (r.id for r in action.results)),
            ("indicators", (i.id for i in action.indicators)),
            ("displaced_actions", (d.id for d in action.displaced_actions)),
        )
        for name, ids in held:
            for m, id_ in enumerate(ids):
                yield ("actions", n, name, m, "id"), id_, action.region_code


def _declared(plan: ActionPlan) -> Iterator[list[tuple[Location, str, str | None]]]:
    yield list(_parts(plan))
    yield [(("orientations", n, "id"), o.id, None) for n, o in enumerate(plan.orientations)]
    yield [
        (("orientations", n, "objectives", m, "id"), objective.id, None)
        for n, o in enumerate(plan.orientations)
        for m, objective in enumerate(o.objectives)
    ]
    yield [(("programmes", n, "id"), p.id, None) for n, p in enumerate(plan.programmes)]
    yield [(("clienteles", n, "id"), c.id, None) for n, c in enumerate(plan.clienteles)]
    yield [(("groups", n, "key"), g.key, None) for n, g in enumerate(plan.groups)]
    yield [(("statistics", n, "id"), s.id, None) for n, s in enumerate(plan.statistics)]


def _check_unique(findings: Findings, plan: ActionPlan) -> None:
    for names in _declared(plan):
        seen: dict[str, Location] = {}
        for location, name, region in names:
            if name in seen:
                line = findings.draft.line_of(ACTION_PLAN, *seen[name])
                message = "cet identifiant figure déjà plus haut."
                _problem(findings, message, "n’en garder qu’un.", name, location, region=region, others=(line,))
            seen.setdefault(name, location)


def _uses(plan: ActionPlan) -> Iterator[tuple[Location, str, str, set[str]]]:
    objectives = {objective.id for _, objective in plan.objectives()}
    groups = {group.key for group in plan.groups}
    programmes, clienteles = {p.id for p in plan.programmes}, {c.id for c in plan.clienteles}
    for n, action in enumerate(plan.actions):
        here: Location = ("actions", n)
        yield (*here, "objective"), action.objective, "cet objectif est inconnu.", objectives
        yield (*here, "group_key"), action.group_key, "ce groupe est inconnu.", groups
        for m, name in enumerate(action.programmes):
            yield (*here, "programmes", m), name, "ce programme est inconnu.", programmes
        for m, name in enumerate(action.clienteles):
            yield (*here, "clienteles", m), name, "cette clientèle est inconnue.", clienteles
    for n, statistic in enumerate(plan.statistics):
        for m, name in enumerate(statistic.groups):
            yield ("statistics", n, "groups", m), name, "ce groupe est inconnu.", groups


def _check_other_files(findings: Findings, plan: ActionPlan) -> None:
    draft: Draft = findings.draft
    if draft.sources and plan.source not in {document.id for document in draft.sources.documents}:
        remedy = "corriger le nom, ou le déclarer dans data/sources.yaml."
        _problem(findings, "ce document est inconnu.", remedy, plan.source, ("source",))
    known = readings(draft)
    for n, name in enumerate(plan.anomalies):
        if known is not None and name not in known:
            remedy = "corriger le nom, ou l’ajouter dans data/anomalies.yaml."
            _problem(findings, UNKNOWN_ANOMALY, remedy, name, ("anomalies", n))


def _check_groups(findings: Findings, plan: ActionPlan) -> None:
    members: dict[str, list[tuple[int, Action]]] = {group.key: [] for group in plan.groups}
    for n, action in enumerate(plan.actions):
        earlier = next(
            (m for m, other in members.get(action.group_key, []) if other.region_code == action.region_code), None
        )
        if earlier is not None:
            line = findings.draft.line_of(ACTION_PLAN, "actions", earlier, "group_key")
            message = "deux actions d’une même région portent cette clé de groupe."
            _problem(
                findings,
                message,
                "leur donner deux clés.",
                action.group_key,
                ("actions", n, "group_key"),
                region=action.region_code,
                others=(line,),
            )
        members.setdefault(action.group_key, []).append((n, action))
    for n, group in enumerate(plan.groups):
        if not members[group.key]:
            message, remedy = "aucune action ne porte cette clé.", "retirer le groupe, ou corriger la clé d’une action."
            _problem(findings, message, remedy, group.key, ("groups", n, "key"), harmless=True)
