"""Answers on the targets of the plan: what one is, its reference, its revision, the progress asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
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
PLAIN: Final = frozenset(("how_many", "list", "apart", "speak", "yearly", "text", "sum", "compare", "last", "objective",
                          "courtesy"))  # fmt: skip
_CHANGES: Final = frozenset({"progress", "difference", "change"})
_OF_TIME: Final = frozenset({"prevision", "mois", "aujourd-hui"})
# « La cible est établie à combien? », « est-ce vrai que… »
_AGAIN: Final = ("settle", "exactly", "take_part")
# Other words for the same thing, in a question about a target; « les personnes immigrantes qui… ».
_OF_TARGETS: Final = ("targets", "objective", "compare", "result", "planned", "admissions", "people", *_AGAIN)
# What no target is about, named or not.
_OBSERVED: Final = frozenset({"permits", "population", "residents", "ratio", "agreements"})
_ADMITTED: Final = frozenset({"admissions", "people", "rate"})


def targets(ds: Dataset, frame: Frame) -> Reply | None:
    """What a target is, in a year or in all; its reference, its revision, the progress asked."""
    own, near, every = _named(ds, frame), "Quelles sont les cibles?", ds.targets.targets
    asked, ops = "targets" in frame.subjects, frame.ops
    elsewhere = set(frame.territories) - {ds.config.province}
    spans = {step.period for target in every for step in target.targets}
    about = asked or (own and ops & {"reference", "revision", "progress", "objective", "result"})
    counted = own and not about and not frame.beyond("target", "topic") and ("how_many" in ops or elsewhere)
    if not (about or counted) and not (own and set(frame.spans) & spans):
        return None
    missed = "difference" in ops and not (own or frame.timed or frame.numbers)
    if counted or missed or "result" in ops:
        done = any(fu.results(ds.follow_up.entries, t.id) for t in own or every)
        said = "Le plan ne donne aucun résultat pour ses cibles; aucun n’a été saisi au suivi."
        return None if done else refusal(said, near)
    if elsewhere or frame.levels:
        return refusal(ds.targets.scope, near)
    if (_OBSERVED if own else _OBSERVED | _ADMITTED) & set(frame.subjects) or (asked and frame.get("category")):
        return refusal("Le plan ne fixe pas de cible pour cela; ses cibles portent sur autre chose.", near)
    if frame.numbers and not own:
        ids = listed([t.id for t in every])
        return refusal(f"Le plan n’a pas de cible {frame.numbers[0]}; ses cibles sont {ids}.", near) if asked else None
    if ops & {"if", "except", "common"} or set(frame.get("topic")) - _OF_TIME:
        return None
    if "how_many" in ops and not own and not frame.timed and not ops - PLAIN - {"revision"}:
        found = [t for t in every if t.breaks or "revision" not in ops]
        what = "cibles révisées" if "revision" in ops else "cibles, pour l’ensemble du Québec"
        start = "" if "revision" in ops else "Le plan reprend "
        said = f"{start}{number(len(found))} {what}{NBSP}: {listed([typographic(t.short) for t in found])}."
        return _told(ds, frame, said, found, [Decimal(len(found))], "revision")
    return _of_targets(ds, frame, own or every)


def _named(ds: Dataset, frame: Frame) -> list[Target]:
    ids, every, said = set(frame.get("target")), ds.targets.targets, _values_said(frame)
    numbered = [t for t in every if any(n in (t.id, t.id.partition("-")[0]) for n in frame.numbers)]
    of_targets = frame.percents or len(said) > 1 or "targets" in frame.subjects
    held = [t for t in every if said and of_targets and said <= set(_decimals(t.targets))]
    found = [t for t in every if t.id in ids] or numbered or held
    # « La cible de satisfaction des entreprises » names one, and not both; « quelle part des entreprises » too.
    shares = [t for t in found if t.unit == "%"] if _in_percent(frame) else []
    return [t for t in shares or found if not (numbered and ids) or t in numbered]


def _in_percent(frame: Frame) -> bool:
    """« quelle part… », « le taux de satisfaction des entreprises »."""
    return "share" in frame.ops or any(token.word == "taux" for token in frame.words)


def _values_said(frame: Frame) -> set[Decimal]:
    return {Decimal(n) for n in (*frame.percents, *frame.numbers)}


def revised(ds: Dataset, frame: Frame) -> Reply | None:
    """What a revision has changed: the targets before and after it. « Pourquoi 34 %, puis 21,5 %? » asks for it too."""
    own, asked = _named(ds, frame), {"targets"} & set(frame.subjects)
    why = "why" in frame.ops and (asked or (own and len(_values_said(frame)) > 1))
    why = why and not set(frame.get("topic")) - _OF_TIME
    # « quelle cible a changé? »
    changed = "change" in frame.ops and asked and not (own or frame.timed or frame.numbers)
    of_targets = ("revision" in frame.ops or changed) and (asked or own or not frame.beyond("topic"))
    if not (why or of_targets) or ("how_many" in frame.ops and not own) or frame.unknown:
        return None
    broken = [t for t in own or ds.targets.targets if t.breaks]
    if len(frame.spans) > 1 and "difference" in frame.ops and not (why or frame.get("level")):
        return None  # « revue à la baisse, de combien, de 2019-2020 à 2020-2021? »
    if len(frame.spans) == 1 and not why and not frame.ops & {"change", "progress"}:
        return None  # « depuis la révision, quelle est la cible en 2021-2022? »
    if not broken:
        return refusal("Le plan ne signale aucune révision de cette cible.", f"Quelle est la cible {own[0].id}?")
    said = " ".join(typographic(b.text) for t in broken for b in t.breaks)
    said += " Le plan n’en dit pas la raison." if "why" in frame.ops else ""
    shown = [
        step for t in broken for b in t.breaks for at, first in enumerate(t.targets) if first.period == b.after
        for step in t.targets[: at + 2]
    ]  # fmt: skip
    also = (*(step.period or "" for step in shown), *(year for year in frame.years if year in said))
    return _told(
        ds, frame, said, broken, _decimals(shown), "revision", "why", "side", "except", "year", *_CHANGES, *also
    )


def _of_targets(ds: Dataset, frame: Frame, own: Sequence[Target]) -> Reply | None:
    periods = [t.period or "" for t in own[0].targets]
    ops, asked = _periods(frame, own, periods)
    if isinstance(asked, Reply):
        return asked
    if "plan_indicators" in frame.subjects:
        said = "; ".join(f"{typographic(t.short)}{NBSP}: «{NBSP}{typographic(t.indicator)}{NBSP}»" for t in own)
        return _told(ds, frame, f"Ce que mesure la cible{NBSP}: {said}.", own, [], "plan_indicators", *asked)
    steps_ = {(t.id, s.period): s for t in own for s in t.targets}
    if "reference" in ops and ops & _CHANGES:
        if len(own) > 1 or not reference_comparable(own[0]):
            unlike = "La donnée de référence et les cibles ne sont pas dans la même unité; elles ne se comparent pas."
            return refusal(unlike, f"Quelle est la cible {own[0].id}?")
        last = steps_[own[0].id, asked[-1] if asked else periods[-1]]
        ends = [{own[0].id: own[0].reference}, {own[0].id: last}]
        also = ("reference", own[0].reference.period or "", *asked[-1:], *_years(frame, asked[-1:]))
        return _moved(ds, frame, own, ends, *also)
    if "reference" in ops and (asked or "objective" in frame.ops):
        each = (f"{words.reference(t).rstrip('.')}; {_printed(t, asked or periods)}" for t in own)
        parts = [f"{typographic(t.short)}, {told}" for t, told in zip(own, each, strict=True)]
        said = f"Donnée de référence et cible{NBSP}: {'; '.join(parts)}."
        values = _decimals([*(t.reference for t in own), *(steps_[t.id, p] for t in own for p in asked or periods)])
        return _told(ds, frame, said, own, values, "reference", *asked, *(t.reference.period or "" for t in own),
                     *_years(frame, asked))  # fmt: skip
    if "reference" in ops:
        said = "; ".join(f"{typographic(t.short)}, {words.reference(t)}" for t in own).rstrip(".")
        also = ("reference", *(t.reference.period or "" for t in own))
        return _told(ds, frame, f"Donnée de référence{NBSP}: {said}.", own, _decimals(t.reference for t in own), *also)
    if ops & (_CHANGES | {"more", "less"}) and len(asked) > 1:
        ends = [{t.id: steps_[t.id, p] for t in own} for p in sorted(asked)]
        return _moved(ds, frame, own, ends, *asked, *_years(frame, asked), *(ops & {"more", "less"}))
    if ops & _CHANGES and len(asked) == 1 and asked[0] in periods[1:]:
        before = periods[periods.index(asked[0]) - 1]
        ends = [{t.id: steps_[t.id, p] for t in own} for p in (before, *asked)]
        return _moved(ds, frame, own, ends, *asked, *_years(frame, asked))
    if ops & _CHANGES:
        return _progress(ds, frame, own[0], asked) if len(asked) < 2 and len(own) == 1 else None
    if ops or (frame.percents and not asked):
        return None
    if not asked:
        said = " ".join(f"{t.id}. {typographic(t.short)}. {words.reading(t)}" for t in own)
        return _told(ds, frame, said, own, _decimals(s for t in own for s in (*t.targets, t.reference)), "yearly")
    parts = [f"{typographic(t.short)}{NBSP}: {_printed(t, asked)}" for t in own]
    values = _decimals(steps_[t.id, period] for t in own for period in asked)
    said = f"Cible pour l’ensemble du Québec. {'; '.join(parts)}."
    return _told(ds, frame, said, own, values, *asked, *_years(frame, asked), "year", "last", "revision", "side")


def _printed(own: Target, periods: Sequence[str]) -> str:
    """« 60 % en 2021-2022, 65 % en 2022-2023 »."""
    unit = "" if own.unit == "%" else f"{NBSP}{own.unit}"
    said = (step for step in own.targets if step.period in periods)
    return ", ".join(f"{typographic(s.printed)}{unit if s.value is not None else ''} en {s.period}" for s in said)


def _periods(frame: Frame, own: Sequence[Target], periods: list[str]) -> tuple[set[str], list[str] | Reply]:
    """The operations, and the years of the plan that are named; a question where a year is of two of them."""
    ops, asked = set(frame.ops - PLAIN - {"share", "define", "planned", "revision", *_AGAIN}), list(frame.spans)
    ops -= {"side"} if frame.ops & {"revision", "reference"} else set()  # « la cible de 2019-2020, avant la révision »
    if not frame.timed and len(own) == 1:  # « la cible de 65 % », « de 80 à 85 »: the first year of each
        values = [{*_decimals([step])} for step in own[0].targets]
        asked = [periods[values.index({n})] for n in sorted(_values_said(frame)) if {n} in values]
    for year in frame.years:
        both = [p for p in periods if year in p.split("-")]
        if "reference" in ops or (len(own) == 1 and own[0].reference.period == year):
            ops.add("reference")
        elif len(both) > 1:
            near = [f"Quelle est la cible {t.id} en {p}?" for t in own[:2] for p in both]
            return ops, choice("De quelle année du plan s’agit-il?", *near)
        else:
            asked += both or [year]
    if set(asked) - set(periods):
        last = f"Quelles sont les cibles en {periods[-1]}?"
        return ops, refusal(f"Les cibles vont de {periods[0]} à {periods[-1]}.", last)
    return ops, periods[-1:] if "last" in frame.ops and not asked else asked


def _moved(
    ds: Dataset, frame: Frame, own: Sequence[Target], ends: Sequence[Mapping[str, TargetValue]], *also: str
) -> Reply:
    """From one value to another, and the gap between one and the next."""
    parts, gaps = [], list[float]()
    for t in own:
        each = [end[t.id] for end in ends]
        said = " à ".join(f"{typographic(s.printed)}{f' en {s.period}' if s.period else ''}" for s in each)
        moves = [b - a for a, b in pairwise(step.value for step in each) if a is not None and b is not None]
        if moves:
            told = ", puis ".join(number(gap, 1 if gap % 1 else 0) for gap in moves)
            said += f" (écart{NBSP}: {told}{NBSP}{'points' if t.unit == '%' else t.unit})"
            gaps += [own for gap in moves for own in (abs(gap), gap)]
        parts.append(f"{typographic(t.short)}, de {said}")
    values = _decimals([*(TargetValue(printed="–", value=gap) for gap in gaps), *(e[t.id] for t in own for e in ends)])
    return _told(ds, frame, f"{'; '.join(parts)}.", own, values, *also, "revision", *_CHANGES)


def _progress(ds: Dataset, frame: Frame, own: Target, asked: list[str]) -> Reply | None:
    """What is asked from one year to the next."""
    found = [step for step in steps(own) if step.asked is not None and (not asked or step.period in asked)]
    said = ", ".join(f"{words.asked(step)} en {step.period}" for step in found)
    text = f"{typographic(own.short)}, progression demandée par rapport à l’année d’avant{NBSP}: {said}."
    values = [Decimal(plain(v)) for s in found for v in (s.asked or 0, abs(s.asked or 0))]
    return _told(ds, frame, text, [own], values, "yearly", *_CHANGES, *asked, *_years(frame, asked)) if found else None


def _years(frame: Frame, asked: Sequence[str]) -> list[str]:
    """The years named that are of the periods of the answer, « 2021 » of 2021-2022; « la cible finale »."""
    last = ["last"] if asked and "last" in frame.ops else []
    return [year for year in frame.years if any(year in period.split("-") for period in asked)] + last


def _decimals(values: Iterable[TargetValue]) -> list[Decimal]:
    return [Decimal(plain(step.value).removesuffix(".0")) for step in values if step.value is not None]


def _told(ds: Dataset, frame: Frame, said: str, own: Sequence[Target], values: Sequence[Decimal], *also: str) -> Reply:
    note = "" if "how_many" in frame.ops or "ensemble du Québec" in said else " Cibles pour l’ensemble du Québec."
    one = own[0].id if len(own) == 1 else ""
    ids = {code for t in own for code in (t.id, t.id.partition("-")[0])}
    printed = {*_decimals(step for t in own for step in (*t.targets, t.reference)), *values}
    numbered = ["numbers"] if {*map(Decimal, frame.numbers)} <= printed or set(frame.numbers) <= ids else []
    held = ["percents"] if {*map(Decimal, frame.percents)} <= printed else []
    share = ["share"] if all(t.unit == "%" for t in own) or len(own) == len(ds.targets.targets) else []
    ids |= set(frame.get("target")) if _in_percent(frame) else set()
    until = ["side"] if "reference" in frame.ops else []  # « l’écart jusqu’à la cible »
    rate = ["rate"] if frame.named.get("rate", "").lower() == "taux" else []
    return Reply(
        "answer", typographic(f"{said}{note} Ce sont des cibles, et non des résultats."), tuple(dict.fromkeys(values)),
        "cible", next((p for p in also if p[:1].isdigit()), ""),
        chips(ds, frame, [ds.config.province], [], "target", *(t.id for t in own)),
        Slide("cible", {"cible": one}) if one else Slide("cibles", {}), section(ds, ds.targets.source),
        tuple(typographic(t.quote) for t in own), addresses.TARGETS,
        {query.PLACE: place_of("cible", one)} if one else {}, asked=frame.asked,
        used=frozenset({ds.config.province, *_OF_TARGETS, *_OF_TIME, *rate, *until, *share, *ids, *numbered, *held,
                        *also}),
    )  # fmt: skip
