"""Over the years: what changed from one to another, and the mean of a period or of a level."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import add
from dashboard.model import Dataset
from dashboard.model.periods import Period
from dashboard.narrative.sentences import capital
from dashboard.narrative.show import full
from dashboard.questions import measures as ms
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS, Measure
from dashboard.questions.ordering import ENDS, among
from dashboard.questions.places import LEVELS, above, absent, ask_place, codes_of, is_count, level_of, view_of
from dashboard.questions.reply import Reply, refusal
from dashboard.questions.telling import numbers, tell, where
from dashboard.wording.numbers import NBSP, number

_UP: Final = frozenset({"hauss", "augment", "augmentent", "croissanc", "progress", "mont"})
_DOWN: Final = frozenset({"baiss", "diminu", "diminut", "recul", "chut", "baissent", "tomb"})


def changes(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """From the first to the last year named, from the year before when one is named; of a territory, or the one that
    changed the most."""
    if len({own.category for own in found}) > 1 or frame.dates or frame.numbers or frame.percents or not found:
        return None
    first, last = found[0], found[-1]
    if len(found) == 1:
        before = adm.year_before(ds, last.period)
        family = ADMISSIONS if last.indicator == ADMISSIONS else f"{last.indicator}/{last.category}"
        if before is None or last.name != ms.measure(ds, family, last.period).name:
            near = f"Comment ont évolué les admissions {above(ds, codes)}?"
            return refusal(f"La source ne donne pas l’année d’avant {last.period}.", near)
        first = ms.measure(ds, family, before)
    own = ms.changed(ds, first, last)
    if ops & ENDS and (frame.levels or codes in ([], [ds.config.direction])):
        down = bool(_DOWN & {token.stem for token in frame.words}) != ("lowest" in ops)
        frame.kinds["level"] = frame.levels or ["region"]
        return among(ds, frame, [own], codes, {"lowest" if down else "highest"})
    if len(frame.levels) == 1 and not ops and not set(frame.levels) & {level_of(ds, code) for code in codes}:
        codes = codes_of(ds, frame.levels[0], codes)
    elif ops or set(frame.levels) - {level_of(ds, code) for code in codes}:
        return None
    if not codes:
        return ask_place(ds, last)
    if refused := absent(ds, last, codes):
        return refused
    figures = [own.of(code) for code in codes]
    if any(x.value is None for q in figures for x in q.operands):
        return None
    kept, counted, values = list(zip(codes, figures, strict=True)), "", list[Decimal | int | None]()
    down, up = (bool(stems & {token.stem for token in frame.words}) for stems in (_DOWN, _UP))
    if frame.levels and down != up:
        # « Quelles régions sont en baisse? »: those alone.
        kept = [(code, q) for code, q in kept if q.value and (q.value < 0) == down]
        values = [len(kept)]
        word = LEVELS[frame.levels[0]][len(kept) > 1]
        counted = f" {number(len(kept))} {word} sur {number(len(codes))} en {'baisse' if down else 'hausse'}."
    said = capital("; ".join(f"{where(ds, code)}, {own.said(q)}" for code, q in kept))
    values += numbers(q for _, q in kept)
    text = f"{last.name}.{counted}{f' {said}.' if kept else ''}"
    if len(kept) == 1 and not counted and last.counted:
        text = f"{where(ds, kept[0][0])}, {last.counted}{NBSP}: {own.said(kept[0][1])}."
    return tell(ds, frame, text, figures, values=values, codes=[code for code, _ in kept],
                measures=[last], view=view_of(ds, last, codes), ops=("change", *frame.levels))  # fmt: skip


def mean(ds: Dataset, frame: Frame, found: list[Measure], codes: list[str], ops: set[str]) -> Reply | None:
    """The mean by year of a period, or by territory of a level."""
    if len(found) != 1 or ops or frame.numbers or len(codes) > 1 or len(frame.levels) > 1:
        return None
    own, level = found[0], frame.levels[0] if frame.levels else ""
    if level and ("year" in frame.get("level") or "yearly" in frame.ops or ds.config.province in codes):
        return None
    if not level and (own.indicator != ADMISSIONS or own.category != "total"):
        return None
    if not level and not codes:
        return ask_place(ds, own)
    members = codes_of(ds, level, codes) if level else codes
    if not members:
        return None
    if refused := absent(ds, own, members[:1]):
        return refused
    figures = [own.of(code) for code in members]
    if not all(is_count(q) for q in figures):
        return None
    total = add(figures, figures[0].label, members[0]) if level else figures[0]
    count = len(members) if level else len(Period.of(own.period).years)
    if total.shown is None or count < 2:
        return None
    mean = (total.shown / count).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")
    by, over = (LEVELS[level][0], LEVELS[level][1]) if level else ("année", "ans")
    place = f"{where(ds, codes[0])}, " if codes else ""
    said = f"{own.name.lower()}{NBSP}: en moyenne {number(mean, 1)} par {by} {own.when}"
    text = f"{place}{said} ({full(total)} sur {number(count)} {over})."
    view = ms.view(ds, own, codes[0]) if codes else ms.view_of_all(ds, own)
    return tell(ds, frame, text, [total], values=[mean, total.shown], codes=codes, measures=found, ops=("mean",),
                view=view)  # fmt: skip
