"""Targets of annexe 1: what is asked each year, the gap of a result, what remains; only where the units agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.model.documents import Target, TargetValue


@dataclass(frozen=True, slots=True)
class Step:
    """From one year's target to the next. `asked` is None when a word or another unit stands on one side."""

    period: str
    asked: float | None
    unit: str
    broken: bool


def steps(target: Target) -> list[Step]:
    """Progress asked each year, in points for percentages, in units otherwise; negative at a break."""
    unit = "points" if target.unit == "%" else target.unit
    broken_after = {b.after for b in target.breaks}
    found = []
    for before, now in zip(target.targets, target.targets[1:], strict=False):
        comparable = (before.unit or target.unit) == (now.unit or target.unit)
        asked = now.value - before.value if comparable and before.value is not None and now.value is not None else None
        found.append(Step(now.period or "", asked, unit, before.period in broken_after))
    return found


def comparable(target: Target, value: TargetValue) -> bool:
    """True when a printed target is a number in the unit of the indicator."""
    return value.value is not None and value.unit in (None, target.unit)


def reference_comparable(target: Target) -> bool:
    """True when the reference is a number in the same unit as the targets."""
    return comparable(target, target.reference)


@dataclass(frozen=True, slots=True)
class Standing:
    """A year's target and its result. `gap` is None without a result, or where the target is a word."""

    period: str
    printed: str
    result: Decimal | None
    gap: Decimal | None


def standings(target: Target, results: Mapping[str, Decimal]) -> list[Standing]:
    """Each year's target beside its result; the gap is the result less the target of the same year."""
    found = []
    for value in target.targets:
        result = results.get(value.period or "")
        gap = result - Decimal(str(value.value)) if result is not None and comparable(target, value) else None
        found.append(Standing(value.period or "", value.printed, result, gap))
    return found


@dataclass(frozen=True, slots=True)
class Road:
    """From the last result to the last target: what remains, and how much a year."""

    start: str
    result: Decimal
    end: str
    goal: Decimal
    years: int

    @property
    def remaining(self) -> Decimal:
        return self.goal - self.result

    @property
    def per_year(self) -> Decimal:
        return self.remaining / self.years


def road(target: Target, results: Mapping[str, Decimal]) -> Road | None:
    """None without a result, when the last one is of the last year, or when the last target is a word."""
    last = target.targets[-1]
    if not results or not comparable(target, last) or last.period is None:
        return None
    start = max(results)
    years = int(last.period[:4]) - int(start[:4])
    return Road(start, results[start], last.period, Decimal(str(last.value)), years) if years > 0 else None
