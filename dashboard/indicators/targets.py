"""Targets of annexe 1: what is asked from one year to the next, only where the units agree."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.documents import Target


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


def reference_comparable(target: Target) -> bool:
    """True when the reference is a number in the same unit as the targets."""
    return target.reference.value is not None and target.reference.unit in (None, target.unit)
