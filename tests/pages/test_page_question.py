"""The box of every page, and what it answers."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.question_box import LABEL
from tests.hostile_names import MARKDOWN, MARKUP
from tests.pages.conftest import Markup, Seen, open_page, press, see

BSL_2018 = "Combien de personnes admises au Bas-Saint-Laurent en 2018?"


def asks(at: AppTest, written: str) -> AppTest:
    box = at.selectbox(key="champ_question")
    # The harness knows no choice but those that it was given.
    box.options = [*box.options, written]
    return box.set_value(written).run()


def said(seen: Seen) -> str:
    """The sentence of the answer; nothing when none is open."""
    found = seen.markup.partition('<div class="reponse')[2]
    return " ".join(" ".join(Markup(found.partition("</div>")[0]).texts).replace("\u00a0", " ").split())


def others(at: AppTest) -> list[str]:
    return [button.label for button in at.button if (button.key or "").startswith("autre_")]


def test_a_question_is_answered_over_the_page_and_its_address_restores_it() -> None:
    at = asks(open_page("indicateurs"), BSL_2018)
    seen = see(at)
    assert "181 personnes admises à titre permanent en 2018" in said(seen)
    assert seen.address == {"question": BSL_2018}
    assert "181" in str(seen.charts["reponse-admissions"])
    assert "Annexe 2" in seen.text
    # The box is ready for another question.
    assert at.selectbox(key="champ_question").value is None
    again = see(open_page("indicateurs", seen.address))
    assert said(again) == said(seen)
    assert said(see(open_page("indicateurs"))) == ""


def test_what_was_understood_can_be_changed() -> None:
    at = open_page("", {"question": BSL_2018})
    for name, value, wanted in (
        ("territory", "12", "246"),
        ("period", "2017", "274"),
        ("subject", "permits", "permis temporaires valides au 31 décembre 2019"),
    ):
        at = at.selectbox(key=f"compris_{name}").set_value(value).run()
        seen = see(at)
        assert wanted in said(seen)
    assert "Chaudière-Appalaches" in seen.address["question"] and "Compris comme" in seen.markup
    # An estimate, with its source; several places and a figure of one date: nothing to change.
    seen = see(open_page("", {"question": "Combien d’admissions à Lévis en 2018?"}))
    assert "estimation 113" in said(seen) and "Lévis" in str(seen.tables)
    assert "n’a pas pu s’afficher" not in seen.text
    at = open_page("", {"question": "Combien d’ententes avec des MRC, et combien en Chaudière-Appalaches?"})
    assert "Compris comme" not in see(at).markup
    assert not [box for box in at.selectbox if str(box.key).startswith("compris_")]


def test_what_is_ambiguous_is_asked_and_what_is_missing_is_refused_with_the_nearest_question() -> None:
    at = asks(open_page(), "Combien de personnes admises à Québec en 2019?")
    assert "À préciser" in said(see(at))
    assert len(others(at)) == 2
    at = press(at, "autre_0")
    assert "40 565" in said(see(at)).replace("\u202f", " ")
    at = asks(at, "Combien de personnes admises au Bas-Saint-Laurent en 2025?")
    assert "La source ne le donne pas" in said(see(at))
    assert others(at)
    at = asks(at, "Quel temps fait-il?")
    assert "Hors sujet" in said(see(at))
    at = press(at, "autre_0")
    assert "2 603" in said(see(at)).replace("\u202f", " ")


@pytest.mark.parametrize("written", [MARKUP, MARKDOWN, "?", "🙂 " * 3000])
def test_a_hostile_question_is_only_a_text(written: str) -> None:
    at = asks(open_page(), written)
    seen = see(at)
    assert said(seen)
    assert not {"script", "img"} & {tag for tag, _ in Markup(seen.markup).tags}
    assert len(seen.address["question"]) <= 400
    assert max(map(len, Markup(seen.markup).texts)) < 3000
    # The browser asks for it again after a reload.
    assert said(see(open_page("", seen.address))) == said(seen)


def test_the_box_suggests_the_same_on_every_page_and_is_the_same_there() -> None:
    """What is the same is not sent again (the browser puts first what is about the page: tests/browser)."""
    pages = [open_page(slug) for slug in ("", "bas-saint-laurent", "cibles")] + [open_page("mrc", {"mrc": "2410"})]
    boxes = [page.selectbox(key="champ_question") for page in pages]
    assert {box.id for box in boxes} == {boxes[0].id}
    options = boxes[0].options
    assert all(box.options == options for box in boxes)
    assert len(options) == len(set(options))
    assert "direction" in options[0]
    for wanted in (
        "Lévis (Chaudière-Appalaches) · MRC", "Suivi · Page", "Population immigrante · Définition",
        "MRC et année · Simulation", "Combien de personnes admises à Lévis de 2015 à 2019?",
        "Combien de personnes admises au Bas-Saint-Laurent en 2019?",
    ):  # fmt: skip
        assert wanted in options


def test_a_place_that_is_chosen_is_gone_to() -> None:
    at = asks(open_page("bas-saint-laurent", {"mesure": "part"}), "Population immigrante · Définition")
    seen = see(at)
    assert seen.headings(1) == ["Données et sources"]
    assert seen.address == {"lieu": "definition-population-immigrante"}
    assert 'data-mene="1" data-lieu="definition-population-immigrante"' in seen.markup
    # A question goes with the page where it was asked.
    at = asks(asks(at, BSL_2018), "Lévis (Chaudière-Appalaches) · MRC")
    seen = see(at)
    assert (seen.headings(1), said(seen), seen.address) == (["Lévis"], "", {"mrc": "2425", "mesure": "part"})


def test_every_page_answers_and_keeps_the_question_in_its_address() -> None:
    for slug in ("", "mrc", "simulateur", "plan-d-action", "presentation", "suivi", "mettre-a-jour"):
        seen = see(open_page(slug, {"question": BSL_2018}))
        assert "181" in said(seen), slug
        assert seen.address == {"question": BSL_2018}, slug
    assert see(asks(open_page(), "   ")).address == {}


def test_the_wall_answers_over_its_slide_and_an_embedded_view_has_no_box() -> None:
    wall = see(open_page("presentation", {"ecran": "oui", "question": BSL_2018}))
    assert "181" in said(wall)
    assert wall.address == {"ecran": "oui", "question": BSL_2018}
    alone = see(open_page("integrer", {"objet": "carte", "question": BSL_2018}))
    assert said(alone) == "" and LABEL not in alone.text
