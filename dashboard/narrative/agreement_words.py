"""Sentences about the agreements. Mandataries are bodies, never added to agreements; a gap is « non mentionnées »."""

from __future__ import annotations

from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest, lowest
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital, in_place
from dashboard.narrative.show import bare, full, listed
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words

MANDATARIES = "francisation_mandataries"


def _count(ds: Dataset, code: str, category: str) -> Quantity:
    return profile.count(ds, code, "agreements", category)


def _named(ds: Dataset, category: str) -> str:
    return ds.series_name("agreements", category)[1]


def _not_mentioned(category: str) -> str:
    return "non mentionnés" if category == MANDATARIES else "non mentionnées"


def shown(quantity: Quantity | None, category: str) -> str:
    """The number, or « non mentionnées »: the source leaves it out, which is neither zero nor a lost figure."""
    return _not_mentioned(category) if quantity is None or quantity.value is None else bare(quantity)


def counted(ds: Dataset, category: str, count: Quantity) -> str:
    """« 8 ententes avec des MRC », « 1 entente du PASI », « ententes du PASI non mentionnées dans le plan »."""
    name = _named(ds, category)
    name = name[:1].lower() + name[1:]
    if count.value is None:
        return f"{name} {_not_mentioned(category)} dans le plan"
    head, space, rest = name.partition(" ")
    return f"{full(count)}{NBSP}{head.removesuffix('s') if count.value < 2 else head}{space}{rest}"


def lead(ds: Dataset) -> str:
    """What the direction has at the date of the plan, the bodies apart from the agreements."""
    categories = ds.indicators["agreements"].categories
    said = {c.id: counted(ds, c.id, _count(ds, ds.config.direction, c.id)) for c in categories}
    bodies = said.pop(MANDATARIES, "")
    apart = ""
    if bodies:
        count = _count(ds, ds.config.direction, MANDATARIES).value
        are = "" if not count else ", qui est un organisme" if count < 2 else ", qui sont des organismes"
        apart = f" À part, {bodies}{are}."
    return f"{capital(listed(list(said.values())))}.{apart}"


def place_message(ds: Dataset, code: str) -> str:
    """Title of the agreements of a territory: those with MRC and of the PASI, never added to the mandataries."""
    return capital(" et ".join(counted(ds, kind, _count(ds, code, kind)) for kind in ("mrc", "pasi")))


def place_reading(ds: Dataset, code: str) -> str:
    """Reads every kind of agreement, none added to another: « 8 ententes avec des MRC; 1 entente du PASI »."""
    date = period_words(profile.latest(ds, "agreements"))
    said = [counted(ds, c.id, _count(ds, code, c.id)) for c in ds.indicators["agreements"].categories]
    return f"{capital(in_place(ds, code))}, au {date}{NBSP}: {'; '.join(said)}."


def message(ds: Dataset, category: str) -> str:
    """Title of one kind: its total, and where there are most."""
    members = ds.members(ds.config.direction, profile.latest(ds, "agreements"))
    counts = {code: _count(ds, code, category) for code in members}
    total = _count(ds, ds.config.direction, category)
    start, first = capital(counted(ds, category, total)), highest(counts)
    if not first or not counts[first[0]].value or not total.value:
        return start
    most, high = [in_place(ds, code) for code in first], bare(counts[first[0]])
    if len(most) > 1:
        if len(most) == len(members) and first == lowest(counts):
            return f"{start}, {high} dans chaque région"
        return f"{start}, surtout {listed(most)} ({high} dans chacune)"
    return f"{start}, {most[0]}" if total.shown == counts[first[0]].shown else f"{start}, dont {high} {most[0]}"


def reading(ds: Dataset, category: str) -> str:
    """Every region's number in one sentence, the missing one said."""
    said = [f"{shown(_count(ds, code, category), category)} {in_place(ds, code)}" for code in ds.region_codes()]
    total = shown(_count(ds, ds.config.direction, category), category)
    return f"{_named(ds, category)}{NBSP}: {'; '.join(said)}; {total} dans la direction."
