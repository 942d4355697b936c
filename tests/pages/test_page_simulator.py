"""The simulator page: one simulation at a time, A and B, addresses, errors beside the fields, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scenarios.registry import SIMULATIONS
from dashboard.ui.simulator.results import CHART
from tests.pages.conftest import goes_to, open_page

SLUG = "simulateur"
TYPED = {"permis": {"etudes": "10"}}


def texts(at: AppTest) -> str:
    """What the HTML of the page says, with ordinary spaces."""
    return " ".join(block.body for block in at.get("html")).replace("\u00a0", " ").replace("&nbsp;", " ")


def address(at: AppTest, name: str) -> str:
    """What the address holds."""
    found = at.query_params[name]
    return found[0] if isinstance(found, list) else found


def field(at: AppTest, kind: str, key: str) -> Any:
    return next(widget for widget in at.get(kind) if widget.key == key)


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_every_simulation_shows_its_parts(visit: Callable[..., Any], kind: str) -> None:
    seen = visit(SLUG, scenario=kind, **TYPED.get(kind, {}))
    assert seen.exceptions == () and seen.notices()[:1] != ["L’adresse"]
    word = "estimation" if kind == "mrc-annee" else "scénario"
    assert "La formule, avec ses nombres" in seen.headings(3)
    assert "Ce qui est supposé" in seen.headings(3) and "Ce que cela ne dit pas" in seen.headings(3)
    notes = [note["text"] for note in seen.charts[CHART]["layout"]["annotations"]]
    assert any(word in note.lower() for note in notes)
    caption = next(line for line in seen.text.splitlines() if line.startswith("Résultats\u00a0:"))
    assert word in caption
    assert any(word in head.lower() for table in seen.tables for head in table[0])
    labels = [label for label in seen.texts if label.startswith("Télécharger les tableaux")]
    assert labels and word in labels[0]


def test_the_sheet_of_an_mrc_leads_here_filled_in(visit: Callable[..., Any]) -> None:
    seen = visit(SLUG, scenario="mrc-annee", mrc="2410", annee="2019")
    assert "Rimouski-Neigette, 2019 : estimation 84, entre 0 et 135" in seen.text.replace("\u00a0", " ")
    assert "Peu informatif" in seen.text
    assert not any("L’adresse" in notice for notice in seen.notices())


def test_another_sheet_in_the_same_session_gives_its_own_estimate() -> None:
    at = open_page(SLUG, {"scenario": "mrc-annee", "mrc": "2410", "annee": "2019"})
    at.query_params.clear()
    goes_to(at, "cibles")
    for name, value in {"scenario": "mrc-annee", "mrc": "2414", "annee": "2019"}.items():
        at.query_params[name] = value
    goes_to(at, SLUG)
    assert "Kamouraska, 2019 : estimation 12, entre 0 et 68" in texts(at)


def test_estimates_under_five_are_not_written(visit: Callable[..., Any]) -> None:
    seen = visit(SLUG, scenario="mrc-annee", territoires="2411", annees="2019")
    assert "estimation moins de 5 (0 à 6)" in seen.text.replace("\u00a0", " ")
    assert seen.row("Les Basques", "Rimouski-Neigette") == ["moins de 5"] * 5 + ["6"]


def test_a_and_b_stand_beside_the_observed(visit: Callable[..., Any]) -> None:
    seen = visit(SLUG, scenario="quebec", territoire="DRCNEQ", admissions="50000", admissions_b="30000")
    assert [cell.replace("\u00a0", " ") for cell in seen.row("Capitale-Nationale", "Bas-Saint-Laurent")] == [
        "2 288", "2 820", "1 692",
    ]  # fmt: skip
    text = seen.text.replace("\u00a0", " ")
    assert "scénario A 2 820" in text and "scénario B 1 692" in text and "observé 2 288" in text


def test_a_slider_and_a_field_hold_the_same_value() -> None:
    at = open_page(SLUG, {"scenario": "francais", "territoire": "03", "taux": "60"})
    assert field(at, "text_input", "sim_francais_a_taux").value == "60"
    field(at, "select_slider", "sim_francais_a_taux_curseur").set_value("45").run()
    assert not at.exception
    assert field(at, "text_input", "sim_francais_a_taux").value == "45"
    assert "entre 217 et 260" in texts(at)
    assert address(at, "taux") == "45"


@pytest.mark.parametrize(("typed", "words"), [("101", "ne dépasse pas 100 %"), ("<b>x</b>", "pas un nombre")])
def test_an_error_stands_beside_its_field(typed: str, words: str) -> None:
    at = open_page(SLUG, {"scenario": "francais", "territoire": "03"})
    field(at, "text_input", "sim_francais_a_taux").set_value(typed).run()
    assert not at.exception
    said = texts(at)
    assert '<p class="erreur-champ" role="alert">' in said and words in said and "<b>x</b>" not in said
    assert "La formule" not in said
    # What was typed stays in the field, to be mended.
    assert field(at, "text_input", "sim_francais_a_taux").value == typed
    field(at, "text_input", "sim_francais_a_taux").set_value("60").run()
    assert "entre 290 et 347" in texts(at) and "erreur-champ" not in texts(at)


def test_no_rate_of_settlement_is_suggested() -> None:
    at = open_page(SLUG, {"scenario": "permis"})
    assert [field(at, "text_input", f"sim_permis_a_{n}").value for n in ("etudes", "ptet", "pmi")] == ["", "", ""]
    assert "erreur-champ" not in texts(at) and "Aucun n’est proposé" in texts(at)


def test_own_weights_and_floors() -> None:
    at = open_page(SLUG, {"scenario": "repartir", "territoire": "01", "nombre": "50"})
    field(at, "selectbox", "sim_repartir_a_methode").set_value("poids").run()
    assert "tous les poids sont nuls" in texts(at).lower()
    field(at, "text_input", "sim_repartir_a_poids_2410").set_value("3").run()
    field(at, "text_input", "sim_repartir_a_poids_2411").set_value("1,5").run()
    assert "la part de Rimouski-Neigette serait de 33" in texts(at)
    field(at, "text_input", "sim_repartir_a_planchers_2409").set_value("-2").run()
    assert "négatif" in texts(at) and not at.exception
    field(at, "text_input", "sim_repartir_a_planchers_2409").set_value("8").run()
    assert "la part de Rimouski-Neigette serait de 28" in texts(at)
    assert address(at, "planchers") == "2409-8"


def test_comparing_adds_b_and_takes_it_away() -> None:
    at = open_page(SLUG, {"scenario": "meilleure-annee"})
    field(at, "toggle", "simulateur_comparer").set_value(True).run()
    assert "ans_b" in at.query_params and not at.exception
    field(at, "text_input", "sim_meilleure-annee_b_ans").set_value("6").run()
    assert address(at, "ans_b") == "6"
    field(at, "toggle", "simulateur_comparer").set_value(False).run()
    assert "ans_b" not in at.query_params


def test_a_scenario_is_kept_while_another_is_seen() -> None:
    at = open_page(SLUG, {"scenario": "francais", "territoire": "03", "taux": "33"})
    field(at, "button_group", "simulateur_choix").set_value("categories").run()
    assert not at.exception and "refugee" not in texts(at) and "24" in texts(at)
    field(at, "button_group", "simulateur_choix").set_value("francais").run()
    assert field(at, "text_input", "sim_francais_a_taux").value == "33"


def test_the_page_opens_on_an_estimate_that_says_something() -> None:
    """The totals of the Capitale-Nationale tell much of the agglomération, 13 848 of its 14 259; those of the
    Bas-Saint-Laurent, the first region, leave Rimouski-Neigette anywhere between none and all."""
    at = open_page(SLUG)
    assert not at.exception and dict(at.query_params) == {}
    assert "Québec (agglomération), 2019 : estimation 2 222, entre 1 877 et 2 288" in texts(at)
    assert "peu informatif" not in texts(at).lower()


def test_refusals_are_shown_and_lead_to_what_can_be_asked() -> None:
    at = open_page(SLUG)
    for words in ("La population de La Mitis croît-elle?", "Notre région atteint-elle 22,5 %?", "accru la rétention?"):
        assert words in texts(at)
    assert texts(at).count("Ce qu’il faudrait") >= 4
    next(button for button in at.button if "Que recevrait La Mitis" in button.label).click().run()
    assert not at.exception and "la part de La Mitis serait de 207 des" in texts(at)
    assert address(at, "scenario") == "poids-demographique" and address(at, "territoire") == "2409"
