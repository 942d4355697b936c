"""A database that fails, as the pages meet it: no figure is missing, what to do is said, and what was typed is kept
once it is mended, in the same session."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.team import writings
from dashboard.team.database import opened
from tests.pages.conftest import open_page, see

UNAVAILABLE = "Ce que l’équipe écrit est indisponible."


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, impatient: None) -> Path:
    """The database of the pages."""
    found = tmp_path / "equipe" / "equipe.sqlite"
    monkeypatch.setenv("DASHBOARD_STORE", f"sqlite:///{found.as_posix()}")
    return found


def kept(file: Path) -> int:
    return len(writings.history(opened(f"sqlite:///{file.as_posix()}")))


def note(at: AppTest, text: str) -> AppTest:
    return next(f for f in at.text_area if f.label == "Note").set_value(text).run()


GONE = "La base de l’équipe a disparu ou a été vidée. Remède : "


@pytest.mark.parametrize(
    ("name", "said", "slugs"),
    [
        ("absent", GONE, ("suivi", "cibles", "plan-d-action", "presentation", "mettre-a-jour", "")),
        ("corrupt", "La base de l’équipe est abîmée. Remède : ", ("suivi",)),
        ("empty", GONE, ("suivi",)),
    ],
)
def test_no_page_falls_with_the_database(file: Path, name: str, said: str, slugs: tuple[str, ...]) -> None:
    open_page("suivi")
    whole, content = {slug: see(open_page(slug)) for slug in slugs}, file.read_bytes()
    if name == "absent":
        shutil.rmtree(file.parent)
    elif name == "corrupt":
        file.write_bytes(b"\0" * 8192)
    else:
        os.truncate(file, 0)
    sessions = {slug: open_page(slug) for slug in slugs}
    for slug, at in sessions.items():
        seen = see(at)
        assert seen.tables == whole[slug].tables and list(seen.charts) == list(whole[slug].charts)
        assert str(file.parent) not in seen.text
        if slug == "suivi":
            assert UNAVAILABLE in seen.text and said in seen.text and "Ce qui est affiché a été lu avant." in seen.text
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    for at in sessions.values():
        seen = see(at.run())
        assert UNAVAILABLE not in seen.text


@pytest.mark.parametrize(
    ("slug", "missing"), [("suivi", "aucun résultat saisi"), ("cibles", "aucun résultat n’est saisi")]
)
def test_what_was_never_read_is_not_said_to_be_missing(
    file: Path, slug: str, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert missing in see(open_page(slug)).text.lower()
    monkeypatch.setattr("dashboard.ui.team._shared", {})
    shutil.rmtree(file.parent)
    at = open_page(slug)
    assert UNAVAILABLE in see(at).text
    assert missing not in see(at).text.lower()
    assert [row for table in see(at).tables for row in table if "non saisi" in row] == []
    assert at.text_area == [] and [b for b in at.get("download_button") if b.key.startswith("suivi")] == []


def test_a_text_typed_while_another_program_holds_the_database_is_kept_when_it_is_free(file: Path) -> None:
    at = open_page("suivi")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    seen = see(note(at, "à relire"))
    assert "occupée ou verrouillée par un autre programme" in seen.text
    assert kept(file) == 0
    other.close()
    seen = see(at.run())
    assert "occupée ou verrouillée" not in seen.text
    assert kept(file) == 1
