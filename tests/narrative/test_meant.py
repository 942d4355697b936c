"""Addresses typed by people: the only page that they can mean, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.narrative.meant import Target, meant, names
from dashboard.ui.navigation import known_slugs
from dashboard.ui.server.pages import Pages
from tests.ui.server.test_server import PAGE, SLUGS, call, gate

KNOWN = names(load_dataset(Path(__file__).resolve().parents[2]), known_slugs())
BAS, CHAUDIERE, GASPESIE = "bas-saint-laurent", "chaudiere-appalaches", "gaspesie-iles-de-la-madeleine"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("chaudière-appalaches", (CHAUDIERE, ())),
        ("chaudie\u0300re-appalaches", (CHAUDIERE, ())),
        ("Chaudières-Appalaches", (CHAUDIERE, ())),  # as the source misprints it
        ("Bas-Saint-Laurent", (BAS, ())),
        ("BAS_ST_LAURENT", (BAS, ())),
        ("bas saint laurent", (BAS, ())),
        ("bas–saint–laurent).", (BAS, ())),
        ("bassaintlaurent", (BAS, ())),
        ("gaspesie", (GASPESIE, ())),
        ("Gaspésie–Îles-de-la-Madeleine", (GASPESIE, ())),
        ("capitale", ("capitale-nationale", ())),
        ("Données et sources", ("donnees-et-sources", ())),
        ("plan", ("plan-d-action", ())),
        ("Comparer,", ("comparer", ())),
        ("indicateur", ("indicateurs", ())),
        ("levis", (CHAUDIERE, (("mrc", "2425"),))),
        ("l'islet", (CHAUDIERE, (("mrc", "2417"),))),
        ("Les-Appalaches", (CHAUDIERE, (("mrc", "2431"),))),
        ("robert-cliche", (CHAUDIERE, (("mrc", "2427"),))),  # the former name of Beauce-Centre
        ("iles-de-la-madeleine", (GASPESIE, (("mrc", "2401"),))),
    ],
)
def test_a_name_badly_written_is_understood(asked: str, target: Target) -> None:
    assert meant(asked, KNOWN) == target


@pytest.mark.parametrize("asked", ["quebec", "Québec", "c", "beauce", "nulle-part", "", ").", "<script>", "a" * 60])
def test_what_could_be_several_pages_or_none_is_not_guessed(asked: str) -> None:
    assert meant(asked, KNOWN) is None


@pytest.mark.parametrize(
    ("typed", "location"),
    [
        ("/chaudi%C3%A8re-appalaches", "./chaudiere-appalaches"),
        ("/Bas-Saint-Laurent?mesure=part&mrc=2410", "./bas-saint-laurent?mesure=part&mrc=2410"),
        ("/Gasp%C3%A9sie%E2%80%93%C3%8Eles-de-la-Madeleine/", f"../{GASPESIE}"),
        ("/levis?mesure=part", f"./{CHAUDIERE}?mesure=part&mrc=2425"),
        ("/levis?mrc=2417", f"./{CHAUDIERE}?mrc=2417"),
        ("/comparer).?avec=2410,2412", "./comparer?avec=2410,2412"),
        ("/quebec", "./?introuvable=quebec"),
        ("/a/levis", "../?introuvable=a%2Flevis"),
    ],
)
def test_the_server_leads_there_with_the_parameters(typed: str, location: str) -> None:
    pages = Pages(PAGE, lambda: SLUGS, meaning=lambda asked: meant(asked, KNOWN))
    answer = call(gate(pages=pages), typed, accept="text/html")
    assert (answer.status, answer.headers["location"]) == (303, location)
