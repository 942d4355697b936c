"""The version of the schema, and what brings it to the latest: apart, so that Alembic is loaded only to migrate."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, exc, text

from dashboard.team.database import Store, translated
from dashboard.team.faults import StoreError, kind_of


def _config(connection: Connection | None = None) -> Config:
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.attributes["connection"] = connection
    return found


def latest() -> str:
    """Version of the schema that this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def version(connection: Connection) -> str:
    """Version of the schema of a database; empty before the first."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def upgrade(store: Store, *, to: str = "head", keep: bool = True, fresh: bool = True) -> tuple[str, str]:
    """Versions of the schema before and after. All or nothing; with keep=False, everything is done and undone: it is
    a trial. fresh: a database with nothing in it may be filled. Raises StoreError, the database as it was."""
    # Called while the store is being prepared: on its engine, not through its sessions.
    with translated():
        with store.transaction(write=False) as connection:
            before = version(connection)
        if before == latest() and to == "head":
            return before, before
        _check(before, fresh)
        with store.transaction(write=True) as connection:
            # Two processes that start together migrate one after the other; it may take long.
            if not store.sqlite:
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            before = version(connection)
            _check(before, fresh)
            try:
                command.upgrade(_config(connection), to)
            except (exc.StatementError, sqlite3.Error) as error:
                kind = kind_of(error)
                raise StoreError("migration" if kind in {"shape", "text"} else kind) from error
            except Exception as error:
                raise StoreError("migration") from error
            after = version(connection)
            if not keep:
                connection.rollback()
    return before, after


def _check(found: str, fresh: bool) -> None:
    if found not in revisions():
        raise StoreError("newer")
    if not found and not fresh:
        raise StoreError("absent")


def revisions() -> tuple[str, ...]:
    """Versions of the schema that this code knows, the latest first; the last is that of an empty database."""
    return (*(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()), "")
