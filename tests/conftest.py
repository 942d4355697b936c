"""What the tests share: the project's folder, and copies of its data that may be broken."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from dashboard.loading.draft import Draft, read_all
from tests.broken_files import Files

ROOT = Path(__file__).resolve().parents[1]
# Of each file that needs a browser or a running service, « make test » keeps the first tests: one of every kind.
_FIRST = 2
# Fixtures that visit every page before their first test.
_TOURS = {"tour"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `long` what is left to « make test-all »."""
    met: Counter[Path] = Counter()
    for item in items:
        if not {"browser", "service"} & set(item.path.relative_to(ROOT).parts):
            continue
        touring = bool(_TOURS & set(getattr(item, "fixturenames", ())))
        met[item.path] += not touring
        if touring or met[item.path] > _FIRST:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def copy_of_data(tmp_path: Path) -> Path:
    """A folder with config.yaml, data/ and geo/, free to be broken."""
    shutil.copy(ROOT / "config.yaml", tmp_path)
    for folder in ("data", "geo"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def files(copy_of_data: Path) -> Files:
    return Files(copy_of_data)


@pytest.fixture(scope="session")
def draft() -> Draft:
    """The project's files as read, before any rule: judged many times over, never changed."""
    return read_all(ROOT)
