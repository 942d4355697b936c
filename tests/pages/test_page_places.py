"""Every result of the search leads to a page that has the place it names, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from dashboard.contract.door import load_dataset
from dashboard.deck.choices import THEMES
from dashboard.deck.page_choices import PLACES
from dashboard.model import Dataset
from dashboard.narrative.search import SHEET, Place, places
from tests.pages.conftest import ROOT, Markup, open_page

if TYPE_CHECKING:
    from tests.pages.conftest import Seen


@pytest.fixture(scope="module")
def ds() -> Dataset:
    return load_dataset(ROOT)


def ids(seen: Seen) -> list[str]:
    return [known["id"] or "" for _, known in Markup(seen.markup).tags if "id" in known]


@pytest.mark.parametrize("kind", ["Cible", "Définition", "Particularité de la source", "Texte du plan"])
def test_each_result_of_a_kind_has_its_own_place(ds: Dataset, visit: Callable[..., Seen], kind: str) -> None:
    known = [place for place in places(ds) if place.kind == kind]
    (slug,) = {place.slug for place in known}
    # One visit for each part of the page: the place opens it.
    parts = {place.anchor.partition("-")[0] if slug == "donnees-et-sources" else place.anchor for place in known}
    found = [
        id_
        for part in parts
        for id_ in ids(visit(slug, lieu=next(p.anchor for p in known if p.anchor.startswith(part))))
    ]
    anchors = [place.anchor for place in known]
    assert len(set(anchors)) == len(anchors) > 1
    assert {anchor: found.count(anchor) for anchor in anchors} == dict.fromkeys(anchors, 1)


def test_a_result_is_where_the_search_says(ds: Dataset, visit: Callable[..., Seen]) -> None:
    known = [place for place in places(ds) if place.kind == "Indicateur"]
    # One of each page: first and last of the list, and one between.
    for place in (known[0], known[len(known) // 2], known[-1]):
        assert ids(visit(place.slug, **place.params)).count(place.anchor) == 1


def test_only_what_has_a_page_of_its_own_has_no_place_within(ds: Dataset) -> None:
    assert {place.kind for place in places(ds) if not place.anchor} == {"Région", "MRC"}
    assert Place("Suivi", "Page", "suivi").anchor == ""


@pytest.mark.parametrize(("place", "theme"), PLACES.items())
def test_an_address_that_names_a_place_of_a_region_opens_the_theme_that_holds_it(
    visit: Callable[..., Seen], place: str, theme: str
) -> None:
    """Whatever theme the session was on, and in that theme alone."""
    own = {"mrc": "2410"} if place == SHEET else {}
    seen = visit("bas-saint-laurent", lieu=place, **own)
    assert ids(seen).count(place) == 1
    assert "theme" not in seen.address
    held = {other: ids(visit("bas-saint-laurent", theme=other, **own)).count(place) for other in THEMES}
    assert held == {other: int(other == theme) for other in THEMES}


def test_a_link_to_a_sheet_leaves_the_theme_that_was_shown(
    visit: Callable[..., Seen], see: Callable[..., Seen]
) -> None:
    at = open_page("bas-saint-laurent", {"theme": "plan"})
    at.query_params.clear()
    at.query_params["mrc"], at.query_params["lieu"] = "2410", "fiche"
    seen = see(at.run())
    assert ids(seen).count("fiche") == 1
    # The place stays in the address: another theme is then said in it, even the usual one of the page.
    at.query_params["lieu"], at.query_params["theme"] = "profil", "territoires"
    assert see(at.run()).address == {"theme": "territoires", "mrc": "2410", "lieu": "profil"}
