"""The territories of a question: their level, what is inside, what they have not got, what can be asked instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.indicators.comparison import MOST
from dashboard.indicators.quantity import SUM, Quantity
from dashboard.model import Dataset
from dashboard.questions import measures as ms
from dashboard.questions.frame import Frame
from dashboard.questions.measures import ADMISSIONS, Measure, when
from dashboard.questions.reply import Reply, choice, refusal
from dashboard.questions.telling import where
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, number

LEVELS: Final = {
    "mrc": ("MRC", "MRC"), "region": ("région", "régions"), "direction": ("direction", "directions"),
    "province": ("province", "provinces"),
}  # fmt: skip


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


def nearest(ds: Dataset, frame: Frame) -> list[str]:
    """The admissions of the first territory named, or of the direction."""
    code = frame.territories[0] if frame.territories else ds.config.direction
    return [f"Combien de personnes admises {where(ds, code)} {when(adm.span(ds))}?"]
