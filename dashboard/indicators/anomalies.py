"""Which notes and peculiarities of the source change how a figure is read: those whose scope contains it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.model.documents import Note, Scope


def contains(scope: Scope, quantity: Quantity) -> bool:
    """True when the figure is of this scope: of its territory, computed its way, and resting on one of its rows."""
    if scope.territories is not None and quantity.territory not in scope.territories:
        return False
    if scope.derived is not None and quantity.derived not in (scope.derived or (None,)):
        return False
    return any(
        row.key.indicator in scope.indicators
        and (scope.categories is None or row.key.category in scope.categories)
        and (scope.periods is None or row.key.period in scope.periods)
        for row in quantity.inputs
    )


def _within(scopes: Iterable[Scope], quantities: Iterable[Quantity]) -> bool:
    return any(contains(scope, quantity) for scope in scopes for quantity in quantities)


def touching(ds: Dataset, quantities: Iterable[Quantity]) -> list[str]:
    """Ids of the peculiarities that change how these figures are read, in the order of the file."""
    found = list(quantities)
    return [a.id for a in ds.anomalies.values() if a.kind == "reading" and _within(a.touches, found)]


def notes_on(ds: Dataset, quantities: Iterable[Quantity]) -> list[Note]:
    """The numbered notes of the source on these figures, in the order of the file."""
    found = list(quantities)
    return [note for note in ds.texts.notes if _within(note.touches, found)]
