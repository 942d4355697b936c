"""An old database is brought to the latest schema and still read; what fails, or is newer, is left as it was."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from dashboard.model.follow_up import FollowUpKey
from dashboard.team import drafts, follow_up, schema, writings
from dashboard.team.database import Store, opened
from dashboard.team.faults import StoreError
from dashboard.team.tables import METADATA
from tests.conftest import ROOT

LATEST = "0003"
# As it was written at the first schema, by hand: no migration of today has a part in it.
FIRST = """
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE writings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, topic VARCHAR(20) NOT NULL, subject VARCHAR(120) NOT NULL, version INTEGER,
    content TEXT NOT NULL, author VARCHAR(200) NOT NULL, at VARCHAR(32) NOT NULL,
    CONSTRAINT one_of_each_version UNIQUE (topic, subject, version)
);
"""
# Entries as they were kept before: without the fields of today, and with one that today has not.
OLDER = (
    ("cible|4.1|2021-2022", 1, '{"value": "19", "unit": "%"}'),
    ("cible|4.1|2021-2022", 2, '{"value": "20", "unit": "%", "ancien": true}'),
    ("cible|4.2|2021-2022", 1, '["illisible"]'),
)
AT = "2025-01-01T00:00:00.000000+00:00"


def first(store: Store) -> None:
    """A database of the first schema, with entries of then."""
    if store.sqlite:
        store.file.parent.mkdir()
        connection = sqlite3.connect(store.file)
        connection.executescript(FIRST)
        connection.close()
    else:
        schema.upgrade(store, to="0001")
    with store.transaction(write=True) as connection:
        lines = [{"s": subject, "v": version, "c": content, "a": AT} for subject, version, content in OLDER]
        columns = "topic, subject, version, content, author, at"
        order = f"INSERT INTO writings ({columns}) VALUES ('suivi', :s, :v, :c, 'Ève', :a)"  # noqa: S608
        connection.execute(text(order), lines)


def state(store: Store) -> tuple[str, list[str], list[Any]]:
    with store.transaction(write=False) as connection:
        rows = connection.execute(text("SELECT * FROM writings ORDER BY seq")).all()
        return schema.version(connection), sorted(inspect(connection).get_table_names()), list(rows)


def test_a_database_of_the_first_schema_is_migrated_when_it_is_opened(store: Store, url: str) -> None:
    first(store)
    kept = follow_up.read(store).kept
    assert {key: (str(k.entry.value), k.version, k.author, k.at) for key, k in kept.items()} == {
        FollowUpKey("cible", "4.1", "2021-2022"): ("20", 2, "Ève", AT)
    }
    assert [w.content for w in writings.history(store)] == [content for _, _, content in reversed(OLDER)]
    drafts.put(store, "a", "nom", "Ève")
    assert state(opened(url))[0] == LATEST


@pytest.mark.parametrize("former", ["0001", "0002"])
def test_each_former_schema_becomes_the_one_of_the_code(store: Store, former: str) -> None:
    if store.sqlite:
        store.create_file()
    schema.upgrade(store, to=former)
    assert schema.upgrade(store) == (former, LATEST)
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_trial_says_what_it_would_do_and_changes_nothing(store: Store) -> None:
    first(store)
    before = state(store)
    assert schema.upgrade(store, keep=False) == ("0001", LATEST)
    assert state(store) == before
    assert schema.upgrade(store) == ("0001", LATEST)
    assert schema.upgrade(store, keep=False) == (LATEST, LATEST)


@pytest.mark.parametrize("fault", ["in Python", "in SQL"])
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    from alembic.operations import Operations

    def failing(self: Operations, *_: object, **__: object) -> None:
        if fault == "in Python":
            raise KeyError("texte très privé")
        self.execute("INSERT INTO drafts (owner, absente) VALUES ('texte très privé', 1)")

    first(store)
    before = state(store)
    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_index", failing)
        for _ in range(2):
            with pytest.raises(StoreError, match="n’a pu être mise à jour; elle est comme avant") as found:
                writings.history(store)
            assert "privé" not in str(found.value)
    assert state(store) == before
    assert len(writings.history(opened(store.engine.url.render_as_string(hide_password=False)))) == 3


def test_a_database_of_a_newer_dashboard_is_refused_and_left_as_it_was(store: Store, url: str) -> None:
    writings.write(store, "suivi", "a", "12 %", "Ève", 0)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = state(store)
    for call in (writings.history, lambda s: writings.write(s, "suivi", "a", "13 %", "Ève", 1), schema.upgrade):
        with pytest.raises(StoreError, match="version plus récente") as found:
            call(opened(url))
        assert found.value.kind == "newer"
    assert state(store) == before


# In processes of their own: the database is opened for the first time.
OPENING = """import multiprocessing, sys
from dashboard.team import writings
from dashboard.team.database import opened
def read(url): return len(writings.history(opened(url)))
with multiprocessing.get_context("fork").Pool(4) as pool: print(*set(pool.map(read, sys.argv[1:] * 4, 1)))"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows ne partage pas un processus.")
@pytest.mark.parametrize("prepare", [first, lambda store: None])
def test_processes_that_start_together_migrate_once(store: Store, url: str, prepare: Callable[[Store], None]) -> None:
    prepare(store)
    done = subprocess.run([sys.executable, "-c", OPENING, url], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.returncode) == (f"{len(OLDER) if prepare is first else 0}\n", 0), done.stderr
    assert state(store)[0] == LATEST
