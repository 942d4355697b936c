"""Classes of a map: which step of its scale a value falls in."""

from __future__ import annotations

from collections.abc import Sequence


def classify(value: float | None, breaks: Sequence[float]) -> int | None:
    """Class of a value: 0 below the first break, len(breaks) at or above the last; None stays None."""
    return None if value is None else sum(1 for limit in breaks if value >= limit)
