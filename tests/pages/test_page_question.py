"""The box of every page, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest import MonkeyPatch
from streamlit.testing.v1 import AppTest

from dashboard.ui.question_box import LABEL
from tests.hostile_names import MARKDOWN, MARKUP
from tests.pages.conftest import Markup, open_page

if TYPE_CHECKING:
    from tests.pages.conftest import Seen

See = Callable[[AppTest], "Seen"]
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


def test_a_question_is_answered_over_the_page_and_its_address_restores_it(see: See) -> None:
    at = asks(open_page("indicateurs"), BSL_2018)
    seen = see(at)
    assert seen.exceptions == ()
    assert "181 personnes admises à titre permanent en 2018" in said(seen)
    assert seen.address == {"question": BSL_2018}
    assert "181" in str(seen.charts["reponse-admissions"])
    assert "Annexe 2" in seen.text
    # The box is ready for another question.
    assert at.selectbox(key="champ_question").value is None
    again = see(open_page("indicateurs", seen.address))
    assert said(again) == said(seen)
    assert said(see(open_page("indicateurs"))) == ""


def test_what_is_estimated_is_shown_with_its_source(see: See) -> None:
    seen = see(open_page("", {"question": "Combien d’admissions à Lévis en 2018?"}))
    assert "estimation 113" in said(seen)
    assert seen.exceptions == () and "n’a pas pu s’afficher" not in seen.text
    assert "Lévis" in str(seen.tables)


def test_what_was_understood_can_be_changed(see: See) -> None:
    at = open_page("", {"question": BSL_2018})
    for name, value, wanted in (
        ("territory", "12", "246"),
        ("period", "2017", "274"),
        ("subject", "permits", "permis temporaires valides au 31 décembre 2019"),
    ):
        at = at.selectbox(key=f"compris_{name}").set_value(value).run()
        seen = see(at)
        assert seen.exceptions == ()
        assert wanted in said(seen)
    assert "Chaudière-Appalaches" in seen.address["question"]


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("Combien de personnes admises au Bas-Saint-Laurent en 2018?", True),
        # Several places and a figure of one date: nothing to change.
        ("Dans laquelle de nos quatre régions les femmes étaient-elles majoritaires en 2019?", False),
        ("Combien d’ententes avec des MRC, et combien en Chaudière-Appalaches?", False),
    ],
)
def test_what_was_understood_is_said_only_with_what_can_be_changed(see: See, question: str, changed: bool) -> None:
    at = asks(open_page(), question)
    lists = [box for box in at.selectbox if str(box.key).startswith("compris_")]
    assert ("Compris comme" in see(at).markup) == bool(lists) == changed


def test_what_is_ambiguous_is_asked_and_what_is_missing_is_refused_with_the_nearest_question(see: See) -> None:
    at = asks(open_page(), "Combien de personnes admises à Québec en 2019?")
    assert "À préciser" in said(see(at))
    assert len(others(at)) == 2
    at = at.button(key="autre_0").click().run()
    assert "40 565" in said(see(at)).replace("\u202f", " ")
    at = asks(at, "Combien de personnes admises au Bas-Saint-Laurent en 2025?")
    assert "La source ne le donne pas" in said(see(at))
    assert others(at)
    at = asks(at, "Quel temps fait-il?")
    assert "Hors sujet" in said(see(at))
    at = at.button(key="autre_0").click().run()
    assert "2 603" in said(see(at)).replace("\u202f", " ")


@pytest.mark.parametrize(
    "written", [MARKUP, MARKDOWN, "<script>alert(1)</script>", "$x^2$ :red[a] **b**", "?", "a" * 10_000, "🙂 " * 3000]
)
def test_a_hostile_question_is_only_a_text(see: See, written: str) -> None:
    at = asks(open_page(), written)
    seen = see(at)
    assert seen.exceptions == ()
    assert said(seen)
    assert not {"script", "img"} & {tag for tag, _ in Markup(seen.markup).tags}
    assert len(seen.address["question"]) <= 400
    assert max(map(len, Markup(seen.markup).texts)) < 3000
    # The browser asks for it again after a reload.
    assert said(see(open_page("", seen.address))) == said(seen)


def test_nothing_written_asks_nothing(see: See) -> None:
    assert see(asks(open_page(), "   ")).address == {}


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


def test_nothing_is_suggested_on_a_region_that_is_set_aside(copy_of_data: Path, monkeypatch: MonkeyPatch) -> None:
    file = copy_of_data / "data" / "regions" / "11.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('region_code: "11"', "region_code: 11"), encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    options = open_page("gaspesie-iles-de-la-madeleine").selectbox(key="champ_question").options
    asked = [option for option in options if option.endswith("?")]
    assert len(asked) > 50 and not [question for question in asked if "Gaspésie" in question]


def test_a_place_that_is_chosen_is_gone_to(see: See) -> None:
    at = asks(open_page("bas-saint-laurent", {"mesure": "part"}), "Population immigrante · Définition")
    seen = see(at)
    assert seen.headings(1) == ["Données et sources"]
    assert seen.address == {"lieu": "definition-population-immigrante"}
    assert 'data-mene="1" data-lieu="definition-population-immigrante"' in seen.markup
    # A question goes with the page where it was asked.
    at = asks(asks(at, BSL_2018), "Lévis (Chaudière-Appalaches) · MRC")
    seen = see(at)
    assert (seen.headings(1), said(seen), seen.address) == (["Lévis"], "", {"mrc": "2425", "mesure": "part"})


@pytest.mark.parametrize("slug", ["", "mrc", "simulateur", "plan-d-action", "presentation", "suivi", "mettre-a-jour"])
def test_every_page_answers_and_keeps_the_question_in_its_address(see: See, slug: str) -> None:
    seen = see(open_page(slug, {"question": BSL_2018}))
    assert seen.exceptions == ()
    assert "181" in said(seen)
    assert seen.address == {"question": BSL_2018}


def test_the_wall_answers_over_its_slide_and_an_embedded_view_has_no_box(see: See) -> None:
    wall = see(open_page("presentation", {"ecran": "oui", "question": BSL_2018}))
    assert "181" in said(wall)
    assert wall.address == {"ecran": "oui", "question": BSL_2018}
    alone = see(open_page("integrer", {"objet": "carte", "question": BSL_2018}))
    assert said(alone) == "" and LABEL not in alone.text
