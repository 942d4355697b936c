"""All that the team wrote as one file, whatever the database, and back: also the way from SQLite to PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, delete, insert, select, text

from dashboard.team import schema
from dashboard.team.database import Store, opened
from dashboard.team.tables import METADATA, WRITINGS

_HEAD: Final = "sauvegarde.json"
# Bytes that a backup may hold once opened.
_MOST_BYTES: Final = 500_000_000


class BackupError(Exception):
    """Why a file is not a backup that can be put back, in French; the database is as it was."""


def backup(store: Store) -> bytes:
    """The file of everything, at one instant. Raises StoreError."""
    with store.reading() as connection:
        if not store.sqlite:
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        lines = {table.name: _lines(connection, table) for table in METADATA.sorted_tables}
        revision = schema.version(connection)
    head = {
        "schema": revision,
        "tables": {name: {"lines": raw.count(b"\n"), "sha256": _digest(raw)} for name, raw in lines.items()},
    }
    with tempfile.SpooledTemporaryFile() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_HEAD, json.dumps(head, indent=2))
            for name, raw in lines.items():
                archive.writestr(f"{name}.jsonl", raw)
        out.seek(0)
        return out.read()


def _lines(connection: Connection, table: Table) -> bytes:
    rows = connection.execute(select(table).order_by(*table.primary_key.columns))
    return b"".join(json.dumps(row._asdict(), ensure_ascii=False).encode() + b"\n" for row in rows)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def restore(store: Store, path: Path) -> dict[str, int]:
    """Put a backup in the place of everything; the number of lines of each table. All or nothing.

    Raises BackupError when the file is not a whole backup, StoreError.
    """
    revision, rows = _read(path)
    if revision != schema.latest():
        rows = _migrated(revision, rows)
    with store.writing() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(delete(table))
        for table in METADATA.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])
        if not store.sqlite:
            following = f"SELECT setval(pg_get_serial_sequence('writings', 'seq'), max(seq)) FROM {WRITINGS.name}"  # noqa: S608
            connection.execute(text(following))
        return schema.counts(connection)


def _read(path: Path) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    refused = BackupError(
        f"« {path.name} » n’est pas une sauvegarde entière; rien n’est changé. Remède : choisir un fichier fait par "
        "« python -m dashboard backup »."
    )
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise refused
            head = json.loads(archive.read(_HEAD))
            found: dict[str, list[dict[str, Any]]] = {}
            for name, told in head["tables"].items():
                raw = archive.read(f"{name}.jsonl")
                if _digest(raw) != told["sha256"]:
                    raise refused
                found[name] = [json.loads(line) for line in raw.splitlines()]
            return str(head["schema"]), found
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise refused from error


def _migrated(revision: str, rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The lines of a backup of a former schema, brought to the latest in a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        own = opened(f"sqlite:///{os.path.join(folder, 'reprise.sqlite')}")  # noqa: PTH118
        own.create_file()
        schema.upgrade(own, to=revision)
        with own.translated(), own.engine.connect().execution_options(write=True) as connection, connection.begin():
            former = MetaData()
            former.reflect(connection)
            for name, lines in rows.items():
                if lines:
                    connection.execute(insert(former.tables[name]), lines)
        with own.reading() as connection:
            return {t.name: [dict(r._asdict()) for r in connection.execute(select(t))] for t in METADATA.sorted_tables}
