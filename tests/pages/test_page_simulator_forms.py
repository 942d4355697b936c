"""The forms of the simulator: a field that changes leaves every other as it was, wherever it still can be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.scenarios.files import Scenario
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.ui.simulator import state
from tests.long_forms import first
from tests.pages.conftest import goes_to, open_page
from tests.transcription import MRC

SLUG = "simulateur"
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


def field(at: AppTest, kind: str, name: str) -> Any:
    return next(widget for widget in at.get(kind) if widget.key == f"sim_{name}")


def filled(kind: str) -> AppTest:
    return open_page(SLUG, {"scenario": kind, **FILLED[kind]})


def afresh(at: AppTest, kind: str) -> None:
    now: state.State = at.session_state["_simulateur"]
    now.scenarios[kind] = Scenario(kind, dict(FILLED[kind]))
    at.run()


@pytest.mark.parametrize("kind", first(SIMULATIONS, 2))
def test_each_choice_of_each_list_leaves_the_other_fields(kind: str) -> None:
    at, prefix = filled(kind), f"sim_{kind}_a_"
    assert values(at) == FILLED[kind] and errors(at) == []
    names = [box.key.removeprefix(prefix) for box in at.selectbox if str(box.key).startswith(prefix)]
    assert names
    for name in names:
        for rank in range(len(field(at, "selectbox", f"{kind}_a_{name}").options)):
            afresh(at, kind)
            field(at, "selectbox", f"{kind}_a_{name}").select_index(rank).run()
            assert not at.exception
            after, may = values(at), {name} | FOLLOW.get((kind, name), set())
            kept = {n: v for n, v in FILLED[kind].items() if n not in may}
            assert {n: v for n, v in after.items() if n not in may} == kept, (name, rank)
            # Every list shows a value, and nothing is said to be wrong but what is left to type.
            assert None not in [box.value for box in at.selectbox if str(box.key).startswith(f"sim_{kind}")]
            assert [e for e in errors(at) if "tous les poids sont nuls" not in e.lower()] == [], (name, rank)


@pytest.mark.parametrize("kind", first([kind for kind in SIMULATIONS if kind != "mrc-annee"], 2))
def test_each_number_typed_leaves_the_other_fields_even_when_it_is_wrong(kind: str) -> None:
    at, prefix = filled(kind), f"sim_{kind}_a_"
    boxes = [box.key for box in at.text_input if str(box.key).startswith(prefix)]
    for key in boxes:
        name = str(key).removeprefix(prefix).partition("_")[0]
        for typed in ("9", "abc", ""):
            next(box for box in at.text_input if box.key == key).set_value(typed).run()
            assert not at.exception
            others = {n: v for n, v in values(at).items() if n != name}
            assert others == {n: v for n, v in FILLED[kind].items() if n != name}, (key, typed)
        afresh(at, kind)


@pytest.mark.parametrize("region", MRC)
def test_the_region_chosen_stays_whatever_is_pressed_under_it(region: str) -> None:
    """The MRC taken with a region is pressed by whoever wants it, and would have gone: the form kept nothing."""
    at = open_page(SLUG)
    field(at, "selectbox", "mrc-annee_a_region").select(region).run()
    (most,) = values(at)["territoires"].split(".")
    assert most in MRC[region]
    for name in ("territoires", "annees"):
        before = values(at)[name]
        field(at, "button_group", f"mrc-annee_a_{name}").set_value([]).run()
        assert errors(at) == [] and values(at)[name] == before
        assert field(at, "button_group", f"mrc-annee_a_{name}").value == before.split(".")
        assert field(at, "selectbox", "mrc-annee_a_region").value == region
    other = next(code for code in MRC[region] if code != most)
    field(at, "button_group", "mrc-annee_a_territoires").set_value([most, other]).run()
    field(at, "button_group", "mrc-annee_a_territoires").set_value([other]).run()
    assert values(at)["territoires"] == other
    assert field(at, "selectbox", "mrc-annee_a_region").value == region


@pytest.mark.parametrize(
    ("kind", "params", "kept"),
    [
        ("mrc-annee", {"territoires": "2410.2411)."}, {"territoires": "2410"}),
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


def test_the_weights_of_a_territory_that_is_left_are_no_fault_and_those_that_stay_remain() -> None:
    at = filled("repartir")
    field(at, "selectbox", "repartir_a_territoire").select("DRCNEQ").run()
    assert values(at)["poids"] == "2410-3" and values(at)["planchers"] == "2409-8"
    field(at, "selectbox", "repartir_a_territoire").select("12").run()
    assert {"poids", "planchers"}.isdisjoint(values(at)) and values(at)["nombre"] == "50"


@pytest.mark.parametrize(("territory", "kept"), [("2410", "2015-2019"), ("01", "2015-2019"), ("DRCNEQ", "2018")])
def test_a_period_that_a_territory_does_not_have_gives_way(territory: str, kept: str) -> None:
    at = filled("poids-demographique")
    field(at, "selectbox", "poids-demographique_a_territoire").select(territory).run()
    assert values(at)["periode"] == kept and errors(at) == []


@pytest.mark.parametrize("kind", first(SIMULATIONS, 2))
def test_a_form_is_the_same_after_another_page_and_another_simulation(kind: str) -> None:
    at = filled(kind)
    at.query_params.clear()
    goes_to(at, "cibles")
    goes_to(at, SLUG)
    assert not at.exception and values(at) == FILLED[kind]
    other = next(name for name in SIMULATIONS if name != kind)
    for name in (other, kind):
        field_of_choice = next(group for group in at.get("button_group") if group.key == state.CHOOSER)
        field_of_choice.set_value(name).run()
    assert values(at) == FILLED[kind] and errors(at) == []
