"""Classes of a map or of tiles, decided on the number that is read, at the precision that it is read with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset


@dataclass(frozen=True, slots=True)
class Classes:
    """Steps that part the numbers read at `breaks`: step k begins at breaks[k - 1]. One more class, the last, holds
    what is not reliable; what the source does not give has none."""

    breaks: tuple[Decimal, ...]

    @property
    def steps(self) -> range:
        return range(len(self.breaks) + 1)

    @property
    def unreliable(self) -> int:
        return len(self.breaks) + 1

    def of(self, quantity: Quantity | None) -> int | None:
        """The class of a quantity; None without a figure."""
        if quantity is None or (read := quantity.shown) is None:
            return None
        return sum(read >= limit for limit in self.breaks) if quantity.reliable else self.unreliable


def fixed(ds: Dataset, measure: str) -> Classes:
    """The classes that config.yaml gives to a measure of the map; some may hold no territory."""
    limits: Sequence[float] = ds.config.map_classes[measure]  # type: ignore[index]
    return Classes(tuple(Decimal(str(limit)).normalize() for limit in limits))


def from_data(quantities: Iterable[Quantity | None], most: int) -> Classes:
    """At most so many classes, of about as many territories each. Each begins at a number read: none is empty."""
    read = sorted(q.shown for q in quantities if q is not None and q.reliable and q.shown is not None)
    apart = sorted(set(read))
    if len(apart) <= most:
        return Classes(tuple(apart[1:]))
    limits = {read[k * len(read) // most] for k in range(1, most)} - {read[0]}
    if len(limits) < most - 1:
        # Too many read the same for as many territories in each: as many numbers in each.
        limits = {apart[k * len(apart) // most] for k in range(1, most)}
    return Classes(tuple(sorted(limits)))
