"""The dataset of the project, read once for the tests that compute and draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.model import Dataset, Key


@pytest.fixture(scope="session")
def ds(root: Path) -> Dataset:
    return load_dataset(root)


@pytest.fixture(scope="session")
def without(ds: Dataset) -> Callable[..., Dataset]:
    """A dataset in which the source would not give some figures: `without(("01", "admissions", "total", "2016"))`."""

    def make(*keys: tuple[str, str, str, str]) -> Dataset:
        absent = {Key(*key) for key in keys}
        assert absent <= set(ds.observations), "a figure to remove is not in the data: the test would prove nothing"
        return replace(ds, observations={key: row for key, row in ds.observations.items() if key not in absent})

    return make
