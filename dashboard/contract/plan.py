"""Rules on the action plan: its cells are those of the document, and what we add to them is made of their words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from dashboard.contract.findings import Fault, Findings, Place
from dashboard.contract.quotes import normalised
from dashboard.contract.stems import foreign, unsaid
from dashboard.loading.draft import ACTION_PLAN
from dashboard.loading.printed_tables import read_plan_cells
from dashboard.model.action_plan import Action, ActionPlan, Group, PlanIndicator, Statistic
from dashboard.model.problems import shortened

# --- Cell by cell, against the text of the document -------------------------------------------------------------------

# Place of a cell in our file, its field, whether it is a bullet, and its text.
_Cell = tuple[Place, str, bool, str]


def _told(plan: ActionPlan, actions: Iterable[tuple[Place, Action]]) -> Iterator[_Cell]:
    """The cells that the document must print for these actions, with the place of each in our file."""
    objectives = {objective.id: (o.label, objective.label) for o, objective in plan.objectives()}
    under = ""
    for at, action in actions:
        if action.objective != under and action.objective in objectives:
            under = action.objective
            yield from ((at, "objective", False, label) for label in objectives[under])
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


# --- What we add: identifiers, units, programmes, clienteles, groups and statistics -----------------------------------

_REMEDY = "accorder ce champ avec le libellé (l’en-tête du fichier dit les règles)."
# To whom the actions of an orientation speak first; a text that names employers speaks to them too.
_MAIN = {"2": "personnes", "3": "personnes", "4": "collectivites", "5": "entreprises"}
_TO_ENTERPRISES = re.compile(r"\b(entreprises|employeurs)\b")
_TO_PLACES = re.compile(r"\b(MRC|milieux|Communauté maritime)\b")
_QUOTED = re.compile(r"«\s*(.+?)\s*»")
_CITED = re.compile(r"\b\d{2}-\d{2}(?:-D\d)?\b")
# Verbs and nouns by which we name a service or an action that the plan words otherwise.
_ADDED = "services session favoriser faire pratiquer personnes admises connaître"


def check_plan_words(findings: Findings) -> None:
    """What we add to the plan is made of its words."""
    plan = findings.draft.action_plan
    if plan is None or findings.at_fault(ACTION_PLAN):
        return
    at = Place(ACTION_PLAN, held=plan)
    faults = [*_actions(at, plan), *_groups(at, plan), *_orientations(findings, at, plan), *_others(findings, at, plan)]
    for place, programme in at.each("programmes", plan.programmes):
        faults += unsaid(place, "label", "aucun de ses termes ne dit", _ADDED, *programme.terms)
        faults += _said(place, programme.terms, plan)
        for term_at, term in place.each("terms", programme.terms):
            if foreign(term, programme.label, "du MIFI"):
                faults.append(term_at.fault("", "ce terme n’est pas de ce programme."))
    for place, territory in at.each("named_territories", plan.named_territories):
        faults += _said(place, territory.terms, plan)
    for place, statistic in at.each("statistics", plan.statistics):
        faults += _statistic(findings, place, statistic)
    findings.report(faults, _REMEDY, harmless=True)


def _texts(action: Action) -> list[str]:
    indicators = [wording for item in action.indicators for wording in (item.text, *item.variants)]
    return [action.text, *(result.text for result in action.results), *indicators]


def _says(text: str, terms: Iterable[str]) -> bool:
    """True when one of the terms is there, as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) for term in terms)


def _said(at: Place, terms: Sequence[str], plan: ActionPlan) -> Iterator[Fault]:
    for place, term in at.each("terms", terms):
        if not any(_says(text, [term]) for action in plan.actions for text in _texts(action)):
            yield place.fault("", "aucune action ne dit ces mots.")


def _actions(plan_at: Place, plan: ActionPlan) -> Iterator[Fault]:
    orientations = {objective.id: orientation.id for orientation, objective in plan.objectives()}
    ranks: Counter[str] = Counter()
    for place, action in plan_at.each("actions", plan.actions):
        at, text = place._replace(region=action.region_code), "\n".join(_texts(action))
        ranks[action.region_code] += 1
        yield from _ids(at, action, f"{action.region_code}-{ranks[action.region_code]:02}")
        for where, indicator in at.each("indicators", action.indicators):
            if not _unit_fits(indicator):
                yield where.fault("unit", f"ce n’est pas ce que compte « {indicator.text} ».")
        named = [programme.id for programme in plan.programmes if _says(text, programme.terms)]
        places = [territory.code for territory in plan.named_territories if _says(text, territory.terms)]
        main = _MAIN.get(orientations.get(action.objective, ""))
        expected = {main, "entreprises"} if _TO_ENTERPRISES.search(text) else {main}
        allowed = expected | {"collectivites"} if _TO_PLACES.search(text) else expected
        programmes = f"les programmes que ces textes nomment sont : {', '.join(named) or 'aucun'}."
        territories = f"les MRC que ces textes nomment sont : {', '.join(places) or 'aucune'}."
        clienteles = f"l’orientation et le libellé disent : {', '.join(sorted(filter(None, expected)))}."
        yield from at.faults(
            (action.programmes != named, "programmes", programmes),
            (action.territories != places, "territories", territories),
            (main and not expected <= set(action.clienteles) <= allowed, "clienteles", clienteles),
        )


def _ids(at: Place, action: Action, wanted: str) -> Iterator[Fault]:
    """Region, rank of the action in the order of reading, then letter and rank of what it holds."""
    names = [(at, action.id, wanted)]
    for name, letter in (("results", "R"), ("indicators", "I"), ("displaced_actions", "D")):
        held = enumerate(at.each(name, getattr(action, name)), 1)
        names += [(place, entry.id, f"{wanted}-{letter}{rank}") for rank, (place, entry) in held]
    for place, given, expected in names:
        if given != expected:
            yield place.fault("id", f"dans l’ordre de lecture, ce serait « {expected} ».")


def _unit_fits(indicator: PlanIndicator) -> bool:
    """« % » for a rate; otherwise what the indicator counts."""
    if re.match(r"(Taux|Proportion)\b", indicator.text):
        return indicator.unit == "%"
    counted = re.match(r"Nombre d(?:e |’)(.*)", indicator.text)
    if counted is None:
        return not foreign(indicator.unit, indicator.text)
    people = indicator.unit == "personnes" and counted[1].startswith("participant")
    return people or counted[1].startswith(indicator.unit)


def _groups(plan_at: Place, plan: ActionPlan) -> Iterator[Fault]:
    known = {name for a in plan.actions for name in (a.id, *(displaced.id for displaced in a.displaced_actions))}
    worded: dict[str, str] = {}
    for at, group in plan_at.each("groups", plan.groups):
        own = [action for action in plan.actions if action.group_key == group.key]
        yield from _group(at, group, [text for action in own for text in _texts(action)], known)
        if len({action.objective for action in own}) > 1:
            yield at.fault("key", "ses actions ont des objectifs différents.")
        for action in own:
            if worded.setdefault(action.text, group.key) != group.key:
                yield at.fault("key", f"une action du même libellé est du groupe « {worded[action.text]} ».")


def _group(at: Place, group: Group, texts: list[str], known: set[str]) -> Iterator[Fault]:
    """The label of a group is made of the words of its actions; its note quotes them."""
    label = list(unsaid(at, "label", "aucune action du groupe ne dit", _ADDED, *texts))
    yield from label
    if not label and foreign(group.key.replace("-", " "), group.label, _ADDED, group.note, *texts):
        yield at.fault("key", "cette clé n’est pas faite des mots du groupe.")
    whole = "\n".join(texts).casefold()
    for quoted in _QUOTED.findall(group.note):
        if quoted.casefold() not in whole:
            yield at.fault("note", "aucune action du groupe ne dit ces mots.", quoted)
    for cited in _CITED.findall(group.note):
        if cited not in known:
            yield at.fault("note", "cette action n’existe pas.", cited)


def _orientations(findings: Findings, plan_at: Place, plan: ActionPlan) -> Iterator[Fault]:
    draft = findings.draft
    printed = draft.printed_section(draft.targets.source) if draft.targets else None
    for at, orientation in plan_at.each("orientations", plan.orientations):
        if printed is not None and f"{orientation.id}. {orientation.label}" not in printed.text:
            yield at.fault("id", "l’annexe 1 donne un autre numéro à cette orientation.")
        for place, objective in at.each("objectives", orientation.objectives):
            if not objective.id.startswith(f"{orientation.id}."):
                yield place.fault("id", "ce numéro est celui d’une autre orientation.")
            yield from unsaid(place, "short", "l’objectif ne dit pas", objective.label, orientation.label)


def _others(findings: Findings, at: Place, plan: ActionPlan) -> Iterator[Fault]:
    """The period of the plan is that of its document, and the clienteles are those of the offer of service."""
    sources, texts = findings.draft.sources, findings.draft.texts
    if any(d.id == plan.source and plan.period not in d.title for d in (sources.documents if sources else ())):
        yield at.fault("period", "le titre du document dit une autre période.")
    blocks = {(block.id, block.title) for block in texts.service_offer} if texts else set()
    for place, clientele in at.each("clienteles", plan.clienteles):
        if blocks and (clientele.id, clientele.label) not in blocks:
            yield place.fault("label", "l’offre de service du document nomme autrement cette clientèle.")


def _statistic(findings: Findings, at: Place, statistic: Statistic) -> Iterator[Fault]:
    """The label is made of the words of the figures, and the base is theirs: a share of those admitted."""
    indicator, base = findings.indicators[statistic.indicator], findings.bases.get(statistic.base or "")
    rows = [category for category in indicator.categories if category.id in statistic.categories]
    said = (indicator.label, indicator.short, *(c.label for c in rows), base.label if base else "", _ADDED)
    yield from unsaid(at, "label", "l’indicateur et ses catégories ne disent pas", *said)
    share = indicator.kind == "flow" and len(indicator.categories) > 1
    wanted = next((c.base for c in rows if c.base), indicator.base) if share else None
    if statistic.base != wanted:
        yield at.fault("base", f"la base de cette statistique est « {wanted or 'aucune'} ».")
