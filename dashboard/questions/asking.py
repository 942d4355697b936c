"""A question in plain French, and what is answered: the one function that the command and the search box call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import kept
from dashboard.model import Dataset
from dashboard.narrative.show import listed
from dashboard.questions import plan, targets, texts, what_if
from dashboard.questions.about import FIGURES, Attempt, belongs, peculiar, printed, source, unreliable
from dashboard.questions.frame import Frame, read
from dashboard.questions.measures import ADMISSIONS, measure, when
from dashboard.questions.operations import HARMLESS
from dashboard.questions.places import ask_place, inside, nearest
from dashboard.questions.reply import Reply, choice, joined, refusal
from dashboard.questions.rewording import replaced
from dashboard.questions.telling import where
from dashboard.questions.words import LONGEST
from dashboard.wording.numbers import NBSP

# Where a second question begins: « Combien à Lévis, et combien de permis en Chaudière-Appalaches? »
_PARTS = re.compile(
    r"\?\s+(?=\w)|;\s*|(?:,\s*et\s+|,\s*|\s+et\s+|\s+puis\s+|\s+ainsi que\s+)(?=(?:combien|quel(?:le)?s?|comment)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:combien|quel(?:le)?s?|comment|nombre|part|taux|nb)\b", re.IGNORECASE)
_MOST_PARTS = 3
_FEW_WORDS = 5
_SEVERAL = 2
_FAMILY = (
    *("subject", "category", "indicator", "breakdown", "figure", "target", "programme", "definition", "level", "topic"),
)
_ONE_BY_ONE = "Ces questions se tiennent; les poser l’une après l’autre."


def ask(ds: Dataset, text: str) -> Reply:
    """What is answered to a text, whatever it is; never raises for it."""
    return _ask(ds, " ".join(text[:LONGEST].split()))


def prepare(ds: Dataset) -> None:
    """Makes ready what the first person would wait for: the vocabulary, the texts, the simulator."""
    for code in ds.mrc_codes()[:1]:
        ask(ds, f"Combien de personnes admises {where(ds, code)} en {adm.years(ds)[0]}?")
    texts.search(ds, read(ds, "que dit le plan de l’accueil"))


@kept
def _ask(ds: Dataset, text: str) -> Reply:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip(" ?.,")]
    # « Avons-nous des mandataires? Combien? » is one question.
    parts = [part for part in parts if not _only_how_many(ds, part)] if len(parts) > 1 else parts
    # « En 2018, combien… », « Sur toutes les admissions…, quelle part… » are one question.
    if 1 < len(parts) <= _MOST_PARTS and (_ASKS.search(parts[0]) or "?" in text.rstrip("? ")):
        found = _together(ds, parts)
        if found is not None:
            return replace(found, asked=text)
    return replace(_one(ds, text), asked=text)


def _only_how_many(ds: Dataset, part: str) -> bool:
    frame = read(ds, part)
    return frame.ops <= {"how_many"} and not (frame.unknown or frame.beyond() or frame.timed or frame.levels)


def _together(ds: Dataset, parts: list[str]) -> Reply | None:
    """The parts of a question answered one after the other; one that names no place or period has those of the one
    before. None where a part cannot stand alone."""
    replies: list[Reply] = []
    before: Frame | None = None
    # « Combien de femmes, et combien de réfugiés au BSL? »: the place that ends the question is that of its parts.
    *ahead, last = parts
    end = [where(ds, code) for code in read(ds, last).territories]
    if end and not any(f.territories or f.unclear or f.levels or f.empty for f in (read(ds, part) for part in ahead)):
        parts = [*(f"{part} {listed(end)}" for part in ahead), last]
    for part in parts:
        frame = read(ds, part)
        if before is not None and not any(frame.get(kind) for kind in _FAMILY):
            # « … et combien en Gaspésie? » is of the same question; « et quelle part? » is another one, of the answer.
            told = frame.ops - HARMLESS
            return refusal(_ONE_BY_ONE, *_answered(ds, parts[:1]), reason="not_understood") if told else None
        if before is not None:
            if not frame.territories and not frame.unclear and before.territories:
                part += " " + ", ".join(where(ds, code) for code in before.territories)
            if not frame.timed and (before.years or before.spans) and not frame.levels:
                part += " " + " ".join(when(p) for p in (*before.spans, *before.years) if len(p) in (4, 9))
        before = read(ds, part)
        if "if" in before.ops or before.empty or not before.kinds:
            return None
        replies.append(_one(ds, part))
    if all(reply.kind == "answer" for reply in replies):
        return joined(replies)
    failed = next(reply for reply in replies if reply.kind != "answer")
    answered = [part for part, reply in zip(parts, replies, strict=True) if reply.kind == "answer"]
    return replace(failed, others=tuple(dict.fromkeys([*answered, *failed.others]))) if failed.kind != "text" else None


def _answered(ds: Dataset, parts: list[str]) -> list[str]:
    return [f"{part}?" for part in parts if _one(ds, part).kind == "answer"]


def _one(ds: Dataset, text: str) -> Reply:
    frame = read(ds, text)
    if not frame.words:
        return _elsewhere(ds)
    named = frame.named
    for attempt in _ATTEMPTS:
        found = attempt(ds, frame)
        if found is not None:
            return _whole(ds, frame, found, named)
    return refusal("Ces mots sont compris un à un, mais pas ensemble.", *nearest(ds, frame), reason="not_understood")


def _whole(ds: Dataset, frame: Frame, found: Reply, named: Mapping[str, str]) -> Reply:
    """What was found, where all that was understood has served to make it; a refusal otherwise."""
    if found.kind != "answer":
        return found
    levels = {ds.territories[code].level for code in found.used if code in ds.territories}
    left = {code: words for code, words in named.items() if not _serves(code, found.used | levels)}
    if not left:
        return found if found.values else replace(found, kind="text")
    said = listed([f"«{NBSP}{_shown(words)}{NBSP}»" for words in dict.fromkeys(left.values())])
    return refusal(
        f"Ces mots sont compris un à un, mais pas ensemble (sans effet sur la réponse{NBSP}: {said}).",
        *nearest(ds, frame),
        reason="not_understood",
    )


def _serves(code: str, used: frozenset[str]) -> bool:
    """Whether a code has served, itself or year by year for a period."""
    years = code.split("-") if re.fullmatch(r"\d{4}-\d{4}", code) else []
    return code in used or (bool(years) and {str(y) for y in range(int(years[0]), int(years[1]) + 1)} <= used)


def _elsewhere(ds: Dataset) -> Reply:
    return refusal(
        "Ce tableau de bord ne répond qu’aux questions sur l’immigration dans ses régions et sur leur plan d’action.",
        f"Combien de personnes admises {where(ds, ds.config.direction)} en {adm.years(ds)[-1]}?",
        "Quelle MRC a le plus d’admissions?",
        "Combien d’actions compte le plan?",
        reason="elsewhere",
    )


def _of_ours(ds: Dataset, frame: Frame) -> bool:
    """Whether something of ours is named: more than a place, or than a subject of anything else, with words unknown."""
    if frame.beyond("topic") or (frame.words and not frame.unknown and not frame.get("topic") and not frame.empty):
        return True
    topics = [topic for topic in ds.vocabulary.topics if topic.id in frame.get("topic")]
    if any(topic.alone for topic in topics):
        return True
    asks = bool(frame.ops & {"how_many", "share", "why", "rank", "change", "if"})
    placed = bool(frame.territories or frame.unclear or frame.levels)
    if topics:
        return (placed or asks) and len(frame.unknown) < _SEVERAL
    return placed and (asks or frame.timed) and len(frame.unknown) < _SEVERAL


def _unknown(ds: Dataset, frame: Frame) -> Reply | None:
    """A word that is neither known nor harmless: no figure is given."""
    few = not (frame.ops or frame.timed or frame.numbers or frame.territories or frame.beyond("topic") or frame.levels)
    looked_for = frame.ops & {"text", "planned"}
    if few or looked_for:
        # A few words, or « que dit le plan de… »: they are looked for.
        found = texts.search(ds, frame) if len(frame.words) <= _FEW_WORDS or looked_for else None
        if found is not None:
            return found
    if not frame.unknown and not frame.get("topic"):
        if frame.empty and frame.timed and not (frame.levels or "why" in frame.ops):
            return ask_place(ds, measure(ds, ADMISSIONS, adm.years(ds)[-1]))
        about = "why" in frame.ops and (frame.timed or len(frame.ops) > 1)
        alone = not about and frame.empty and not frame.get("level") and "source" not in frame.ops
        return _elsewhere(ds) if alone else None
    if looked_for:
        return refusal(
            "Ces mots ne sont pas trouvés tels quels dans un même texte du plan.", "Combien d’actions compte le plan?"
        )
    held = texts.counted(ds, frame) if frame.unknown else None
    if held is not None or not _of_ours(ds, frame):
        return held or _elsewhere(ds)
    if not frame.unknown:
        return None
    for attempt in (_topic, _why, texts.search):
        found = attempt(ds, frame)
        if found is not None and found.kind != "answer":
            return found
    said = listed([f"«{NBSP}{_shown(word)}{NBSP}»" for word in dict.fromkeys(frame.unknown[:3])])
    return refusal(f"Je ne comprends pas {said} dans cette question.", *nearest(ds, frame), reason="not_understood")


# What is no question of time where the plan, its targets or its agreements are asked for: they have their own dates.
_OF_TIME = frozenset({"prevision", "aujourd-hui", "mois"})
_DATED = frozenset({"targets", "agreements", "actions", "plan_indicators", "results"})


def _shown(word: str) -> str:
    return "".join(c for c in word if c.isprintable())[:30]


def _topic(ds: Dataset, frame: Frame) -> Reply | None:
    """What the source does not give, and why."""
    dated = _DATED & set(frame.subjects) or any(frame.get(kind) for kind in ("target", "programme", "figure"))
    named = [t for t in ds.vocabulary.topics if t.id in frame.get("topic") and not (dated and t.id in _OF_TIME)]
    if not named:
        return None
    if (found := texts.counted(ds, frame, _SEVERAL)) is not None:
        return found
    topic = named[0]
    known = next((r for r in ds.refusals if r.id == topic.id), None)
    code = frame.territories[0] if frame.territories else ds.config.direction
    last = adm.years(ds)[-1]
    names = {"in": where(ds, code), "last": last, "region": where(ds, ds.region_of(code) or code)}
    year_in = "" if ds.territories[code].level != "mrc" else names["region"]
    instead = [
        text.format(**{**names, "in": year_in or names["in"]} if "{last}" in text else names) for text in topic.instead
    ]
    return refusal((topic.why or (known.why if known else "")).replace("{last}", last), *instead)


def _why(ds: Dataset, frame: Frame) -> Reply | None:
    if "why" not in frame.ops:
        return None
    if "unreliable" in frame.ops:
        return None
    if not frame.unknown and (found := printed(ds, frame)) is not None:
        return found
    code = frame.territories[0] if frame.territories else ds.config.direction
    near = f"Comment ont évolué les admissions {where(ds, ds.region_of(code) or code)}?"
    return refusal("Le plan donne des chiffres; il n’en dit pas la raison.", near)


def _except(ds: Dataset, frame: Frame) -> Reply | None:
    if not ("except" in frame.ops or ("side" in frame.ops and frame.timed)):
        return None
    said = "Une exclusion ou une négation n’est pas comprise ici; demander chaque chiffre."
    if "except" not in frame.ops:
        said = f"La source donne les admissions de {adm.years(ds)[0]} à {adm.years(ds)[-1]}; rien avant ni après."
    return refusal(
        said,
        *nearest(ds, frame),
        reason="not_understood",
    )


def _unclear(ds: Dataset, frame: Frame) -> Reply | None:
    """« Québec » is the city or the province: it is asked, never guessed."""
    if not frame.unclear:
        return None
    codes = frame.unclear[0]
    mention = next(m for m in frame.mentions if tuple(x.code for x in m.meanings if x.kind == "territory") == codes)
    if "if" in frame.ops and frame.numbers and ds.config.province in codes:
        codes = (ds.config.province,)  # « si Québec admettait 60 000 personnes »
    if "share" in frame.ops:
        # « la part de Québec dans la Capitale-Nationale » is of the city; « celle de Lévis dans Québec », of all of it.
        ahead = [m.meanings[0].code for m in frame.mentions if m.start < mention.start]
        around = [
            code for code in codes if any(
                inside(ds, other, code) if other in ahead else inside(ds, code, other) for other in frame.territories)
        ]  # fmt: skip
        codes = tuple(around) if len(around) == 1 else codes
    questions = [replaced(frame, mention.start, mention.end, where(ds, code)) for code in codes]
    if len(frame.unclear) == 1:
        questions = [question for question in questions if _one(ds, question).kind != "refusal"] or questions
    if len(codes) == 1:
        return _one(ds, questions[0])  # « la part de Québec dans la Capitale-Nationale »: the province is not in it
    names = ", ou ".join(where(ds, code) for code in codes)
    return choice(f"«{NBSP}{_shown(mention.text)}{NBSP}» peut vouloir dire{NBSP}: {names}.", *questions)


_ATTEMPTS: tuple[Attempt, ...] = (
    texts.told, plan.objectives, plan.actions, targets.revised, texts.define, _unknown, _why, what_if.supposed, _topic,
    _except, _unclear, unreliable, belongs, source, peculiar, *FIGURES, texts.search, texts.counted,
)  # fmt: skip
