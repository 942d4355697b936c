"""What an acronym stands for, said under the figures whose labels hold it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP

# « Programme de mobilité internationale (PMI) », in the dictionary of the indicators.
_LONG = re.compile(r"(Programme [^()]+) \(([A-Z]{3,})\)")


def spelled(ds: Dataset, texts: Iterable[str]) -> tuple[str, ...]:
    """« PMI : Programme de mobilité internationale. » of each acronym that these texts hold without its words."""
    said = " ".join(texts)
    known = {
        short: long
        for indicator in ds.indicators.values()
        for category in indicator.categories
        for long, short in _LONG.findall(category.label)
    }
    return tuple(
        f"{short}{NBSP}: {long}."
        for short, long in known.items()
        if re.search(rf"\b{short}\b", said) and f"({short})" not in said
    )
