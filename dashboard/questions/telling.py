"""From figures to a reply: the sentence with its status, the chips, the view, the source with its quoted lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from dashboard.deck.choices import territory_label
from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import SUM, Quantity, weakest
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import source_text, status_words
from dashboard.questions.frame import Frame
from dashboard.questions.reply import Chip, Reply
from dashboard.questions.subjects import Subject, place
from dashboard.wording.numbers import typographic

_MOST_QUOTES = 12


def where(ds: Dataset, code: str) -> str:
    """« au Bas-Saint-Laurent », « au Québec », « à Lévis »."""
    return ds.territories[code].name_in


def chips(ds: Dataset, frame: Frame, codes: Iterable[str], subjects: Sequence[Subject], *ops: str) -> tuple[Chip, ...]:
    """What was understood, field by field."""
    found = [Chip("territory", code, territory_label(ds, code)) for code in codes]
    for subject in subjects:
        found.append(Chip("subject", subject.indicator, subject.label))
        if subject.category != "total":
            found.append(Chip("category", subject.category, subject.label))
        found.append(Chip("period", subject.period, subject.when))
    found += [Chip("operation", op, op) for op in ops]
    found += [Chip("mended", read, f"{typed} → {read}") for typed, read in frame.mended]
    return tuple(dict.fromkeys(found))


def tell(
    ds: Dataset, frame: Frame, sentence: str, quantities: Sequence[Quantity], *, values: Sequence[Decimal | int | None],
    view: Slide, codes: Sequence[str] = (), subjects: Sequence[Subject] = (), ops: Sequence[str] = ("value",),
) -> Reply:  # fmt: skip
    """An answer made of observed figures: their status is said after the sentence, once."""
    inputs = [row for quantity in quantities for row in quantity.inputs]
    page, params = place(ds, view)
    rows = list(dict.fromkeys(inputs))
    quotes = tuple(dict.fromkeys(row.quote for row in rows if row.quote))[:_MOST_QUOTES]
    known = [value if isinstance(value, Decimal) else Decimal(value) for value in values if value is not None]
    return Reply(
        "answer", typographic(f"{capital(sentence)} {status_words(inputs)}"), tuple(dict.fromkeys(known)),
        weakest(row.status for row in inputs), subjects[0].period if subjects else "",
        chips(ds, frame, codes, subjects, *ops), view, source_text(ds, quantities), quotes, page, params,
        asked=frame.asked, quantities=tuple(quantities),
    )  # fmt: skip


def numbers(quantities: Iterable[Quantity]) -> list[Decimal | None]:
    """The figures that are read, then the terms of the shares, which the sentence says too."""
    found = list(quantities)
    terms = [
        o.shown for q in found for o in q.operands if q.unit == "%" or (q.formula == SUM and o.territory == q.territory)
    ]
    return [*(q.shown for q in found), *terms]
