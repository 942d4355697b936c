"""The simulator page: one simulation at a time, A and B, addresses, errors beside the fields, refusals. A field that
changes leaves every other as it was, wherever it still can be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scenarios.files import Scenario
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.ui.simulator import state
from dashboard.ui.simulator.results import CHART
from tests.pages.conftest import Visit, goes_to, open_page, press, see
from tests.transcription import MRC

SLUG = "simulateur"
TYPED = {"permis": {"etudes": "10"}}


def texts(at: AppTest) -> str:
    """What the HTML of the page says, with ordinary spaces."""
    return " ".join(block.body for block in at.get("html")).replace("\u00a0", " ").replace("&nbsp;", " ")


def address(at: AppTest, name: str) -> str:
    found = at.query_params[name]
    return found[0] if isinstance(found, list) else found


def field(at: AppTest, kind: str, name: str) -> Any:
    return next(widget for widget in at.get(kind) if widget.key == f"sim_{name}")


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_every_simulation_shows_its_parts(visit: Visit, kind: str) -> None:
    seen = visit(SLUG, scenario=kind, **TYPED.get(kind, {}))
    assert seen.notices()[:1] != ["L’adresse"]
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


def test_the_sheet_of_an_mrc_leads_here_filled_in_and_another_gives_its_own_estimate() -> None:
    at = open_page(SLUG, {"scenario": "mrc-annee", "mrc": "2410", "annee": "2019"})
    assert "Rimouski-Neigette, 2019 : estimation 84, entre 0 et 135" in texts(at)
    assert "Peu informatif" in texts(at) and "L’adresse" not in texts(at)
    at.query_params.clear()
    goes_to(at, "cibles")
    for name, value in {"scenario": "mrc-annee", "mrc": "2414", "annee": "2019"}.items():
        at.query_params[name] = value
    goes_to(at, SLUG)
    assert "Kamouraska, 2019 : estimation 12, entre 0 et 68" in texts(at)


def test_estimates_under_five_are_not_written_and_a_and_b_stand_beside_the_observed(visit: Visit) -> None:
    seen = visit(SLUG, scenario="mrc-annee", territoires="2411", annees="2019")
    assert "estimation moins de 5 (0 à 6)" in seen.plain
    assert seen.row("Les Basques", "Rimouski-Neigette") == ["moins de 5"] * 5 + ["6"]
    seen = visit(SLUG, scenario="quebec", territoire="DRCNEQ", admissions="50000", admissions_b="30000")
    cells = [cell.replace("\u00a0", " ") for cell in seen.row("Capitale-Nationale", "Bas-Saint-Laurent")]
    assert cells == ["2 288", "2 820", "1 692"]
    said = ("scénario A 2 820", "scénario B 1 692", "observé 2 288")
    assert [text for text in said if text not in seen.plain] == []


def test_a_slider_and_a_field_hold_the_same_value_and_an_error_stands_beside_its_field() -> None:
    at = open_page(SLUG, {"scenario": "francais", "territoire": "03", "taux": "60"})
    assert field(at, "text_input", "francais_a_taux").value == "60"
    field(at, "select_slider", "francais_a_taux_curseur").set_value("45").run()
    assert not at.exception
    assert field(at, "text_input", "francais_a_taux").value == address(at, "taux") == "45"
    assert "entre 217 et 260" in texts(at)
    for typed, words in (("101", "ne dépasse pas 100 %"), ("<b>x</b>", "pas un nombre")):
        field(at, "text_input", "francais_a_taux").set_value(typed).run()
        said = texts(at)
        assert '<p class="erreur-champ" role="alert">' in said and words in said and "<b>x</b>" not in said
        assert not at.exception and "La formule" not in said
        # What was typed stays in the field, to be mended.
        assert field(at, "text_input", "francais_a_taux").value == typed
    field(at, "text_input", "francais_a_taux").set_value("60").run()
    assert "entre 290 et 347" in texts(at) and "erreur-champ" not in texts(at)


def test_no_rate_of_settlement_is_suggested() -> None:
    at = open_page(SLUG, {"scenario": "permis"})
    assert [field(at, "text_input", f"permis_a_{n}").value for n in ("etudes", "ptet", "pmi")] == ["", "", ""]
    assert "erreur-champ" not in texts(at) and "Aucun n’est proposé" in texts(at)


def test_own_weights_and_floors() -> None:
    at = open_page(SLUG, {"scenario": "repartir", "territoire": "01", "nombre": "50"})
    field(at, "selectbox", "repartir_a_methode").set_value("poids").run()
    assert "tous les poids sont nuls" in texts(at).lower()
    field(at, "text_input", "repartir_a_poids_2410").set_value("3").run()
    field(at, "text_input", "repartir_a_poids_2411").set_value("1,5").run()
    assert "la part de Rimouski-Neigette serait de 33" in texts(at)
    field(at, "text_input", "repartir_a_planchers_2409").set_value("-2").run()
    assert "négatif" in texts(at) and not at.exception
    field(at, "text_input", "repartir_a_planchers_2409").set_value("8").run()
    assert "la part de Rimouski-Neigette serait de 28" in texts(at)
    assert address(at, "planchers") == "2409-8"


def test_comparing_adds_b_and_takes_it_away() -> None:
    at = open_page(SLUG, {"scenario": "meilleure-annee"})
    at.toggle(key="simulateur_comparer").set_value(True).run()
    assert "ans_b" in at.query_params and not at.exception
    field(at, "text_input", "meilleure-annee_b_ans").set_value("6").run()
    assert address(at, "ans_b") == "6"
    at.toggle(key="simulateur_comparer").set_value(False).run()
    assert "ans_b" not in at.query_params


def test_the_page_opens_on_an_estimate_that_says_something() -> None:
    """The totals of the Capitale-Nationale tell much of the agglomération, 13 848 of its 14 259; those of the
    Bas-Saint-Laurent, the first region, leave Rimouski-Neigette anywhere between none and all."""
    at = open_page(SLUG)
    assert not at.exception and dict(at.query_params) == {}
    assert "Québec (agglomération), 2019 : estimation 2 222, entre 1 877 et 2 288" in texts(at)
    assert "peu informatif" not in texts(at).lower()
    unknown = see(open_page(SLUG, {"scenario": "xyz"}))
    assert "la simulation « xyz », qui n’existe pas" in unknown.said()
    # Refusals are shown and lead to what can be asked.
    for words in ("La population de La Mitis croît-elle?", "Notre région atteint-elle 22,5 %?", "accru la rétention?"):
        assert words in texts(at)
    assert texts(at).count("Ce qu’il faudrait") >= 4
    press(at, next(str(button.key) for button in at.button if "Que recevrait La Mitis" in button.label))
    assert not at.exception and "la part de La Mitis serait de 207 des" in texts(at)
    assert address(at, "scenario") == "poids-demographique" and address(at, "territoire") == "2409"


# Every field of each simulation, away from its usual value.
FILLED = {
    "mrc-annee": {"territoires": "2410.2411", "annees": "2017.2018"},
    "quebec": {"territoire": "DRCNEQ", "admissions": "50000", "reference": "2018", "part": "8"},
    "meilleure-annee": {"territoire": "01", "ans": "4"},
    "repartir": {"territoire": "01", "nombre": "50", "methode": "poids", "poids": "2410-3", "planchers": "2409-8"},
    "permis": {"territoire": "01", "etudes": "10", "ptet": "5", "pmi": "7"},
    "francais": {"territoire": "03", "taux": "33"},
    "categories": {"territoire": "03", "modele": "01"},
    "poids-demographique": {"territoire": "DRCNEQ", "periode": "2018"},
}
# What another territory leaves of what depends on it: field changed -> fields that may follow.
FOLLOW = {
    ("mrc-annee", "region"): {"territoires"},
    ("repartir", "territoire"): {"poids", "planchers"},
    ("categories", "territoire"): {"modele"},
    ("poids-demographique", "territoire"): {"periode"},
}


def values(at: AppTest) -> dict[str, str]:
    kept: state.State = at.session_state["_simulateur"]
    return dict(kept.scenarios[kept.kind].a)


def errors(at: AppTest) -> list[str]:
    return [block.body for block in at.get("html") if "erreur-champ" in block.body]


def filled(kind: str) -> AppTest:
    return open_page(SLUG, {"scenario": kind, **FILLED[kind]})


def afresh(at: AppTest, kind: str) -> None:
    now: state.State = at.session_state["_simulateur"]
    now.scenarios[kind] = Scenario(kind, dict(FILLED[kind]))
    at.run()


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_a_choice_and_a_number_leave_the_other_fields_even_when_it_is_wrong(kind: str) -> None:
    at, prefix = filled(kind), f"sim_{kind}_a_"
    assert values(at) == FILLED[kind] and errors(at) == []
    names = [box.key.removeprefix(prefix) for box in at.selectbox if str(box.key).startswith(prefix)]
    for name in names:
        for rank in sorted({0, 1, len(field(at, "selectbox", f"{kind}_a_{name}").options) - 1}):
            afresh(at, kind)
            field(at, "selectbox", f"{kind}_a_{name}").select_index(rank).run()
            assert not at.exception
            may = {name} | FOLLOW.get((kind, name), set())
            kept = {n: v for n, v in FILLED[kind].items() if n not in may}
            assert {n: v for n, v in values(at).items() if n not in may} == kept, (name, rank)
            # Every list shows a value, and nothing is said to be wrong but what is left to type.
            assert None not in [box.value for box in at.selectbox if str(box.key).startswith(f"sim_{kind}")]
            assert [e for e in errors(at) if "tous les poids sont nuls" not in e.lower()] == [], (name, rank)
    afresh(at, kind)
    # One box of each name: those of the MRC are made alike.
    boxes = {str(b.key).removeprefix(prefix).partition("_")[0]: b.key for b in at.text_input if prefix in str(b.key)}
    assert names or boxes
    for name, key in boxes.items():
        for typed in ("9", "abc", ""):
            next(box for box in at.text_input if box.key == key).set_value(typed).run()
            assert not at.exception
            others = {n: v for n, v in values(at).items() if n != name}
            assert others == {n: v for n, v in FILLED[kind].items() if n != name}, (key, typed)
        afresh(at, kind)


def test_the_region_chosen_stays_whatever_is_pressed_under_it() -> None:
    """The MRC taken with a region is pressed by whoever wants it, and would have gone: the form kept nothing."""
    at, region = open_page(SLUG), "12"
    field(at, "selectbox", "mrc-annee_a_region").select(region).run()
    (most,) = values(at)["territoires"].split(".")
    assert most in MRC[region]
    for name in ("territoires", "annees"):
        before = values(at)[name]
        field(at, "button_group", f"mrc-annee_a_{name}").set_value([]).run()
        assert errors(at) == [] and values(at)[name] == before
        assert field(at, "button_group", f"mrc-annee_a_{name}").value == before.split(".")
    other = next(code for code in MRC[region] if code != most)
    for pressed in ([most, other], [other]):
        field(at, "button_group", "mrc-annee_a_territoires").set_value(pressed).run()
    assert values(at)["territoires"] == other
    assert field(at, "selectbox", "mrc-annee_a_region").value == region


@pytest.mark.parametrize(
    ("kind", "params", "kept"),
    [
        ("mrc-annee", {"territoires": "2410,2411,9999"}, {"territoires": "2410.2411"}),
        ("mrc-annee", {"territoires": "2425.2410.2418"}, {"territoires": "2425.2418"}),
        ("mrc-annee", {"territoires": "2425", "annees": "2017;2016,2018,2019)"}, {"annees": "2018"}),
        ("repartir", {"territoire": "01", "planchers": "2409-8_2410-x"}, {"planchers": "2409-8"}),
    ],
)
def test_a_list_of_the_address_loses_only_what_is_wrong_in_it(
    kind: str, params: dict[str, str], kept: dict[str, str]
) -> None:
    at = open_page(SLUG, {"scenario": kind, **params})
    assert not at.exception and errors(at) == []
    assert {name: values(at)[name] for name in kept} == kept
    assert re.search("partie(s sont laissées| est laissée) de côté", " ".join(block.body for block in at.get("html")))


def test_what_a_territory_does_not_have_gives_way_and_what_stays_remains() -> None:
    at = filled("repartir")
    for territory, kept in (("DRCNEQ", {"poids": "2410-3", "planchers": "2409-8"}), ("12", {})):
        field(at, "selectbox", "repartir_a_territoire").select(territory).run()
        assert {name: value for name, value in values(at).items() if name in ("poids", "planchers")} == kept
    assert values(at)["nombre"] == "50"
    at = filled("poids-demographique")
    field(at, "selectbox", "poids-demographique_a_territoire").select("2410").run()
    assert values(at)["periode"] == "2015-2019" and errors(at) == []


@pytest.mark.parametrize(("kind", "other"), [("repartir", "mrc-annee"), ("mrc-annee", "quebec")])
def test_a_form_is_the_same_after_another_page_and_another_simulation(kind: str, other: str) -> None:
    at = filled(kind)
    at.query_params.clear()
    goes_to(at, "cibles")
    goes_to(at, SLUG)
    assert not at.exception and values(at) == FILLED[kind]
    for name in (other, kind):
        next(group for group in at.get("button_group") if group.key == state.CHOOSER).set_value(name).run()
    assert values(at) == FILLED[kind] and errors(at) == []
