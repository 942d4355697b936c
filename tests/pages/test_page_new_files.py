"""Files that change while the dashboard runs: shown at the next interaction, never half a page, never a blank one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading.fingerprint import data_version
from dashboard.ui import cache
from tests.french_text import english_words
from tests.pages.conftest import NBSP, Seen, open_page, open_whole
from tests.unkept import forget_texts

See = Callable[[AppTest], Seen]
FILE = "data/temporary_permits.csv"
OLD = (
    "01,temporary_permits,students,2019-12-31,970,,permits_valid,provisional,annexe-2-01,"
    "Étudiantes et étudiants étrangers 970 "
)
OLDER_LINK = "Ce lien a été copié sur des données plus anciennes; des données plus récentes existent et sont affichées."


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def root(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    forget_texts(copy_of_data)
    return copy_of_data


def said(seen: Seen) -> str:
    return " ".join(seen.notices()).replace(NBSP, " ")


def test_new_figures_at_the_next_interaction(root: Path, see: See) -> None:
    at = open_whole("bas-saint-laurent", {"theme": "permis"})
    assert see(at).row("Études")[0] == "970"
    change(root, FILE, OLD, OLD.replace("970", "975"))
    seen = see(at.run())
    assert seen.exceptions == ()
    assert seen.row("Études")[0] == "975"


def test_broken_files_are_said_and_the_last_valid_figures_stay(root: Path, see: See) -> None:
    at = open_whole("bas-saint-laurent", {"theme": "permis"})
    change(root, FILE, OLD, OLD.replace("970", "9T0"))
    seen = see(at.run())
    assert seen.exceptions == ()
    assert seen.headings(1) == ["Bas-Saint-Laurent"]
    assert seen.row("Études")[0] == "970"
    assert "Les dernières données valides restent affichées; rien n’est perdu." in said(seen)
    assert "data/temporary_permits.csv" in said(seen)
    assert "9T0" in said(seen)
    assert "Remède" in said(seen)
    assert english_words(said(seen).replace("data/temporary_permits.csv", "").replace("value", "")) == []
    # A visitor who comes now sees the same.
    assert "restent affichées" in said(see(open_page("bas-saint-laurent")))
    change(root, FILE, OLD.replace("970", "9T0", 1).replace(" 970 ", " 9T0 "), OLD)
    assert said(see(at.run())) == ""


def test_boundaries_taken_away_while_it_runs_leave_the_figures(root: Path, see: See) -> None:
    at = open_page("indicateurs", {"indicateur": "part-immigree"})
    title = see(at).headings(1)
    for file in ("regions.geojson", "territories.geojson"):
        (root / "geo" / file).unlink()
        seen = see(at.run())
        assert seen.exceptions == ()
        assert seen.headings(1) == title
        assert "restent affichées" not in said(seen)  # the figures themselves are those of the files
    assert "La carte ne peut pas se dessiner" in said(seen)
    assert "geo/territories.geojson" in said(seen)


def test_a_link_says_when_the_data_are_no_longer_those(root: Path, see: See) -> None:
    version = data_version(root)
    first = see(open_page("comparer", {"donnees": version}))
    assert OLDER_LINK not in said(first)
    assert f'data-donnees="donnees={version}"' in first.markup
    assert first.address.get("donnees") == version
    change(root, FILE, OLD, OLD.replace("970", "975"))
    seen = see(open_page("comparer", {"donnees": version}))
    assert seen.notices() == [OLDER_LINK]
    assert f'data-donnees="donnees={data_version(root)}"' in seen.markup
    assert version != data_version(root)


@pytest.mark.parametrize("asked", ["", "hier", "<b>ab</b>", "AB12CD34", "a" * 3000])
def test_a_version_that_cannot_be_read_is_said(root: Path, see: See, asked: str) -> None:
    seen = see(open_page("cibles", {"donnees": asked}))
    assert seen.exceptions == ()
    assert "qui ne se lit pas" in said(seen)
    assert OLDER_LINK not in said(seen)
    assert len(seen.notices()[0]) < 300
    assert "<b>ab" not in seen.markup


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


def test_a_fragment_alone_never_stands_beside_other_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's harness only runs whole scripts: the fragment is called here as its own rerun would call it."""
    at = AppTest.from_string(SCRIPT, default_timeout=30).run()
    old = data_version(root)
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
    change(root, FILE, OLD, OLD.replace("970", "975"))
    fragment()
    assert asked == ["app"]
    # In the middle of a whole page, nothing is asked: the page ends on the files it began with.
    cache.st.session_state[cache._WHOLE] = True
    fragment()
    assert asked == ["app"]
