"""Answers kept with the dataset that gave them: it never changes, and a page asks for the same figure many times."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from cachetools.keys import hashkey

from dashboard.model import Dataset

P = ParamSpec("P")
R = TypeVar("R")


def remembered(compute: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
    """Compute once for each dataset and arguments (codes and periods: hashable, and few).

    The answer goes with its dataset: new files give a new dataset, which has computed nothing yet.
    """

    @wraps(compute)
    def answer(ds: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = hashkey(compute, *args, **kwargs)  # type: ignore[arg-type]  # hashable, as said above
        memory = ds.memory
        if key not in memory:
            memory[key] = compute(ds, *args, **kwargs)
        found: R = memory[key]
        return found

    return answer
