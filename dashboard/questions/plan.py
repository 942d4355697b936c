"""Answers on the actions of the plan: how many of them (of their results, indicators), and which speak of something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from dashboard.deck.slides import Slide
from dashboard.indicators import plan
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.model.action_plan import ActionPlan
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import listed
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.reply import Reply, joined, refusal
from dashboard.questions.targets import PLAIN
from dashboard.questions.telling import chips, where
from dashboard.questions.words import sound, stem, tokens
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.slugs import flat

_OF_ACTIONS = frozenset({*PLAIN, "common", "partly", "own", "highest", "lowest", "planned", "difference"}) - {"last"}
# « Quelles actions ne sont que dans la Capitale-Nationale? »
_ONLY = re.compile(r"\b(?:ne|n) \w+ (?:que|qu)\b")
_SCOPES: Mapping[str, plan.Scope] = {"common": "communes", "partly": "partagees", "own": "propres"}
_KINDS = {"communes": "communes à toutes les régions", "partagees": "communes à quelques régions",
          "propres": "propres à une région"}  # fmt: skip
# Said by region, in all, with the gap of two; other words for what is planned.
_TOLD_OF_ACTIONS = (
    "apart",
    "region",
    "sum",
    "compare",
    "objective",
    "planned",
    "speak",
    "text",
    "result",
)
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
    alone = not frame.beyond("programme", "topic")
    regions_that = "region" in frame.levels and alone and bool(frame.get("programme"))
    # « On travaille avec les employeurs dans le plan? »: its words are looked for where they name nothing else.
    by_name = alone and not (speak or frame.ops & {"text", "how_many"}) and any(t.word == "plan" for t in frame.words)
    planned = "planned" in frame.ops or by_name
    results = frame.ops >= {"result"} >= frame.ops - PLAIN and alone and not frame.unknown
    about = set(frame.subjects) & PLAN or planned or regions_that or results
    if (
        not about
        or "targets" in frame.subjects
        or "plan-muet" in frame.get("topic")
        or (not planned and any(x.kind == "topic" for m in before for x in m.meanings))
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
    sought = _sought(ds, frame, speak)
    heard = _heard(ds)
    read = [heard.get(flat(w)) or heard.get(sound(flat(w)), w) if w in frame.unknown else w for w in sought]
    asked = " ".join(read)
    programmes = [] if asked else frame.get("programme")
    if (
        {word for word in frame.unknown if flat(word) not in _SMALL} - set(sought)
        or (numbers and not objectives)
        or len(programmes) > 1
        or len(scopes) > 1
    ):
        return None
    several = common and (len(regions) > 1 or bool(frame.numbers))
    filters = plan.Filters(
        objective=objectives[0] if len(objectives) == 1 else None, programme=programmes[0] if programmes else None,
        scope=scopes[0] if scopes and not several else None, query=asked,
    )  # fmt: skip
    every = [f for f in _holding(own, filters, read) if not objectives or f.action.objective in objectives]
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
    return _counted(ds, frame, found, filters, regions)


def _counts_places(frame: Frame, number: str) -> bool:
    """« dans les quatre plans », « les 4 régions »: how many there are, and no objective."""
    after = [frame.words[n + 1].word for n, token in enumerate(frame.words[:-1]) if token.number == number]
    return bool(after) and after[0] in ("plans", "plan", "regions", "portraits")


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


def _sought(ds: Dataset, frame: Frame, start: int) -> list[str]:
    """The words that the actions are searched for, as typed: those that name nothing of the plan."""
    # What follows a comma is another part of the question.
    end = next((n for n in range(start + 1, len(frame.words)) if start and re.search("[,;:]", frame.asked[
        frame.words[n - 1].at : frame.words[n].at])), len(frame.words))  # fmt: skip
    fixed = {"territory"} if start else {"territory", "operation", "level", "programme"}
    named: dict[int, bool] = {}
    for mention in frame.mentions:
        free = not any(x.kind in fixed or x.code in _NEVER_SOUGHT for x in mention.meanings)
        named |= dict.fromkeys(range(mention.start, mention.end), free and mention.start >= start)
    ranks = [n for n, t in enumerate(frame.words) if t.word not in _SMALL]
    left = [n for n in ranks if start and start <= n < end]
    whole = [frame.words[n].typed for n in left]
    if len(whole) > 1 and set(left) - {n for n, free in named.items() if not free} and _held(ds.action_plan, whole):
        return whole  # « Services Québec », « Objectif Intégration »: as the plan has them
    found = [frame.words[n].typed for n in ranks if named.get(n) or frame.words[n].typed in frame.unknown]
    # « pour attirer… »: a word that is harmless anywhere else says here what the actions are for.
    return found or [word for word in whole[:1] if left[0] not in named and len(word) > _LONG]


@remembered
def _heard(ds: Dataset) -> dict[str, str]:
    """The words of the actions as they are, and by their sound: « raprochement » is « rapprochement »."""
    every = [text for action in ds.action_plan.actions for _, text in plan.texts(ds.action_plan, action)]
    own = {t.word: t.typed for text in every for t in tokens(text)}
    return {sound(word): typed for word, typed in own.items() if len(word) >= _HEARD_FROM} | own


@lru_cache(maxsize=2_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in flat(text).split() if word not in _SMALL)


def _one_after_the_other(text: str, words: Sequence[str]) -> bool:
    own, wanted = _stems(text), _stems(" ".join(words))
    return any(own[n : n + len(wanted)] == wanted for n in range(len(own)))


def _held(own: ActionPlan, words: Sequence[str]) -> bool:
    """Whether a text of the plan has these words, one after the other."""
    return any(_one_after_the_other(text, words) for action in own.actions for _, text in plan.texts(own, action))


def _holding(own: ActionPlan, filters: plan.Filters, words: Sequence[str]) -> list[plan.Found]:
    """The actions whose texts have the words: one after the other where the plan has them so, else all of them."""
    every = plan.search(own, replace(filters, query=""))
    if not words:
        return every
    wanted, together = set(_stems(" ".join(words))), _held(own, words)
    found = []
    for action in (f.action for f in every):
        texts = list(plan.texts(own, action))
        whole = [p for p, t in texts if (_one_after_the_other(t, words) if together else wanted <= {*_stems(t)})]
        if not whole and not together and wanted <= {s for _, t in texts for s in _stems(t)}:
            whole = [place for place, text in texts if wanted & {*_stems(text)}]
        found += [plan.Found(action, Counter(whole))] if whole else []
    return found


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
    ds: Dataset, frame: Frame, found: Sequence[plan.Found], filters: plan.Filters, regions: list[str]
) -> Reply:
    count, one, several = _number_of(frame, found)
    place = listed([where(ds, code) for code in regions]) if regions else "dans le plan d’action"
    by = [(c, _number_of(frame, [f for f in found if f.action.region_code == c])[0]) for c in ds.region_codes()]
    each = [(c, n) for c, n in by if n] if len(regions) != 1 and count else []
    labels = {p.id: p.label for p in ds.action_plan.programmes}
    of = [_KINDS.get(filters.scope or "", ""), labels.get(filters.programme or "", "")]
    of.append(f"objectif {filters.objective}" if filters.objective else "")
    limits = f" ({'; '.join(text for text in of if text)})" if any(of) else ""
    spread = f"{NBSP}: " + listed([f"{number(n)} {where(ds, c)}" for c, n in each]) if len(each) > 1 else ""
    wanted = "list" in frame.ops or filters.query or filters.scope
    above = sum(set(f.places) == {"objectif"} for f in found)
    own = f", {number(count - above)} dans leurs mots et {number(above)} par leur objectif" if above else ""
    mrc = [ds.name(code) for code in frame.territories if ds.territories[code].level == "mrc"]
    about, verb = "", "parle" if count < 2 else "parlent"
    if mrc:
        about = f" {'nomme' if count < 2 else 'nomment'} {listed(mrc)}"
    elif filters.query:
        verb = "pour ce qui parle" if "actions" in frame.subjects and one != "action" else verb
        about = f"{',' * verb.startswith('pour')} {verb} de «{NBSP}{filters.query}{NBSP}»"
    text = f"{capital(place)}, {number(count)}{NBSP}{one if count < 2 else several}{limits}{about}{own}{spread}."
    if "difference" in frame.ops and len(each) == len(regions) == _PAIR:
        gap = abs(each[0][1] - each[1][1])
        values = [Decimal(gap), *(Decimal(n) for _, n in each)]
        return _plan_reply(ds, frame, f"{text} Écart{NBSP}: {gap}.", values, filters, regions).using("difference")
    shown = _examples(ds, frame, found, filters.query) if wanted else ""
    values = [Decimal(count), *([Decimal(count - above)] if above else []), *(Decimal(n) for _, n in each)]
    return _plan_reply(ds, frame, f"{text}{shown}", values, filters, regions)


def _examples(ds: Dataset, frame: Frame, found: Sequence[plan.Found], asked: str) -> str:
    place = next((_COUNTED[name][0] for name in _COUNTED if name in frame.subjects), "action")
    texts = [t for f in found for where_, t in plan.texts(ds.action_plan, f.action) if where_ == place]
    if found and found[0].places and place != "action" and "actions" not in frame.subjects:
        texts = [t for t in texts if {*_stems(asked)} <= {*_stems(t)}]
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
    shown = _examples(ds, frame, [groups[k][0] for k in kept], filters.query)
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
    ).using(*_of_plan(ds, frame, filters))  # fmt: skip


def _of_plan(ds: Dataset, frame: Frame, filters: plan.Filters) -> Iterable[str]:
    """What a question about actions may hold: what limits them, and all of the words that they are searched for."""
    yield from (*PLAN, *_SCOPES, *_TOLD_OF_ACTIONS, ds.action_plan.period)
    regions = [code for code in frame.territories if ds.territories[code].level == "region"]
    if not regions:
        yield "highest" if "highest" in frame.ops else "lowest"  # see _most
    limits = frame.territories if "common" not in frame.ops or len(regions) != 1 else ()
    yield from (ds.config.direction, *limits)
    if len(frame.numbers) < 2:
        yield "numbers"
    yield from (filters.objective or "", filters.programme or "")
    speak = _spoken_from(frame)
    for mention in frame.mentions if filters.query else ():
        for meaning in mention.meanings:
            if mention.start >= speak and (speak or meaning.kind not in ("operation", "level", "territory")):
                yield meaning.code
