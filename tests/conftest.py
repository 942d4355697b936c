"""What the tests share: the project's folder, and copies of its data that may be broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.loading.draft import Draft, read_all
from tests.broken_files import Files

ROOT = Path(__file__).resolve().parents[1]


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
