"""Presentations that outlive a session: what a browser has begun comes back to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.deck.files import deck_yaml
from dashboard.deck.slides import Deck, Slide
from dashboard.team import drafts, people
from dashboard.ui import team
from tests.pages.conftest import Seen, asked_of_menu, open_page
from tests.pages.test_page_held import told
from tests.pages.test_page_presentation import own, press

See = Callable[[AppTest], Seen]


@pytest.fixture
def browser(comes_from: Callable[[str], None]) -> Callable[[str], None]:
    comes_from("anne")
    return comes_from


def kinds(at: AppTest, name: str) -> list[str]:
    return [slide.kind for slide in own(at).decks[name].slides]


def test_what_a_browser_has_begun_is_there_in_its_next_session(see: See, browser: Callable[[str], None]) -> None:
    at = open_page("cibles")
    asked_of_menu(at, "ajouter")
    press(at, "ajouter_ici")
    assert told(see(at)) == []
    again = open_page("presentation", {"jeu": "ma"})
    assert kinds(again, "ma") == ["cibles"]
    next(t for t in again.text_area if t.key == "notes_ma_0").set_value("Dire d’abord\nle but").run()
    later = open_page("presentation", {"jeu": "ma"})
    assert own(later).decks["ma"].slides[0].notes == "Dire d’abord\nle but"
    # It is nobody else's.
    browser("marc")
    assert "Cette présentation est vide" in see(open_page("presentation", {"jeu": "ma"})).text
    browser("anne")
    press(later, "diapo_retirer")
    assert "ma" not in own(open_page("presentation", {"jeu": "ma"})).decks


def test_the_presentation_of_a_region_is_changed_for_its_browser_until_it_is_put_back(
    see: See, browser: Callable[[str], None]
) -> None:
    at = open_page("presentation", {"jeu": "12"})
    press(at, "diapo_descendre")
    again = open_page("presentation", {"jeu": "12"})
    assert kinds(again, "12")[:2] == ["admissions", "chiffres"]
    press(again, "diapo_descendre")
    # As it was: there is nothing to put back.
    assert "diapos_depart" not in [b.key for b in again.button]
    assert own(open_page("presentation", {"jeu": "12"})).decks == {}


def test_a_draft_loses_only_the_slides_that_the_data_no_longer_show(see: See, browser: Callable[[str], None]) -> None:
    open_page("presentation")
    deck = Deck("Mon tour", (Slide("cibles"), Slide("carte", {"territoire": "99"}), Slide("plan")))
    drafts.put(team.store(), people.owner_of("anne"), "presentation|ma", deck_yaml(deck).decode())
    at = open_page("presentation", {"jeu": "ma"})
    assert kinds(at, "ma") == ["cibles", "plan"]
    said = "Une diapositive de cette présentation ne peut pas être montrée avec ces données."
    assert said in see(at).notices()
    at.run()
    assert said in see(at).notices()
    press(at, "diapo_descendre")
    assert see(at).notices() == []
    drafts.put(team.store(), people.owner_of("anne"), "presentation|ma", "titre: [")
    at = open_page("presentation", {"jeu": "ma"})
    assert see(at).exceptions == ()
    assert any("ne se lit plus" in notice for notice in see(at).notices())


def test_what_no_database_takes_is_told_to_the_browser_and_kept_once_it_does(
    see: See, browser: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setenv("DASHBOARD_STORE", "mysql://x")
        at = open_page("cibles")
        asked_of_menu(at, "ajouter")
        press(at, "ajouter_ici")
        assert told(see(at)) == [["la présentation «\u00a0Ma présentation\u00a0»", True]]
    assert told(see(at.run())) == []
    assert kinds(open_page("presentation", {"jeu": "ma"}), "ma") == ["cibles"]
