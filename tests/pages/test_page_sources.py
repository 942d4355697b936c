"""Données et sources: where each figure comes from, what it means, what is peculiar, what the check says."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.conftest import ROOT
from tests.pages.conftest import NBSP, Seen, Visit


@pytest.fixture(scope="module")
def page(visit: Visit) -> Seen:
    return visit("donnees-et-sources")


def folded(text: str) -> str:
    """White space folded, so that the typography of the screen does not matter here."""
    return re.sub(r"\s+", " ", text)


def test_its_parts(page: Seen) -> None:
    titles = " | ".join(page.headings(2))
    for part in ("État de la vérification", "Sources", "Définitions", "Dictionnaire", "Particularités de la source"):
        assert part in titles


def test_both_documents_with_their_licence(page: Seen) -> None:
    text = folded(page.text)
    assert "978-2-550-89940-2" in text
    assert "Ministère de l’Immigration, de la Francisation et de l’Intégration" in text
    assert "Reproduction autorisée" in text
    assert "98-402-X2016001" in text
    assert "Licence ouverte de Statistique Canada" in text
    assert "Cela ne constitue pas une approbation de ce produit par Statistique Canada" in text
    assert "Annexe 1" in text
    assert "Annexe 2" in text


def test_the_two_populations_are_defined_apart(page: Seen) -> None:
    text = folded(page.text)
    assert "nées hors du pays" in text
    assert "permis de séjour permanent ou temporaire" in text
    for programme in ("Programme des travailleurs étrangers temporaires", "Programme de mobilité internationale"):
        assert programme in text


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


def test_the_state_of_the_check(page: Seen) -> None:
    assert "aucun problème" in page.text
    assert "chiffres non recoupés" not in page.text


def test_what_the_figures_rest_on_is_said(page: Seen) -> None:
    """Whatever is printed in a document that is kept stands in it; what it prints twice is recomputed too."""
    text = page.text.replace(NBSP, " ")
    assert re.search(r"\b2\d\d retrouvés dans le document et recalculés", text)
    assert re.search(r"\b\d\d retrouvés dans le document(?! et)", text)


def test_everything_observed_can_be_downloaded(page: Seen) -> None:
    assert any(text.startswith("Télécharger toutes les données observées") for text in page.texts)


def test_the_network_is_told(page: Seen) -> None:
    text = folded(page.text)
    for figure in ("72 antennes", "81", "60"):
        assert figure in text
