"""Mettre à jour: the errors of a workbook, what it changes, and the whole dashboard on it in one's own session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.publishing.places import digest
from dashboard.publishing.publish import of_the_machine, publish
from tests.broken_workbooks import KINDS
from tests.conftest import ROOT
from tests.filled_workbook import filled_2020, written
from tests.pages.conftest import NBSP, Seen, Visit, open_page
from tests.transcription import SLUGS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BANNER = "Aperçu, rien n’est publié."
See = Callable[[AppTest], Seen]


@pytest.fixture(scope="module")
def filled() -> bytes:
    return filled_2020(ROOT)


def sent(raw: bytes, name: str = "donnees.xlsx") -> AppTest:
    at = open_page("mettre-a-jour")
    at.file_uploader[0].set_value((name, raw, EXCEL))
    return at.run()


def text(seen: Seen) -> str:
    return seen.text.replace(NBSP, " ")


def previewed(raw: bytes) -> AppTest:
    at = sent(raw)
    at.button(key="apercu_voir").click()
    return at.run()


def goes_to(at: AppTest, slug: str) -> AppTest:
    """The same session on another page."""
    at._page_hash = calc_hash(slug)
    return at.run()


def test_the_page_says_that_nothing_is_written(visit: Visit) -> None:
    seen = visit("mettre-a-jour")
    assert seen.headings(1) == ["Mettre à jour"]
    assert "Rien n’est écrit sur le serveur" in text(seen)
    assert "python -m dashboard apply CLASSEUR.xlsx" in text(seen)
    assert BANNER not in text(seen)


def test_errors_are_named_by_sheet_and_cell(see: See) -> None:
    raw = KINDS["une personne de trop"].make(written(ROOT))
    seen = see(sent(raw, "faux.xlsx"))
    assert "1 problème dans « faux.xlsx »" in text(seen)
    assert "feuille « admissions_by_mrc », cellule F5, colonne « value », valeur « 478 »" in text(seen)
    assert "Voir l’aperçu" not in text(seen)
    assert not seen.exceptions


def test_what_is_not_a_workbook_is_said(see: See) -> None:
    seen = see(sent(b"PK\x03\x04 rien", "photo.png"))
    assert "ce classeur est abîmé" in text(seen).lower()
    assert not seen.exceptions


def test_the_difference_is_shown_before_any_preview(see: See, filled: bytes) -> None:
    before = digest(ROOT / "data")
    seen = see(sent(filled))
    assert "Aucun problème dans « donnees.xlsx »" in text(seen)
    assert "85 lignes ajoutées, 8 lignes de texte changées; 6 fichiers" in text(seen)
    row = seen.row("Bas-Saint-Laurent, Admissions, 2020", "Québec, Admissions, 2020")
    assert [cell.replace(NBSP, " ") for cell in row] == ["ligne ajoutée", "–", "96", "−28,9 %", "–"]
    assert "Écarts inhabituels, à relire (2)" in text(seen)
    assert BANNER not in text(seen)
    assert digest(ROOT / "data") == before


def test_the_whole_dashboard_is_previewed_in_this_session_alone(see: See, visit: Visit, filled: bytes) -> None:
    at = previewed(filled)
    assert BANNER in text(see(at))
    seen = see(goes_to(at, ""))
    assert BANNER in text(seen)
    assert "Admissions 2020" in text(seen)
    # 96 + 1500 + 150 + 30, of 25 223.
    assert "1 776" in text(seen)
    region = see(goes_to(at, SLUGS["01"]))
    assert BANNER in text(region)
    assert "2020" in text(region)
    assert not region.exceptions
    # Another session sees the published data.
    assert BANNER not in text(visit(""))
    assert "Admissions 2020" not in text(visit(""))
    at.button(key="apercu_quitter").click()
    left = see(at.run())
    assert BANNER not in text(left)
    assert "2020" not in " ".join(left.headings(2) + left.headings(3))


@pytest.mark.long
def test_every_page_stands_on_the_preview(see: See, filled: bytes) -> None:
    at = previewed(filled)
    for slug in ("donnees-et-sources", "indicateurs", "comparer", "simulateur", "plan-d-action", "ententes", "cibles"):
        seen = see(goes_to(at, slug))
        assert BANNER in text(seen), slug
        assert not seen.exceptions, slug


@pytest.mark.long
def test_a_publication_by_someone_else_ends_the_preview(
    see: See, copy_of_data: Path, filled: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    at = previewed(filled)
    assert BANNER in text(see(at))
    path = tmp_path / "donnees.xlsx"
    path.write_bytes(filled)
    publish(copy_of_data, path, of_the_machine())
    seen = see(goes_to(at, ""))
    assert BANNER not in text(seen)
    assert "Les données publiées viennent de changer : l’aperçu est terminé." in text(seen)
    assert "Admissions 2020" in text(seen)
