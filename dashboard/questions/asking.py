"""A question in plain French, and what is answered: the one function that the command and the search box call.

Here too what is asked about a figure: where it comes from, what the source does to it, which rates are not reliable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators.anomalies import touching
from dashboard.indicators.memory import kept
from dashboard.indicators.quantity import observed
from dashboard.model import Dataset
from dashboard.narrative.search import place_of
from dashboard.narrative.show import listed
from dashboard.narrative.sourcing import source_text
from dashboard.questions import agreements, figures, parts, plan, targets, texts, what_if
from dashboard.questions.frame import Frame, read
from dashboard.questions.measures import ADMISSIONS, measure, when
from dashboard.questions.reply import Chip, Reply, choice, refusal
from dashboard.questions.suggesting import nearest, replaced
from dashboard.questions.telling import above, ask_place, chips, inside, where
from dashboard.questions.words import LONGEST
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, typographic
from dashboard.wording.periods import period as period_words
from dashboard.wording.slugs import flat

_PLAN = "Combien d’actions compte le plan?"
_Attempt = Callable[[Dataset, Frame], Reply | None]
_FEW_WORDS = 5
_SEVERAL = 2


def ask(ds: Dataset, text: str) -> Reply:
    """What is answered to a text, whatever it is; never raises for it."""
    return _ask(ds, " ".join(text[:LONGEST].split()))


def prepare(ds: Dataset) -> None:
    """Makes ready what the first person would wait for: the vocabulary, the texts, the simulator."""
    for code in ds.mrc_codes()[:1]:
        ask(ds, f"Combien de personnes admises {where(ds, code)} en {adm.years(ds)[0]}?")
    texts.search(ds, read(ds, "que dit le plan de l’accueil"))


@kept
def _ask(ds: Dataset, asked: str) -> Reply:
    frame = read(ds, asked)
    found = parts.several(ds, asked, frame, _answered) or _answered(ds, frame)
    # « actions communes et actions propres », « nombre d’actions, actions du PEQ »
    twice = sum(any(x.code == "actions" for x in m.meanings) for m in frame.mentions) > 1
    if found.kind == "refusal" or twice:
        found = parts.in_two(ds, asked, frame, _answered) or found
    return replace(found, asked=asked)


def _one(ds: Dataset, text: str) -> Reply:
    return _answered(ds, read(ds, text))


def _answered(ds: Dataset, frame: Frame) -> Reply:
    """The first answer that all that was understood has served to make; the first refusal otherwise."""
    if not frame.words:
        return _elsewhere(ds)
    named, partial = frame.named, None
    for attempt in _ATTEMPTS:
        found = attempt(ds, frame)
        if found is None or (partial and found.kind != "answer"):
            continue
        left = [words for code, words in named.items() if not _serves(ds, code, found)]
        if found.kind != "answer" or not left:
            return partial or found if found.kind != "answer" or found.values else replace(found, kind="text")
        partial = partial or _not_together(ds, frame, left)
    return partial or _not_together(ds, frame, [])


def _not_together(ds: Dataset, frame: Frame, left: Iterable[str]) -> Reply:
    said = listed([f"«{NBSP}{_shown(words)}{NBSP}»" for words in dict.fromkeys(left)] or [""])
    without = f" (sans effet sur la réponse{NBSP}: {said})" if said else ""
    text = f"Ces mots sont compris un à un, mais pas ensemble{without}."
    return refusal(text, *nearest(ds, frame), reason="not_understood")


def _serves(ds: Dataset, code: str, found: Reply) -> bool:
    """Whether a code has served, itself, by a territory of its level, or year by year for a period."""
    used = found.used | {ds.territories[own].level for own in found.used if own in ds.territories}
    span = re.fullmatch(r"(\d{4})-(\d{4})", code)
    return code in used or (span is not None and {*map(str, range(int(span[1]), int(span[2]) + 1))} <= used)


def _elsewhere(ds: Dataset) -> Reply:
    return refusal(
        "Ce tableau de bord ne répond qu’aux questions sur l’immigration dans ses régions et sur leur plan d’action.",
        f"Combien de personnes admises {where(ds, ds.config.direction)} en {adm.years(ds)[-1]}?",
        "Quelle MRC a le plus d’admissions?", _PLAN, reason="elsewhere",
    )  # fmt: skip


def _of_ours(ds: Dataset, frame: Frame) -> bool:
    """Whether something of ours is named: more than a place, or than a subject of anything else, with words unknown."""
    topics = [topic for topic in ds.vocabulary.topics if topic.id in frame.get("topic")]
    if "ailleurs" in frame.get("topic"):
        return False
    if frame.beyond("topic") or any(topic.alone for topic in topics):
        return True
    if not (frame.unknown or topics or frame.empty):
        return bool(frame.words)
    asks = bool(frame.ops & {"how_many", "share", "why", "rank", "change", "if"})
    placed = bool(frame.territories or frame.unclear or frame.levels)
    about = (placed or asks) if topics else placed and (asks or frame.timed)
    return about and len(frame.unknown) < _SEVERAL


def _unknown(ds: Dataset, frame: Frame) -> Reply | None:
    """A word that is neither known nor harmless: no figure is given."""
    few = not (frame.ops or frame.timed or frame.numbers or frame.territories or frame.beyond("topic") or frame.levels)
    looked_for = frame.ops & {"text", "planned"}
    # A few words, or « que dit le plan de… »: they are looked for.
    found = texts.search(ds, frame) if looked_for or (few and len(frame.words) <= _FEW_WORDS) else None
    if found is not None:
        return found
    if not frame.unknown and not frame.get("topic"):
        if frame.empty and frame.timed and not (frame.levels or "why" in frame.ops):
            return ask_place(ds, measure(ds, ADMISSIONS, adm.years(ds)[-1]))
        about = "why" in frame.ops and (frame.timed or len(frame.ops) > 1)
        ours = about or not frame.empty or frame.get("level") or "source" in frame.ops
        return None if ours else _elsewhere(ds)
    if looked_for and not {"argent", "plan-muet"} & {*frame.get("topic")}:
        return refusal("Ces mots ne sont pas trouvés tels quels dans un même texte du plan.", _PLAN)
    held = texts.counted(ds, frame) if frame.unknown else None
    if held is not None or not _of_ours(ds, frame):
        return held or _elsewhere(ds)
    if not frame.unknown:
        return None
    tried = (attempt(ds, frame) for attempt in (_topic, _why, texts.search))
    said = listed([f"«{NBSP}{_shown(word)}{NBSP}»" for word in dict.fromkeys(frame.unknown[:3])])
    why = f"Je ne comprends pas {said} dans cette question."
    return next((r for r in tried if r is not None and r.kind != "answer"), None) or refusal(
        why, *nearest(ds, frame), reason="not_understood"
    )


# What is no question of time where the plan, its targets or its agreements are asked for: they have their own dates.
_OF_TIME = frozenset({"prevision", "aujourd-hui", "mois"})
_DATED = frozenset({"targets", "agreements", "actions", "plan_indicators", "results"})


def _dated(frame: Frame) -> bool:
    """Whether what is asked for has dates of its own: agreements, the plan, its targets."""
    return bool(agreements.kinds(frame) or _DATED & set(frame.subjects) or frame.get("target"))


def _shown(word: str) -> str:
    return "".join(c for c in word if c.isprintable())[:30]


def _topic(ds: Dataset, frame: Frame) -> Reply | None:
    """What the source does not give, and why."""
    dated = _dated(frame) or any(frame.get(kind) for kind in ("programme", "figure"))
    beside = (_OF_TIME if dated else frozenset()) | ({"emploi"} if frame.get("figure") else frozenset())
    named = [t for t in ds.vocabulary.topics if t.id in frame.get("topic") and t.id not in beside]
    if not named or (found := texts.counted(ds, frame, _SEVERAL)) is not None:
        return found if named else None
    code, last = (*frame.territories, ds.config.direction)[0], adm.years(ds)[-1]
    region = where(ds, ds.region_of(code) or code)
    # A year is of a region.
    near = [t.format(**{"in": region if "{last}" in t else where(ds, code), "region": region, "last": last})
            for t in named[0].instead]  # fmt: skip
    why = named[0].why or next((r.why for r in ds.refusals if r.id == named[0].id), "")
    return refusal(why.replace("{last}", last), *near)


def _why(ds: Dataset, frame: Frame) -> Reply | None:
    if "why" not in frame.ops or frame.ops & {"unreliable", "peculiarity"}:
        return None
    near = f"Comment ont évolué les admissions {above(ds, frame.territories)}?"
    found = None if frame.unknown else _printed(ds, frame)
    return found or refusal("Le plan donne des chiffres; il n’en dit pas la raison.", near)


def _except(ds: Dataset, frame: Frame) -> Reply | None:
    said = "Une exclusion ou une négation n’est pas comprise ici; demander chaque chiffre."
    if "except" not in frame.ops:
        said = f"La source donne les admissions de {adm.years(ds)[0]} à {adm.years(ds)[-1]}; rien avant ni après."
    asked = "except" in frame.ops or ("side" in frame.ops and frame.timed and not _dated(frame))
    return refusal(said, *nearest(ds, frame), reason="not_understood") if asked else None


def _unclear(ds: Dataset, frame: Frame) -> Reply | None:
    """« Québec » is the city or the province: it is asked, never guessed."""
    if not frame.unclear:
        return None
    codes = frame.unclear[0]
    mention = next(m for m in frame.mentions if tuple(x.code for x in m.meanings if x.kind == "territory") == codes)
    if "share" in frame.ops:
        # « la part de Québec dans la Capitale-Nationale » is of the city; « celle de Lévis dans Québec », of all of it.
        ahead = [m.meanings[0].code for m in frame.mentions if m.start < mention.start]
        pairs = {
            code: [(other, code) if other in ahead else (code, other) for other in frame.territories] for code in codes
        }
        around = tuple(code for code, own in pairs.items() if any(inside(ds, *pair) for pair in own))
        codes = around if len(around) == 1 else codes
    questions = [replaced(frame, mention.start, mention.end, where(ds, code)) for code in codes]
    if len(frame.unclear) == 1:
        questions = [question for question in questions if _one(ds, question).kind != "refusal"] or questions
    if len(codes) == 1:
        return _one(ds, questions[0])
    names = ", ou ".join(where(ds, code) for code in codes)
    return choice(f"«{NBSP}{_shown(mention.text)}{NBSP}» peut vouloir dire{NBSP}: {names}.", *questions)


# --- About a figure, or a place ---------------------------------------------------------------------------------------


def _printed(ds: Dataset, frame: Frame) -> Reply | None:
    """« Pourquoi 0,0 % à L’Île-d’Orléans? »: what the source does to a number that it prints."""
    said = {Decimal(n) for n in (*frame.numbers, *frame.percents)}
    mrc = [code for code in frame.territories if ds.territories[code].level == "mrc"]
    rows = [
        observed(ds, key.territory, key.indicator, key.category, key.period) for key, row in ds.observations.items()
        if key.territory in frame.territories and said & {row.value, row.printed_pct}
    ] if said else []  # fmt: skip
    ids = touching(ds, [*rows, *(adm.share_of_region(ds, code) for code in mrc)]) if rows else []
    return texts.particularity(ds, frame, ids[0]) if ids else None


_RELIABLE: Final = re.compile(r"\b(?:fi(?:er|able|ables|abilite)|confiance)\b")
# « Montmagny, c’est dans quelle région? », « la région de Montmagny »
_WHICH_REGION: Final = re.compile(
    r"\b(?:dans|de|a|en) quelle region\b|\bcomme region\b|\bregion ou\b|^(?:la )?region de \w+$"
)


def _unreliable(ds: Dataset, frame: Frame) -> Reply | None:
    """Which rates are not reliable, and why."""
    beside = {"how_many", "list", "except", "peculiarity", "define", "why", "courtesy", "without"}
    # « où on ne peut pas se fier au taux »
    doubted = "peculiarity" in frame.ops and (frame.ops & {"except", "without"} or "rate" in frame.subjects)
    asked = "unreliable" in frame.ops or (doubted and _RELIABLE.search(flat(frame.asked)))
    if not asked or frame.ops - beside - {"unreliable"} or frame.unclear or frame.beyond("subject"):
        return None
    scope, span = frame.territories, adm.span(ds)
    group = [code for code in ds.mrc_codes() if not scope or code in scope or ds.region_of(code) in scope]
    weak = [code for code in group if not adm.rate_per_1000(ds, code).reliable]
    few = f"Un taux de moins de {number(ds.config.unreliable_below)} admissions est dit peu fiable et n’a pas de rang"
    counts = {code: int(adm.admissions(ds, code, span).value or 0) for code in weak}
    names = f" ({'; '.join(f'{ds.name(code)}, {number(n)}' for code, n in counts.items())})" if weak else ""
    others = len(group) - len(weak)
    rest = f", et {number(others)} fiable{'s' if others > 1 else ''}"
    text = f"{few}{NBSP}: {number(len(weak))} sur {number(len(group))} {when(span)}{names}{rest}."
    first = (others, len(weak)) if not frame.ops & {"unreliable", "except", "without"} else (len(weak), others)
    return Reply(
        "answer", typographic(f"{text} Données provisoires{NBSP}: le cumul {span}."),
        tuple(map(Decimal, (*first, *counts.values()))), "provisional", span,
        tuple(Chip("territory", code, ds.name(code)) for code in scope), Slide("carte", {query.MEASURE: "taux"}),
        source_text(ds, [adm.rate_per_1000(ds, c) for c in group]), params={query.MEASURE: "taux"}, asked=frame.asked,
        used=frozenset({"unreliable", "peculiarity", "except", "why", "rate", "admissions", "mrc", *scope}),
    )  # fmt: skip


def _belongs(ds: Dataset, frame: Frame) -> Reply | None:
    """« Lévis fait-elle partie de la Capitale-Nationale? »: the region of an MRC."""
    codes = [code for code in frame.territories if ds.territories[code].level == "mrc"]
    which = "belongs" in frame.ops or _WHICH_REGION.search(flat(frame.asked))
    if not which or len(codes) != 1 or frame.beyond() or frame.timed or frame.unclear:
        return None
    region, others = ds.region_of(codes[0]) or "", [code for code in frame.territories if code != codes[0]]
    verdict = "Oui, " if all(inside(ds, codes[0], code) for code in others) else "Non, "
    verdict = verdict if set(others) - {ds.config.province} else ""
    return Reply(
        "text", typographic(f"{verdict}{ds.name(codes[0])} est {where(ds, region)}."), asked=frame.asked,
        chips=chips(ds, frame, frame.territories, [], "belongs"), source="Territoires du tableau de bord.",
        view=Slide("mrc", {query.TERRITORY: region, query.MRC: codes[0]}), page=addresses.MRC,
        params={query.MRC: codes[0]},
    )  # fmt: skip


def _figure(ds: Dataset, frame: Frame, *ops: str) -> Reply | None:
    """The figure that is asked about, these operations left out."""
    rest = replace(frame, kinds={**frame.kinds, "operation": [op for op in frame.get("operation") if op not in ops]})
    return next((r for r in (attempt(ds, rest) for attempt in (plan.actions, *_FIGURES)) if r is not None), None)


# « D’où viennent les immigrants de Lévis? » is not of the source of a number.
_PEOPLE_FROM: Final = re.compile(
    r"\bd ou (?:viennent|proviennent|sortent|arrivent) (?:(?:tous|toutes|les|ces|nos|vos|des) ){0,2}"
    r"(?:nouvelles? |nouveaux )?"
    r"(?:immigr|personn|refug|etudiant|travaill|gens|femme|homme|arrivant|migrant|venu|resident)"
)


def _source(ds: Dataset, frame: Frame) -> Reply | None:
    """« D’où vient ce chiffre? »: the line of the source that holds it."""
    numbers = [*frame.numbers, *frame.percents]
    if "source" in frame.ops and _PEOPLE_FROM.search(flat(frame.asked)):
        return _topic(ds, replace(frame, kinds={**frame.kinds, "topic": ["pays-origine"]}))
    if "source" not in frame.ops:
        return None
    found = _holding(ds, frame, Decimal(numbers[0])) if len(numbers) == 1 else _figure(ds, frame, "source")
    if found and found.kind != "answer" and len(numbers) == 1:
        # « D’où vient le 11? »: what is asked about, where it is that number, rounded.
        made = _figure(ds, replace(frame, numbers=[], percents=[]), "source", "planned")
        close = made and made.kind == "answer" and any(round(value) == Decimal(numbers[0]) for value in made.values)
        found = made.using("numbers", "percents", "planned") if made and close else found
    if len(numbers) == 1 and (not found or "numbers" not in found.used or found.page == addresses.SOURCES):
        return found
    if found is None and frame.empty:
        said = " ".join(typographic(d.credit.rstrip(".") + ".") for d in ds.documents.values())
        return Reply("text", said, source=said, page=addresses.SOURCES, asked=frame.asked)
    if found and found.kind == "choice" and not (frame.territories or frame.unclear or frame.levels):
        # « D’où viennent les chiffres des permis? »: what is said of them all, or those of the direction.
        here = replace(frame, territories=[ds.config.direction])
        found = texts.told(ds, replace(frame, asked=f"source {frame.asked}")) or _figure(ds, here, "source")
    if found is None or found.kind != "answer":
        return found
    quoted = " ".join(f"«{NBSP}{typographic(quote)}{NBSP}»" for quote in found.quotes[:3])
    line = f" Ligne citée{NBSP}: {quoted}." if quoted else ""
    return replace(found, sentence=f"{found.sentence} {found.source}{line}").using("source")


def _holding(ds: Dataset, frame: Frame, value: Decimal) -> Reply:
    """The figures of the source that are this number, within the places and years that are named."""
    shown = number(value, max(0, -int(value.as_tuple().exponent))) + (f"{NBSP}%" if frame.percents else "")
    named = {part for own in frame.get("category") for part in own.partition("/")[2].split("+")}
    rows = {
        (key.territory, key.period, row.quote): row for key, row in ds.observations.items()
        if (row.printed_pct if frame.percents else row.value) == value and key.indicator != "immigrant_population_map"
        and (not frame.territories or key.territory in frame.territories)
        and (not named or key.category in named)
        and (not frame.years or key.period[:4] in frame.years) and (not frame.spans or key.period in frame.spans)
    }  # fmt: skip
    if not rows:
        near = nearest(ds, frame)
        return refusal(f"Aucun chiffre de la source n’est {shown} dans ce qui est demandé.", *near)
    said = []
    for row in list(rows.values())[:4]:
        of = [
            ds.name(row.key.territory),
            *ds.series_name(row.key.indicator, row.key.category),
            period_words(row.key.period),
        ]
        quoted = f"«{NBSP}{typographic(row.quote or '')}{NBSP}» ({ds.section_name(row.source)})"
        said.append(f"{', '.join(of)}{NBSP}: {quoted}")
    # Words beside the number that is looked for.
    beside = ("source", "numbers", "percents", "admissions", "people", "residents", "population", "permits", "share")
    return Reply(
        "answer", f"{shown} vient de{NBSP}: {'; '.join(said)}.", (value,), period=next(iter(rows))[1],
        view=Slide("sources", {}), page=addresses.SOURCES,
        source="; ".join(dict.fromkeys(ds.section_name(row.source) for row in rows.values())),
        quotes=tuple(row.quote for row in rows.values() if row.quote)[:4], asked=frame.asked,
        used=frozenset({*beside, *(key[0] for key in rows), *frame.years, *frame.spans,
                        *frame.get("category")}),
    )  # fmt: skip


def _peculiar(ds: Dataset, frame: Frame) -> Reply | None:
    """What the source does to a figure."""
    bare = not frame.beyond() and any(ds.territories[code].level == "mrc" for code in frame.territories)
    asked = replace(frame, kinds={**frame.kinds, "subject": [ADMISSIONS]}) if bare else frame
    found = _figure(ds, asked, "peculiarity", "why") if "peculiarity" in frame.ops else None
    if found is None or found.kind != "answer":
        return found
    mrc = [code for code in frame.territories if ds.territories[code].level == "mrc"]
    ids = touching(ds, [*found.quantities, *(adm.share_of_region(ds, code) for code in mrc)])
    said = [f"{typographic(ds.anomalies[a].title)}{NBSP}: {typographic(ds.anomalies[a].why)}" for a in ids]
    told = " ".join([found.sentence, *(said or ["Aucune particularité de la source n’en change la lecture."])])
    place: dict[str, Any] = (
        {"page": addresses.SOURCES, "params": {query.PLACE: place_of("particularite", ids[0])}} if ids else {}
    )
    return replace(found, sentence=told, **place).using("peculiarity", "why")


_FIGURES: Final[tuple[_Attempt, ...]] = (
    what_if.answer, targets.targets, texts.prose, what_if.estimate, figures.answer,
)  # fmt: skip
_ATTEMPTS: Final[tuple[_Attempt, ...]] = (
    texts.told, plan.objectives, plan.actions, targets.revised, texts.define, _unknown, _why, what_if.supposed, _topic,
    agreements.unmentioned, _except, _unclear, _unreliable, _belongs, agreements.by_kind, _source, _peculiar,
    *_FIGURES, texts.search, texts.counted,
)  # fmt: skip
