"""Whether two figures are far enough apart for a title to say so: the one rule, on typed fields."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

from dashboard.indicators.quantity import Quantity
from dashboard.indicators.ranking import ranked
from dashboard.model import Dataset
from dashboard.wording.numbers import rounded

K = TypeVar("K", bound=Hashable)
_FACTORS = {"%": 100, "indice": 100}


def tells(ds: Dataset, here: Quantity | None, there: Quantity | None) -> bool:
    """True when two figures differ by more than one point, more than two persons, and more than the source rounds to.

    What one of the two bases could not tell from chance (two persons of 21 are 9,5 points) is no message.
    """
    if here is None or there is None or here.shown is None or there.shown is None:
        return False
    if not (here.reliable and there.reliable):
        return False
    apart = abs(here.shown - there.shown)
    if apart == 0 or (here.unit == "%" and apart <= 1):
        return False
    return all(rounded(_persons(apart, q), 0) > _grain(ds, q) for q in (here, there))


def largest(ds: Dataset, pairs: Mapping[K, tuple[Quantity | None, Quantity | None]]) -> K | None:
    """Which pair is the farthest apart, of those that tell something; None when none does."""
    known = {
        k: abs(a.shown - b.shown)
        for k, (a, b) in pairs.items()
        if a is not None and b is not None and a.shown is not None and b.shown is not None and tells(ds, a, b)
    }
    return max(known, key=known.__getitem__, default=None)


def leads(ds: Dataset, quantities: Mapping[K, Quantity | None]) -> bool:
    """True when the highest of those that can be ranked is apart from the next one, if there is one."""
    known = ranked(quantities)
    ordered = sorted(known, key=lambda k: -known[k])[:2]
    return len(ordered) == 1 or (len(ordered) == 2 and tells(ds, *(quantities[k] for k in ordered)))


def _persons(apart: Decimal, quantity: Quantity) -> Decimal:
    """What a gap is worth in persons (or permits): itself for a count, its part of the base for a ratio."""
    if not quantity.operands or quantity.unit == quantity.operands[0].unit:
        return apart
    factor = 1000 if quantity.unit.startswith("pour") else _FACTORS.get(quantity.unit, 1)
    return apart * (quantity.operands[-1].shown or 0) / factor


def _grain(ds: Dataset, quantity: Quantity) -> int:
    """Two persons or one thing, or the multiple that the source rounds a term of the figure to."""
    first = quantity.operands[0] if quantity.operands else quantity
    known = [(ds.indicators[row.key.indicator].rounded_to, ds.sections[row.source].rounded_to) for row in first.inputs]
    least = 2 if first.unit == "personnes" else 1
    return max([least, *(grain for pair in known for grain in pair if grain)])
