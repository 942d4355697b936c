"""Every result of the search leads to a page that has the place it names, once."""

from __future__ import annotations

import pytest

from dashboard.deck.choices import THEMES
from dashboard.deck.page_choices import PLACES
from dashboard.model import Dataset
from dashboard.narrative.search import Place, places
from tests.pages.conftest import open_page, see

SOURCES = "donnees-et-sources"


def ids(slug: str, **params: str) -> list[str]:
    return see(open_page(slug, params)).ids()


@pytest.mark.parametrize("kind", ["Cible", "Définition", "Particularité de la source", "Texte du plan"])
def test_each_result_of_a_kind_has_its_own_place(ds: Dataset, kind: str) -> None:
    known = [place for place in places(ds) if place.kind == kind]
    (slug,) = {place.slug for place in known}
    anchors = [place.anchor for place in known]
    # One visit for each part of the page: the place opens it.
    parts = {anchor.partition("-")[0] if slug == SOURCES else anchor: anchor for anchor in anchors}
    found = [id_ for anchor in parts.values() for id_ in ids(slug, lieu=anchor)]
    assert len(set(anchors)) == len(anchors) > 1
    assert {anchor: found.count(anchor) for anchor in anchors} == dict.fromkeys(anchors, 1)


def test_a_result_is_where_the_search_says(ds: Dataset) -> None:
    known = [place for place in places(ds) if place.kind == "Indicateur"]
    # One of each page: first and last of the list, and one between.
    for place in (known[0], known[len(known) // 2], known[-1]):
        assert ids(place.slug, **place.params).count(place.anchor) == 1


@pytest.mark.parametrize(
    ("place", "title"),
    [("dictionnaire-admissions", "Dictionnaire des indicateurs"), ("verification", "État de la vérification")],
)
def test_a_place_of_the_sources_opens_the_part_that_holds_it(place: str, title: str) -> None:
    seen = see(open_page(SOURCES, {"lieu": place}))
    assert [shown.partition(" (")[0] for shown in seen.headings(2)] == [title]
    assert "theme" not in seen.address


def test_only_what_has_a_page_of_its_own_has_no_place_within(ds: Dataset) -> None:
    assert {place.kind for place in places(ds) if not place.anchor} == {"Région", "MRC"}
    assert Place("Suivi", "Page", "suivi").anchor == ""


def test_an_address_that_names_a_place_of_a_region_opens_the_theme_that_holds_it() -> None:
    """Whatever theme the session was on, and in that theme alone."""
    held = {theme: ids("bas-saint-laurent", theme=theme, mrc="2410") for theme in THEMES}
    for place, theme in PLACES.items():
        seen = see(open_page("bas-saint-laurent", {"lieu": place, "mrc": "2410"}))
        assert seen.ids().count(place) == 1
        assert "theme" not in seen.address
        assert {other: own.count(place) for other, own in held.items()} == {o: int(o == theme) for o in THEMES}


def test_a_link_to_a_sheet_leaves_the_theme_that_was_shown() -> None:
    at = open_page("bas-saint-laurent", {"theme": "plan"})
    at.query_params.clear()
    at.query_params["mrc"], at.query_params["lieu"] = "2410", "fiche"
    assert see(at.run()).ids().count("fiche") == 1
    # The place stays in the address: another theme is then said in it, even the usual one of the page.
    at.query_params["lieu"], at.query_params["theme"] = "profil", "territoires"
    assert see(at.run()).address == {"theme": "territoires", "mrc": "2410", "lieu": "profil"}
