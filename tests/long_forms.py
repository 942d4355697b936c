"""The short and the long form of a test: EXHAUSTIVE=1 visits everything; without it, one case of each kind.

What the short form leaves out is visited elsewhere too: every page goes through the tour of the accessibility tests.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
EXHAUSTIVE = bool(os.environ.get("EXHAUSTIVE"))


def some(cases: Sequence[T], *ranks: int) -> list[T]:
    """Every case in the long form; in the short one, those of these ranks."""
    return list(cases) if EXHAUSTIVE else [cases[rank] for rank in ranks]
