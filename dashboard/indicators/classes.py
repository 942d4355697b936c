"""Classes of a map or of tiles, decided on the number that is read, at the precision that it is read with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.indicators import admissions as adm
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


# What is so many times the next highest is of another order: 24,3 and 8,4 are not one class, 97,1 and 62,0 are.
_DWARFS = 2


def fixed(ds: Dataset, measure: str) -> Classes:
    """The classes that config.yaml gives to a measure of the map, the same on every map; some may hold no territory.
    The highest is split where one territory dwarfs the others."""
    limits: Sequence[float] = ds.config.map_classes[measure]  # type: ignore[index]
    breaks = tuple(Decimal(str(limit)).normalize() for limit in limits)
    return Classes(split(breaks, _read(adm.mrc_measure(ds, code, measure) for code in ds.mrc_codes())))


def split(breaks: tuple[Decimal, ...], read: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The limits of classes, with one more where the highest number read is twice the next or more and both are of the
    last class: the roundest number between them. read: in rising order."""
    if not breaks or len(read) < 2 or read[-2] < breaks[-1] or read[-2] <= 0 or read[-1] < _DWARFS * read[-2]:
        return breaks
    # Of 1, 2 and 5 times a power of ten, one has a multiple between a number and its double.
    steps = (Decimal(step).scaleb(read[-1].adjusted()) for step in (5, 2, 1))
    return (*breaks, next(limit for step in steps if (limit := read[-1] // step * step) > read[-2]).normalize())


def _read(quantities: Iterable[Quantity | None]) -> list[Decimal]:
    """The reliable numbers read, in rising order."""
    return sorted(q.shown for q in quantities if q is not None and q.reliable and q.shown is not None)


def from_data(quantities: Iterable[Quantity | None], most: int) -> Classes:
    """At most so many classes, of about as many territories each, and one more where the highest is split. Each but
    that one begins at a number read: none is empty."""
    read = _read(quantities)
    apart = sorted(set(read))
    if len(apart) <= most:
        return Classes(tuple(apart[1:]))
    limits = {read[k * len(read) // most] for k in range(1, most)} - {read[0]}
    if len(limits) < most - 1:
        # Too many read the same for as many territories in each: as many numbers in each.
        limits = {apart[k * len(apart) // most] for k in range(1, most)}
    return Classes(split(tuple(sorted(limits)), read))
