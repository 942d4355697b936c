"""A question that asks several things: each is answered by itself, and they are never added."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from dashboard.model import Dataset
from dashboard.narrative.show import listed
from dashboard.questions import what_if
from dashboard.questions.asked import HARMLESS, TESTS
from dashboard.questions.frame import PLAN, Frame, read
from dashboard.questions.measures import when
from dashboard.questions.reply import Reply, joined, refusal
from dashboard.questions.telling import LEVELS, inside, where

Answer = Callable[[Dataset, Frame], Reply]
# Where a second question begins: « Combien à Lévis, et combien de permis en Chaudière-Appalaches? »
_PARTS: Final = re.compile(
    r"(?i)\?\s+(?=\S)|;\s*|(?:,\s*et\s+|,\s*|,?\s+(?:et|puis|pis?|ainsi que)\s+)"
    r"(?=(?:en \d{4},? )?(?:à |de |en |dans (?:le lot )?|là-dessus |là-dedans )?"
    r"(?:combien|(?:les? ?|la ?)?quel(?:le)?s?|comment|cb)\b|y ?a)"
)
_ASKS: Final = re.compile(
    r"(?i)\b(?:combien|(?:la|les?)?quel(?:le)?s?|comment|cb|cmb|y ?a)\b|^(?:l[ea] )?(?:nombre|part|taux|nb)\b"
)
# Where one of two things that are asked together ends: « réfugiés, femmes », « les plus et les moins ».
_AND: Final = re.compile(r"(?i)\s*[;/+&,]\s*(?:(?:et|pis?|puis)\s+)?|\s+(?:et|pis?|puis|ainsi que)\s+(?:aussi\s+)?")
_AMONG: Final = re.compile(r"(?i)\b(?:parmi|chez|dont|là-dessus|entre(?! (?:les )?\d)|sans|sauf)\b")
# « et combien sont des femmes? », « et combien d’entre elles »: of those who were counted just before.
_OF_THEM: Final = re.compile(
    r"(?i)^(?:et )?(?:combien )?(?:(?:d[’']entre|parmi) (?:eux|elles)"
    r"|(?:sont|étai|parl|connaiss(?=ent|ai)|connaît|s[’']expri)\w*)\b"
)
_OF_ALL: Final = re.compile(
    r"(?i)\b(?:parmi|sur|chez) (?:toutes )?(?:les|nos|ces) (?:person|admi|gens|immigr|nouve|arriv)"
)
_MEANING: Final = re.compile(
    r"(?i)\bd[ée]fini|\bentend\w*(?:[- ]\w+)? par\b|veut dire|signifi|c[’' ]?est quoi au juste"
)
_OF_PLAN: Final = re.compile(r"(?i)\b(?:dans|du) (?:tout )?(?:le )?plan\b")
# The whole (« en tout ») beside its part; without a word for the whole, what is asked first is of all.
_LINK = r"\b(?:et|pis?|puis|dont|ainsi que|parmi|sur)(?: (?:la dessus|de ce nombre|parmi elles|la dedans))?"
_BESIDE = rf"{_LINK}(?: combien\b[^A-Z]*|(?: (?:pour|en|aux?|dans|a|de|du|d|les?|la|l|celles?|ceux))*)"
_ALL = r"ENTIER(?! (?:de |des )?(?:la |les |ces |nos )?(?:periode|\d|annee|an\b|ans))"
_WHOLE_AND_PART: Final = re.compile(
    rf"{_ALL}(?:(?: \w{{1,3}})* AUTRE)?[^A-Z]*{_BESIDE} PARTIE|PARTIE(?:[^A-Z]*{_BESIDE}|.* sur(?: le| l)?) {_ALL}"
    rf"|(?P<of>\bsur (?:le|l) {_ALL}.* PARTIE)|^(?!.*ENTIER)(?P<first>.*\bcombien\b.*) {_LINK} combien\b[^A-Z]* PARTIE"
)
_LISTED: Final = frozenset({"et", "ou", "la", "le", "les", "l", "de", "du", "des", "d"})
_COUNTS: Final = frozenset({"puis", "si", "on", "compte", "calcule", "regarde", "nombre", "leur", "leurs", "son", "en"})
_BETWEEN: Final = re.compile(r"(?i)\bentre\b(?!.*\bet\b)")
_ENDED: Final = re.compile(r"[?;]")
_AND_THEN: Final = re.compile(r"(?i),\s*(?:et|puis|pis?)\b")
_LINKED: Final = re.compile(r"(?i)\b(?:et|puis|pis?|ainsi que)\b")
# What goes on with what stands before: « la part des femmes, et celle des réfugiés ».
_CONTINUES: Final = re.compile(r"(?i)^(?:de|des|du|d[’'](?!où)|celle|celui|ceux|le reste)\b")
# What begins words that only lead to a question.
_LEADING: Final = frozenset(
    ("sur", "parmi", "dans", "en", "a", "au", "aux", "pour", "chez", "de", "des", "du", "entre", "depuis", "avec",
     "selon", "si", "on", "je", "nous", "notre", "nos", "comme", "concernant", "quant")
)  # fmt: skip
_TIED: Final = "Ces questions se tiennent; les poser l’une après l’autre."
_MOST: Final = 3
_SEVERAL: Final = 2
# What is counted; what it is of, or chosen from.
_COUNTED: Final = ("subject", "category", "indicator", "breakdown", "figure", "target", "definition")
_FAMILY: Final = (*_COUNTED, "programme", "level", "topic")
_ENDS: Final = frozenset({"highest", "lowest", "peak", "trough"})
_CHOOSING: Final = _ENDS | {"nth", "rank", "change"}


def several(ds: Dataset, text: str, frame: Frame, answer: Answer) -> Reply | None:
    """The parts of a question that has several, each answered; None where it is one question."""
    if (both := _unrelated(ds, text, frame, answer)) is not None:
        return both
    for way in (_whole_and_part, _of_each, _of_both, _count_and_rate, _meant_and_counted):
        if (both := way(ds, frame, answer)) is not None:
            return both
    found = _split(ds, text, answer)
    # « Avons-nous des mandataires? Combien? » is one question.
    left = [*found[:1], *(part for part in found[1:] if not _only_how_many(ds, part, found[0]))]
    one = " ".join(left) if left != found else ""
    # « En 2018, combien… », « Sur toutes les admissions…, quelle part… » are one question.
    both = _together(ds, left, answer) if 1 < len(left) <= _MOST else None
    return both or (answer(ds, read(ds, one)) if one else None)


def _unrelated(ds: Dataset, text: str, frame: Frame, answer: Answer) -> Reply | None:
    """« Les admissions au Québec en 2019, et les femmes dans la Capitale-Nationale? »: each says its place and what it
    counts, and they differ by more than the place: nothing of the one is said of the other."""
    if (what_if.supposes(ds, frame) and "index" not in frame.ops) or frame.ops & what_if.OWN:
        return None
    cuts = _cuts(text)
    # Where a question ends, or else « , et », or else « et ».
    ends = (_ENDED, _AND_THEN, _LINKED)
    cuts = next(filter(None, ([cut for cut in cuts if end.search(cut[0])] for end in ends)), [])
    # Each half is cut again: a long list would take a time that doubles with each of its parts.
    for cut in cuts if len(cuts) <= _MOST else []:
        texts = text[: cut.start()], text[cut.end() :]
        first, second = (read(ds, part) for part in texts)
        if not (_whole(first) and _whole(second)) or _alike_but_place(first, second):
            continue
        code = first.territories[0]
        places = second.territories
        of_it = "share" in second.ops and len(places) == 1 and not _divided(second)
        of_it = of_it and (code == places[0] or inside(ds, code, places[0]))
        if of_it or _CONTINUES.search(texts[1]) or _OF_THEM.search(texts[1]) or _in_list(cut, first, second):
            continue
        both = [
            several(ds, part, own, answer) or answer(ds, own) for part, own in zip(texts, (first, second), strict=True)
        ]
        if all(reply.kind == "answer" for reply in both):
            return joined(both)
    return None


def _cuts(text: str) -> list[re.Match[str]]:
    """Where a text may be cut in two, from its end; never between two numbers, nor what is between two."""
    both = {cut.span(): cut for pattern in (_PARTS, _AND) for cut in pattern.finditer(text)}
    found = sorted(both.values(), key=lambda cut: -cut.start())
    found = [cut for cut in found if not _BETWEEN.search(text[: cut.start()])]
    return [cut for cut in found if not (text[: cut.start()][-1:].isdigit() and text[cut.end() :][:1].isdigit())]


def _in_list(cut: re.Match[str], first: Frame, second: Frame) -> bool:
    """« … le Bas-Saint-Laurent et la Gaspésie, combien…? »: a cut between two places of a list."""
    ends = first.mentions[-1:], second.mentions[:1]
    places = all(m and any(x.kind == "territory" for x in m[0].meanings) for m in ends)
    if not places or "," in cut[0] or ends[0][0].end < len(first.words):
        return False
    begins, last = {token.word for token in second.words[: ends[1][0].start]}, second.words[ends[1][0].end - 1]
    return begins <= _LISTED and second.asked[last.at + len(last.typed) :].lstrip()[:1] in ("", ",")


def _whole(frame: Frame) -> bool:
    """Whether a part says its place and what it counts."""
    return bool(frame.territories and any(frame.get(kind) for kind in _COUNTED) and not frame.unknown)


def _alike_but_place(first: Frame, second: Frame) -> bool:
    """Whether two parts ask for the same of two places, over the same time: they are compared."""
    own, other = (
        ({code for kind in _COUNTED for code in f.get(kind)}, f.ops - HARMLESS, {*f.years, *f.spans, *f.dates})
        for f in (first, second)
    )
    shared = "share" in first.ops and min(len(first.territories), len(second.territories)) > 1
    return not shared and own[:2] == other[:2] and (own[2] == other[2] or not (own[2] and other[2]))


def _split(ds: Dataset, text: str, answer: Answer) -> list[str]:
    """Its questions: « En Chaudière-Appalaches, combien…, et combien…? » has two, the first with its place."""
    found, start, closed = list[str](), 0, True
    for cut in (*_PARTS.finditer(text), None):
        part = text[start : cut.start() if cut else None].strip()
        if part.strip(" ?.,"):
            found = [*found, part] if closed else [*found[:-1], f"{found[-1]}, {part}"]
            closed = not cut or "?" in cut[0] or bool(_ASKS.search(found[-1]))
            closed = closed or _stands(ds, found[-1], text[cut.end() :] if cut else "", answer)
        start = cut.end() if cut else 0
    return found


def _stands(ds: Dataset, part: str, after: str, answer: Answer) -> bool:
    """« Les réfugiés au Bas-Saint-Laurent, et quelle part de femmes…? »: words that are a question by themselves,
    before another one; those that only lead to it begin otherwise, « sur toutes les admissions, quelle part…? »."""
    own, other = read(ds, part), read(ds, after)
    both = all(any(frame.get(kind) for kind in _COUNTED) for frame in (own, other))
    lead = not own.words or own.words[0].word in _LEADING
    return both and not lead and answer(ds, own).kind == "answer"


def in_two(ds: Dataset, text: str, frame: Frame, answer: Answer) -> Reply | None:
    """Both answers to a question that is none as a whole: « réfugiés, femmes », « le plus et le moins ». Each has what
    the other alone names; None where one is not answered, or is of what the other finds."""
    added = "sum" in frame.ops and len(frame.get("category")) > 1
    if added or _AMONG.search(text) or what_if.supposes(ds, frame):
        return None
    cuts = [cut for cut in _cuts(text) if text[: cut.start()].strip() and text[cut.end() :].strip(" ?.")]
    for cut in cuts[: 2 * _MOST]:
        first, second = read(ds, text[: cut.start()]), read(ds, text[cut.end() :])
        if cut[0].strip() == "," and not _alike(first, second):
            continue
        if shared := _its_share(first, second):
            return answer(ds, shared)
        choose = [bool(own.ops & _CHOOSING) for own in (first, second)]
        apart = any(choose) and not (all(choose) and first.ops & _ENDS and second.ops & _ENDS)
        apart = apart or any(
            len(other.territories) > 1 and not own.territories for own, other in ((first, second), (second, first))
        )
        if apart or _within(first, second) or _OF_THEM.search(text[cut.end() :]):
            continue
        both = [answer(ds, beside(ds, first, second)), answer(ds, beside(ds, second, first))]
        if "define" in first.ops and "source" in second.ops:
            both = [answer(ds, first), answer(ds, second)]  # « le PTET, c’est quoi, et d’où vient le 1 220? »
        kinds = [reply.kind for reply in both]
        if both[0].sentence != both[1].sentence and kinds in (["answer", "answer"], ["text", "answer"]):
            return joined(both)
    return None


def _its_share(first: Frame, second: Frame) -> Frame | None:
    """« Quelle MRC en a le plus, et quelle part de la région? »: the part of the one that has the most."""
    alone = second.ops - HARMLESS == {"share"} and not (second.territories or second.beyond() or second.timed)
    if not alone or first.levels != ["mrc"] or not first.ops & {"highest", "lowest"} or "share" in first.ops:
        return None
    return replace(first, kinds={**first.kinds, "operation": [*first.get("operation"), "share"]})


def _alike(first: Frame, second: Frame) -> bool:
    """Whether what follows a comma is of the kind that stands before it, or only something to do."""
    kinds = [{meaning.kind for meaning in m.meanings} for m in (*first.mentions[-1:], *second.mentions)]
    return len(kinds) > 1 and (
        second.mentions[0].meanings[0].code == "how_many"
        or bool(kinds[0] & {*kinds[1], *kinds[min(2, len(kinds) - 1)]})
        or all(kind == {"operation"} for kind in kinds[1:])
    )


def _within(first: Frame, second: Frame) -> bool:
    """« plus de 20 et moins de 100 »: one question, on both sides."""
    tests = [own.ops & {*TESTS} for own in (first, second)]
    if not all(tests) or not (first.numbers and second.numbers):
        return False
    low, high = (("more", "at_least"), ("less", "at_most"))
    one, other = float(first.numbers[-1]), float(second.numbers[0])
    return (tests[0] <= {*low} and tests[1] <= {*high} and one < other) or (
        tests[0] <= {*high} and tests[1] <= {*low} and one > other)  # fmt: skip


def beside(ds: Dataset, own: Frame, other: Frame) -> Frame:
    """A part of a question, with what only the other one names."""
    kinds = {kind: list(codes) for kind, codes in own.kinds.items() if codes}
    lent = _sort(own) == _sort(other) or not own.beyond("level", "programme")
    # « la part de Lévis : région et direction »
    levels = {*own.levels} - ({"region", "direction"} if "share" in other.ops else set())
    placed = own.territories or own.unclear or levels or "common" in own.ops or not lent
    places, wholes = (own.territories, own.wholes) if placed else (other.territories, other.wholes)
    code, around = next(iter(other.territories), ""), own.territories
    alone = own.ops <= HARMLESS | {"sum", "share"} and not own.beyond("subject", "indicator")
    within = "share" in other.ops and code and around and alone and all(inside(ds, code, w) for w in around)
    if within:
        # « la part de Lévis dans la région, et dans la direction? »
        places, wholes = [code, *around], around
        kinds.pop("operation", None)
    about = any(kinds.get(kind) for kind in _COUNTED)
    for kind, codes in other.kinds.items():
        held = kind in kinds and not (kind == "operation" and own.ops <= HARMLESS)
        level = kind == "level" and (own.unclear or within or not _above(ds, own.territories, codes))
        level = level or (kind == "level" and codes == ["year"] and not own.ops & _ENDS)
        if not (held or level or (about and kind in (*_COUNTED, "programme")) or kind == "topic"):
            kinds[kind] = [*kinds.get(kind, ()), *(code for code in codes if code not in ("common", "own"))]
    when = own if own.timed else other
    return replace(
        own, kinds=kinds, territories=places, wholes=wholes, years=when.years, spans=when.spans, dates=when.dates
    )


def _above(ds: Dataset, places: Sequence[str], levels: Sequence[str]) -> bool:
    """Whether territories of these levels can be within all of the places: « …, pour les quatre régions »."""
    order = list(LEVELS)
    lowest = min((order.index(level) for level in levels if level in order), default=-1)
    return all(order.index(ds.territories[code].level) > lowest for code in places)


def _sort(frame: Frame) -> str:
    """What sort of thing is asked for: it has the places of no other sort."""
    if PLAN & set(frame.subjects):
        return "actions"
    return "targets" if frame.get("target") or "targets" in frame.subjects else "figures"


def _of_its_place(ds: Dataset, own: Frame, end: Frame, answer: Answer) -> bool:
    """Whether a part that names no place is of the one that ends the question: of the same sort, it is asked of a
    place, or it is of agreements, which are those of the direction where none is said."""
    agreed = "agreements" in own.subjects or any(code.startswith("agreements") for code in own.get("category"))
    return _sort(own) == _sort(end) and (agreed or answer(ds, own).kind != "answer")


def _divided(frame: Frame) -> bool:
    """Whether some of the persons are asked for: a category, who knows French."""
    return bool(frame.get("category") or "french" in frame.subjects)


def _whole_and_part(ds: Dataset, frame: Frame, answer: Answer) -> Reply | None:
    """« Combien en tout, et combien en Gaspésie? »: a figure of all, one of what is in it."""
    places, told = frame.territories, frame.ops - HARMLESS - {"sum", "objective", "planned", "result"}
    part = [code for code in places if all(inside(ds, code, other) for other in places if other != code)]
    if len(part) != 1 or len(places) > _SEVERAL or told or frame.unclear or len([*frame.years, *frame.spans]) > 1:
        return None
    said, seen = [token.word for token in frame.words], set[str]()
    tags = {part[0]: "PARTIE", "sum": "ENTIER", "how_many": "combien"}
    for m in frame.mentions:
        own = {x.code for x in m.meanings if x.kind in _FAMILY}
        tag = next((tags[x.code] for x in m.meanings if x.code in tags), said[m.start] if own <= seen else "AUTRE")
        tag = f"sur {tag}" if tag == "ENTIER" and said[m.start] == "sur" else tag
        said[m.start : m.end] = [tag, *[""] * (m.end - m.start - 1)]
        seen |= own
    found = _WHOLE_AND_PART.search(" ".join(filter(None, said)))
    if found is None or (found["first"] and len(places) > 1):
        return None
    plain = {**frame.kinds, "operation": [op for op in frame.get("operation") if op != "sum"]}
    each = ([code for code in places if code not in part], part)
    both = [answer(ds, replace(frame, kinds=plain, territories=own)) for own in each]
    if failed := [reply for reply in both if reply.kind != "answer"]:
        asked = failed[0].kind == "choice" and re.search(r"sur (?:le |l )?ENTIER", found[0])
        return None if found["of"] or asked else failed[0]
    return joined(both[::-1] if found[0].startswith("PARTIE") else both)


def _of_each(ds: Dataset, frame: Frame, answer: Answer) -> Reply | None:
    """« La part de Lévis dans la région et dans la direction »: one of each of those that contain it."""
    places = frame.territories
    part = next((code for code in places if all(inside(ds, code, other) for other in places if other != code)), "")
    ops = frame.ops - HARMLESS - {"sum"}
    if ops != {"share"} or len(places) <= _SEVERAL or not part or frame.get("category") or "french" in frame.subjects:
        return None
    named = [x.code for m in frame.mentions for x in m.meanings if x.kind == "territory"]
    if any(named.count(code) > 1 for code in places):
        # « …, et les quatre régions, quelle part du Québec? »
        said = refusal(_TIED, reason="not_understood")
        return in_two(ds, frame.asked, frame, answer) or said
    at = {x.code: m for m in frame.mentions for x in m.meanings if x.kind == "territory"}
    between = [frame.words[at[c].end if at[c].end < at[part].start else at[part].end : max(at[c].start, at[part].start)]
               for c in places if c != part and c in at and part in at]  # fmt: skip
    if any(own <= _LISTED and own & {"et", "ou"} for own in ({token.word for token in words} for words in between)):
        return None  # « la part de Lévis et de Portneuf dans… »
    each = ([part, other] for other in places if other != part)
    both = [answer(ds, replace(frame, territories=own, wholes=own[1:])) for own in each]
    return joined(both) if all(reply.kind == "answer" for reply in both) else None


def _of_both(ds: Dataset, frame: Frame, answer: Answer) -> Reply | None:
    """« La population immigrée : quelle part de celle du Québec, et quelle part des habitants de la région? »"""
    places, whole = frame.territories, ds.config.province
    twice = sum(any(x.code == "share" for x in m.meanings) for m in frame.mentions) > 1
    if not twice or {"residents", "population"} - {*frame.subjects} or len(places) != _SEVERAL or whole not in places:
        return None
    kinds = {**frame.kinds, "subject": ["residents"], "level": []}
    own = [code for code in places if code != whole]
    both = [answer(ds, replace(frame, kinds=kinds, territories=t, wholes=w)) for t, w in ((places, [whole]), (own, []))]
    return joined(both) if all(reply.kind == "answer" for reply in both) else None


def _count_and_rate(ds: Dataset, frame: Frame, answer: Answer) -> Reply | None:
    """« Les admissions, et par mille habitants? »: the number and the rate."""
    at = next((n for n, m in enumerate(frame.mentions) if any(x.code == "rate" for x in m.meanings)), 0)
    if not at or "admissions" not in frame.subjects:
        return None
    counted = [m.end for m in frame.mentions[:at] if {"admissions", "people"} & {x.code for x in m.meanings}]
    between = {t.word for t in frame.words[counted[-1] if counted else 0 : frame.mentions[at].start] if not t.number}
    if not between & {"et", "puis"} or not between <= _LISTED | _COUNTS:
        return None
    rests = [[code for code in frame.subjects if code != own] for own in ("rate", "admissions")]
    both = [answer(ds, replace(frame, kinds={**frame.kinds, "subject": rest, "indicator": []})) for rest in rests]
    return joined(both) if all(reply.kind == "answer" for reply in both) else None


def _meant_and_counted(ds: Dataset, frame: Frame, answer: Answer) -> Reply | None:
    """« Qu’entendez-vous par population immigrée, et combien y en a-t-il en Chaudière-Appalaches? »"""
    if "define" not in frame.ops or not frame.territories or not _MEANING.search(frame.asked):
        return None
    about = {kind: codes for kind, codes in frame.kinds.items() if kind in _COUNTED}
    asks = [op for op in frame.get("operation") if op != "define"]
    both = [
        answer(ds, replace(frame, kinds={**about, "operation": ["define"]}, territories=[], wholes=[], years=[],
                           spans=[], dates=[])),
        answer(ds, replace(frame, kinds={**frame.kinds, "operation": asks})),
    ]  # fmt: skip
    return joined(both) if [reply.kind for reply in both] == ["text", "answer"] else None


def _only_how_many(ds: Dataset, part: str, first: str) -> bool:
    """« Combien? », « De combien? » after a question: it asks nothing more."""
    frame, held = read(ds, part), {"how_many", "exactly"} | read(ds, first).ops
    counts = frame.numbers or frame.percents or frame.lapse
    levels = frame.levels and not PLAN & set(read(ds, first).subjects)  # « une action du PEQ? dans quelles régions? »
    named = frame.unknown or frame.beyond() or frame.timed or levels or frame.territories or counts
    return frame.ops <= held and not named


def _together(ds: Dataset, parts: Sequence[str], answer: Answer) -> Reply | None:
    """The parts of a question answered one after the other; one that names no place or period has those of the one
    before. None where a part cannot stand alone."""
    replies: list[Reply] = []
    before: Frame | None = None
    # « Combien de femmes, et combien de réfugiés au BSL? »: the place that ends the question is that of its parts.
    *ahead, last = parts
    end, lone = read(ds, last), [read(ds, part) for part in ahead]
    alone = not any(f.territories or f.unclear or f.levels or f.empty or "sum" in f.ops for f in lone)
    if end.territories and alone and all(_of_its_place(ds, f, end, answer) for f in lone):
        place = listed([where(ds, code) for code in end.territories])
        parts = [*(f"{part} {place}" for part in ahead), last]
    whole = answer(ds, read(ds, " ".join(parts)))
    for part in parts:
        frame = read(ds, part)
        named = any(frame.get(kind) for kind in _FAMILY)
        before_places = before.territories[:1] if before else []
        if before is not None and "reference" in before.ops and frame.ops & {"difference", "change"}:
            return None  # « on partait de combien, et quel est l’écart? »
        # « …, et quelle part des admissions du Québec? »
        apart = named and not all(inside(ds, own, code) for code in frame.territories for own in before_places)
        if before is not None and (not named or ("share" in frame.ops and not apart)):
            # « … et combien en Gaspésie? », « et quelle part? » are of the same question.
            first, asks = answer(ds, read(ds, parts[0])), frame.ops - HARMLESS
            near = [f"{parts[0]}?"] if first.kind == "answer" else []
            said = refusal(_TIED, *near, reason="not_understood")
            chosen = not frame.ops & _ENDS and len(before.territories) < _SEVERAL and before.ops & _CHOOSING
            if asks and chosen and (shared := _its_share(before, frame)):
                return answer(ds, shared)
            if asks and chosen:
                return said
            if whole.kind == "answer" or not asks:
                return None
            if not named or "share" in frame.ops:
                frame = beside(ds, frame, before)
                replies.append(answer(ds, frame))
                if replies[-1].kind != "answer":
                    return said
                before = frame
                continue
        if before is not None:
            if _OF_THEM.search(part) and _divided(before) and _divided(frame) and not _OF_ALL.search(parts[0]):
                crossed = [*before.get("category"), *frame.get("category")]
                return answer(ds, replace(frame, kinds={**before.kinds, **frame.kinds, "category": crossed}))
            # « …, et combien d’actions en tout, dans le plan? »
            other = _sort(frame) != _sort(before)
            of_mrc = other and any(ds.territories[code].level == "mrc" for code in before.territories)
            of_all = other and ("sum" in frame.ops or _OF_PLAN.search(part))
            bare = not (frame.territories or frame.unclear or of_all or of_mrc)
            if bare and _above(ds, before.territories, frame.levels):
                part += " " + ", ".join(where(ds, code) for code in before.territories)
            if not (frame.timed or frame.get("level") or frame.ops & _ENDS):
                part += " " + " ".join(when(p) for p in (*before.spans, *before.years) if len(p) in (4, 9))
        said_before, before = before or frame, read(ds, part)
        if what_if.supposes(ds, before) or before.empty or not before.kinds:
            return None
        replies.append(answer(ds, before))
        if replies[-1].kind != "answer" and len(replies) > 1 and not said_before.ops & _CHOOSING:
            # « Combien d’actions, et lesquelles parlent de l’accueil? »
            again = answer(ds, beside(ds, frame, said_before))
            replies[-1] = again if again.kind == "answer" else replies[-1]
    if all(reply.kind == "answer" for reply in replies):
        return joined(replies)
    if frame.ops & {"difference", "change", "compare"} and whole.kind == "answer":
        return whole  # « Combien en 2021-2022, et de combien est-ce plus qu’en 2020-2021? »
    failed = next(reply for reply in replies if reply.kind != "answer")
    answered = [part for part, reply in zip(parts, replies, strict=True) if reply.kind == "answer"]
    return replace(failed, others=tuple(dict.fromkeys([*answered, *failed.others]))) if failed.kind != "text" else None
