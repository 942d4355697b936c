"""From figures to a reply: the sentence with its status, the chips, the view, the source with its quoted lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from dashboard.deck.choices import territory_label
from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.comparison import MOST
from dashboard.indicators.quantity import SUM, Quantity, weakest
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital
from dashboard.narrative.sourcing import source_text, status_words
from dashboard.questions import measures as ms
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS, Measure, place, when
from dashboard.questions.reply import Chip, Reply, choice, refusal
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number, typographic

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
        found.append(Chip("period", own.period, own.when or when(own.period)))
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
        asked=frame.asked, quantities=tuple(quantities), used=frozenset(used))  # fmt: skip


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


LEVELS: Final = {"mrc": ("MRC", "MRC"), "region": ("région", "régions"), "direction": ("direction", "directions"),
                 "province": ("province", "provinces")}  # fmt: skip


def level_of(ds: Dataset, code: str) -> str:
    """« mrc », « region », « direction » or « province »."""
    return ds.territories[code].level


def above(ds: Dataset, codes: list[str]) -> str:
    """In the region of the first territory, or in the territory itself above the regions."""
    return where(ds, ds.region_of(codes[0]) or codes[0] if codes else ds.config.direction)


def usual_place(ds: Dataset, frame: Frame) -> str:
    """« à Lévis »: the first territory named, or the direction."""
    return where(ds, frame.territories[0] if frame.territories else ds.config.direction)


def absent(ds: Dataset, own: Measure, codes: list[str]) -> Reply | None:
    """The refusal where a territory has not got the measure, with what can be asked of its region."""
    for code in codes:
        reason = own.reasons.get(ds.territories[code].level)
        if not reason:
            continue
        region = ds.region_of(code)
        above = region if region not in (None, code) else ds.config.direction
        others = []
        if above and ds.territories[above].level not in own.reasons:
            others.append(f"{own.asked} {where(ds, above)} {own.when}?")
        if ds.territories[code].level == "mrc":
            others.append(f"Combien de personnes admises {where(ds, code)} {when(adm.span(ds))}?")
        return refusal(f"{ds.name(code)}{NBSP}: {reason}.", *others)
    return None


def inside(ds: Dataset, code: str, whole: str) -> bool:
    """Whether a territory is part of another one."""
    if code == whole:
        return False
    level = ds.territories[whole].level
    if level == "province":
        return True
    return (directions.of(ds, code) if level == "direction" else ds.region_of(code)) == whole


def codes_of(ds: Dataset, level: str, scope: list[str]) -> list[str]:
    """The territories of a level within those that are named; all of them when none is."""
    if level == "direction":
        return [code for code in directions.shown(ds) if not scope or code in scope]
    every = ds.mrc_codes() if level == "mrc" else ds.region_codes()
    return [code for code in every if not scope or any(code == own or inside(ds, code, own) for own in scope)]


def ask_place(ds: Dataset, own: Measure) -> Reply:
    """Of which territory: it is never guessed."""
    every = [ds.config.direction, *ds.region_codes()[:4], ds.config.province]
    places = [code for code in every if level_of(ds, code) not in own.reasons]
    return choice("De quel territoire s’agit-il?", *(f"{own.asked} {where(ds, code)} {own.when}?" for code in places))


def instead(ds: Dataset, frame: Frame, own: Measure) -> list[str]:
    """The plain figure of the first territory, where it has it."""
    code = frame.territories[0] if frame.territories else ds.config.direction
    return [f"{own.asked} {where(ds, code)} {own.when}?"] if level_of(ds, code) not in own.reasons else []


def not_all(ds: Dataset, level: str) -> Reply:
    """The data have some territories of Québec: nothing is said of all of them."""
    many = number(len(codes_of(ds, level, [])))
    said = f"Les données n’ont que {many} {LEVELS[level][1]}{NBSP}: rien ne peut être dit de tout le Québec."
    return refusal(said, "Quelle MRC a le plus d’admissions?", "Combien de MRC?")


def view_of(ds: Dataset, own: Measure, codes: Sequence[str]) -> Slide:
    """The view of one territory, or the comparison of several."""
    if len(codes) == 1:
        return ms.view(ds, own, codes[0])
    year = {query.YEAR: own.period} if own.entry == "admissions-annee" else {}
    entry = own.entry or ADMISSIONS
    return Slide("comparer", {query.COMPARED: ",".join(codes[:MOST]), query.INDICATOR: entry, **year})


def is_count(quantity: Quantity) -> bool:
    """Whether a figure can be added to others: observed, or a sum."""
    return quantity.value is not None and (quantity.observed or quantity.formula == SUM)
