"""What is drawn and said, kept with the dataset that it comes from: a hundred people ask for the same views."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
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


def kept(make: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
    """Make once for each dataset and arguments (hashable); past `MOST` answers, the one asked for longest ago goes.

    The answer is shared by every session: whoever gets it must not change it. It goes with its dataset: new files
    give a new dataset, for which nothing is made yet.
    """

    @wraps(make)
    def answer(ds: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(*args, **kwargs)  # type: ignore[arg-type]  # hashable, as said above
        with _lock:
            answers: LRUCache[Any, Any] = ds.memory.setdefault(answer, LRUCache(MOST))
            found: Any = answers.get(key, _ABSENT)
        if found is _ABSENT:
            found = make(ds, *args, **kwargs)
            with _lock:
                answers[key] = found
        kept_: R = found
        return kept_

    return answer
