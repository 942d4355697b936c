"""Files that change while the dashboard runs: shown at the next interaction, never half a page, never a blank one."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.fingerprint import data_version
from dashboard.ui import cache
from tests.broken_files import Files
from tests.french_text import english_words
from tests.pages.conftest import open_page, open_whole, see
from tests.unkept import forget_texts

FILE = "data/temporary_permits.csv"
STUDENTS = (
    "\n01,temporary_permits,students,2019-12-31,970,,permits_valid,provisional,annexe-2-01,"
    "Étudiantes et étudiants étrangers 970 "
)
OLDER_LINK = "Ce lien a été copié sur des données plus anciennes; des données plus récentes existent et sont affichées."


def change(root: Path, new: str, old: str = "970") -> None:
    """Other students hold a permit; no text is there to say how many."""
    Files(root).edit(FILE, STUDENTS.replace("970", old), STUDENTS.replace("970", new))


@pytest.fixture(autouse=True)
def _without_texts(own_root: Path) -> None:
    forget_texts(own_root)


def test_new_figures_are_shown_at_once_and_broken_files_leave_the_last_valid_ones(own_root: Path) -> None:
    at = open_whole("bas-saint-laurent", {"theme": "permis"})
    assert see(at).row("Études")[0] == "970"
    change(own_root, "975")
    seen = see(at.run())
    assert seen.row("Études")[0] == "975"
    change(own_root, "9T0", "975")
    seen = see(at.run())
    assert seen.headings(1) == ["Bas-Saint-Laurent"] and seen.row("Études")[0] == "975"
    said = seen.said()
    assert "Les dernières données valides restent affichées; rien n’est perdu." in said
    assert [word for word in (FILE, "9T0", "Remède") if word not in said] == []
    assert english_words(said.replace(FILE, "").replace("value", "")) == []
    # A visitor who comes now sees the same.
    assert "restent affichées" in see(open_page("bas-saint-laurent")).said()
    change(own_root, "970", "9T0")
    assert see(at.run()).said() == ""


def test_a_link_says_when_the_data_are_no_longer_those(own_root: Path) -> None:
    version = data_version(own_root)
    seen = see(open_page("comparer", {"donnees": version}))
    assert OLDER_LINK not in seen.said()
    assert f'data-donnees="donnees={version}"' in seen.markup
    assert seen.address.get("donnees") == version
    change(own_root, "975")
    seen = see(open_page("comparer", {"donnees": version}))
    assert seen.notices() == [OLDER_LINK]
    assert version != data_version(own_root)
    assert f'data-donnees="donnees={data_version(own_root)}"' in seen.markup
    for asked in ("", "<b>ab</b>", "AB12CD34", "a" * 3000):
        seen = see(open_page("cibles", {"donnees": asked}))
        assert "qui ne se lit pas" in seen.said() and OLDER_LINK not in seen.said()
        assert len(seen.notices()[0]) < 300 and "<b>ab" not in seen.markup


SCRIPT = """
import streamlit as st
from dashboard.ui import cache

@cache.fragment
def part(version):
    st.button("Recalculer", key="part")
    st.text(f"partie {version}")

with cache.begin() as state:
    st.session_state["pages"] = st.session_state.get("pages", 0) + 1
    st.text(f"page {state.shown().version}")
    part(state.shown().version)
"""


def test_a_fragment_alone_never_stands_beside_other_files(own_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's harness only runs whole scripts: the fragment is called here as its own rerun would call it."""
    at = AppTest.from_string(SCRIPT, default_timeout=30).run()
    old = data_version(own_root)
    assert [text.value for text in at.text] == [f"page {old}", f"partie {old}"]

    asked: list[str] = []
    monkeypatch.setattr(cache.st, "rerun", lambda scope: asked.append(scope))
    monkeypatch.setattr(cache.spoken, "end", lambda alone: None)  # no page has begun
    monkeypatch.setattr(cache.st, "fragment", lambda function: function)
    shown = cache.current()
    monkeypatch.setattr(cache.st, "session_state", {cache._SHOWN: shown, cache._WHOLE: False})
    drawn: list[str] = []
    fragment = cache.fragment(lambda: drawn.append(cache.current().shown().version))
    fragment()
    assert (asked, drawn) == ([], [old])
    change(own_root, "975")
    fragment()
    assert asked == ["app"]
    # In the middle of a whole page, nothing is asked: the page ends on the files it began with.
    cache.st.session_state[cache._WHOLE] = True
    fragment()
    assert asked == ["app"]
