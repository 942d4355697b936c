"""Answers kept with the dataset that gave them: it never changes, and a hundred people ask for the same pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from math import inf
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from cachetools import LRUCache
from cachetools.keys import hashkey

from dashboard.model import Dataset

P = ParamSpec("P")
R = TypeVar("R")

# Every view of the four regions in each measure, series and year, with room for the territories that are chosen.
MOST: Final = 300
_ABSENT: Final = object()
_lock = Lock()


def remembered(
    compute: Callable[Concatenate[Dataset, P], R], most: float = inf
) -> Callable[Concatenate[Dataset, P], R]:
    """Compute once for each dataset and arguments (codes and periods: hashable, and few; or a list of codes, a dict
    of choices); past `most` answers, the one asked for longest ago goes.

    The answer is shared by every session: whoever gets it must not change it. It goes with its dataset: new files give
    a new dataset, which has computed nothing yet.
    """

    @wraps(compute)
    def answer(ds: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(*map(_hashable, args), **kwargs)  # type: ignore[arg-type]  # hashable, as said above
        with _lock:
            answers: LRUCache[Any, Any] = ds.memory.setdefault(answer, LRUCache(most))
            found: Any = answers.get(key, _ABSENT)
        if found is _ABSENT:
            found = compute(ds, *args, **kwargs)
            with _lock:
                answers[key] = found
        shared: R = found
        return shared

    return answer


def _hashable(given: Any) -> Any:
    if isinstance(given, dict):
        return tuple(given.items())
    return tuple(given) if isinstance(given, list) else given


def kept(make: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
    """Make once, as above, what is large (a view, a figure): `MOST` of them at once."""
    return remembered(make, MOST)
