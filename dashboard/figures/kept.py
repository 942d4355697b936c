"""Figures kept with the dataset that they draw: a figure costs Plotly six milliseconds, and a hundred people ask for
the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec

from cachetools import LRUCache
from cachetools.keys import hashkey

from dashboard.figures.style import Drawing
from dashboard.model import Dataset

P = ParamSpec("P")

# Every figure of the four regions in each measure, series and year, with room for the territories that are chosen.
MOST: Final = 300
_SHELF: Final = "figures"
_ABSENT: Final = object()
_lock = Lock()


def kept(draw: Callable[Concatenate[Dataset, P], Any]) -> Callable[Concatenate[Dataset, P], Any]:
    """Draw once for each dataset and arguments (hashable); past `MOST` figures, the one asked for longest ago goes.

    The figure is shared by every session: whoever gets it must not change it. It goes with its dataset: new files
    give a new dataset, for which nothing is drawn yet.
    """

    @wraps(draw)
    def answer(ds: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        key = hashkey(draw, *args, **kwargs)  # type: ignore[arg-type]  # hashable, as said above
        with _lock:
            shelf: LRUCache[Any, Any] = ds.memory.setdefault(_SHELF, LRUCache(MOST))
            found: Any = shelf.get(key, _ABSENT)
        if found is _ABSENT:
            found = draw(ds, *args, **kwargs)
            if isinstance(found, Drawing):
                found.settle()
            with _lock:
                shelf[key] = found
        return found

    return answer
