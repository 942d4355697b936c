"""The database of what the team writes: SQLite in a file, or PostgreSQL by an address, brought to its latest schema.

Every fault of it comes out as a StoreError, soon: the statistics never depend on it.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from dashboard.team.faults import VARIABLE, Kind, StoreError, kind_of
from dashboard.wording.today import now

FOLDER, FILE = "equipe", "equipe.sqlite"
# Seconds that a page waits for whoever is writing; then, for a database that has just failed; and the longest that the
# pages are told, without trying again, of one that keeps whoever tries waiting.
PATIENCE, BRIEF, PAUSE = 2.0, 0.2, 3.0
# Whoever writes does so one after the other, as on SQLite (a number of ours, for PostgreSQL): what is committed is then
# in the order of its numbers, and nobody has to begin again.
_WRITING: Final = 726_133_507
_POSTGRESQL: Final = (
    f"-c lock_timeout={PATIENCE * 1000:.0f} -c statement_timeout=20000 -c idle_in_transaction_session_timeout=20000"
)
_log: Final = logging.getLogger(__name__)


def address(root: Path) -> str:
    """The setting, or else a file beside the data."""
    return os.environ.get(VARIABLE, "").strip() or f"sqlite:///{(root / FOLDER / FILE).as_posix()}"


def options(url: str) -> dict[str, Any]:
    """What makes the engine of an address: no fault of it names what was written. Raises StoreError when it is none."""
    with suppress(exc.ArgumentError, ValueError):
        found = make_url(url)
        kind = found.drivername.partition("+")[0]
        if kind == "sqlite" and found.database not in {None, "", ":memory:"}:
            # Opened for each transaction, which takes a fraction of a millisecond: a file put in its place is seen.
            return {"url": found.set(drivername="sqlite"), "hide_parameters": True, "poolclass": NullPool}
        if kind in {"postgresql", "postgres"}:
            # No less than two seconds, says PostgreSQL's library.
            arguments = {"connect_timeout": max(2, round(PATIENCE)), "options": _POSTGRESQL}
            pool = {"pool_pre_ping": True, "pool_size": 10, "pool_timeout": PATIENCE}
            found = found.set(drivername="postgresql+psycopg")
            return {"url": found, "hide_parameters": True, "connect_args": arguments, **pool}
    raise StoreError("address")


@dataclass(frozen=True, slots=True)
class _Failure:
    """at: when it was seen; until: when one page may try again."""

    kind: Kind
    at: float
    until: float


class Store:
    """A database that is ready when it is first needed, and tried again when it is not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        # ready: its schema is the latest; met: it was, since the process began.
        self._ready = self._met = False
        # What failed last: reading (then nothing works), or only writing. Replaced, never changed: threads share it.
        self._failed: dict[bool, _Failure] = {}
        self._lock = Lock()
        if self.sqlite:
            event.listen(engine, "do_connect", self._open_file)
        event.listen(engine, "begin", self._begin)

    @property
    def place(self) -> str:
        """Where it is, without its password: for whoever repairs it."""
        return self.engine.url.set(query={}).render_as_string(hide_password=True)

    @property
    def file(self) -> Path:
        """File of an SQLite database."""
        return Path(self.engine.url.database or FILE)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads. Raises StoreError."""
        return self._session(write=False)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that writes all or nothing, alone. Raises StoreError."""
        return self._session(write=True)

    @contextmanager
    def _session(self, *, write: bool) -> Iterator[Connection]:
        started = self._may_try(write)
        try:
            with translated():
                self._prepare(started)
                with self.transaction(write=write) as connection:
                    yield connection
        except StoreError as error:
            self._remember(error, write, started)
            raise
        self._failed = {w: failure for w, failure in self._failed.items() if w and not write}

    @contextmanager
    def transaction(self, *, write: bool) -> Iterator[Connection]:
        """A transaction on the database as it is: whatever its schema, and faults in the words of SQLAlchemy."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(write=write)
            with connection.begin():
                yield connection

    def prepare(self) -> None:
        """Bring the schema to its latest version. Raises StoreError."""
        with self.reading():
            pass

    def _may_try(self, write: bool) -> float:
        """Now; or the failure again, when it is too soon, or while somebody else is trying."""
        now = time.monotonic()
        for key in (False, True) if write else (False,):
            failure = self._failed.get(key)
            if failure is not None:
                if now < failure.until:
                    raise StoreError(failure.kind)
                self._failed = {**self._failed, key: replace(failure, until=now + PATIENCE)}
        return now

    def _remember(self, error: StoreError, write: bool, started: float) -> None:
        """The pages are told the same without trying for a moment, where trying is waiting."""
        if error.kind == "text":
            return
        now = time.monotonic()
        if error.kind not in {failure.kind for failure in self._failed.values()}:
            _log.warning("%s (%s)", error, self.place)
        pause = {"busy": min(PAUSE, 2 * BRIEF), "silent": min(PAUSE, 3 * (now - started))}.get(error.kind, 0.0)
        failure = _Failure(error.kind, now, now + pause)
        self._failed = {**self._failed, **dict.fromkeys({write, False} if False in self._failed else {write}, failure)}
        # Whoever repairs it may put another in its place.
        self._ready = False

    def _prepare(self, started: float) -> None:
        if self._ready:
            return
        with self._lock:
            failure = self._failed.get(False)
            if failure is not None and failure.at >= started:
                # It failed while this one was waiting for its turn.
                raise StoreError(failure.kind)
            if self._ready:
                return
            from dashboard.team.schema import upgrade

            if self.sqlite:
                if not self._met:
                    self.create_file()
                # The files that SQLite made beside one that could only be read keep its rights of then.
                for path in self.beside():
                    with suppress(OSError):
                        path.chmod(self.file.stat().st_mode)
            upgrade(self, fresh=not self._met)
            self._ready = self._met = True

    def create_file(self) -> None:
        """An empty database where there is none. In WAL, whoever reads does not wait for whoever writes."""
        if self.file.exists() and self.file.stat().st_size:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        # Names and notes: for the account of the dashboard alone. What SQLite puts beside it has the same rights.
        self.file.touch(mode=0o600)
        connection = sqlite3.connect(self.file, timeout=PATIENCE)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Another process is doing the same.
            if kind_of(error) != "busy":
                raise
        finally:
            connection.close()

    def set_aside(self) -> Path:
        """Where the file of an SQLite database is from now on, with what goes with it: a new one may take its place.
        Raises StoreError."""
        new = self.file.with_name(f"{self.file.stem}.avant-{now():%Y%m%d-%H%M%S}{self.file.suffix}")
        with translated():
            for path in self.beside():
                path.rename(new.with_name(new.name + path.name.removeprefix(self.file.name)))
            self.file.rename(new)
        self._ready = self._met = False
        self._failed = {}
        return new

    def beside(self) -> list[Path]:
        """What goes with the file of an SQLite database, where it is there."""
        named = (self.file.with_name(self.file.name + end) for end in ("-wal", "-shm"))
        return [path for path in named if path.exists()]

    def _open_file(self, _dialect: Any, _record: Any, _arguments: Any, _named: Any) -> sqlite3.Connection:
        """A file that is no longer there is a fault, and not an empty database that takes its place."""
        if not self.file.exists() or (self._met and not self.file.stat().st_size):
            raise StoreError("absent")
        place, patience = f"{self.file.resolve().as_uri()}?mode=rw", BRIEF if self._failed else PATIENCE
        found = sqlite3.connect(place, timeout=patience, isolation_level=None, check_same_thread=False, uri=True)
        try:
            found.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error:
            found.close()
            raise
        return found

    def _begin(self, connection: Connection) -> None:
        """Whoever will write waits for its turn at once: no deadlock between two that read first."""
        write = connection.get_execution_options().get("write")
        if self.sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
            return
        if self._failed:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BRIEF * 1000:.0f}")
        if write:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")


@contextmanager
def translated() -> Iterator[None]:
    """What the database says of a fault, as a StoreError."""
    try:
        yield
    except (exc.StatementError, exc.TimeoutError, sqlite3.Error, OSError) as error:
        raise StoreError(kind_of(error)) from error


def opened(url: str) -> Store:
    """The database of an address, for the command line and the tests. Raises StoreError when it is no such address."""
    return Store(create_engine(**options(url)))
