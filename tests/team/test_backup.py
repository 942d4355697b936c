"""A backup holds everything of one instant, goes back whole into either engine, and nothing else goes back."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import insert

from dashboard.team import backup, drafts, writings
from dashboard.team.backup import BackupError
from dashboard.team.database import Store, opened
from dashboard.team.tables import DRAFTS, WRITINGS
from dashboard.team.writings import Conflict
from tests.team.conftest import NewUrl

Tables = Mapping[str, list[Any]]
LINE = {
    "seq": 1, "topic": "suivi", "subject": "a", "version": 1, "content": "x", "author": "Ève",
    "at": "2026-01-01T00:00:00.000000+00:00",
}  # fmt: skip


def filled(store: Store) -> Store:
    texts = (("a", 0, "été 🍁\u2028\u202f"), ("a", 1, "deux"), ("b", 0, "'\"\\"), ("a", 0, "autre"))
    for subject, base, content in texts:
        writings.write(store, "suivi", subject, content, "Ève", base)
    drafts.put(store, "a" * 64, "nom", "Ève")
    return store


def all_of(store: Store) -> tuple[Any, ...]:
    return writings.history(store), drafts.read(store, "a" * 64)


def file_of(path: Path, schema: str, tables: Tables) -> Path:
    """A backup whose sums agree with what it holds, whatever that is."""
    raw = {name: b"".join(json.dumps(row).encode() + b"\n" for row in rows) for name, rows in tables.items()}
    told = {name: {"lines": len(tables[name]), "sha256": hashlib.sha256(r).hexdigest()} for name, r in raw.items()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sauvegarde.json", json.dumps({"schema": schema, "tables": told}))
        for name, content in raw.items():
            archive.writestr(f"{name}.jsonl", content)
    return path


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_backup_goes_into_the_other_engine_and_back(store: Store, new_url: NewUrl, tmp_path: Path) -> None:
    path, back = tmp_path / "un.zip", tmp_path / "deux.zip"
    path.write_bytes(backup.backup(filled(store))[0])
    target = opened(new_url("postgresql"))
    assert backup.restore(target, path)[0] == {"drafts": 1, "writings": 4}
    assert all_of(target) == all_of(store)
    back.write_bytes(backup.backup(target)[0])
    writings.write(store, "suivi", "a", "trois", "Ève", 2)
    backup.restore(store, back)
    assert all_of(store) == all_of(target)


def test_what_is_written_after_a_restore_has_a_number_of_its_own(store: Store, tmp_path: Path) -> None:
    empty, path = tmp_path / "vide.zip", tmp_path / "un.zip"
    empty.write_bytes(backup.backup(store)[0])
    path.write_bytes(backup.backup(filled(store))[0])
    last = writings.write(store, "suivi", "c", "perdu", "Ève", 0)
    assert not isinstance(last, Conflict)
    assert writings.since(store, "suivi", last) == []
    backup.restore(store, path)
    assert "c" not in writings.latest(store, "suivi")
    again = writings.write(store, "suivi", "c", "perdu", "Ève", 0)
    # Whoever had the one that was lost sees that this is another.
    assert not isinstance(again, Conflict) and again.seq > last.seq
    assert writings.since(store, "suivi", last) is None
    assert backup.restore(store, empty)[0] == {"drafts": 0, "writings": 0}
    assert not isinstance(writings.write(store, "suivi", "a", "x", "Ève", 0), Conflict)


def test_a_backup_while_others_write_is_one_instant(url: str, tmp_path: Path, new_url: NewUrl) -> None:
    """A text and its draft are written together: a backup has both or neither."""
    writer, stop = opened(url), Event()

    def write() -> None:
        for n in range(10_000):
            if stop.is_set():
                return
            with writer.writing() as c:
                c.execute(insert(WRITINGS).values({**LINE, "seq": n + 1, "subject": str(n)}))
                c.execute(insert(DRAFTS).values(owner="a", name=str(n), content="x", at=LINE["at"]))

    thread = Thread(target=write)
    thread.start()
    try:
        counts, path, target = [], tmp_path / "un.zip", opened(new_url("sqlite"))
        while len({c["writings"] for c in counts}) < 4:
            path.write_bytes(backup.backup(opened(url))[0])
            counts.append(backup.restore(target, path)[0])
    finally:
        stop.set()
        thread.join()
    assert all(c["writings"] == c["drafts"] for c in counts)


# --- What is refused: the file is judged before the database is touched -----------------------------------------------
def changed(whole: bytes, without: str = "", old: bytes = b"deux") -> bytes:
    """A text changed by hand, or a file taken out, in an archive that is otherwise sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w") as new:
        for name in before.namelist():
            if name != without:
                new.writestr(name, before.read(name).replace(old, b"trois"))
    return out.getvalue()


def bomb(whole: bytes) -> bytes:
    """The same, beside what says that it would take more than the memory."""
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("vide", b"")
        archive.infolist()[-1].file_size = 510_000_000
    return out.getvalue()


WRONG_LINES = [[LINE, LINE], [LINE, {**LINE, "seq": 2}], [[1]], ["x"], [{k: v for k, v in LINE.items() if k != "at"}]]
WRONG_VALUES = [
    {"content": {"a": 1}}, {"content": None}, {"content": "a\0"}, {"seq": "1"}, {"seq": 2**40}, {"seq": True},
    {"subject": "a" * 121}, {"autre": 1},
]  # fmt: skip


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_is_not_a_whole_backup_of_this_dashboard_changes_nothing(store: Store, tmp_path: Path) -> None:
    before, path = all_of(filled(store)), tmp_path / "un.zip"
    whole = backup.backup(store)[0]

    def refused(said: str, at: Path = path) -> None:
        with pytest.raises(BackupError, match=said):
            backup.restore(store, at)
        assert all_of(store) == before

    for spoilt in (
        whole[: len(whole) // 2], changed(whole), changed(whole, "drafts.jsonl", b"\0"), bomb(whole), b"", b"bonjour",
        whole + b"x" * 70_000,
    ):  # fmt: skip
        path.write_bytes(spoilt)
        refused(r"« un\.zip » n’est pas une sauvegarde entière; rien n’est changé")
    for tables in (
        {},
        {"writings": [LINE]},
        {"writings": [LINE], "drafts": [], "autre": []},
        {"writings": [LINE], "drafts": [], "sqlite_master": []},
        *({"writings": lines, "drafts": []} for lines in WRONG_LINES),
        *({"writings": [{**LINE, **wrong}], "drafts": []} for wrong in WRONG_VALUES),
    ):
        file_of(path, "0003", tables)
        refused("n’est pas une sauvegarde entière")
    for absent in (tmp_path / "absente.zip", tmp_path):
        refused("introuvable; rien n’est changé", absent)
    for newer in ("9999", "", "head"):
        file_of(path, newer, {"writings": [LINE]})
        refused("version plus récente")
    # A former schema is brought to the latest.
    file_of(path, "0001", {"writings": [LINE]})
    assert backup.restore(store, path)[0] == {"drafts": 0, "writings": 1}
    assert writings.latest(store, "suivi")["a"].content == "x"
