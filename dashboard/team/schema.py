"""The version of the schema, and what brings it to the latest: apart, so that Alembic is loaded only to migrate."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, exc, text

from dashboard.team.database import Store, StoreError, lock_schema


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


def upgrade(store: Store, *, to: str = "head", keep: bool = True) -> tuple[str, str]:
    """Versions of the schema before and after. All or nothing; with keep=False, everything is done and undone: it is
    a trial. Raises StoreError, the database as it was."""
    # Called while the store is being prepared: on its engine, not through its sessions.
    with store.engine.connect() as connection:
        found = version(connection)
        connection.rollback()
        if found == latest() and to == "head":
            return found, found
        connection = connection.execution_options(write=True)
        with connection.begin() as transaction:
            lock_schema(connection)
            before = version(connection)
            _known(before)
            try:
                command.upgrade(_config(connection), to)
            except exc.DBAPIError:
                raise
            except Exception as error:
                raise StoreError(
                    f"La base de l’équipe n’a pu être mise à jour ({error}); elle est comme avant. Remède : remettre "
                    "la version précédente du tableau de bord, ou une sauvegarde."
                ) from error
            after = version(connection)
            if not keep:
                transaction.rollback()
    return before, after


def _known(found: str) -> None:
    scripts = ScriptDirectory.from_config(_config())
    if found and found not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            f"La base de l’équipe a été écrite par une version plus récente du tableau de bord (schéma {found}). "
            "Rien n’y est changé. Remède : installer cette version, ou remettre une sauvegarde d’avant."
        )


def counts(connection: Connection) -> dict[str, int]:
    """Lines of each table, for whoever tries a migration or checks a backup."""
    from dashboard.team.tables import METADATA

    return {
        table.name: int(connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one())  # noqa: S608
        for table in METADATA.sorted_tables
    }
