"""What the tests share: the project's folder, its dataset, and copies of its data that may be broken."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.loading.draft import Draft, read_all
from dashboard.model import Dataset, Key
from dashboard.team import database
from tests.broken_files import Files

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def own_database(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test writes as a team is in a database of its own: made only if it writes. A slow disk is waited for."""
    monkeypatch.setattr(database, "PATIENCE", 120.0)
    place = tmp_path_factory.getbasetemp() / f"equipe-{secrets.token_hex(8)}.sqlite"
    monkeypatch.setenv("DASHBOARD_STORE", f"sqlite:///{place}")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a database that is held, and one that failed is tried again at once."""
    for name in ("PATIENCE", "BRIEF"):
        monkeypatch.setattr(database, name, 0.05)
    monkeypatch.setattr(database, "PAUSE", 0.0)


def copied(to: Path) -> Path:
    """The folder, with config.yaml, data/ and geo/ in it."""
    shutil.copy(ROOT / "config.yaml", to)
    for folder in ("data", "geo"):
        shutil.copytree(ROOT / folder, to / folder)
    return to


@pytest.fixture
def copy_of_data(tmp_path: Path) -> Path:
    """A folder with config.yaml, data/ and geo/, free to be broken."""
    return copied(tmp_path)


@pytest.fixture
def files(copy_of_data: Path) -> Files:
    return Files(copy_of_data)


@pytest.fixture(scope="session")
def draft() -> Draft:
    """The project's files as read, before any rule: judged many times over, never changed."""
    return read_all(ROOT)


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
