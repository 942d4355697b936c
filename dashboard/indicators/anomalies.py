"""Which known anomalies touch the figures of a table or a territory."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.model import Dataset
from dashboard.model.documents import Anomaly


def _touches(anomaly: Anomaly, indicators: set[str], territories: set[str], categories: set[str] | None) -> bool:
    touches = anomaly.touches
    if touches.indicators is not None and not indicators & set(touches.indicators):
        return False
    if touches.indicators is None and not touches.names_only:
        return False
    if touches.territories is not None and not territories & set(touches.territories):
        return False
    return not (categories is not None and touches.categories is not None and not categories & set(touches.categories))


def touching(
    ds: Dataset, indicators: Iterable[str], territories: Iterable[str], categories: Iterable[str] | None = None
) -> list[str]:
    """Ids of the anomalies that bear on these indicators for these territories (None = any category)."""
    wanted, places = set(indicators), set(territories)
    kinds = None if categories is None else set(categories)
    return [a.id for a in ds.anomalies.values() if _touches(a, wanted, places, kinds)]
