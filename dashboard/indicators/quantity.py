"""A figure that knows where it comes from: observed, or computed by a formula from observed ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dashboard.model import Dataset, Key, Observation
from dashboard.wording.numbers import rounded, share_places

SUM = "somme"
# The weakest status of the inputs is the status of the result.
_STATUS_ORDER = ("definitive", "provisional", "estimate", "not_available")


def weakest(statuses: Iterable[str]) -> str:
    """The weakest of some statuses; « definitive » without any."""
    return max(statuses, key=_STATUS_ORDER.index, default="definitive")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure ready to be shown.

    value: the number, or None when the source does not give it; unit: French unit (« personnes », « % »…);
    decimals: digits shown; territory: code; inputs: observations it rests on, in the order of the formula;
    formula: None when observed, else the formula in French with the numbers' names.
    """

    value: float | None
    unit: str
    decimals: int
    label: str
    territory: str
    period: str
    inputs: tuple[Observation, ...] = ()
    formula: str | None = None
    derived: str | None = None
    base: str | None = None
    reliable: bool = True
    # What the formula speaks of, in its order: {a}, {b}…, or the terms of a sum.
    operands: tuple[Quantity, ...] = ()

    @property
    def status(self) -> str:
        """Weakest status among the inputs; « not_available » when there is no value."""
        return "not_available" if self.value is None else weakest(i.status for i in self.inputs)

    def places(self, decimals: int | None = None) -> int:
        """Digits that it is written with: its own, those of its column, or more for a share that would read as zero.

        A share of Québec under 1 % has two wherever it stands: half of the regions are there.
        """
        places = self.decimals if decimals is None else decimals
        if self.value is None or self.unit not in ("%", "points") or self.derived == "change_pct":
            return places
        return share_places(self.value, places, 0.995 if self.derived == "share_of_quebec" else 0.095)

    def at(self, decimals: int | None = None) -> Decimal | None:
        """The number as it is written with these digits (its own by default)."""
        return None if self.value is None else rounded(self.value, self.places(decimals))

    @property
    def shown(self) -> Decimal | None:
        """The number that is read: classes, ranks, orders and sentences rest on it, never on what it was rounded
        from."""
        return self.at()

    @property
    def drawn(self) -> float | None:
        """The number that is read, for a chart: marks that read the same are drawn the same."""
        return None if self.shown is None else float(self.shown)

    @property
    def observed(self) -> bool:
        return self.formula is None


def observed(
    ds: Dataset, territory: str, indicator: str, category: str = "total", period: str = "", label: str | None = None
) -> Quantity:
    """The observed figure of a key; its value is None when the source has none."""
    row = ds.observations.get(Key(territory, indicator, category, period))
    definition = ds.indicators[indicator]
    name = next((c.label for c in definition.categories if c.id == category), category)
    if label is None:
        label = definition.label if category == "total" else f"{definition.short}\u00a0: {name}"
    if row is None:
        return Quantity(None, definition.unit, 0, label, territory, period)
    return Quantity(row.value, definition.unit, 0, label, territory, period, (row,), base=row.base)


def add(quantities: list[Quantity], label: str, territory: str, *, period: str | None = None) -> Quantity:
    """Sum of observed quantities of one unit; None as soon as one is missing, since a partial sum would lie.

    None too without any term: a direction that had no region at that date.
    """
    if not quantities:
        return Quantity(None, "personnes", 0, label, territory, period or "", formula=SUM)
    first, values = quantities[0], [q.value for q in quantities if q.value is not None]
    return Quantity(
        sum(values) if len(values) == len(quantities) else None, first.unit, first.decimals, label, territory,
        period or first.period, tuple(i for q in quantities for i in q.inputs), SUM, base=first.base,
        operands=tuple(quantities),
    )  # fmt: skip


def ratio(
    part: Quantity, whole: Quantity, factor: int, unit: str, label: str, derived: str, base: str, *,
    reliable: bool = True,
) -> Quantity:  # fmt: skip
    """part ÷ whole × factor, with both provenances; None without both or with a zero base.

    The numbers that are read are those that are divided: whoever has them before their eyes finds the same result.
    """
    value = float(part.shown * factor / whole.shown) if part.shown is not None and whole.shown else None
    times = "" if factor == 1 else f" × {factor:,}".replace(",", " ")
    return Quantity(
        value, unit, 1, label, part.territory, part.period, part.inputs + whole.inputs, f"{{a}} ÷ {{b}}{times}",
        derived, base, reliable, (part, whole),
    )  # fmt: skip


def share_pct(part: Quantity, whole: Quantity, label: str, derived: str = "share", base: str | None = None) -> Quantity:
    """part as a percentage of whole."""
    return ratio(part, whole, 100, "%", label, derived, base or whole.label)
