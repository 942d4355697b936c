"""Données et sources: where each figure comes from, what it means, what is peculiar, what the check says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.conftest import ROOT
from tests.pages.conftest import Seen, Visit, open_page
from tests.pages.conftest import _see as read

SLUG = "donnees-et-sources"
TITLES = {
    "sources": "Sources",
    "definitions": "Définitions",
    "dictionnaire": "Dictionnaire des indicateurs",
    "particularites": "Particularités de la source",
    "verification": "État de la vérification",
    "reseau": "Le réseau et l’offre de service",
}


@pytest.fixture(scope="module")
def page() -> Seen:
    """Printed: all its parts, one after the other."""
    at = open_page(SLUG)
    at.button(key="imprimer").click().run()
    return read(at)


def folded(text: str) -> str:
    """White space folded, so that the typography of the screen does not matter here."""
    return re.sub(r"\s+", " ", text)


def test_paper_has_its_parts_one_after_the_other(page: Seen) -> None:
    assert [title.partition(" (")[0] for title in page.headings(2)] == list(TITLES.values())


@pytest.mark.parametrize(("part", "title"), TITLES.items())
def test_the_screen_has_one_part_at_a_time(visit: Visit, part: str, title: str) -> None:
    seen = visit(SLUG, theme=part)
    assert [shown.partition(" (")[0] for shown in seen.headings(2)] == [title]
    assert seen.address == ({} if part == "sources" else {"theme": part})


@pytest.mark.parametrize(
    ("place", "part"),
    [
        ("definition-population-immigree", "definitions"),
        ("dictionnaire-admissions", "dictionnaire"),
        ("particularite-deux-mrc", "particularites"),
        ("texte-personnes-immigrantes", "reseau"),
        ("verification", "verification"),
    ],
)
def test_an_address_that_names_a_place_opens_the_part_that_holds_it(visit: Visit, place: str, part: str) -> None:
    seen = visit(SLUG, lieu=place)
    assert [title.partition(" (")[0] for title in seen.headings(2)] == [TITLES[part]]
    assert "theme" not in seen.address


def test_a_part_chosen_here_leaves_the_theme_of_the_regions(see: Callable[[AppTest], Seen]) -> None:
    at = open_page("bas-saint-laurent", {"theme": "profil"})
    for slug, title in ((SLUG, "Sources"), ("bas-saint-laurent", "des personnes admises")):
        at.query_params.clear()
        at._page_hash = calc_hash(slug)
        assert any(title in head for head in see(at.run()).headings(2))


def test_a_part_that_does_not_exist_is_refused(visit: Visit) -> None:
    seen = visit(SLUG, theme="territoires")
    assert seen.headings(2) == ["Sources"]
    assert any("le thème" in notice for notice in seen.notices())


SAID = (
    # Both documents, with their licence and the parts used.
    "978-2-550-89940-2",
    "Ministère de l’Immigration, de la Francisation et de l’Intégration",
    "Reproduction autorisée",
    "98-402-X2016001",
    "Licence ouverte de Statistique Canada",
    "Cela ne constitue pas une approbation de ce produit par Statistique Canada",
    *("Annexe 1", "Annexe 2", "Télécharger toutes les données observées"),
    # The two populations, defined apart.
    *("nées hors du pays", "permis de séjour permanent ou temporaire"),
    *("Programme des travailleurs étrangers temporaires", "Programme de mobilité internationale"),
    # The state of the check, and the network.
    *("la vérification n’y trouve aucun problème", "72 antennes", "81", "60"),
)


def test_what_the_page_says(page: Seen) -> None:
    text = folded(page.text)
    assert [said for said in SAID if said not in text] == []
    assert "Chiffres non recoupés" not in text
    # Whatever is printed in a document that is kept stands in it; what it prints twice is recomputed too.
    assert re.search(r"\b2\d\d retrouvés dans le document et recalculés", text)
    assert re.search(r"\b\d\d retrouvés dans le document(?! et)", text)


def test_the_dictionary_has_every_indicator_observed_and_computed(page: Seen) -> None:
    content = yaml.safe_load((ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8"))
    text = folded(page.text)
    assert len(content["indicators"]) >= 11
    for indicator in content["indicators"]:
        assert folded(indicator["label"]) in text
        assert folded(indicator["definition"]) in text
    for indicator in content["derived"]:
        assert folded(indicator["label"]) in text
        assert folded(indicator["formula"]) in text


def test_every_anomaly_says_what_the_source_says_what_is_shown_and_why(page: Seen) -> None:
    content = yaml.safe_load((ROOT / "data" / "anomalies.yaml").read_text(encoding="utf-8"))
    anomalies = content["anomalies"]
    assert len(anomalies) >= 30
    text = folded(page.text)
    for anomaly in anomalies:
        for part in ("title", "source_says", "we_show", "why"):
            assert folded(anomaly[part]) in text, anomaly["id"]
    assert any(f"({len(anomalies)})" in title for title in page.headings(2))
