"""Presentations that outlive a session: what a browser has begun comes back to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.deck.files import deck_yaml
from dashboard.deck.slides import Deck, Slide
from dashboard.team import drafts, people, presentations
from dashboard.ui import sign_in, team
from tests.links import packed
from tests.pages.conftest import Seen, open_page
from tests.pages.test_page_held import told
from tests.pages.test_page_presentation import add, own, press

See = Callable[[AppTest], Seen]


@pytest.fixture
def browser(comes_from: Callable[[str], None]) -> Callable[[str], None]:
    comes_from("anne")
    return comes_from


def kinds(at: AppTest, name: str) -> list[str]:
    return [slide.kind for slide in own(at).decks[name].slides]


def test_what_a_browser_has_begun_is_there_in_its_next_session(see: See, browser: Callable[[str], None]) -> None:
    at = open_page("cibles")
    add(at)
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
        add(at)
        assert told(see(at)) == [["la présentation «\u00a0Ma présentation\u00a0»", True]]
    assert told(see(at.run())) == []
    assert kinds(open_page("presentation", {"jeu": "ma"}), "ma") == ["cibles"]


# ---- Kept by the team ------------------------------------------------------------------------------------------------
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


def keys(at: AppTest) -> list[str | None]:
    return [button.key for button in at.button]


def shown_kinds(at: AppTest) -> list[str]:
    options = next(r for r in at.radio if r.label == "Ordre des diapositives").options
    return [option.partition("\u00a0: ")[0].partition(". ")[2] for option in options]


@pytest.fixture
def shared(browser: Callable[[str], None]) -> str:
    """The presentation of a region, changed and kept under a name by Anne; Marc's browser comes next."""
    at = open_page("presentation", {"jeu": "12"})
    press(at, "diapo_retirer")
    id_ = keep_under(at, "Table de mars", "Anne Roy")
    browser("marc")
    return id_


def test_a_presentation_kept_under_a_name_opens_anywhere_by_its_short_address(see: See, shared: str) -> None:
    assert len(shared) == 8
    at = open_page("presentation", {"jeu": shared})
    seen = see(at)
    assert seen.notices() == []
    assert seen.address == {"jeu": shared}
    assert deck_choices(at)[0] == "Table de mars"
    assert "Gardée par Anne Roy," in seen.text
    assert f"presentation?jeu={shared}" in seen.markup
    assert "Chiffres clés" not in shown_kinds(at)
    wall = see(open_page("presentation", {"ecran": "oui", "jeu": shared}))
    assert f"1 sur {len(shown_kinds(at))}" in wall.text
    # The region's own is as it was, for who changed it too.
    assert "Chiffres clés" in shown_kinds(open_page("presentation", {"jeu": "12"}))
    # One that nobody kept is said to be unknown.
    (notice,) = see(open_page("presentation", {"jeu": "zzzzzzzz"})).notices()
    assert "zzzzzzzz\u00a0», que l’équipe n’a pas, ou n’a plus" in notice.replace(" »", "\u00a0»")


def test_changes_are_saved_for_everybody_only_when_one_asks(
    see: See, shared: str, browser: Callable[[str], None]
) -> None:
    at = open_page("presentation", {"jeu": shared})
    before = shown_kinds(at)
    press(at, "diapo_retirer")
    assert "Vos changements sont gardés pour vous" in see(at).text
    browser("anne")
    assert shown_kinds(open_page("presentation", {"jeu": shared})) == before
    press(at, "garder_changements")
    assert shown_kinds(open_page("presentation", {"jeu": shared})) == before[1:]
    assert "diapos_depart" not in keys(at)


def test_the_one_opened_last_by_this_browser_is_offered_first(shared: str, browser: Callable[[str], None]) -> None:
    other = keep_under(open_page("presentation", {"jeu": "01"}), "Bilan", "Marc")
    assert deck_choices(open_page("presentation"))[:2] == ["Bilan", "Table de mars"]
    open_page("presentation", {"jeu": shared})
    assert deck_choices(open_page("presentation"))[:2] == ["Table de mars", "Bilan"]
    browser("zoé")
    assert deck_choices(open_page("presentation", {"jeu": other}))[:1] == ["Bilan"]


@pytest.mark.parametrize("choice", ["conflit_mienne", "conflit_sienne", "conflit_part"])
def test_another_saved_meanwhile_both_are_shown_and_one_chooses(
    see: See, shared: str, browser: Callable[[str], None], choice: str
) -> None:
    marc = open_page("presentation", {"jeu": shared})
    first = shown_kinds(marc)
    press(marc, "diapo_retirer")
    browser("anne")
    anne = open_page("presentation", {"jeu": shared})
    press(anne, "diapo_descendre")
    theirs = shown_kinds(anne)
    press(anne, "garder_changements")
    # Marc has not seen it: his button writes nothing over it.
    press(marc, "garder_changements")
    seen = see(marc)
    assert "Une autre version de cette présentation a été enregistrée par Anne Roy" in seen.text
    assert f"La sienne a {len(first)}\u00a0diapositives, la vôtre {len(first) - 1}" in seen.text
    assert "garder_changements" not in keys(marc)
    press(marc, choice)
    assert see(marc).exceptions == ()
    assert choice not in keys(marc)
    in_force = shown_kinds(open_page("presentation", {"jeu": shared}))
    assert in_force == (first[1:] if choice == "conflit_mienne" else theirs)
    assert "sans nom" in [version.author for version in presentations.versions(team.store(), shared)]
    titles = [own.title for own in presentations.kept(team.store()).values()]
    assert titles.count("Table de mars (copie)") == (choice == "conflit_part")
    if choice == "conflit_part":
        assert shown_kinds(marc) == first[1:]


def test_one_that_is_removed_can_be_put_back(see: See, shared: str) -> None:
    at = open_page("presentation", {"jeu": shared})
    count = len(shown_kinds(at))
    press(at, "garder_retirer")
    assert "Table de mars" not in deck_choices(at)
    assert presentations.kept(team.store()) == {}
    at = open_page("presentation", {}, ("presentation_retirees_menu",))
    press(at, "garder_remettre")
    assert deck_choices(at)[0] == "Table de mars"
    assert len(shown_kinds(at)) == count


def test_it_is_renamed_and_copied(see: See, shared: str) -> None:
    at = open_page("presentation", {"jeu": shared})
    typed(at, "Nom de la présentation", "  Table   d’avril ")
    press(at, "garder_renommer")
    assert deck_choices(at)[0] == "Table d’avril"
    typed(at, "Nom de la présentation", "<b>Copie</b>'; drop table writings")
    press(at, "garder_copier")
    assert "<b>Copie" not in see(at).markup
    assert {own.title for own in presentations.kept(team.store()).values()} == {
        "Table d’avril", "<b>Copie</b>'; drop table writings",
    }  # fmt: skip
    typed(at, "Nom de la présentation", " ")
    press(at, "garder_renommer")
    assert "Remède : écrire le nom" in see(at).text


def test_a_reader_opens_changes_for_oneself_and_has_no_button_that_writes(
    see: See, shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = people.Person("Zoé", "reader", people.owner_of("zoé"))
    monkeypatch.setattr(sign_in, "person", lambda *_: reader)
    at = open_page("presentation", {"jeu": shared})
    press(at, "diapo_retirer")
    assert [key for key in keys(at) if key and key.startswith(("garder_", "conflit_"))] == []
    assert "Renommer" not in str(at.main)
    again = open_page("presentation", {"jeu": shared})
    assert "Vos changements sont gardés pour vous" in see(again).text
    press(again, "diapos_depart")
    assert "Vos changements" not in see(again).text
    # What a page would not show is refused all the same.
    assert team.trying(presentations.create, reader, "x", "y")[1].startswith("Votre rôle")


def test_the_statistics_stay_when_the_presentations_cannot_be_read(
    see: See, shared: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setenv("DASHBOARD_STORE", "mysql://x")
        at = open_page("presentation", {"jeu": shared})
        seen = see(at)
        assert seen.exceptions == ()
        assert "Ce que l’équipe écrit est indisponible" in seen.text
        assert seen.address == {"jeu": shared}
    assert shown_kinds(at.run()) != []


def test_a_file_or_an_old_link_does_not_replace_what_one_has_begun(see: See, browser: Callable[[str], None]) -> None:
    at = open_page("cibles")
    add(at)
    linked = open_page("presentation", {"diapos": packed(Deck("Reçue", (Slide("plan"),)))})
    assert kinds(linked, "ma") == ["cibles"]
    assert kinds(linked, "ma-2") == ["plan"]
    assert deck_choices(linked)[0] == "Reçue (à vous)"
