"""Medians, percentiles and ratios. Nothing here knows what is measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import linear_regression
from statistics import median as _median

import numpy as np


def median(values: Iterable[float | None]) -> float | None:
    """Median of what was measured; None when nothing was."""
    known = [value for value in values if value is not None]
    return _median(known) if known else None


def percentile(values: Sequence[float], rank: float) -> float | None:
    """Smallest value that at least ``rank`` % of the values do not exceed (nearest rank); None for no value."""
    return float(np.percentile(values, rank, method="inverted_cdf")) if values else None


def ratio(value: float | None, reference: float | None) -> float | None:
    """``value`` in numbers of times the reference; None when either is missing or the reference is nought."""
    return None if value is None or not reference else value / reference


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the least-squares line through (time, value) points, in values per unit of time; 0 for one instant."""
    times = [time for time, _ in points]
    return linear_regression(times, [value for _, value in points]).slope if len(set(times)) > 1 else 0.0


Rounds = Sequence[Mapping[str, float | None]]


def summary(rounds: Mapping[str, Rounds], reference: str) -> dict[str, dict[str, dict[str, float | None]]]:
    """Measure -> target -> {« median », « ratio »} from the rounds of each target; ratios to the reference target."""
    names = list(dict.fromkeys(name for taken in rounds.values() for one in taken for name in one))
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    for name in names:
        medians = {target: median(one.get(name) for one in taken) for target, taken in rounds.items()}
        base = medians.get(reference)
        found[name] = {target: {"median": value, "ratio": ratio(value, base)} for target, value in medians.items()}
    return found
