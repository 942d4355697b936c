"""Answers from the plan: what a target is, and how many actions (results, indicators) speak of something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dashboard.deck.slides import Slide
from dashboard.indicators import follow_up as fu
from dashboard.indicators import plan
from dashboard.indicators.memory import remembered
from dashboard.indicators.targets import reference_comparable, steps
from dashboard.model import Dataset
from dashboard.model.documents import Target, TargetValue
from dashboard.narrative import target_words as words
from dashboard.narrative.search import place_of
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import listed
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.reply import Reply, choice, joined, refusal
from dashboard.questions.telling import chips, where
from dashboard.questions.words import sound, tokens
from dashboard.wording import addresses, query
from dashboard.wording.matching import holds
from dashboard.wording.numbers import NBSP, number, plain, typographic
from dashboard.wording.slugs import flat

_PLAIN = frozenset(
    ("how_many", "list", "apart", "speak", "yearly", "text", "sum", "compare", "last", "objective", "courtesy")
)
_CHANGES = frozenset({"progress", "difference", "change"})
# What no target is about.
_OBSERVED = frozenset({"permits", "population", "residents", "ratio", "agreements"})
# What their own words hold: « les personnes immigrantes qui… », « taux de… ».
_ADMITTED = frozenset({"admissions", "people", "rate"})
_OF_TIME = frozenset({"prevision", "mois", "aujourd-hui"})


def section(ds: Dataset, id_: str) -> str:
    """« Source : Plan d’action régional 2021-2022, Annexe 1. »"""
    return f"Source{NBSP}: {ds.section_name(id_)}."


# --- Targets ----------------------------------------------------------------------------------------------------------


def targets(ds: Dataset, frame: Frame) -> Reply | None:
    """What a target is, in a year or in all; its reference, its revision, the progress asked."""
    own, near = _named(ds, frame), "Quelles sont les cibles?"
    every = ds.targets.targets
    spans = {step.period for target in every for step in target.targets}
    asked = "targets" in frame.subjects
    about = asked or (own and frame.ops & {"reference", "revision", "progress", "objective", "result"})
    counted = (
        bool(own)
        and not about
        and not frame.beyond("target", "topic")
        and ("how_many" in frame.ops or bool(set(frame.territories) - {ds.config.province}))
    )
    if not (about or counted) and not (own and set(frame.spans) & spans):
        return None
    missed = "difference" in frame.ops and not (own or frame.timed or frame.numbers)
    if counted or missed or "result" in frame.ops:
        if any(fu.results(ds.follow_up.entries, t.id) for t in own or every):
            return None
        return refusal("Le plan ne donne aucun résultat pour ses cibles; aucun n’a été saisi au suivi.", near)
    if set(frame.territories) - {ds.config.province} or frame.levels:
        return refusal(ds.targets.scope, near)
    if (_OBSERVED if own else _OBSERVED | _ADMITTED) & set(frame.subjects) or (asked and frame.get("category")):
        return refusal("Le plan ne fixe pas de cible pour cela; ses cibles portent sur autre chose.", near)
    if asked and frame.numbers and not own:
        ids = listed([t.id for t in every])
        return refusal(f"Le plan n’a pas de cible {frame.numbers[0]}; ses cibles sont {ids}.", near)
    if frame.ops & {"if", "except", "common"} or (frame.numbers and not own) or set(frame.get("topic")) - _OF_TIME:
        return None
    if "how_many" in frame.ops and not own and not frame.timed and "revision" in frame.ops:
        broken = [t for t in every if t.breaks]
        said = f"{number(len(broken))} cibles révisées{NBSP}: {listed([typographic(t.short) for t in broken])}."
        return _told(ds, frame, said, broken, [Decimal(len(broken))])
    if "how_many" in frame.ops and not own and not frame.timed and not frame.ops - _PLAIN:
        names = listed([typographic(t.short) for t in every])
        said = f"Le plan reprend {number(len(every))} cibles, pour l’ensemble du Québec{NBSP}: {names}."
        return _told(ds, frame, said, every, [Decimal(len(every))])
    return _of_targets(ds, frame, own or every)


def _named(ds: Dataset, frame: Frame) -> list[Target]:
    ids, every = set(frame.get("target")), ds.targets.targets
    numbered = [t for t in every if any(n in (t.id, t.id.partition("-")[0]) for n in frame.numbers)]
    said = _values_said(frame)
    of_targets = frame.percents or len(said) > 1 or "targets" in frame.subjects
    held = [t for t in every if said and of_targets and said <= set(_decimals(t.targets))]
    found = [t for t in every if t.id in ids] or numbered or held
    # « La cible de satisfaction des entreprises » names one, and not both.
    return [t for t in found if not (numbered and ids) or t in numbered]


def _values_said(frame: Frame) -> set[Decimal]:
    return {Decimal(n) for n in (*frame.percents, *frame.numbers)}


def revised(ds: Dataset, frame: Frame) -> Reply | None:
    """What a revision has changed: the targets before and after it. « Pourquoi 34 %, puis 21,5 %? » asks for it too."""
    own, asked = _named(ds, frame), {"targets"} & set(frame.subjects)
    pair = own and len(_values_said(frame)) > 1
    why = "why" in frame.ops and (asked or pair) and not set(frame.get("topic")) - _OF_TIME
    of_targets = "revision" in frame.ops and (asked or own or not frame.beyond("topic"))
    if not (why or of_targets) or ("how_many" in frame.ops and not own):
        return None
    if frame.unknown or set(frame.territories) - {ds.config.province} or frame.levels or frame.get("category"):
        return None
    broken = [t for t in own or ds.targets.targets if t.breaks]
    if not broken:
        return refusal("Le plan ne signale aucune révision de cette cible.", f"Quelle est la cible {own[0].id}?")
    said = " ".join(typographic(b.text) for t in broken for b in t.breaks)
    shown = [
        step for t in broken for b in t.breaks for at, first in enumerate(t.targets) if first.period == b.after
        for step in t.targets[: at + 2]
    ]  # fmt: skip
    return _told(ds, frame, said, broken, _decimals(shown))


def _of_targets(ds: Dataset, frame: Frame, own: Sequence[Target]) -> Reply | None:
    periods = [t.period or "" for t in own[0].targets]
    ops, asked = _periods(frame, own, periods)
    if isinstance(asked, Reply):
        return asked
    steps_ = {(t.id, s.period): s for t in own for s in t.targets}
    if "reference" in ops:
        if ops & _CHANGES and (len(own) > 1 or not reference_comparable(own[0])):
            unlike = "La donnée de référence et les cibles ne sont pas dans la même unité; elles ne se comparent pas."
            return refusal(unlike, f"Quelle est la cible {own[0].id}?")
        if ops & _CHANGES:
            last = steps_[own[0].id, asked[-1] if asked else periods[-1]]
            return _moved(ds, frame, own, [{own[0].id: own[0].reference}, {own[0].id: last}])
        said = "; ".join(f"{typographic(t.short)}, {words.reference(t)}" for t in own).rstrip(".")
        return _told(ds, frame, f"Donnée de référence{NBSP}: {said}.", own, _decimals(t.reference for t in own))
    if ops & _CHANGES:
        if len(asked) == 2:
            return _moved(ds, frame, own, [{t.id: steps_[t.id, p] for t in own} for p in sorted(asked)])
        return _progress(ds, frame, own[0], asked) if len(asked) < 2 and len(own) == 1 else None
    if ops or (frame.percents and not asked):
        return None
    if not asked:
        said = " ".join(f"{t.id}. {typographic(t.short)}. {words.reading(t)}" for t in own)
        return _told(ds, frame, said, own, _decimals(s for t in own for s in (*t.targets, t.reference)))
    parts = []
    for t in own:
        each = ", ".join(f"{_printed(t, steps_[t.id, period])} en {period}" for period in asked)
        parts.append(f"{typographic(t.short)}{NBSP}: {each}")
    shown = [steps_[t.id, period] for t in own for period in asked]
    said = f"Cible pour l’ensemble du Québec. {'; '.join(parts)}."
    return _told(ds, frame, said, own, _decimals(shown), asked[0])


def _periods(frame: Frame, own: Sequence[Target], periods: list[str]) -> tuple[set[str], list[str] | Reply]:
    """The operations, and the years of the plan that are named; a question where a year is of two of them."""
    ops, asked = set(frame.ops - _PLAIN - {"share", "define", "planned"}), list(frame.spans)
    values = [{*_decimals([step])} for step in own[0].targets] if len(own) == 1 else []
    if not frame.timed:  # « la cible de 65 % », « de 80 à 85 »: the first year of each
        asked = [next(p for p, v in zip(periods, values, strict=True) if n in v)
                 for n in sorted(_values_said(frame)) if {n} in values]  # fmt: skip
    for year in frame.years:
        both = [p for p in periods if year in p.split("-")]
        if "reference" in ops or (len(own) == 1 and own[0].reference.period == year):
            ops.add("reference")
        elif len(both) == 1:
            asked += both
        elif both:
            near = [f"Quelle est la cible {t.id} en {p}?" for t in own[:2] for p in both]
            return ops, choice("De quelle année du plan s’agit-il?", *near)
        else:
            asked.append(year)
    if set(asked) - set(periods):
        last = f"Quelles sont les cibles en {periods[-1]}?"
        return ops, refusal(f"Les cibles vont de {periods[0]} à {periods[-1]}.", last)
    return ops, periods[-1:] if "last" in frame.ops and not asked else asked


def _printed(target: Target, step: TargetValue) -> str:
    unit = "" if target.unit == "%" or step.value is None else f"{NBSP}{target.unit}"
    return f"{typographic(step.printed)}{unit}"


def _moved(ds: Dataset, frame: Frame, own: Sequence[Target], ends: list[Mapping[str, TargetValue]]) -> Reply:
    """From one value to another, and the gap between them."""
    parts, gaps = [], []
    for t in own:
        first, last = ends[0][t.id], ends[1][t.id]
        said = " à ".join(f"{typographic(s.printed)}{f' en {s.period}' if s.period else ''}" for s in (first, last))
        gap = None if first.value is None or last.value is None else last.value - first.value
        if gap is not None:
            unit = "points" if t.unit == "%" else t.unit
            said += f" (écart{NBSP}: {number(gap, 1 if gap % 1 else 0)}{NBSP}{unit})"
            gaps += [abs(gap), gap]
        parts.append(f"{typographic(t.short)}, de {said}")
    shown = [TargetValue(printed="–", value=gap) for gap in gaps]
    return _told(ds, frame, f"{'; '.join(parts)}.", own, _decimals([*shown, *(e[t.id] for t in own for e in ends)]))


def _progress(ds: Dataset, frame: Frame, own: Target, asked: list[str]) -> Reply | None:
    """What is asked from one year to the next."""
    found = [step for step in steps(own) if step.asked is not None and (not asked or step.period in asked)]
    said = ", ".join(f"{words.asked(step)} en {step.period}" for step in found)
    text = f"{typographic(own.short)}, progression demandée par rapport à l’année d’avant{NBSP}: {said}."
    values = [Decimal(plain(v)) for s in found for v in (s.asked or 0, abs(s.asked or 0))]
    return _told(ds, frame, text, [own], values) if found else None


def _decimals(values: Iterable[TargetValue]) -> list[Decimal]:
    return [Decimal(plain(step.value).removesuffix(".0")) for step in values if step.value is not None]


def _told(
    ds: Dataset, frame: Frame, said: str, own: Sequence[Target], values: Sequence[Decimal], period: str = ""
) -> Reply:
    note = "" if "how_many" in frame.ops or "ensemble du Québec" in said else " Cibles pour l’ensemble du Québec."
    one = len(own) == 1
    view = Slide("cible", {"cible": own[0].id}) if one else Slide("cibles", {})
    return Reply(
        "answer", typographic(f"{said}{note} Ce sont des cibles, et non des résultats."), tuple(dict.fromkeys(values)),
        "cible", period, chips(ds, frame, [ds.config.province], [], "target", *(t.id for t in own)), view,
        section(ds, ds.targets.source), tuple(typographic(t.quote) for t in own), addresses.TARGETS,
        {query.PLACE: place_of("cible", own[0].id)} if one else {}, asked=frame.asked,
    )  # fmt: skip


# --- Actions ----------------------------------------------------------------------------------------------------------

_OF_ACTIONS = frozenset({*_PLAIN, "common", "partly", "own", "highest", "lowest", "planned", "difference"}) - {"last"}
# « Quelles actions ne sont que dans la Capitale-Nationale? »
_ONLY = re.compile(r"\b(?:ne|n) \w+ (?:que|qu)\b")
_SCOPES: Mapping[str, plan.Scope] = {"common": "communes", "partly": "partagees", "own": "propres"}
_KINDS = {"communes": "communes à toutes les régions", "partagees": "communes à quelques régions",
          "propres": "propres à une région"}  # fmt: skip
_MOST_TEXTS = 3
_HEARD_FROM = 6
# What is counted, by subject: its place among the texts of an action, and its name.
_COUNTED: Mapping[str, tuple[plan.Place, str, str]] = {
    "results": ("resultat", "résultat attendu", "résultats attendus"),
    "plan_indicators": ("indicateur", "indicateur", "indicateurs"),
    "actions": ("action", "action", "actions"),
}


# « Combien d’actions et d’indicateurs? »: two counts, and not the indicators of an action.
_AND_ALSO = re.compile(r"\bet (?:d |de |les |combien d )?(?:action|indicateur|resultat)")


def objectives(ds: Dataset, frame: Frame) -> Reply | None:
    """« Quels sont les objectifs du plan? »: each with its orientation."""
    asked = "objective" in frame.ops and frame.ops & {"how_many", "list", "define"} and not frame.beyond()
    if not asked or frame.unknown or frame.timed or frame.territories or "." in "".join(frame.numbers):
        return None
    own = [objective for _, objective in ds.action_plan.objectives()]
    each = "; ".join(f"{objective.id} {objective.label}" for objective in own)
    said = f"{number(len(ds.action_plan.orientations))} orientations, {number(len(own))} objectifs{NBSP}: {each}."
    return _plan_reply(ds, frame, said, [Decimal(len(own))], plan.Filters(), [])


def actions(ds: Dataset, frame: Frame) -> Reply | None:
    """How many actions (results, indicators) answer, and which; a word that names nothing is searched for."""
    named = [n for n in _COUNTED if n in frame.subjects]
    if len(named) > 1 and _AND_ALSO.search(flat(frame.asked)):
        each = [actions(ds, _of_one(frame, name)) for name in reversed(named)]
        return joined([reply for reply in each if reply]) if all(each) else None
    return _actions(ds, frame)


def _of_one(frame: Frame, name: str) -> Frame:
    kept = [s for s in frame.subjects if s not in _COUNTED or s == name]
    return replace(frame, kinds={**frame.kinds, "subject": kept})


def _actions(ds: Dataset, frame: Frame) -> Reply | None:
    own, speak = ds.action_plan, _spoken_from(frame)
    before = [m for m in frame.mentions if m.end <= speak or not speak]
    regions_that = "region" in frame.levels and not frame.beyond("programme", "topic") and bool(frame.get("programme"))
    # « On travaille avec les employeurs dans le plan? »: its words are looked for where they name nothing else.
    planned = "planned" in frame.ops or ("text" not in frame.ops and not frame.beyond("topic") and not speak and any(
        t.word == "plan" for t in frame.words))  # fmt: skip
    results = frame.ops >= {"result"} >= frame.ops - _PLAIN and not frame.beyond("topic") and not frame.unknown
    about = set(frame.subjects) & PLAN or planned or regions_that or results
    if (
        not about
        or "targets" in frame.subjects
        or "plan-muet" in frame.get("topic")
        or (not planned and _any(before, "topic"))
    ):
        return None
    if "result" in frame.ops and not ds.follow_up.entries:
        said = "Le plan dit ce qui est prévu, et non ce qui a été fait; aucun résultat n’a été saisi au suivi."
        return refusal(said, "Combien d’actions compte le plan?")
    if frame.years or frame.dates or frame.percents or set(frame.spans) - {own.period}:
        return refusal(f"Le plan d’action porte sur {own.period}.", "Combien d’actions compte le plan?")
    refused = {"result", "why", "except", "change", "if", "rank", "mean", "index", "times", "nth"}
    ops = {x.code for m in before for x in m.meanings if x.kind == "operation"}
    if (ops & refused and not planned) or any(meaning.code == "agreements" for m in before for meaning in m.meanings):
        return None
    levels = {code: ds.territories[code].level for code in frame.territories}
    if set(levels.values()) - {"region", "direction", "mrc" if speak else "direction"}:
        return refusal("Le plan d’action est donné par région.", "Combien d’actions compte le plan?")
    regions = [code for code, level in levels.items() if level == "region"]
    mrc = {code for code, level in levels.items() if level == "mrc"}
    common = "common" in frame.ops
    numbers = [n for n in frame.numbers if not common]
    numbers = [n for n in numbers if "." in n or "objective" in frame.ops or not _counts_places(frame, n)]
    objectives = [o.id for _, o in own.objectives() if any(n in (o.id, o.id[:1]) for n in numbers)]
    scopes = [_SCOPES[op] for op in _SCOPES if op in frame.ops]
    if _ONLY.search(flat(frame.asked)):
        scopes = ["propres"]
    sought = _query(ds, frame, speak)
    if {word for word in frame.unknown if flat(word) not in _SMALL} - set(sought):
        return None
    heard = _heard(ds)
    sought = [heard.get(flat(w)) or heard.get(sound(flat(w)), w) if w in frame.unknown else w for w in sought]
    asked = " ".join(_stem(word) for word in sought)
    programmes = [] if asked else frame.get("programme")
    if (numbers and not objectives) or len(programmes) > 1 or len(scopes) > 1:
        return None
    several = common and (len(regions) > 1 or bool(frame.numbers))
    filters = plan.Filters(
        objective=objectives[0] if len(objectives) == 1 else None, programme=programmes[0] if programmes else None,
        scope=scopes[0] if scopes and not several else None, query=asked,
    )  # fmt: skip
    typed = replace(filters, query=" ".join(sought))
    filters = typed if plan.search(own, typed) else filters
    # « session Objectif Intégration » is « sessions Objectif Intégration » too.
    first = sought[0] if len(sought) > 1 else ""
    other = " ".join([first.removesuffix("s") + "s" * (not first.endswith("s")), *sought[1:]])
    also = [replace(filters, query=other)] if first and len(plan.terms(own, other)) == 1 else []
    met: dict[str, plan.Found] = {}
    for one in (f for filter_ in (filters, *also) for f in plan.search(own, filter_)):
        held = met[one.action.id].places if one.action.id in met else {}
        places = {place: held.get(place, 0) + one.places.get(place, 0) for place in {*held, *one.places}}
        met[one.action.id] = plan.Found(one.action, places)
    every = [met[a.id] for a in own.actions if a.id in met and (not objectives or a.objective in objectives)]
    if (ops - _OF_ACTIONS - ({"define"} if speak else set()) and not planned) or (not speak and asked and not every):
        return None
    if not every and " " in asked:
        return None
    if planned and not set(frame.subjects) & PLAN and not (every and (asked or levels)):
        return None
    if ops & {"highest", "lowest"}:
        return _most(ds, frame, every, filters) if "region" in frame.levels and not regions else None
    if mrc:
        every = [f for f in every if mrc <= set(f.action.territories)]
    if common:
        return _shared(ds, frame, every, filters, regions)
    found = [f for f in every if not regions or f.action.region_code in regions]
    return _counted(ds, frame, found, filters, regions, speak)


def _counts_places(frame: Frame, number: str) -> bool:
    """« dans les quatre plans », « les 4 régions »: how many there are, and no objective."""
    after = [frame.words[n + 1].word for n, token in enumerate(frame.words[:-1]) if token.number == number]
    return bool(after) and after[0] in ("plans", "plan", "regions", "portraits")


def _any(mentions: Iterable[object], kind: str) -> bool:
    return any(meaning.kind == kind for m in mentions for meaning in m.meanings)  # type: ignore[attr-defined]


def _spoken_from(frame: Frame) -> int:
    """The rank of the word after « parlent de », or « actions pour »; 0 without it."""
    ends = [m.end for m in frame.mentions if any(meaning.code in ("speak", "planned") for meaning in m.meanings)]
    after = min((m.end for m in frame.mentions if {x.code for x in m.meanings} & {*PLAN, "planned"}), default=0)
    ends += [n + 1 for n, t in enumerate(frame.words) if after <= n and after and t.word in _ABOUT]
    return max(ends) if ends and max(ends) < len(frame.words) else 0


_ABOUT = frozenset({"pour", "avec", "sur", "contre"})
_LONG = 5
_PAIR = 2
_NEVER_SOUGHT = PLAN | {"objective", "how_many", "list", "region", "year"}
_SMALL = frozenset(
    {"d", "l", "de", "du", "des", "la", "le", "les", "en", "au", "aux", "et", "dans", "plans", "regionaux"}
)


def _query(ds: Dataset, frame: Frame, start: int) -> list[str]:
    """The words that the actions are searched for, as typed: those that name nothing of the plan."""
    # « Objectif Intégration », « Services Québec »: as the plan has them.
    # What follows a comma is another part of the question.
    end = next((n for n in range(start + 1, len(frame.words)) if start and re.search("[,;:]", frame.asked[
        frame.words[n - 1].at : frame.words[n].at])), len(frame.words))  # fmt: skip
    left = {n for n, t in enumerate(frame.words) if start and start <= n < end and t.word not in _SMALL}
    whole = [frame.words[n].typed for n in sorted(left)]
    places = {n for m in frame.mentions for x in m.meanings if x.kind == "territory" for n in range(m.start, m.end)}
    if len(whole) > 1 and left - places and plan.search(ds.action_plan, plan.Filters(query=" ".join(whole))):
        return whole
    kept: set[int] = set()
    for mention in frame.mentions:
        kinds = {meaning.kind for meaning in mention.meanings}
        own = {meaning.code for meaning in mention.meanings}
        fixed = {"territory"} if start else {"territory", "operation", "level", "programme"}
        if mention.start >= start and not kinds & fixed and not own & _NEVER_SOUGHT:
            kept |= set(range(mention.start, mention.end))
    unknown = set(frame.unknown)
    found = [t.typed for n, t in enumerate(frame.words) if (n in kept or t.typed in unknown) and t.word not in _SMALL]
    # « pour attirer… »: a word that is harmless anywhere else says here what the actions are for.
    named = {n for m in frame.mentions for n in range(m.start, m.end)}
    return found or [frame.words[n].typed for n in sorted(left - named)[:1] if n == min(left) and len(whole[0]) > _LONG]


@remembered
def _heard(ds: Dataset) -> dict[str, str]:
    """The words of the actions as they are, and by their sound: « raprochement » is « rapprochement »."""
    every = [text for action in ds.action_plan.actions for _, text in plan.texts(ds.action_plan, action)]
    own = {t.word: t.typed for text in every for t in tokens(text)}
    return {sound(word): typed for word, typed in own.items() if len(word) >= _HEARD_FROM} | own


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def _number_of(frame: Frame, found: Sequence[plan.Found]) -> tuple[int, str, str]:
    """How many of what is counted, and what it is called; of those that are searched for, where a word is."""
    name = next((name for name in _COUNTED if name in frame.subjects), "actions")
    place, one, several = _COUNTED[name]
    if place == "action":
        return len(found), one, several
    if found and found[0].places and "actions" not in frame.subjects:
        return sum(f.places.get(place, 0) for f in found), one, several
    held = plan.counts(f.action for f in found)
    return held.results if place == "resultat" else held.indicators, one, several


def _counted(
    ds: Dataset, frame: Frame, found: Sequence[plan.Found], filters: plan.Filters, regions: list[str], speak: int
) -> Reply:
    count, one, several = _number_of(frame, found)
    place = listed([where(ds, code) for code in regions]) if regions else "dans le plan d’action"
    by = [(c, _number_of(frame, [f for f in found if f.action.region_code == c])[0]) for c in ds.region_codes()]
    each = [(c, n) for c, n in by if n] if len(regions) != 1 and count else []
    words_ = " ".join(_query(ds, frame, speak))
    about = f" {'parle' if count < 2 else 'parlent'} de «{NBSP}{words_}{NBSP}»" if filters.query else ""
    labels = {p.id: p.label for p in ds.action_plan.programmes}
    of = [_KINDS.get(filters.scope or "", ""), labels.get(filters.programme or "", "")]
    of.append(f"objectif {filters.objective}" if filters.objective else "")
    limits = f" ({'; '.join(text for text in of if text)})" if any(of) else ""
    spread = f"{NBSP}: " + listed([f"{number(n)} {where(ds, c)}" for c, n in each]) if len(each) > 1 else ""
    wanted = "list" in frame.ops or filters.query or filters.scope
    above = sum(set(f.places) == {"objectif"} for f in found)
    own = f", {number(count - above)} dans leurs mots et {number(above)} par leur objectif" if above else ""
    of_actions = (
        f", pour ce qui parle de «{NBSP}{words_}{NBSP}»" if "actions" in frame.subjects and one != "action" else ""
    )
    mrc = [ds.name(code) for code in frame.territories if ds.territories[code].level == "mrc"]
    about = (
        f" {'nomme' if count < 2 else 'nomment'} {listed(mrc)}"
        if mrc
        else of_actions
        if of_actions and about
        else about
    )
    text = f"{capital(place)}, {number(count)}{NBSP}{one if count < 2 else several}{limits}{about}{own}{spread}."
    if "difference" in frame.ops and len(each) == len(regions) == _PAIR:
        gap = abs(each[0][1] - each[1][1])
        return _plan_reply(
            ds, frame, f"{text} Écart{NBSP}: {gap}.", [Decimal(gap), *(Decimal(n) for _, n in each)], filters, regions
        )
    shown = _examples(ds, frame, found) if wanted else ""
    values = [Decimal(count), *([Decimal(count - above)] if above else []), *(Decimal(n) for _, n in each)]
    return _plan_reply(ds, frame, f"{text}{shown}", values, filters, regions)


def _examples(ds: Dataset, frame: Frame, found: Sequence[plan.Found]) -> str:
    place = next((_COUNTED[name][0] for name in _COUNTED if name in frame.subjects), "action")
    texts = [t for f in found for where_, t in plan.texts(ds.action_plan, f.action) if where_ == place]
    if found and found[0].places and place != "action" and "actions" not in frame.subjects:
        terms = plan.terms(ds.action_plan, " ".join(_stem(w) for w in _query(ds, frame, _spoken_from(frame))))
        texts = [t for t in texts if all(holds(t, term) for term in terms)]
    said = "; ".join(f"«{NBSP}{typographic(text)}{NBSP}»" for text in texts[:_MOST_TEXTS])
    return f" Par exemple{NBSP}: {said}." if said else ""


def _shared(
    ds: Dataset, frame: Frame, every: Sequence[plan.Found], filters: plan.Filters, regions: list[str]
) -> Reply | None:
    """The actions that several regions share, each counted once."""
    if "actions" not in frame.subjects or len(frame.numbers) > 1:
        return None
    groups: dict[str, list[plan.Found]] = {}
    for found in every:
        groups.setdefault(found.action.group_key, []).append(found)
    of = {key: {f.action.region_code for f in group} for key, group in groups.items()}
    if len(regions) > 1:
        kept, place = [k for k, codes in of.items() if set(regions) <= codes], listed([where(ds, c) for c in regions])
        limit = f"à la fois {place}"
    elif frame.numbers and frame.numbers[0].isdigit():
        kept = [k for k, codes in of.items() if len(codes) == int(frame.numbers[0])]
        limit = f"à {frame.numbers[0]} régions"
    else:
        kept, limit = list(of), "à toutes les régions"
    lines = sum(len(groups[k]) for k in kept)
    one = "action est commune" if len(kept) < 2 else "actions sont communes"
    text = f"{number(len(kept))}{NBSP}{one} {limit} (en tout, {number(lines)} lignes du plan)."
    text = text if kept else f"Aucune action n’est commune {limit}."
    shown = _examples(ds, frame, [groups[k][0] for k in kept])
    return _plan_reply(ds, frame, f"{text}{shown}", [Decimal(len(kept)), Decimal(lines)], filters, [])


def _most(ds: Dataset, frame: Frame, found: Sequence[plan.Found], filters: plan.Filters) -> Reply:
    counts = {c: _number_of(frame, [f for f in found if f.action.region_code == c])[0] for c in ds.region_codes()}
    edge = (max if "highest" in frame.ops else min)(counts.values())
    first = [c for c, n in counts.items() if n == edge]
    several = _number_of(frame, found)[2]
    end, places = "plus" if "highest" in frame.ops else "moins", listed([where(ds, c) for c in first])
    text = f"Le {end} {'d’' if several[0] in 'aei' else 'de '}{several}{NBSP}: {number(edge)} {places}."
    return _plan_reply(ds, frame, text, [Decimal(edge)], replace(filters, query=""), first if len(first) == 1 else [])


def _plan_reply(
    ds: Dataset, frame: Frame, said: str, values: Sequence[Decimal], filters: plan.Filters, regions: list[str]
) -> Reply:
    one = regions[0] if len(regions) == 1 else ""
    own = {query.SEARCH: filters.query, query.REGION: one, query.OBJECTIVE: filters.objective,
           query.PROGRAMME: filters.programme, query.SCOPE: filters.scope}  # fmt: skip
    document = ds.documents[ds.action_plan.source].short
    return Reply(
        "answer", typographic(f"{said} Plan {ds.action_plan.period}."), tuple(dict.fromkeys(values)), "plan",
        ds.action_plan.period, chips(ds, frame, regions, [], "actions"),
        Slide("plan", {query.TERRITORY: one or ds.config.direction}), f"Source{NBSP}: {document}, plan d’action.",
        (), addresses.ACTION_PLAN, {name: value for name, value in own.items() if value}, asked=frame.asked,
    )  # fmt: skip
