"""Orders and ranks, decided on the numbers that are read: what reads the same stands at the same rank."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, TypeVar

from dashboard.indicators.quantity import Quantity

K = TypeVar("K", bound=Hashable)


class Rank(NamedTuple):
    """place: 1 is the highest; among: how many are ranked; tied: another one reads the same."""

    place: int
    among: int
    tied: bool


def order(quantity: Quantity | None, name: str) -> tuple[int, Decimal, str]:
    """Sort key, from the highest to the lowest and by name where they read the same.

    What is not ranked comes after: a rate that is not reliable, then what the source does not give.
    """
    if quantity is None or quantity.shown is None:
        return 2, Decimal(0), name
    return int(not quantity.reliable), -quantity.shown, name


def ranked(quantities: Mapping[K, Quantity | None]) -> dict[K, Decimal]:
    """The numbers read of those that can be ranked."""
    return {k: q.shown for k, q in quantities.items() if q is not None and q.reliable and q.shown is not None}


def rank(quantities: Mapping[K, Quantity | None], key: K) -> Rank | None:
    """Where one stands among all; None when it is not ranked."""
    known = ranked(quantities)
    if key not in known:
        return None
    values = list(known.values())
    return Rank(1 + sum(v > known[key] for v in values), len(values), values.count(known[key]) > 1)


def highest(quantities: Mapping[K, Quantity | None]) -> list[K]:
    """Those that read the highest, in the order given; none when nothing is ranked."""
    return _at(ranked(quantities), max)


def lowest(quantities: Mapping[K, Quantity | None]) -> list[K]:
    """Those that read the lowest, in the order given; none when nothing is ranked."""
    return _at(ranked(quantities), min)


def _at(known: Mapping[K, Decimal], end: Callable[[Iterable[Decimal]], Decimal]) -> list[K]:
    edge = end(known.values()) if known else None
    return [k for k, value in known.items() if value == edge]
