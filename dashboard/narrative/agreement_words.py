"""Sentences about the agreements. Mandataries are bodies, never added to agreements; a gap is « non mentionnées »."""

from __future__ import annotations

from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity, add
from dashboard.indicators.ranking import highest, lowest
from dashboard.model import Dataset
from dashboard.narrative.sentences import capital, in_place
from dashboard.narrative.show import bare, full, listed
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period as period_words

MANDATARIES = "francisation_mandataries"


def _count(ds: Dataset, code: str, category: str) -> Quantity:
    return profile.count(ds, code, "agreements", category)


def _not_mentioned(category: str) -> str:
    return "non mentionnés" if category == MANDATARIES else "non mentionnées"


def shown(quantity: Quantity | None, category: str) -> str:
    """The number, or « non mentionnées »: the source leaves it out, which is neither zero nor a lost figure."""
    return _not_mentioned(category) if quantity is None or quantity.value is None else bare(quantity)


def counted(ds: Dataset, category: str, count: Quantity, *, whole: bool = False) -> str:
    """« 8 ententes avec des MRC », « 1 entente du PASI », « ententes du PASI non mentionnées dans le plan ». whole: its
    acronym at length."""
    own = next(c for c in ds.indicators["agreements"].categories if c.id == category)
    name = own.label if whole else own.named
    name = name[:1].lower() + name[1:]
    if count.value is None:
        return f"{name} {_not_mentioned(category)} dans le plan"
    head, space, rest = name.partition(" ")
    return f"{full(count)}{NBSP}{head.removesuffix('s') if count.value < 2 else head}{space}{rest}"


def lead(ds: Dataset) -> str:
    """How many agreements with MRC and of the PASI there were, and the region that had the most; the PASI at length,
    for it stands here first."""
    kinds, date = ("mrc", "pasi"), f"au {period_words(profile.latest(ds, 'agreements'))}"
    counts = {kind: _count(ds, ds.config.direction, kind) for kind in kinds}
    told = {kind: counted(ds, kind, count, whole=True) for kind, count in counts.items() if count.value}
    if not told:
        missing = any(count.value is None for count in counts.values())
        none = "Le plan ne mentionne aucune" if missing else "Aucune"
        return f"{none} entente avec des MRC ni du PASI en vigueur {date}."
    were = "étaient" if len(told) > 1 or next(counts[kind].value for kind in told) != 1 else "était"
    regions = ds.members(ds.config.direction, profile.latest(ds, "agreements"))
    each = {code: add([_count(ds, code, kind) for kind in told], "", code) for code in regions}
    first, whole = highest(each), sum(count.value or 0 for count in counts.values())
    most = ""
    if len(first) == 1 < len(regions):
        share = "" if (each[first[0]].value or 0) >= whole else f"dont {full(each[first[0]])} "
        most = f", {share}{in_place(ds, first[0])}"
    return f"{listed(list(told.values()))} {were} en vigueur {date}{most}."


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
    name = ds.series_name("agreements", category)[1]
    return f"{name}{NBSP}: {'; '.join(said)}; {total} dans la direction."
