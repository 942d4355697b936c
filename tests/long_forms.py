"""The two forms of the tests: « make test » leaves out what is marked long, « make test-all » runs everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest


def first(cases: Sequence[Any], kept: int = 1, *, alone: bool = False) -> list[Any]:
    """The cases of a parametrized test: those after the first ones are marked long.

    A tuple holds a value for each name, unless alone: there is one name, and the tuple is its value.
    """
    return [case if rank < kept else _long(case, alone=alone) for rank, case in enumerate(cases)]


def _long(case: Any, *, alone: bool) -> Any:
    if hasattr(case, "marks"):
        return pytest.param(*case.values, marks=[*case.marks, pytest.mark.long], id=case.id)
    values = case if isinstance(case, tuple) and not alone else (case,)
    return pytest.param(*values, marks=pytest.mark.long)
