"""SQLite locked, full, read-only, corrupt or absent: said in French, quickly, and over as soon as it is mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from dashboard.team import database, writings
from dashboard.team.database import Store, opened
from dashboard.team.faults import Kind
from dashboard.team.writings import Writing
from tests.team.conftest import read, refused, write

Break = Callable[[Store], Callable[[], None]]


pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user may enter."""
    found = Path(tempfile.mkdtemp(prefix="essai-equipe-"))
    found.chmod(0o777)
    yield found
    shutil.rmtree(found)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database of sixty texts."""
    found = opened(f"sqlite:///{(tmp_path_factory.mktemp('equipe') / 'equipe.sqlite').as_posix()}")
    for n in range(60):
        writings.write(found, "suivi", str(n), "x" * 1000, "Ève", 0)
    found.engine.dispose()
    return found.file.read_bytes()


@pytest.fixture
def store(folder: Path, sixty: bytes) -> Store:
    file = folder / "equipe" / "equipe.sqlite"
    file.parent.mkdir()
    file.write_bytes(sixty)
    found = opened(f"sqlite:///{file.as_posix()}")
    assert read(found) == 60
    return found


@contextmanager
def as_plain_user() -> Iterator[None]:
    """Root may write everywhere: the rights of a file are those of another."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


# --- Ways of breaking it; each gives the way to mend it ---------------------------------------------------------------
def replaced(change: Callable[[Path], None]) -> Break:
    """Something done to the file, which then comes back as it was."""

    def breaking(store: Store) -> Callable[[], None]:
        kept = store.file.read_bytes()

        def mend() -> None:
            if store.file.is_dir():
                store.file.rmdir()
            store.file.parent.mkdir(exist_ok=True)
            store.file.write_bytes(kept)

        change(store.file)
        return mend

    return breaking


def over(at: int, raw: bytes) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with file.open("r+b") as out:
            out.seek(at)
            out.write(raw)

    return change


def directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def held_by_another(*statements: str) -> Break:
    def breaking(store: Store) -> Callable[[], None]:
        other = sqlite3.connect(store.file, isolation_level=None)
        for statement in statements:
            other.execute(statement)
        return other.close

    return breaking


def full(store: Store) -> Callable[[], None]:
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(store.engine, "connect", limit)
    return lambda: event.remove(store.engine, "connect", limit)


READABLE: list[tuple[Break, Kind]] = [(held_by_another("BEGIN IMMEDIATE"), "busy"), (full, "full")]
UNREADABLE: dict[str, tuple[Break, Kind]] = {
    "locked": (held_by_another("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "ROLLBACK"), "busy"),
    "header": (replaced(over(0, b"\0" * 100)), "corrupt"),
    "pages": (replaced(over(4096, b"\xa5" * 50_000)), "corrupt"),
    "truncated": (replaced(lambda file: os.truncate(file, 6000)), "corrupt"),
    "emptied": (replaced(lambda file: os.truncate(file, 0)), "absent"),
    "directory": (replaced(directory), "closed"),
    "file removed": (replaced(Path.unlink), "absent"),
    "folder removed": (replaced(lambda file: shutil.rmtree(file.parent)), "absent"),
}


@pytest.mark.parametrize(("breaking", "kind"), READABLE)
def test_what_cannot_be_written_is_still_read(store: Store, breaking: Break, kind: Kind) -> None:
    mend = breaking(store)
    assert [refused(write, store) for _ in range(2)] == [kind] * 2
    assert read(store) == 60
    mend()
    assert isinstance(write(store), Writing)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_says_why_is_left_as_it_is_and_works_once_mended(store: Store, name: str) -> None:
    breaking, kind = UNREADABLE[name]
    mend = breaking(store)
    for call in (read, write, read):
        assert refused(call, store) == kind
    fresh = opened(f"sqlite:///{store.file.as_posix()}")
    # Where there is nothing, a process that starts makes a database; a held file that is read is held no more.
    if kind in ("corrupt", "closed"):
        before = store.file.read_bytes() if store.file.is_file() else None
        assert refused(read, fresh) == kind
        assert before == (store.file.read_bytes() if store.file.is_file() else None)
    mend()
    assert read(store) == read(fresh) == 60
    assert isinstance(write(store), Writing)


@pytest.mark.parametrize(("own", "around"), [(0o444, 0o777), (0o666, 0o555)])
def test_what_may_only_be_read_is_said_so(store: Store, own: int, around: int) -> None:
    store.file.chmod(own)
    store.file.parent.chmod(around)
    with as_plain_user():
        assert own == 0o666 or read(store) == 60
        assert refused(write, store) in ({"read-only"} if own == 0o444 else {"read-only", "closed"})
    store.file.chmod(0o666)
    store.file.parent.chmod(0o777)
    with as_plain_user():
        assert isinstance(write(store), Writing)


def test_a_start_where_nothing_may_be_written_is_said_so_and_mended_without_another(folder: Path) -> None:
    folder.chmod(0o555)
    store = opened(f"sqlite:///{(folder / 'equipe' / 'equipe.sqlite').as_posix()}")
    with as_plain_user():
        assert [refused(call, store) for call in (read, write)] == ["read-only"] * 2
    folder.chmod(0o777)
    with as_plain_user():
        assert isinstance(write(store), Writing)


def test_a_file_in_the_place_of_the_folder_is_said_so(folder: Path) -> None:
    (folder / "equipe").write_text("bonjour", encoding="utf-8")
    store = opened(f"sqlite:///{(folder / 'equipe' / 'equipe.sqlite').as_posix()}")
    assert refused(read, store) == "closed"
    (folder / "equipe").unlink()
    assert read(store) == 0


# --- Nobody waits twice ---------------------------------------------------------------------------------------------
def test_a_failure_is_told_again_without_trying_and_one_at_a_time_tries(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, tried = [0.0], []

    def slow(_: Exception) -> Kind:
        tried.append(now[0])
        now[0] += 0.5
        return "silent"

    monkeypatch.setattr(database, "PAUSE", 3.0)
    monkeypatch.setattr(database, "kind_of", slow)
    monkeypatch.setattr(database.time, "monotonic", lambda: now[0])
    mend = UNREADABLE["header"][0](store)
    assert [refused(call, store) for call in (read, read, write)] == ["silent"] * 3
    assert tried == [0.0]
    now[0] = 1.9
    mend()
    assert refused(read, store) == "silent"
    now[0] = 2.0
    assert read(store) == 60


def test_the_log_has_the_place_once(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    mend = held_by_another("BEGIN IMMEDIATE")(store)
    for _ in range(3):
        refused(write, store)
    mend()
    assert caplog.text.count(str(store.file)) == 1
