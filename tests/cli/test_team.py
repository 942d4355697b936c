"""``backup``, ``restore`` and ``migrate`` as whoever keeps the database types them."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli.app import cli
from dashboard.team import schema, writings
from dashboard.team.database import Store, opened


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    url = f"sqlite:///{(tmp_path / 'equipe.sqlite').as_posix()}"
    monkeypatch.setenv("DASHBOARD_STORE", url)
    return opened(url)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in arguments])


def put(store: Store, content: str = "12 %", base: int = 0) -> None:
    writings.write(store, "suivi", "a", content, "Ève", base)


def refused(done: Result, *said: str) -> None:
    assert (done.exit_code, done.stdout) == (1, "")
    assert isinstance(done.exception, SystemExit)
    assert all(text in done.stderr for text in said), done.stderr


def test_a_backup_is_put_back_and_asks_before_it_replaces_a_database(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "équipe.zip"
    refused(run("backup", file), "il n’y a pas encore de base", str(store.file))
    assert not store.file.exists()
    put(store)
    assert run("backup", file).stdout == f"Sauvegarde écrite : {file} (1 version de texte, 0 brouillon).\n"
    if os.name == "posix":  # names and notes: for whoever made them alone
        assert [path.stat().st_mode & 0o077 for path in (file, store.file)] == [0, 0]
    made = file.read_bytes()
    refused(run("backup", file), "existe déjà")
    refused(run("backup", tmp_path / "absent" / "un.zip"), "impossible d’écrire")
    assert file.read_bytes() == made
    put(store, "13 %", 1)
    refused(run("restore", file), "il y a déjà une base", "--yes", str(store.file))
    assert writings.latest(store, "suivi")["a"].content == "13 %"
    assert run("restore", file, "--yes").stdout == "Sauvegarde remise : 1 version de texte, 0 brouillon.\n"
    assert writings.latest(store, "suivi")["a"].content == "12 %"
    # Where there is nothing, it goes without asking.
    monkeypatch.setenv("DASHBOARD_STORE", f"sqlite:///{(tmp_path / 'autre' / 'equipe.sqlite').as_posix()}")
    assert run("restore", file).exit_code == 0
    assert run("backup", tmp_path / "deux.zip").exit_code == 0


@pytest.mark.parametrize("spoilt", ["header", "directory", "newer"])
def test_a_spoilt_file_is_kept_beside(store: Store, tmp_path: Path, spoilt: str) -> None:
    put(store)
    run("backup", tmp_path / "un.zip")
    if spoilt == "header":
        store.file.write_bytes(b"\0" * 100 + store.file.read_bytes()[100:])
    elif spoilt == "newer":
        connection = sqlite3.connect(store.file)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
    else:
        store.file.unlink()
        store.file.mkdir()
    before = store.file.read_bytes() if store.file.is_file() else b""
    refused(run("restore", tmp_path / "un.zip"), "--yes")
    done = run("restore", tmp_path / "un.zip", "--yes")
    kept = re.search(r"gardée sous ce nom : (.+)\n", done.stdout)
    assert kept is not None and done.exit_code == 0, done.output
    aside = Path(kept[1])
    assert (aside.read_bytes() if aside.is_file() else b"") == before
    assert len(writings.history(store)) == 1


def test_what_is_no_backup_is_refused_before_anything(store: Store, tmp_path: Path) -> None:
    put(store)
    (tmp_path / "faux.zip").write_bytes(b"bonjour")
    store.file.write_bytes(b"abime")
    refused(run("restore", tmp_path / "faux.zip", "--yes"), "n’est pas une sauvegarde entière")
    refused(run("restore", tmp_path / "absente.zip", "--yes"), "introuvable")
    assert store.file.read_bytes() == b"abime"


def test_a_migration_is_tried_then_made(store: Store) -> None:
    assert "pas encore de base" in run("migrate", "--try").stdout
    assert not store.file.exists()
    store.create_file()
    schema.upgrade(store, to="0001")
    assert "Essai réussi : du schéma 0001 au schéma 0003. Rien n’est changé." in run("migrate", "--try").stdout
    assert run("migrate").stdout == "Base mise à jour : du schéma 0001 au schéma 0003.\n"
    assert run("migrate").stdout == "La base est à jour (schéma 0003).\n"


@pytest.mark.parametrize("command", [("backup", "x.zip"), ("migrate",), ("migrate", "--try")])
def test_a_fault_says_what_to_do_and_where_without_the_password(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", "postgresql://eve:tres-secret@127.0.0.1:1/base")
    done = run(*command)
    refused(done, "PostgreSQL ne répond pas. Remède : ", "eve:***@127.0.0.1:1/base")
    assert "tres-secret" not in done.output
    monkeypatch.setenv("DASHBOARD_STORE", "mysql://eve:tres-secret@machine/base")
    done = run(*command)
    refused(done, "DASHBOARD_STORE", "postgresql://")
    assert "tres-secret" not in done.output
