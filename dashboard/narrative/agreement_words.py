"""Sentences about the agreements. Mandataries are bodies, never added to agreements; a gap is « non mentionnées »."""

from __future__ import annotations

from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import highest
from dashboard.model import Dataset
from dashboard.narrative.sentences import MANDATARIES, agreements, capital, in_place, not_mentioned
from dashboard.narrative.show import bare, listed
from dashboard.wording.numbers import NBSP


def shown(quantity: Quantity | None, category: str) -> str:
    """The number, or « non mentionnées »: the source leaves it out, which is neither zero nor a lost figure."""
    return not_mentioned(category) if quantity is None or quantity.value is None else bare(quantity)


def lead(ds: Dataset) -> str:
    """What the direction has at the date of the plan, the bodies apart from the agreements."""
    indicator, direction = ds.indicators["agreements"], ds.config.direction
    counts = {c.id: profile.count(ds, direction, "agreements", c.id) for c in indicator.categories}
    kinds = [c for c in indicator.categories if c.id != MANDATARIES]
    said = listed([agreements(ds, c.id, counts[c.id]) for c in kinds])
    apart = ""
    if MANDATARIES in counts:
        one = (counts[MANDATARIES].value or 0) < 2
        are = "est un organisme" if one else "sont des organismes"
        apart = f" À part, {agreements(ds, MANDATARIES, counts[MANDATARIES])}, qui {are}."
    return f"{capital(said)}.{apart}"


def _named(ds: Dataset, category: str) -> str:
    return ds.series_name("agreements", category)[1]


def message(ds: Dataset, category: str) -> str:
    """Title of one kind: its total, and where there are most."""
    members = ds.members(ds.config.direction, profile.latest(ds, "agreements"))
    counts = {code: profile.count(ds, code, "agreements", category) for code in members}
    total = profile.count(ds, ds.config.direction, "agreements", category)
    start = agreements(ds, category, total)
    first = highest(counts)
    if not first:
        return start
    most, high = [in_place(ds, code) for code in first], bare(counts[first[0]])
    return f"{start}, dont {high} {most[0]}" if len(most) == 1 else f"{start}, surtout {listed(most)} ({high})"


def reading(ds: Dataset, category: str) -> str:
    """Every region's number in one sentence, the missing one said."""
    total = profile.count(ds, ds.config.direction, "agreements", category)
    said = [
        f"{shown(profile.count(ds, c, 'agreements', category), category)} {in_place(ds, c)}" for c in ds.region_codes()
    ]
    return f"{_named(ds, category)}{NBSP}: {'; '.join(said)}; {bare(total)} dans la direction."
