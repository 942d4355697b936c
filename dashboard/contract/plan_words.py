"""Rules on what we add to the action plan: identifiers, units, programmes, clienteles, groups and statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.contract.findings import Fault, Findings
from dashboard.contract.stems import foreign
from dashboard.loading.draft import ACTION_PLAN, Draft
from dashboard.loading.yaml_files import Location
from dashboard.model.action_plan import Action, ActionPlan, PlanIndicator

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
    """Needs the plan; judged last, on files that nothing else faults."""
    draft = findings.draft
    plan = draft.action_plan
    if not findings.spotless or plan is None or any(p.file == ACTION_PLAN for p in findings.problems):
        return
    faults = [*_ids(plan), *_actions(plan), *_groups(plan), *_programmes(plan), *_others(draft, plan)]
    findings.report(faults, _REMEDY, harmless=True)


def _texts(action: Action) -> list[str]:
    indicators = [wording for item in action.indicators for wording in (item.text, *item.variants)]
    return [action.text, *(result.text for result in action.results), *indicators]


def _ids(plan: ActionPlan) -> Iterator[Fault]:
    """Region, rank of the action in the order of reading, then letter and rank of what it holds."""
    ranks: dict[str, int] = {}
    for n, action in enumerate(plan.actions):
        rank = ranks[action.region_code] = ranks.get(action.region_code, 0) + 1
        here: Location = ("actions", n)
        wanted = f"{action.region_code}-{rank:02}"
        names: list[tuple[Location, str, str]] = [((*here, "id"), action.id, wanted)]
        held: tuple[tuple[str, str, list[str]], ...] = (
            ("results", "R", [result.id for result in action.results]),
            ("indicators", "I", [indicator.id for indicator in action.indicators]),
            ("displaced_actions", "D", [displaced.id for displaced in action.displaced_actions]),
        )
        for name, letter, ids in held:
            names += [((*here, name, m, "id"), own, f"{wanted}-{letter}{m + 1}") for m, own in enumerate(ids)]
        for location, given, expected in names:
            if given != expected:
                message = f"dans l’ordre de lecture, ce serait « {expected} »."
                yield Fault(ACTION_PLAN, location, given, message, action.region_code)


def _unit_fits(indicator: PlanIndicator) -> bool:
    """« % » for a rate; otherwise what the indicator counts."""
    if re.match(r"(Taux|Proportion)\b", indicator.text):
        return indicator.unit == "%"
    counted = re.match(r"Nombre d(?:e |’)(.*)", indicator.text)
    if counted is None:
        return not foreign(indicator.unit, indicator.text)
    return counted[1].startswith(indicator.unit) or (
        indicator.unit == "personnes" and counted[1].startswith("participant")
    )


def _says(text: str, term: str) -> bool:
    """True when the term is there, as whole words."""
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def _actions(plan: ActionPlan) -> Iterator[Fault]:
    orientations = {objective.id: orientation.id for orientation, objective in plan.objectives()}
    for n, action in enumerate(plan.actions):
        here: Location = ("actions", n)
        region, text = action.region_code, "\n".join(_texts(action))
        for m, indicator in enumerate(action.indicators):
            if not _unit_fits(indicator):
                message = f"ce n’est pas ce que compte « {indicator.text} »."
                yield Fault(ACTION_PLAN, (*here, "indicators", m, "unit"), indicator.unit, message, region)
        named = [p.id for p in plan.programmes if any(_says(text, term) for term in p.terms)]
        if action.programmes != named:
            message = f"les programmes que ces textes nomment sont : {', '.join(named) or 'aucun'}."
            yield Fault(ACTION_PLAN, (*here, "programmes"), ", ".join(action.programmes), message, region)
        main = _MAIN.get(orientations.get(action.objective, ""))
        expected = {main} | ({"entreprises"} if _TO_ENTERPRISES.search(text) else set()) - {None}
        given = set(action.clienteles)
        extra = {"collectivites"} if _TO_PLACES.search(text) else set()
        if main is not None and not expected <= given <= expected | extra:
            message = f"l’orientation et le libellé disent : {', '.join(sorted(filter(None, expected)))}."
            yield Fault(ACTION_PLAN, (*here, "clienteles"), ", ".join(action.clienteles), message, region)


def _groups(plan: ActionPlan) -> Iterator[Fault]:
    """The label of a group is made of the words of its actions; its note quotes them."""
    known = {a.id for a in plan.actions} | {d.id for a in plan.actions for d in a.displaced_actions}
    worded: dict[str, str] = {}
    for n, group in enumerate(plan.groups):
        own = [action for action in plan.actions if action.group_key == group.key]
        texts = [text for action in own for text in _texts(action)]
        if words := foreign(group.label, _ADDED, *texts):
            message = f"aucune action du groupe ne dit « {words[0]} »."
            yield Fault(ACTION_PLAN, ("groups", n, "label"), group.label, message)
        elif foreign(group.key.replace("-", " "), group.label, _ADDED, group.note, *texts):
            yield Fault(ACTION_PLAN, ("groups", n, "key"), group.key, "cette clé n’est pas faite des mots du groupe.")
        whole = "\n".join(texts).casefold()
        for quoted in _QUOTED.findall(group.note):
            if quoted.casefold() not in whole:
                yield Fault(ACTION_PLAN, ("groups", n, "note"), quoted, "aucune action du groupe ne dit ces mots.")
        for cited in _CITED.findall(group.note):
            if cited not in known:
                yield Fault(ACTION_PLAN, ("groups", n, "note"), cited, "cette action n’existe pas.")
        if len({action.objective for action in own}) > 1:
            yield Fault(ACTION_PLAN, ("groups", n, "key"), group.key, "ses actions ont des objectifs différents.")
        for action in own:
            if worded.setdefault(action.text, group.key) != group.key:
                message = f"une action du même libellé est du groupe « {worded[action.text]} »."
                yield Fault(ACTION_PLAN, ("groups", n, "key"), group.key, message)


def _programmes(plan: ActionPlan) -> Iterator[Fault]:
    for n, programme in enumerate(plan.programmes):
        if words := foreign(programme.label, _ADDED, *programme.terms):
            message = f"aucun de ses termes ne dit « {words[0]} »."
            yield Fault(ACTION_PLAN, ("programmes", n, "label"), programme.label, message)
        for m, term in enumerate(programme.terms):
            if not any(_says(text, term) for action in plan.actions for text in _texts(action)):
                yield Fault(ACTION_PLAN, ("programmes", n, "terms", m), term, "aucune action ne dit ces mots.")
            if foreign(term, programme.label, "du MIFI"):
                yield Fault(ACTION_PLAN, ("programmes", n, "terms", m), term, "ce terme n’est pas de ce programme.")


def _others(draft: Draft, plan: ActionPlan) -> Iterator[Fault]:
    printed = draft.library.sections.get(draft.targets.source) if draft.library and draft.targets else None
    for n, orientation in enumerate(plan.orientations):
        numbered = f"{orientation.id}. {orientation.label}"
        if printed is not None and numbered not in printed.text:
            message = "l’annexe 1 donne un autre numéro à cette orientation."
            yield Fault(ACTION_PLAN, ("orientations", n, "id"), orientation.id, message)
        for m, objective in enumerate(orientation.objectives):
            here: Location = ("orientations", n, "objectives", m)
            if not objective.id.startswith(f"{orientation.id}."):
                yield Fault(ACTION_PLAN, (*here, "id"), objective.id, "ce numéro est celui d’une autre orientation.")
            if words := foreign(objective.short, objective.label, orientation.label):
                yield Fault(ACTION_PLAN, (*here, "short"), objective.short, f"l’objectif ne dit pas « {words[0]} ».")
    document = next((d for d in draft.sources.documents if d.id == plan.source), None) if draft.sources else None
    if document is not None and plan.period not in document.title:
        yield Fault(ACTION_PLAN, ("period",), plan.period, "le titre du document dit une autre période.")
    blocks = {(block.id, block.title) for block in draft.texts.service_offer} if draft.texts else set()
    for n, clientele in enumerate(plan.clienteles):
        if blocks and (clientele.id, clientele.label) not in blocks:
            message = "l’offre de service du document nomme autrement cette clientèle."
            yield Fault(ACTION_PLAN, ("clienteles", n, "label"), clientele.label, message)
    indicators = {i.id: i for i in draft.dictionary.indicators} if draft.dictionary else {}
    bases = {base.id: base.label for base in draft.dictionary.bases} if draft.dictionary else {}
    for n, statistic in enumerate(plan.statistics):
        indicator = indicators.get(statistic.indicator)
        if indicator is None:
            continue
        names = [c.label for c in indicator.categories if c.id in statistic.categories]
        said = (indicator.label, indicator.short, *names, bases.get(statistic.base or "", ""), _ADDED)
        if words := foreign(statistic.label, *said):
            message = f"l’indicateur et ses catégories ne disent pas « {words[0]} »."
            yield Fault(ACTION_PLAN, ("statistics", n, "label"), statistic.label, message)
        rows = [c for c in indicator.categories if c.id in statistic.categories]
        wanted = next((c.base for c in rows if c.base), indicator.base) if indicator.kind == "flow" else None
        share = wanted if len(indicator.categories) > 1 else None
        if statistic.base != share:
            message = f"la base de cette statistique est « {share or 'aucune'} »."
            yield Fault(ACTION_PLAN, ("statistics", n, "base"), statistic.base or "", message)
