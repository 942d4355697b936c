"""Answers on the actions of the plan: how many of them (of their results, indicators), and which speak of something."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators import plan
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import listed
from dashboard.questions.frame import PLAN, Frame
from dashboard.questions.lexicon import lexicon
from dashboard.questions.reply import Reply, joined, refusal
from dashboard.questions.targets import PLAIN
from dashboard.questions.telling import chips, where
from dashboard.questions.words import sound, stem, tokens
from dashboard.wording import addresses, query
from dashboard.wording.matching import holds
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.slugs import flat

_ENDS: Final = {"highest", "lowest"}
_OF_ACTIONS: Final = frozenset({*PLAIN, "common", "partly", "own", "planned", "difference", *_ENDS}) - {"last"}
# « Quelles actions ne sont que dans la Capitale-Nationale? »
_ONLY: Final = re.compile(
    r"\b(?:ne|n) (?:\w+ ){1,3}(?:que|qu)\b|\b(?:juste|seulement|uniquement) (?:en|au|dans|a)\b"
    r"|\ba (?:elle|lui) (?:toute? )?seule?\b|\bseule?s? a (?:faire|avoir|l avoir|les avoir|proposer|prevoir)\b"
    r"|\bune seule region\b|\bles autres (?:regions )?n (?:en )?ont pas\b"
)
# « Combien d’actions et d’indicateurs? »: two counts, and not the indicators of an action.
_AND_ALSO: Final = re.compile(r"\bet (?:d |de |les |combien d )?(?:action|indicateur|resultat)")
_SCOPES: Final[Mapping[str, plan.Scope]] = {"common": "communes", "partly": "partagees", "own": "propres"}
_KINDS: Final = {"communes": "communes à toutes les régions", "partagees": "communes à quelques régions",
                 "propres": "propres à une région"}  # fmt: skip
# Said by region, in all; other words for what is planned.
_TOLD: Final = ("apart", "region", "sum", "compare", "objective", "planned", "speak", "text", "result")
# What is counted, by subject: its place among the texts of an action, and its name.
_COUNTED: Final[Mapping[str, tuple[plan.Place, str, str]]] = {
    "results": ("resultat", "résultat attendu", "résultats attendus"),
    "plan_indicators": ("indicateur", "indicateur", "indicateurs"),
    "actions": ("action", "action", "actions"),
}
_ABOUT: Final = frozenset({"pour", "avec", "sur", "contre", "vise", "visent"})
# « par objectif », « quelle orientation a le plus d’actions? »
_EACH_OBJECTIVE: Final = re.compile(r"\b(?:par|chaque|selon l|quel(?:le)?) (?:objectif|orientation)s?\b")
_PLACES: Final = ("plans", "plan", "regions", "portraits")
_NEVER_SOUGHT: Final = PLAN | {"objective", "how_many", "list", "region", "year"}
_SMALL: Final = frozenset(("d", "l", "de", "du", "des", "la", "le", "les", "en", "au", "aux", "et", "dans", "plans",
                           "regionaux", "plus", "moins", "quel", "quelle", "quels", "quelles", "combien",
                           "respectivement", "chacun", "chacune", "autres"))  # fmt: skip
_NEAR: Final = "Combien d’actions compte le plan?"
_MOST_TEXTS, _HEARD_FROM, _LONG = 3, 6, 5


@dataclass(frozen=True)
class _Question:
    """What is asked of the plan: of what limits, in which regions; speak: from which word it says what is sought."""

    ds: Dataset
    frame: Frame
    filters: plan.Filters
    regions: list[str]
    speak: int
    sought: Sequence[str] = ()

    @property
    def counted(self) -> tuple[plan.Place, str, str]:
        return _COUNTED[next((name for name in _COUNTED if name in self.frame.subjects), "actions")]

    def count(self, found: Iterable[plan.Found]) -> int:
        """How many of what is counted; of those that hold the words, where some are looked for."""
        own, place = list(found), self.counted[0]
        if place != "action" and self.filters.query and "actions" not in self.frame.subjects:
            return sum(f.places.get(place, 0) for f in own)
        held = plan.counts(f.action for f in own)
        return {"action": held.actions, "resultat": held.results}.get(place, held.indicators)

    def by_region(self, found: Sequence[plan.Found]) -> dict[str, int]:
        return {c: self.count(f for f in found if f.action.region_code == c) for c in self.ds.region_codes()}

    def examples(self, found: Sequence[plan.Found]) -> str:
        own, place = self.ds.action_plan, self.counted[0]
        texts = [t for f in found for where_, t in plan.texts(own, f.action) if where_ == place]
        if self.filters.query and place != "action" and "actions" not in self.frame.subjects:
            texts = [t for t in texts if all(holds(t, term) for term in plan.terms(own, self.filters.query))]
        said = "; ".join(f"«{NBSP}{typographic(text)}{NBSP}»" for text in texts[:_MOST_TEXTS])
        return f" Par exemple{NBSP}: {said}." if said else ""

    def reply(self, said: str, values: Iterable[int], regions: Sequence[str], *used: str) -> Reply:
        own, ds = self.filters, self.ds
        one = regions[0] if len(regions) == 1 else ""
        choices = {query.SEARCH: own.query, query.REGION: one, query.OBJECTIVE: own.objective,
                   query.PROGRAMME: own.programme, query.SCOPE: own.scope}  # fmt: skip
        limits = self.frame.territories if "common" not in self.frame.ops or len(self.regions) != 1 else ()
        words, own_words = self.frame.words, {*self.sought} - _SMALL
        sought = [
            meaning.code for mention in self.frame.mentions
            if mention.start >= self.speak and {t.typed for t in words[mention.start : mention.end]} & own_words
            for meaning in mention.meanings if self.speak or meaning.kind not in ("operation", "level", "territory")
        ]  # fmt: skip
        return Reply(
            "answer", typographic(f"{said} Plan {ds.action_plan.period}."), tuple(dict.fromkeys(map(Decimal, values))),
            "plan", ds.action_plan.period, chips(ds, self.frame, regions, [], "actions"),
            Slide("plan", {query.TERRITORY: one or ds.config.direction}),
            f"Source{NBSP}: {ds.documents[ds.action_plan.source].short}, plan d’action.", (), addresses.ACTION_PLAN,
            {name: value for name, value in choices.items() if value}, asked=self.frame.asked,
        ).using(
            *PLAN, *_SCOPES, *_TOLD, *used, *sought, *limits, ds.action_plan.period, ds.config.direction,
            own.objective or "", own.programme or "", "numbers" if len(self.frame.numbers) < 2 else "",
        )  # fmt: skip


def objectives(ds: Dataset, frame: Frame) -> Reply | None:
    """« Quels sont les objectifs du plan? »: each with its orientation."""
    asked = "objective" in frame.ops and not frame.beyond() and (
        frame.numbers or frame.ops & {"how_many", "list", "define"})  # fmt: skip
    if not asked or frame.unknown or frame.timed or frame.territories or "." in "".join(frame.numbers):
        return None
    every, numbers = list(ds.action_plan.objectives()), re.findall(r"\borientation (\d)\b", flat(frame.asked))
    own = [objective for of, objective in every if of.id in numbers] or [objective for _, objective in every]
    each = "; ".join(f"{objective.id} {objective.label}" for objective in own)
    said = f"{number(len(ds.action_plan.orientations))} orientations, {number(len(own))} objectifs{NBSP}: {each}."
    if len(own) == 1:
        said = f"Orientation {numbers[0]}, objectif {each}."
    return _Question(ds, frame, plan.Filters(), [], 0).reply(said, [len(own)], [])


def actions(ds: Dataset, frame: Frame) -> Reply | None:
    """How many actions (results, indicators) answer, and which; a word that names nothing is searched for."""
    expected = any(t.word.startswith("resultat") for t in frame.words) and not frame.beyond("topic")
    if expected and {"result", "objective"} <= frame.ops:
        # « À quels résultats s’attend-on? », « les résultats escomptés »
        frame = replace(frame)
        frame.swap({"result", "objective", "prevision"}, "subject", "results")
    named = [n for n in _COUNTED if n in frame.subjects]
    if len(named) < 2 or not _AND_ALSO.search(flat(frame.asked)):
        return _actions(ds, frame)
    others = [s for s in frame.subjects if s not in _COUNTED]
    each = [_actions(ds, replace(frame, kinds={**frame.kinds, "subject": [*others, name]})) for name in reversed(named)]
    return joined([reply for reply in each if reply]) if all(each) else None


def _actions(ds: Dataset, frame: Frame) -> Reply | None:
    own, speak = ds.action_plan, _spoken_from(frame)
    places = any(m.start >= speak and m.meanings[0].kind == "territory" for m in frame.mentions)
    # « les réfugiés sont mentionnés dans combien d’actions? »
    speak = speak if places or _sought(ds, frame, speak) else 0
    before = {meaning for m in frame.mentions if m.end <= speak or not speak for meaning in m.meanings}
    alone, counted = not frame.beyond("programme", "topic"), bool(set(frame.subjects) & PLAN)
    # « On travaille avec les employeurs dans le plan? »: its words are looked for where they name nothing else.
    by_name = not (speak or frame.ops & {"text", "how_many"}) and any(t.word == "plan" for t in frame.words)
    planned = "planned" in frame.ops or (alone and by_name)
    regions_that = "region" in frame.levels and bool(frame.get("programme"))
    results = frame.ops >= {"result"} >= frame.ops - PLAIN and not frame.unknown
    if not (counted or planned or (alone and (regions_that or results))) or "targets" in frame.subjects:
        return None
    if "plan-muet" in frame.get("topic") or ((speak or not planned) and any(x.kind == "topic" for x in before)):
        return None
    if "result" in frame.ops and not ds.follow_up.entries:
        said = "Le plan dit ce qui est prévu, et non ce qui a été fait; aucun résultat n’a été saisi au suivi."
        return refusal(said, _NEAR)
    if frame.years or frame.dates or frame.percents or set(frame.spans) - {own.period}:
        return refusal(f"Le plan d’action porte sur {own.period}.", _NEAR)
    levels = {code: ds.territories[code].level for code in frame.territories}
    if set(levels.values()) - {"region", "direction", "mrc" if speak else "direction"}:
        return refusal("Le plan d’action est donné par région.", _NEAR)
    ops = {x.code for x in before if x.kind == "operation"} & frame.ops
    regions = [code for code, level in levels.items() if level == "region"]
    scopes = ["propres"] if _ONLY.search(flat(frame.asked)) else [_SCOPES[op] for op in _SCOPES if op in frame.ops]
    # « C’est quoi les actions de la Gaspésie? »
    limited = {"define"} if speak or regions or scopes or frame.levels or "common" in ops else set[str]()
    if not planned and (ops - _OF_ACTIONS - limited or any(x.code == "agreements" for x in before)):
        return None
    mrc = {code for code, level in levels.items() if level == "mrc"}
    numbers = [] if "common" in frame.ops else [n for n in frame.numbers if not _of_places(frame, n)]
    under = [o.id for _, o in own.objectives() if any(n in (o.id, o.id[:1]) for n in numbers)]
    sought, heard = _sought(ds, frame, speak), _heard(ds)
    read = [next((heard[key] for key in (flat(w), stem(flat(w)), sound(flat(w))) if key in heard), w) for w in sought]
    free = {x.code for m in frame.mentions if not set(m.text.split()) <= {*sought} for x in m.meanings}
    programmes = [code for code in frame.get("programme") if not read or code in free]
    told = _objectives_said(ds, frame, read)
    if told and not numbers:
        under, read = told, []
    left = {w for w in frame.unknown if flat(w) not in _SMALL and w not in sought}
    if left or (numbers and not under) or len(programmes) > 1 or len(scopes) > 1:
        return None
    several = "common" in frame.ops and (len(regions) > 1 or bool(frame.numbers))
    filters = plan.Filters(
        objective=under[0] if len(under) == 1 else None, programme=programmes[0] if programmes else None,
        scope=scopes[0] if scopes and not several else None, query=" ".join(read))  # fmt: skip
    every = _holding(ds, filters, read, _other_names(ds, frame, sought))
    every = [f for f in every if mrc <= set(f.action.territories) and (not under or f.action.objective in under)]
    if not every and read and (not speak or len(read) > 1):
        return None
    if planned and not counted and not (every and (read or levels)):
        return None
    asked = _Question(ds, frame, filters, regions, speak, sought)
    if _EACH_OBJECTIVE.search(flat(frame.asked)) and not (under or read or scopes or programmes):
        return _by_objective(asked, [f for f in every if not regions or f.action.region_code in regions])
    if ops & _ENDS:
        who = "region" in frame.levels or any(t.word in ("qui", "ou") for t in frame.words)
        found = _most(asked, every) if (who and not regions) or len(regions) > 1 else None
        total = found and frame.ops >= {"how_many", "sum"}  # « combien au total, et quelle région en a le plus? »
        return joined([_counted(asked, every), found]) if total and found else found
    if "common" in frame.ops:
        return _shared(asked, every)
    return _counted(asked, [f for f in every if not regions or f.action.region_code in regions])


def _of_places(frame: Frame, number: str) -> bool:
    """« dans les quatre plans », « les 4 régions »: how many there are, and no objective."""
    pairs = {(one.number, other.word) for one, other in itertools.pairwise(frame.words)}
    return "." not in number and "objective" not in frame.ops and any((number, word) in pairs for word in _PLACES)


def _spoken_from(frame: Frame) -> int:
    """The rank of the word after « parlent de », or « actions pour »; 0 without it."""
    ends = [m.end for m in frame.mentions if any(meaning.code in ("speak", "planned") for meaning in m.meanings)]
    after = min((m.end for m in frame.mentions if {x.code for x in m.meanings} & {*PLAN, "planned"}), default=0)
    ends += [n + 1 for n, t in enumerate(frame.words) if after <= n and after and t.word in _ABOUT]
    return max(ends) if ends and max(ends) < len(frame.words) else 0


def _sought(ds: Dataset, frame: Frame, start: int) -> list[str]:
    """The words that the actions are searched for, as typed: those that name nothing of the plan."""
    # What follows a comma is another part of the question.
    ends = (n for n in range(start + 1, len(frame.words)) if start and re.search("[,;:]", frame.asked[
        frame.words[n - 1].at : frame.words[n].at]))  # fmt: skip
    end = next(ends, len(frame.words))
    fixed = {"territory"} if start else {"territory", "operation", "level", "programme"}
    named: dict[int, bool] = {}
    shorts, ignored = {flat(objective.short) for _, objective in ds.action_plan.objectives()}, lexicon(ds).ignored
    for mention in frame.mentions:
        # « francisation » is a programme, and an objective.
        kept = fixed - ({"programme"} if flat(mention.text) in shorts else set())
        free = not any(x.kind in kept or x.code in _NEVER_SOUGHT for x in mention.meanings)
        named |= dict.fromkeys(range(mention.start, mention.end), free and mention.start >= start)
    ranks = [n for n, t in enumerate(frame.words) if t.word not in _SMALL]
    left = [n for n in ranks if start and start <= n < end]
    whole = [t.typed for t in frame.words[left[0] : left[-1] + 1]] if left else []
    if len(left) > 1 and not all(named.get(n) is False for n in left) and _forms(ds, whole):
        return whole  # « Services Québec », « Objectif Intégration »: as the plan has them
    words = [(frame.words[n], named.get(n)) for n in ranks]
    found = [t.typed for t, free in words if (t.word not in ignored if free else t.typed in frame.unknown)]
    # « pour attirer… »: a word that is harmless anywhere else says here what the actions are for.
    return found or [word for word in whole[:1] if left[0] not in named and len(word) > _LONG]


def _objectives_said(ds: Dataset, frame: Frame, words: Sequence[str]) -> list[str]:
    """« sous l’orientation francisation »: the only objective, or the one orientation, that has these words."""
    wanted = {stem(flat(word)) for word in words if flat(word) not in lexicon(ds).ignored}
    if not wanted or not any(t.word in ("orientation", "objectif") for t in frame.words):
        return []
    own = [o.id for of, o in ds.action_plan.objectives() if wanted <= {
        stem(w) for w in flat(f"{of.label} {o.label} {o.short}").split()}]  # fmt: skip
    return own if len(own) == 1 else []


def _other_names(ds: Dataset, frame: Frame, words: Sequence[str]) -> list[str]:
    """« étudiants étrangers » are « étudiants internationaux » too: the names of a category that the plan has."""
    own = [m.meanings[0] for m in frame.mentions if words and set(words) <= set(m.text.split())]
    names = ds.vocabulary.categories.get(own[0].code, ()) if own and own[0].kind == "category" else ()
    return [name for name in names if " " in name and len(plan.terms(ds.action_plan, name)) == 1]


def _forms(ds: Dataset, words: Sequence[str]) -> list[str]:
    """The words one after the other, in the singular and the plural, as the plan has them."""
    one = [re.sub("(?<=...)s$", "", word) for word in words]
    both = ((word, f"{word}s") if len(word) >= _LONG else (word,) for word in one[:-1])
    each = (" ".join([*ahead, one[-1]]) for ahead in itertools.product(*both))
    return [form for form in itertools.islice(each, 16) if len(plan.terms(ds.action_plan, form)) == 1]


def _holding(ds: Dataset, filters: plan.Filters, words: Sequence[str], names: Sequence[str]) -> list[plan.Found]:
    """The actions that hold the words, one after the other where the plan has them so, or another name of the same."""
    forms = [*((_forms(ds, words) if len(words) > 1 else []) or [filters.query]), *(names if len(words) > 1 else ())]
    found = {f.action.id: f for form in forms for f in plan.search(ds.action_plan, replace(filters, query=form))}
    # From the start of words, « part » is in « partenaires »: the words themselves are wanted.
    wanted = {stem(flat(word)) for word in words}
    held = {id_: {stem(w) for _, text in plan.texts(ds.action_plan, f.action) for w in flat(text).split()} for id_, f in
            found.items()}  # fmt: skip
    kept = {id_: f for id_, f in found.items() if len(words) > 1 or wanted <= held[id_]}
    # Of many words, or of a programme and what is done with it, each action says its own: the same one elsewhere
    # is meant too.
    own, said = ds.action_plan, {flat(word) for word in words}
    many = bool(filters.programme) or (len(forms) == 1 and len(plan.terms(own, forms[0])) > 2)
    many |= len(said) > 1 and any(flat(term) in said for programme in own.programmes for term in programme.terms)
    alike = {f.action.group_key for f in kept.values() if many}
    same = plan.search(ds.action_plan, replace(filters, query="")) if alike else []
    kept |= {f.action.id: f for f in same if f.action.group_key in alike and f.action.id not in kept}
    return [kept[a.id] for a in ds.action_plan.actions if a.id in kept]


@remembered
def _heard(ds: Dataset) -> dict[str, str]:
    """The words of the actions as they are, by their stem (« franciser »), and by their sound (« raprochement »)."""
    every = [text for action in ds.action_plan.actions for _, text in plan.texts(ds.action_plan, action)]
    own = {t.word: t.typed for text in every for t in tokens(text)}
    long = sorted((word for word in own if len(word) >= _HEARD_FROM), key=len, reverse=True)
    return {sound(word): own[word] for word in long} | {stem(word): own[word] for word in long} | own


def _counted(asked: _Question, found: Sequence[plan.Found]) -> Reply:
    ds, frame, filters, regions = asked.ds, asked.frame, asked.filters, asked.regions
    count, (_, one, several) = asked.count(found), asked.counted
    place = listed([where(ds, code) for code in regions]) if regions else "dans le plan d’action"
    each = {c: n for c, n in asked.by_region(found).items() if n} if len(regions) != 1 and count else {}
    labels = {p.id: p.label for p in ds.action_plan.programmes}
    of = [_KINDS.get(filters.scope or ""), labels.get(filters.programme or "")]
    of.append(f"objectif {filters.objective}" if filters.objective else "")
    limits = f" ({'; '.join(text for text in of if text)})" if any(of) else ""
    spread = f"{NBSP}: " + listed([f"{number(n)} {where(ds, c)}" for c, n in each.items()]) if len(each) > 1 else ""
    above = sum(set(f.places) == {"objectif"} for f in found)
    own = f", {number(count - above)} dans leurs mots et {number(above)} par leur objectif" if above else ""
    mrc = [ds.name(code) for code in frame.territories if ds.territories[code].level == "mrc"]
    about, verb = "", " parle" if count < 2 else " parlent"
    if mrc:
        about = f" {'nomme' if count < 2 else 'nomment'} {listed(mrc)}"
    elif filters.query:
        verb = ", pour ce qui parle" if "actions" in frame.subjects and one != "action" else verb
        about = f"{verb} de «{NBSP}{filters.query}{NBSP}»"
    text = f"{capital(place)}, {number(count)}{NBSP}{one if count < 2 else several}{limits}{about}{own}{spread}."
    if "difference" in frame.ops and len(each) == len(regions) == 2:
        gap = abs(each[regions[0]] - each[regions[1]])
        return asked.reply(f"{text} Écart{NBSP}: {gap}.", [gap, *each.values()], regions, "difference")
    shown = asked.examples(found) if "list" in frame.ops or filters.query or filters.scope else ""
    return asked.reply(f"{text}{shown}", [count, *([count - above] if above else []), *each.values()], regions)


def _shared(asked: _Question, every: Sequence[plan.Found]) -> Reply | None:
    """The actions that several regions share, each counted once."""
    if "actions" not in asked.frame.subjects or len(asked.frame.numbers) > 1:
        return None
    groups: dict[str, list[plan.Found]] = {}
    for found in every:
        groups.setdefault(found.action.group_key, []).append(found)
    of, numbers = {key: {f.action.region_code for f in group} for key, group in groups.items()}, asked.frame.numbers
    kept, limit = list(of), "à toutes les régions"
    if len(asked.regions) > 1:
        kept = [key for key, codes in of.items() if set(asked.regions) <= codes]
        limit = f"à la fois {listed([where(asked.ds, c) for c in asked.regions])}"
    elif numbers:
        kept, limit = [key for key, codes in of.items() if str(len(codes)) == numbers[0]], f"à {numbers[0]} régions"
    lines = sum(len(groups[key]) for key in kept)
    one = "action est commune" if len(kept) < 2 else "actions sont communes"
    text = f"{number(len(kept))}{NBSP}{one} {limit} (en tout, {number(lines)} lignes du plan)."
    text = text if kept else f"Aucune action n’est commune {limit}."
    return asked.reply(f"{text}{asked.examples([groups[key][0] for key in kept])}", [len(kept), lines], [])


def _by_objective(asked: _Question, found: Sequence[plan.Found]) -> Reply:
    """How many under each objective of the plan."""
    each = {o.id: (asked.count(f for f in found if f.action.objective == o.id), o.short) for _, o in
            asked.ds.action_plan.objectives()}  # fmt: skip
    said = listed([f"{number(n)} sous l’objectif {id_} ({short})" for id_, (n, short) in each.items()])
    place = listed([where(asked.ds, code) for code in asked.regions] or ["dans le plan d’action"])
    counts = [n for n, _ in each.values()]
    text = f"{capital(place)}, {number(sum(counts))} {asked.counted[2]}{NBSP}: {said}."
    return asked.reply(text, [sum(counts), *counts], asked.regions, "objective", "apart", *_ENDS)


def _most(asked: _Question, found: Sequence[plan.Found]) -> Reply:
    high, several = "highest" in asked.frame.ops, asked.counted[2]
    counts = {c: n for c, n in asked.by_region(found).items() if not asked.regions or c in asked.regions}
    edge = (max if high else min)(counts.values())
    first = [c for c, n in counts.items() if n == edge]
    places = listed([where(asked.ds, c) for c in first])
    what = f"{'plus' if high else 'moins'} {'d’' if several[0] in 'aei' else 'de '}{several}"
    text = f"Le {what}{NBSP}: {number(edge)} {places}."
    own = replace(asked, filters=replace(asked.filters, query=""))
    return own.reply(text, [edge], first if len(first) == 1 else [], "highest" if high else "lowest")
