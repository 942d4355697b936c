"""All that the team wrote as one file, whatever the database, and back: also the way from SQLite to PostgreSQL."""

from __future__ import annotations

import json
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, delete, func, insert, select, text

from dashboard.team import schema
from dashboard.team.database import FILE, Store, opened, translated
from dashboard.team.faults import VARIABLE, Kind, StoreError
from dashboard.team.tables import METADATA, held

_HEAD: Final = "sauvegarde.json"
# Bytes that a backup may hold once opened.
_MOST_BYTES: Final = 500_000_000
_REMEDY: Final = "Remède : choisir un fichier fait par « python -m dashboard backup »."
_NOT_WHOLE: Final = f"n’est pas une sauvegarde entière; rien n’est changé. {_REMEDY}"
_NEWER: Final = (
    "vient d’une version plus récente du tableau de bord; rien n’est changé. Remède : installer cette version, puis la "
    "remettre."
)
_ANOTHER: Final = (
    f"Rien n’est changé. Remède : créer une autre base PostgreSQL, la nommer dans {VARIABLE}, et y remettre la "
    "sauvegarde."
)
# What no text can be put into any more.
_SPOILT: Final = frozenset[Kind]({"corrupt", "shape", "newer", "absent", "closed"})

Rows = list[dict[str, Any]]


class BackupError(Exception):
    """Why a file is not a backup that can be put back, in French; the database is as it was."""


def backup(store: Store) -> tuple[bytes, dict[str, int]]:
    """The file of everything, at one instant, and the number of lines of each table. Raises StoreError."""
    with store.reading() as connection:
        if not store.sqlite:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        lines = {table.name: _lines(connection, table) for table in METADATA.sorted_tables}
        revision = schema.version(connection)
    counts = {name: raw.count(b"\n") for name, raw in lines.items()}
    tables = {name: {"lines": counts[name], "sha256": sha256(raw).hexdigest()} for name, raw in lines.items()}
    with tempfile.SpooledTemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_HEAD, json.dumps({"schema": revision, "tables": tables}, indent=2))
            for name, raw in lines.items():
                archive.writestr(f"{name}.jsonl", raw)
        out.seek(0)
        return out.read(), counts


def _lines(connection: Connection, table: Table) -> bytes:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    return b"".join(json.dumps(row._asdict(), ensure_ascii=False).encode() + b"\n" for row in rows)


def _counts(connection: Connection) -> dict[str, int]:
    """Lines of each table."""
    tables = {table.name: select(func.count()).select_from(table) for table in METADATA.sorted_tables}
    return {name: connection.execute(asked).scalar_one() for name, asked in tables.items()}


def something(store: Store) -> bool:
    """True when a backup would replace something, readable or not. Raises StoreError."""
    try:
        with store.reading() as connection:
            return any(_counts(connection).values())
    except StoreError as error:
        if error.kind not in _SPOILT:
            raise
        return True


def restore(store: Store, path: Path) -> tuple[dict[str, int], Path | None]:
    """Put a backup in the place of everything, all or nothing: the number of lines of each table, and where the file
    that was spoilt is kept, if it was.

    Raises BackupError when the file is not a whole backup, StoreError.
    """
    rows = check(path)
    try:
        return _put(store, rows), None
    except StoreError as error:
        if error.kind not in _SPOILT:
            raise
        if not store.sqlite:
            raise BackupError(f"{error.args[0].partition('.')[0]}. {_ANOTHER}") from error
    aside = store.set_aside()
    return _put(store, rows), aside


def _put(store: Store, rows: dict[str, Rows]) -> dict[str, int]:
    with store.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        for table in METADATA.sorted_tables:
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
        if not store.sqlite:
            # A number is never given twice, as on SQLite: whoever saw one knows that nothing is new by it.
            number = "pg_get_serial_sequence('writings', 'seq')"
            connection.execute(
                text(f"SELECT setval({number}, greatest(max(seq), nextval({number}))) FROM writings")  # noqa: S608
            )
        return _counts(connection)


def check(path: Path) -> dict[str, Rows]:
    """The lines of each table of a whole backup, brought to the latest schema. Raises BackupError when it is none."""
    if not path.is_file():
        raise BackupError(
            f"« {path.name} » est introuvable; rien n’est changé. Remède : vérifier son nom et son dossier."
        )
    try:
        revision, lines = _read(path)
        if revision not in schema.revisions()[:-1]:
            raise BackupError(f"« {path.name} » {_NEWER}")
        return _migrated(revision, lines)
    except BackupError:
        raise
    # What is in the file may be anything, and makes zipfile, json and the database raise about anything.
    except Exception as error:
        if isinstance(error, StoreError) and error.kind != "text":
            raise
        raise BackupError(f"« {path.name} » {_NOT_WHOLE}") from error


def _read(path: Path) -> tuple[str, dict[str, Rows]]:
    """The schema of a backup and the lines of each of its tables; raises anything when they are not whole."""
    found: dict[str, Rows] = {}
    with zipfile.ZipFile(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
            raise ValueError
        head = json.loads(archive.read(_HEAD))
        for name, told in head["tables"].items():
            raw = archive.read(f"{name}.jsonl")
            if sha256(raw).hexdigest() != told["sha256"]:
                raise ValueError
            found[name] = [json.loads(line) for line in raw.splitlines()]
    return str(head["schema"]), found


def _migrated(revision: str, lines: dict[str, Rows]) -> dict[str, Rows]:
    """Lines of a former schema in a database of their own, which admits only good ones, then as the latest has them."""
    with translated(), tempfile.TemporaryDirectory() as folder:
        own = opened(f"sqlite:///{(Path(folder) / FILE).as_posix()}")
        own.create_file()
        schema.upgrade(own, to=revision)
        former = MetaData()
        with own.transaction(write=True) as connection:
            former.reflect(connection)
            for name, rows in lines.items():
                _check_values(former.tables[name], rows)
                if rows:
                    connection.execute(insert(former.tables[name]), rows)
        if set(former.tables) - set(lines) - {"alembic_version"}:
            raise ValueError
        with own.reading() as connection:
            return {t.name: [r._asdict() for r in connection.execute(select(t))] for t in METADATA.sorted_tables}


def _check_values(table: Table, rows: Rows) -> None:
    """Raises ValueError, AttributeError for a line that is not one of this table: SQLite would take anything."""
    for row in rows:
        if row.keys() != set(table.c.keys()) or held(table, **row) != row:
            raise ValueError
        for name, value in row.items():
            column = table.c[name]
            whole = type(value) is column.type.python_type and not (isinstance(value, int) and abs(value) >= 2**31)
            if not whole and not (value is None and column.nullable):
                raise ValueError
