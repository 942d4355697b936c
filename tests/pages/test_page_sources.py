"""Données et sources: where each figure comes from, what it means, what is peculiar, what the check says; where a
figure comes from opens the text of the document at the line, marked."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml

from dashboard.contract.door import load_dataset
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.ui import origin
from tests.broken_files import Files
from tests.conftest import ROOT
from tests.pages.conftest import Seen, Visit, goes_to, open_page, press, see
from tests.unkept import forget_texts

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
    return see(press(open_page(SLUG), "imprimer"))


def folded(text: str) -> str:
    """White space folded, so that the typography of the screen does not matter here."""
    return re.sub(r"\s+", " ", text)


def test_paper_has_its_parts_one_after_the_other(page: Seen) -> None:
    assert [title.partition(" (")[0] for title in page.headings(2)] == list(TITLES.values())


def test_the_screen_has_one_part_at_a_time(visit: Visit) -> None:
    """That an address which names a place opens the part that holds it: tests/pages/test_page_places.py."""
    for part, title in TITLES.items():
        seen = visit(SLUG, theme=part)
        assert [shown.partition(" (")[0] for shown in seen.headings(2)] == [title]
        assert seen.address == ({} if part == "sources" else {"theme": part})


def test_a_part_chosen_here_leaves_the_theme_of_the_regions() -> None:
    at = open_page("bas-saint-laurent", {"theme": "profil"})
    for slug, title in ((SLUG, "Sources"), ("bas-saint-laurent", "des personnes admises")):
        at.query_params.clear()
        assert any(title in head for head in see(goes_to(at, slug)).headings(2))
    refused = see(open_page(SLUG, {"theme": "territoires"}))
    assert refused.headings(2) == ["Sources"] and "le thème" in refused.said()


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


def test_every_indicator_and_every_anomaly_is_told_whole(page: Seen) -> None:
    """What the source says, what is shown and why."""
    read = {
        name: yaml.safe_load((ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("indicators", "anomalies")
    }
    known, derived = read["indicators"]["indicators"], read["indicators"]["derived"]
    anomalies = read["anomalies"]["anomalies"]
    assert len(known) >= 11 and len(anomalies) >= 30
    told = [one[part] for one in known for part in ("label", "definition")]
    told += [one[part] for one in derived for part in ("label", "formula")]
    told += [one[part] for one in anomalies for part in ("title", "source_says", "we_show", "why")]
    text = folded(page.text)
    assert [said for said in told if folded(said) not in text] == []
    assert any(f"({len(anomalies)})" in title for title in page.headings(2))


def links(markup: str) -> list[dict[str, str]]:
    found = [urlsplit(unescape(href)) for href in re.findall(r'<a href="([^"]+)" target="_blank"', markup)]
    assert {link.path for link in found} <= {SLUG}
    return [dict(parse_qsl(link.query)) for link in found]


def test_the_origin_opens_the_text_at_the_line_marked(ds: Dataset, files: Files) -> None:
    ptet = next(r for r in ds.observations.values() if r.key[:3] == ("03", "temporary_permits", "ptet"))
    first, last = ds.places[ptet.file, ptet.line]
    (island,) = links(origin.of_quantities(ds, [adm.admissions(ds, "2420", "2015-2019")]))
    for params, marked in (
        (island, ["L&#x27;Île-d&#x27;Orléans 6 0,0"]),
        # A row cut over several lines is marked whole; what names nothing marks nothing.
        ({"section": ptet.source, "lignes": f"{first}-{last}"}, ["Permis de travail du PTET", "2", "2 325 15 480"]),
        ({"section": "<script>alert(1)</script>", "lignes": "1"}, []),
        ({"section": "annexe-2-01", "lignes": "<b>2117</b>"}, []),
        ({"lignes": "2117"}, []),
    ):
        seen = see(open_page(SLUG, params))
        assert re.findall(r"<mark>(.*?)</mark>", seen.markup) == marked
        assert f'id="{params.get("lieu", "")}' in seen.markup
        assert "<script>" not in seen.markup and "<b>2117" not in seen.markup
    # A source without text has no link.
    forget_texts(files.root)
    bare = load_dataset(files.root)
    assert links(origin.of_quantities(bare, [adm.admissions(bare, "2410", "2015-2019")])) == []
