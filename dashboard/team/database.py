"""The database of what the team writes: SQLite in a file, or PostgreSQL by an address, brought to its latest schema.

Every fault of it comes out as a StoreError, in French, with what to do: the statistics never depend on it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

VARIABLE: Final = "DASHBOARD_STORE"
FOLDER, FILE = "equipe", "equipe.sqlite"
# Seconds that a page waits for whoever is writing, and before a database that failed is tried again.
PATIENCE, PAUSE = 3.0, 3.0
# Two processes that start together migrate one after the other (a number of ours, for PostgreSQL).
_MIGRATING: Final = 726_133_507


class StoreError(Exception):
    """Why nothing of what the team writes can be read or written, and what to do, in French."""


def address(root: Path) -> str:
    """The setting, or else a file beside the data."""
    return os.environ.get(VARIABLE, "").strip() or f"sqlite:///{(root / FOLDER / FILE).as_posix()}"


def options(url: str) -> dict[str, Any]:
    """What an engine of this database needs besides its address."""
    if _parsed(url).get_backend_name() == "sqlite":
        # Opened for each transaction, which takes a fraction of a millisecond: a file put in its place is seen.
        return {"poolclass": NullPool}
    return {"pool_pre_ping": True, "pool_size": 10, "connect_args": {"connect_timeout": round(PATIENCE)}}


def _parsed(url: str) -> URL:
    try:
        found = make_url(url)
    except exc.ArgumentError:
        found = None
    if found is None or found.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(
            f"L’adresse de la base ({VARIABLE}) n’est ni celle d’un fichier SQLite ni celle de PostgreSQL. Remède : "
            "l’écrire « sqlite:////dossier/equipe.sqlite » ou « postgresql+psycopg://personne:secret@machine/base »."
        )
    return found


class Store:
    """A database that is ready when it is first needed, and tried again a little later when it is not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self._ready = False
        self._failed: tuple[float, StoreError] | None = None
        self._lock = Lock()
        if self.sqlite:
            event.listen(engine, "do_connect", self._open_file)
            event.listen(engine, "begin", _begin)

    @property
    def place(self) -> str:
        """Where it is, without its password: for whoever repairs it."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads. Raises StoreError."""
        with self._session(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes all or nothing. Raises StoreError."""
        with self._session(write=True) as connection:
            yield connection

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Connection]:
        self.prepare()
        with self.translated(), self.engine.connect() as connection:
            connection = connection.execution_options(write=write)
            with connection.begin():
                yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        """What the database says of a fault, as a StoreError that is remembered for a moment."""
        try:
            yield
        except exc.IntegrityError:
            raise
        except (exc.DBAPIError, exc.TimeoutError, OSError) as error:
            raise self._remember(error) from error

    def _remember(self, error: Exception) -> StoreError:
        found = StoreError(f"{_reason(error, self.sqlite)} ({self.place})")
        if not isinstance(getattr(error, "orig", error), sqlite3.OperationalError) or "readonly" not in str(error):
            self._failed = (time.monotonic(), found)
        return found

    def busy(self) -> StoreError:
        """What to say when others write at the same moment, again and again."""
        return StoreError("La base de l’équipe est occupée. Remède : recommencer dans un instant.")

    def prepare(self) -> None:
        """Bring the schema to its latest version, once. Raises StoreError."""
        if self._failed is not None and time.monotonic() - self._failed[0] < PAUSE:
            raise self._failed[1]
        if self._ready:
            return
        with self._lock:
            if self._ready:
                return
            from dashboard.team.schema import upgrade

            with self.translated():
                self.create_file()
                upgrade(self)
            self._ready, self._failed = True, None

    @property
    def file(self) -> Path:
        """File of an SQLite database."""
        return Path(self.engine.url.database or FILE)

    def create_file(self) -> None:
        """An empty database where there is none. In WAL, whoever reads does not wait for whoever writes."""
        if not self.sqlite or (self.file.exists() and self.file.stat().st_size):
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, timeout=PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()

    def _open_file(self, _dialect: Any, _record: Any, _arguments: Any, _named: Any) -> sqlite3.Connection:
        """A file that is no longer there is a fault, and not an empty database that takes its place."""
        found = sqlite3.connect(
            f"{self.file.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        found.execute("PRAGMA synchronous = FULL")
        return found


def opened(url: str) -> Store:
    """The database of an address, for the command line and the tests. Raises StoreError when it is no such address."""
    return Store(create_engine(_parsed(url), **options(url)))


def _begin(connection: Connection) -> None:
    """Whoever will write waits for its turn at once: no deadlock between two that read first."""
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def lock_schema(connection: Connection) -> None:
    """One process at a time migrates; on SQLite, the transaction itself is that lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATING})


_RESTORE: Final = "remettre une sauvegarde (« python -m dashboard restore »)"


def _reason(error: Exception, sqlite: bool) -> str:
    """One cause and its remedy, from the code of the database."""
    original = getattr(error, "orig", None) or error
    if sqlite:
        return _sqlite_reason(original)
    state = str(getattr(original, "sqlstate", None) or "")
    if state == "53100":
        return "Le disque de la base de l’équipe est plein. Remède : y faire de la place."
    if state == "25006":
        return "La base de l’équipe est en lecture seule. Remède : rendre l’écriture au serveur PostgreSQL."
    if state in {"55P03", "40P01"} or isinstance(error, exc.TimeoutError):
        return "La base de l’équipe est occupée. Remède : recommencer dans un instant."
    if state.startswith("28") or state in {"3D000", "42501"}:
        return (
            f"PostgreSQL refuse l’accès à la base de l’équipe. Remède : vérifier {VARIABLE}, le compte et ses droits."
        )
    if state[:2] in {"XX", "58"}:
        return f"La base de l’équipe est abîmée. Remède : {_RESTORE}."
    return f"PostgreSQL ne répond pas. Remède : le démarrer, ou vérifier l’adresse dans {VARIABLE}."


def _sqlite_reason(error: BaseException) -> str:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "La base de l’équipe est verrouillée par un autre programme. Remède : le fermer, ou attendre."
    if name.startswith("SQLITE_FULL") or getattr(error, "errno", None) == 28:
        return "Le disque de la base de l’équipe est plein. Remède : y faire de la place."
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"La base de l’équipe est abîmée. Remède : {_RESTORE}; le fichier abîmé est gardé."
    if name.startswith("SQLITE_READONLY") or getattr(error, "errno", None) in {13, 30}:
        remedy = "donner au service le droit d’écrire ce fichier et son dossier"
        return f"La base de l’équipe est en lecture seule. Remède : {remedy}."
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")):
        return (
            f"La base de l’équipe ne peut pas être ouverte. Remède : vérifier son dossier et ses droits, ou {_RESTORE}."
        )
    return f"La base de l’équipe n’a pas ce qu’elle doit avoir. Remède : {_RESTORE}."
