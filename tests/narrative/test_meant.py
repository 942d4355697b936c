"""Addresses typed by people: the only page that they can mean, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.narrative.meant import Target, meant, mrc, mrc_slug, names, nearest_mrcs
from dashboard.ui.server.pages import Pages
from dashboard.ui.server.settings import known_slugs
from tests.ui.server.test_server import PAGE, SLUGS, call, gate

DS = load_dataset(Path(__file__).resolve().parents[2])
KNOWN = names(DS, known_slugs())
BAS, CHAUDIERE, GASPESIE = "bas-saint-laurent", "chaudiere-appalaches", "gaspesie-iles-de-la-madeleine"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("chaudie\u0300re-appalaches", (CHAUDIERE, ())),
        ("Chaudières-Appalaches", (CHAUDIERE, ())),  # as the source misprints it
        ("BAS_ST_LAURENT", (BAS, ())),
        ("bas–saint–laurent).", (BAS, ())),
        ("bassaintlaurent", (BAS, ())),
        ("gaspesie", (GASPESIE, ())),
        ("Données et sources", ("donnees-et-sources", ())),
        ("Comparer,", ("comparer", ())),
        ("levis", ("mrc", (("mrc", "2425"),))),
        ("l'islet", ("mrc", (("mrc", "2417"),))),
        ("robert-cliche", ("mrc", (("mrc", "2427"),))),  # the former name of Beauce-Centre
        ("iles-de-la-madeleine", ("mrc", (("mrc", "2401"),))),
    ],
)
def test_a_name_badly_written_is_understood(asked: str, target: Target) -> None:
    assert meant(asked, KNOWN) == target


def test_what_could_be_several_pages_or_none_is_not_guessed() -> None:
    for asked in ("quebec", "Québec", "c", "beauce", "nulle-part", "", ").", "<script>", "a" * 60):
        assert meant(asked, KNOWN) is None, asked


@pytest.mark.parametrize(
    ("typed", "location"),
    [
        ("/chaudi%C3%A8re-appalaches", "./chaudiere-appalaches"),
        ("/Bas-Saint-Laurent?mesure=part&mrc=2410", "./bas-saint-laurent?mesure=part&mrc=2410"),
        ("/Gasp%C3%A9sie%E2%80%93%C3%8Eles-de-la-Madeleine/", f"../{GASPESIE}"),
        ("/levis?mesure=part", "./mrc?mesure=part&mrc=2425"),
        ("/comparer).?avec=2410,2412", "./comparer?avec=2410,2412"),
        ("/mrc/rimouski-neigette", "../mrc?mrc=rimouski-neigette"),
        ("/mrc/La%20Matanie?mesure=part", "../mrc?mesure=part&mrc=La%20Matanie"),
        ("/mrc/%3Cscript%3E", "../mrc?mrc=script"),
    ],
)
def test_the_server_leads_there_with_the_parameters(typed: str, location: str) -> None:
    pages = Pages(PAGE, lambda: SLUGS, meaning=lambda asked: meant(asked, KNOWN))
    answer = call(gate(pages=pages), typed, accept="text/html")
    assert (answer.status, answer.headers["location"]) == (303, location)


def test_each_mrc_has_an_address_of_its_own_that_is_understood() -> None:
    slugs = {code: mrc_slug(DS, code) for code in DS.mrc_codes()}
    assert len(set(slugs.values())) == 31 and not any(slug.isdigit() for slug in slugs.values())
    assert {mrc(DS, slug): slug for slug in slugs.values()} == slugs
    assert (slugs["2408"], slugs["2423"], slugs["2417"]) == ("la-matanie", "quebec-agglomeration", "l-islet")


def test_the_name_of_an_mrc_is_understood_and_what_is_none_has_near_ones() -> None:
    # As the plan prints it, under its former name, and « quebec », which is no province among the MRC.
    for asked, code in (("matane", "2408"), ("Robert-Cliche", "2427"), ("quebec", "2423"), ("AVIGNON", "2406")):
        assert mrc(DS, asked) == code
    assert (mrc(DS, "charlevoix"), mrc(DS, "charlevoix est")) == ("2416", "2415")
    assert [mrc(DS, asked) for asked in ("beauce", "01", "")] == [None] * 3
    assert nearest_mrcs(DS, "beauce") == ["2426", "2427", "2429"]
    assert nearest_mrcs(DS, "rimousky")[:1] == ["2410"]
    assert nearest_mrcs(DS, "zzzz") == []
