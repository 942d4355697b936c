"""Presentations that outlive a session: what a browser has begun comes back to it, the rest is told while it lasts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.deck.files import deck_yaml
from dashboard.deck.slides import OWN, Deck, Slide
from dashboard.team import drafts, people, presentations
from dashboard.ui import sign_in, team
from tests.links import packed
from tests.pages.conftest import NBSP, Seen, open_page, press, see
from tests.pages.test_page_presentation import add, own

MARK = re.compile(r'class="tenu" hidden data-session="(\w+)" data-rang="(\d+)" data-tenu="([^"]*)"')
Browser = Callable[[str], None]
MINE = f"la présentation «{NBSP}Ma présentation{NBSP}»"


def told(seen: Seen) -> tuple[str, int, list[list[object]]]:
    """What the browser is told that the session alone holds: name of the session, highest rank of the marks, texts."""
    marks = MARK.findall(seen.markup)
    (session,) = {session for session, _, _ in marks}
    _, rank, held = max(marks, key=lambda mark: int(mark[1]))
    return session, int(rank), json.loads(html.unescape(held))


@pytest.fixture
def browser(comes_from: Browser) -> Browser:
    comes_from("anne")
    return comes_from


def listed(deck: str) -> AppTest:
    return open_page("presentation", {"jeu": deck})


def kinds(at: AppTest, name: str) -> list[str]:
    return [slide.kind for slide in own(at).decks[name].slides]


def keys(at: AppTest) -> list[str | None]:
    return [button.key for button in at.button]


def test_what_the_session_alone_holds_is_told_with_a_rank_that_grows_with_changes_only() -> None:
    at = open_page("bas-saint-laurent")
    session, first, held = told(see(at))
    assert (told(see(at.run()))[1], held) == (first, [])
    add(at)
    assert told(see(at)) == (session, first + 1, [[MINE, True]])
    assert told(see(open_page("bas-saint-laurent")))[0] != session
    # A name stays within its attribute.
    state = own(at)
    state.decks[OWN] = Deck('"><script>x</script>', state.decks[OWN].slides)
    seen = see(at.run())
    assert "<script>x" not in seen.markup
    assert told(seen)[2] == [[f'la présentation «{NBSP}"><script>x</script>{NBSP}»', True]]


def test_what_a_browser_has_begun_is_there_in_its_next_session(browser: Browser) -> None:
    at = open_page("cibles")
    add(at)
    assert told(see(at))[2] == []
    again = listed("ma")
    assert kinds(again, "ma") == ["cibles"]
    next(t for t in again.text_area if t.key == "notes_ma_0").set_value("Dire d’abord\nle but").run()
    assert own(listed("ma")).decks["ma"].slides[0].notes == "Dire d’abord\nle but"
    # A file or an old link does not replace it.
    linked = open_page("presentation", {"diapos": packed(Deck("Reçue", (Slide("plan"),)))})
    assert (kinds(linked, "ma"), kinds(linked, "ma-2")) == (["cibles"], ["plan"])
    assert deck_choices(linked)[0] == "Reçue (à vous)"
    # It is nobody else's.
    browser("marc")
    assert "Cette présentation est vide" in see(listed("ma")).text
    browser("anne")
    press(listed("ma"), "diapo_retirer")
    assert "ma" not in own(listed("ma")).decks
    # That of a region is changed until it is put back as it was: there is then nothing to put back.
    press(listed("12"), "diapo_descendre")
    again = listed("12")
    assert kinds(again, "12")[:2] == ["admissions", "chiffres"]
    assert "diapos_depart" not in keys(press(again, "diapo_descendre"))
    assert "12" not in own(listed("12")).decks


def test_a_draft_loses_only_the_slides_that_the_data_no_longer_show(browser: Browser) -> None:
    open_page("presentation")
    deck = Deck("Mon tour", (Slide("cibles"), Slide("carte", {"territoire": "99"}), Slide("plan")))
    drafts.put(team.store(), people.owner_of("anne"), "presentation|ma", deck_yaml(deck).decode())
    at = listed("ma")
    assert kinds(at, "ma") == ["cibles", "plan"]
    said = "Une diapositive de cette présentation ne peut pas être montrée avec ces données."
    assert said in see(at).notices() and said in see(at.run()).notices()
    assert see(press(at, "diapo_descendre")).notices() == []
    drafts.put(team.store(), people.owner_of("anne"), "presentation|ma", "titre: [")
    seen = see(listed("ma"))
    assert "ne se lit plus" in seen.said()


def typed(at: AppTest, label: str, text: str) -> None:
    next(field for field in at.text_input if field.label == label).set_value(text)


def keep_under(at: AppTest, title: str, person: str) -> str:
    """The presentation shown is kept under a name; its id."""
    typed(at, "Nom de la présentation", title)
    typed(at, "Votre nom", person)
    press(at, "garder_creer")
    found = at.query_params["jeu"]
    return found[0] if isinstance(found, list) else found


def deck_choices(at: AppTest) -> list[str]:
    return list(next(s for s in at.selectbox if s.label == "Présentation").options)


def shown_kinds(at: AppTest) -> list[str]:
    options = next(r for r in at.radio if r.label == "Ordre des diapositives").options
    return [option.partition(f"{NBSP}: ")[0].partition(". ")[2] for option in options]


@pytest.fixture
def shared(browser: Browser) -> str:
    """The presentation of a region, changed and kept under a name by Anne; Marc's browser comes next."""
    id_ = keep_under(press(listed("12"), "diapo_retirer"), "Table de mars", "Anne Roy")
    browser("marc")
    return id_


def test_a_presentation_kept_under_a_name_opens_anywhere_by_its_short_address(shared: str) -> None:
    assert len(shared) == 8
    at = listed(shared)
    seen = see(at)
    assert seen.notices() == [] and seen.address == {"jeu": shared}
    assert deck_choices(at)[0] == "Table de mars"
    assert "Gardée par Anne Roy," in seen.text and f"presentation?jeu={shared}" in seen.markup
    assert "Chiffres clés" not in shown_kinds(at)
    assert f"1 sur {len(shown_kinds(at))}" in see(open_page("presentation", {"ecran": "oui", "jeu": shared})).text
    # The region's own is as it was, for who changed it too.
    assert "Chiffres clés" in shown_kinds(listed("12"))
    # One that nobody kept is said to be unknown.
    assert "zzzzzzzz », que l’équipe n’a pas, ou n’a plus" in see(listed("zzzzzzzz")).said()


def test_changes_are_saved_for_everybody_only_when_one_asks(shared: str, browser: Browser) -> None:
    at = listed(shared)
    before = shown_kinds(at)
    assert "Vos changements sont gardés pour vous" in see(press(at, "diapo_retirer")).text
    browser("anne")
    assert shown_kinds(listed(shared)) == before
    press(at, "garder_changements")
    assert shown_kinds(listed(shared)) == before[1:]
    assert "diapos_depart" not in keys(at)


def test_the_one_opened_last_by_this_browser_is_offered_first(shared: str, browser: Browser) -> None:
    other = keep_under(listed("01"), "Bilan", "Marc")
    assert deck_choices(open_page("presentation"))[:2] == ["Bilan", "Table de mars"]
    listed(shared)
    assert deck_choices(open_page("presentation"))[:2] == ["Table de mars", "Bilan"]
    browser("zoé")
    assert deck_choices(listed(other))[:1] == ["Bilan"]


@pytest.mark.parametrize("choice", ["conflit_mienne", "conflit_sienne", "conflit_part"])
def test_another_saved_meanwhile_both_are_shown_and_one_chooses(shared: str, browser: Browser, choice: str) -> None:
    marc = listed(shared)
    first = shown_kinds(marc)
    press(marc, "diapo_retirer")
    browser("anne")
    anne = press(listed(shared), "diapo_descendre")
    theirs = shown_kinds(anne)
    press(anne, "garder_changements")
    # Marc has not seen it: his button writes nothing over it.
    seen = see(press(marc, "garder_changements"))
    assert "Une autre version de cette présentation a été enregistrée par Anne Roy" in seen.text
    assert f"La sienne a {len(first)} diapositives, la vôtre {len(first) - 1}" in seen.plain
    assert "garder_changements" not in keys(marc)
    assert see(press(marc, choice)).headings(1) and choice not in keys(marc)
    assert shown_kinds(listed(shared)) == (first[1:] if choice == "conflit_mienne" else theirs)
    assert "sans nom" in [version.author for version in presentations.versions(team.store(), shared)]
    titles = [own.title for own in presentations.kept(team.store()).values()]
    assert titles.count("Table de mars (copie)") == (choice == "conflit_part")
    assert choice != "conflit_part" or shown_kinds(marc) == first[1:]


def test_it_is_renamed_copied_removed_and_put_back(shared: str) -> None:
    at = listed(shared)
    count = len(shown_kinds(at))
    typed(at, "Nom de la présentation", "  Table   d’avril ")
    press(at, "garder_renommer")
    assert deck_choices(at)[0] == "Table d’avril"
    typed(at, "Nom de la présentation", " ")
    assert "Remède : écrire le nom" in see(press(at, "garder_renommer")).text
    press(at, "garder_retirer")
    assert "Table d’avril" not in deck_choices(at)
    assert presentations.kept(team.store()) == {}
    at = press(open_page("presentation", {}, ("presentation_retirees_menu",)), "garder_remettre")
    assert deck_choices(at)[0] == "Table d’avril" and len(shown_kinds(at)) == count
    typed(at, "Nom de la présentation", "<b>Copie</b>'; drop table writings")
    assert "<b>Copie" not in see(press(at, "garder_copier")).markup
    titles = {own.title for own in presentations.kept(team.store()).values()}
    assert titles == {"Table d’avril", "<b>Copie</b>'; drop table writings"}


def test_a_reader_opens_changes_for_oneself_and_has_no_button_that_writes(
    shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = people.Person("Zoé", "reader", people.owner_of("zoé"))
    monkeypatch.setattr(sign_in, "person", lambda *_: reader)
    at = press(listed(shared), "diapo_retirer")
    assert [key for key in keys(at) if key and key.startswith(("garder_", "conflit_"))] == []
    assert "Renommer" not in str(at.main)
    again = listed(shared)
    assert "Vos changements sont gardés pour vous" in see(again).text
    assert "Vos changements" not in see(press(again, "diapos_depart")).text
    # What a page would not show is refused all the same.
    assert team.trying(presentations.create, reader, "x", "y")[1].startswith("Votre rôle")


def test_a_database_that_fails_leaves_the_page_and_what_it_does_not_take_is_told_and_kept_once_it_does(
    shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setenv("DASHBOARD_STORE", "mysql://x")
        kept = listed(shared)
        seen = see(kept)
        assert seen.address == {"jeu": shared}
        assert "Ce que l’équipe écrit est indisponible" in seen.text
        at = open_page("cibles")
        add(at)
        assert told(see(at))[2] == [[MINE, True]]
    assert shown_kinds(kept.run()) != []
    assert told(see(at.run()))[2] == []
    assert kinds(listed("ma"), "ma") == ["cibles"]
