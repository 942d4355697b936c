"""From figures to a reply: the sentence with its status, the chips, the view, the source with its quoted lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dashboard.deck.choices import territory_label
from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import SUM, Quantity, weakest
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import source_text, status_words
from dashboard.questions.frame import Frame
from dashboard.questions.measures import Measure, place
from dashboard.questions.reply import Chip, Reply
from dashboard.wording.numbers import NBSP, typographic

_MOST_QUOTES = 12


def where(ds: Dataset, code: str) -> str:
    """« au Bas-Saint-Laurent », « au Québec », « à Lévis »."""
    return ds.territories[code].name_in


def chips(ds: Dataset, frame: Frame, codes: Iterable[str], measures: Sequence[Measure], *ops: str) -> tuple[Chip, ...]:
    """What was understood, field by field."""
    found = [Chip("territory", code, territory_label(ds, code)) for code in codes]
    for own in measures:
        found.append(Chip("subject", own.indicator, own.label))
        if own.category != "total":
            found.append(Chip("category", own.category, own.label))
        found.append(Chip("period", own.period, own.when))
    found += [Chip("operation", op, op) for op in ops]
    found += [Chip("mended", read, f"{typed} → {read}") for typed, read in frame.mended]
    return tuple(dict.fromkeys(found))


def _within(quantity: Quantity) -> Iterator[Quantity]:
    """A figure, and what it is computed from; the terms of a sum are it."""
    yield quantity
    for operand in () if quantity.formula == SUM else quantity.operands:
        yield from _within(operand)


def tell(
    ds: Dataset, frame: Frame, sentence: str, quantities: Sequence[Quantity], *, values: Sequence[Decimal | int | None],
    view: Slide, codes: Sequence[str] = (), measures: Sequence[Measure] = (), ops: Sequence[str] = ("value",),
) -> Reply:  # fmt: skip
    """An answer made of observed figures: their status is said after the sentence, once."""
    every = [each for quantity in quantities for each in _within(quantity)]
    inputs = [row for quantity in quantities for row in quantity.inputs]
    page, params = place(ds, view)
    rows = list(dict.fromkeys(inputs))
    quotes = tuple(dict.fromkeys(row.quote for row in rows if row.quote))[:_MOST_QUOTES]
    whens = {q.period for q in every} | {row.key.period for row in rows} | {own.period for own in measures}
    used = {*codes, *ops, *(q.territory for q in every), *whens, *(when[:4] for when in whens if len(when) == 10)}
    known = [value if isinstance(value, Decimal) else Decimal(value) for value in values if value is not None]
    return Reply(
        "answer", typographic(f"{capital(sentence)} {status_words(inputs)}"), tuple(dict.fromkeys(known)),
        weakest(row.status for row in inputs), measures[0].period if measures else "",
        chips(ds, frame, codes, measures, *ops), view, source_text(ds, quantities), quotes, page, params,
        asked=frame.asked, quantities=tuple(quantities), used=frozenset(used),
    )  # fmt: skip


def numbers(quantities: Iterable[Quantity]) -> list[Decimal | None]:
    """The figures that are read, then the terms of the shares, which the sentence says too."""
    found = list(quantities)
    moved = [q for q in found if q.derived in ("change_pct", "gap") and q.operands]
    if moved:
        return [n for q in moved for n in _moved(q)]
    terms = [
        o.shown for q in found for o in q.operands if q.unit == "%" or (q.formula == SUM and o.territory == q.territory)
    ]
    return [*(q.shown for q in found), *terms]


def _moved(change: Quantity) -> list[Decimal | None]:
    """What a change is: in units, in percent, then what it goes from and to; without its sign too."""
    first, last = (operand.shown for operand in change.operands)
    gap = None if first is None or last is None else last - first
    return [n for value in (gap, change.shown) if value is not None for n in (value, abs(value))] + [first, last]


def section(ds: Dataset, id_: str) -> str:
    """« Source : Plan d’action régional 2021-2022, Annexe 1. »"""
    return f"Source{NBSP}: {ds.section_name(id_)}."
