"""Answers on the targets of the plan: what one is, its reference, its revision, the progress asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators import follow_up as fu
from dashboard.indicators.targets import reference_comparable, steps
from dashboard.model import Dataset
from dashboard.model.documents import Target, TargetValue
from dashboard.narrative import target_words as words
from dashboard.narrative.search import place_of
from dashboard.narrative.show import listed
from dashboard.questions.frame import Frame
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import chips, section
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, number, plain, typographic

# What changes nothing to what the plan says.
PLAIN: Final = frozenset(
    ("how_many", "list", "apart", "speak", "yearly", "text", "sum", "compare", "last", "objective", "courtesy")
)
_CHANGES = frozenset({"progress", "difference", "change"})
_REVISED = frozenset({"revision", "why", "change", "compare", "difference", "side", "except"})
# Other words for the same thing, in a question about a target.
_OF_TARGETS = ("targets", "objective", "share", "compare", "result", "planned", "admissions", "people")
# What no target is about.
_OBSERVED = frozenset({"permits", "population", "residents", "ratio", "agreements"})
# What their own words hold: « les personnes immigrantes qui… », « taux de… ».
_ADMITTED = frozenset({"admissions", "people", "rate"})
_OF_TIME = frozenset({"prevision", "mois", "aujourd-hui"})


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
        return _told(ds, frame, said, broken, [Decimal(len(broken))]).using("revision")
    if "how_many" in frame.ops and not own and not frame.timed and not frame.ops - PLAIN:
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
    if len(frame.spans) == 1 and not why and not frame.ops & {"change", "progress"}:
        return None  # « depuis la révision, quelle est la cible en 2021-2022? »
    if not broken:
        return refusal("Le plan ne signale aucune révision de cette cible.", f"Quelle est la cible {own[0].id}?")
    said = " ".join(typographic(b.text) for t in broken for b in t.breaks)
    shown = [
        step for t in broken for b in t.breaks for at, first in enumerate(t.targets) if first.period == b.after
        for step in t.targets[: at + 2]
    ]  # fmt: skip
    also = (*(step.period or "" for step in shown), *(year for year in frame.years if year in said))
    return _told(ds, frame, said, broken, _decimals(shown)).using(*_REVISED, *also)


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
            moved = _moved(ds, frame, own, [{own[0].id: own[0].reference}, {own[0].id: last}])
            return moved.using("reference", *asked[-1:], *frame.years)
        said = "; ".join(f"{typographic(t.short)}, {words.reference(t)}" for t in own).rstrip(".")
        told = _told(ds, frame, f"Donnée de référence{NBSP}: {said}.", own, _decimals(t.reference for t in own))
        return told.using("reference", *(t.reference.period or "" for t in own))
    if ops & _CHANGES:
        if len(asked) == 2:
            moved = _moved(ds, frame, own, [{t.id: steps_[t.id, p] for t in own} for p in sorted(asked)])
            return moved.using(*asked, *frame.years)
        found = _progress(ds, frame, own[0], asked) if len(asked) < 2 and len(own) == 1 else None
        return found and found.using(*asked, *frame.years)
    if ops or (frame.percents and not asked):
        return None
    if not asked:
        said = " ".join(f"{t.id}. {typographic(t.short)}. {words.reading(t)}" for t in own)
        return _told(ds, frame, said, own, _decimals(s for t in own for s in (*t.targets, t.reference))).using("yearly")
    parts = []
    for t in own:
        each = ", ".join(f"{_printed(t, steps_[t.id, period])} en {period}" for period in asked)
        parts.append(f"{typographic(t.short)}{NBSP}: {each}")
    shown = [steps_[t.id, period] for t in own for period in asked]
    said = f"Cible pour l’ensemble du Québec. {'; '.join(parts)}."
    return _told(ds, frame, said, own, _decimals(shown), asked[0]).using(
        *asked, *frame.years, "year", "last", "revision", "side"
    )


def _periods(frame: Frame, own: Sequence[Target], periods: list[str]) -> tuple[set[str], list[str] | Reply]:
    """The operations, and the years of the plan that are named; a question where a year is of two of them."""
    ops, asked = set(frame.ops - PLAIN - {"share", "define", "planned", "revision"}), list(frame.spans)
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
    values = _decimals([*shown, *(e[t.id] for t in own for e in ends)])
    return _told(ds, frame, f"{'; '.join(parts)}.", own, values).using(*_CHANGES)


def _progress(ds: Dataset, frame: Frame, own: Target, asked: list[str]) -> Reply | None:
    """What is asked from one year to the next."""
    found = [step for step in steps(own) if step.asked is not None and (not asked or step.period in asked)]
    said = ", ".join(f"{words.asked(step)} en {step.period}" for step in found)
    text = f"{typographic(own.short)}, progression demandée par rapport à l’année d’avant{NBSP}: {said}."
    values = [Decimal(plain(v)) for s in found for v in (s.asked or 0, abs(s.asked or 0))]
    return _told(ds, frame, text, [own], values).using("yearly", *_CHANGES) if found else None


def _decimals(values: Iterable[TargetValue]) -> list[Decimal]:
    return [Decimal(plain(step.value).removesuffix(".0")) for step in values if step.value is not None]


def _told(
    ds: Dataset, frame: Frame, said: str, own: Sequence[Target], values: Sequence[Decimal], period: str = ""
) -> Reply:
    note = "" if "how_many" in frame.ops or "ensemble du Québec" in said else " Cibles pour l’ensemble du Québec."
    one = len(own) == 1
    view = Slide("cible", {"cible": own[0].id}) if one else Slide("cibles", {})
    ids = [code for t in own for code in (t.id, t.id.partition("-")[0])]
    printed = {*_decimals(step for t in own for step in (*t.targets, t.reference)), *values}
    numbered = [] if {*map(Decimal, frame.numbers)} - printed and set(frame.numbers) - set(ids) else ["numbers"]
    held = [] if {*map(Decimal, frame.percents)} - printed else ["percents"]
    rate = ["rate"] if frame.named.get("rate", "").lower() == "taux" else []
    return Reply(
        "answer", typographic(f"{said}{note} Ce sont des cibles, et non des résultats."), tuple(dict.fromkeys(values)),
        "cible", period, chips(ds, frame, [ds.config.province], [], "target", *(t.id for t in own)), view,
        section(ds, ds.targets.source), tuple(typographic(t.quote) for t in own), addresses.TARGETS,
        {query.PLACE: place_of("cible", own[0].id)} if one else {}, asked=frame.asked,
    ).using(ds.config.province, *_OF_TARGETS, *_OF_TIME, *rate, *ids, *numbered, *held)  # fmt: skip
