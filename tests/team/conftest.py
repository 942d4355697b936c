"""A database of each engine, empty: PostgreSQL where its programs are (Debian's `postgresql`), its server shared."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import postgres
from dashboard.model.follow_up import FollowUpEntry
from dashboard.team import writings
from dashboard.team.database import Store, opened
from dashboard.team.faults import Kind, StoreError
from dashboard.team.writings import Conflict, Writing

ENGINES = ("sqlite", "postgresql")
NewUrl = Callable[[str], str]


def entry(id_: str, value: str) -> FollowUpEntry:
    """The result of a target."""
    given = {"kind": "cible", "id": id_, "period": "2021-2022", "value": value, "unit": "%" if value else ""}
    return FollowUpEntry.model_validate(given)


def read(store: Store) -> int:
    return len(writings.history(store))


def write(store: Store) -> Writing | Conflict:
    return writings.write(store, "suivi", "nouveau", "x" * 100_000, "Ève", 0)


def refused(call: Callable[[Store], object], store: Store) -> Kind:
    """The kind of fault that a call raises: in French, with a remedy, and without the place."""
    with pytest.raises(StoreError) as found:
        call(store)
    said = str(found.value)
    assert ". Remède : " in said and said.endswith(".")
    assert "127.0.0.1" not in said and not {"sqlite", str(store.file.parent)} & set(said.split())
    return found.value.kind


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres]:
    programs = postgres.find_postgres()
    if programs is None:
        if os.environ.get("REQUIRE_POSTGRES") == "1":
            pytest.fail("PostgreSQL est introuvable")
        pytest.skip("PostgreSQL est introuvable (Debian : paquet postgresql)")
    with postgres.running(programs) as found:
        yield found


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> NewUrl:
    """Address of a new database of an engine."""

    def make(engine: str) -> str:
        name = f"essai_{secrets.token_hex(6)}"
        if engine == "sqlite":
            return f"sqlite:///{(tmp_path / 'dossier équipe' / f'{name}.sqlite').as_posix()}"
        found: str = request.getfixturevalue("server").database(name)
        return found

    return make


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(engine: str, new_url: NewUrl) -> str:
    return new_url(engine)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    found = opened(url)
    yield found
    found.engine.dispose()
