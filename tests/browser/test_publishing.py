"""2020 published from the page and undone, as the guide says it: an analyst on one process, the others on another."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.contract.door import check
from dashboard.publishing.places import digest
from dashboard.publishing.publish import journal_of
from tests.browser.conftest import context, expect, wait_until_done
from tests.filled_workbook import edited, fill_2020, filled_2020

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PUBLISHED = "Admissions 2020"


def loaded(page: Page, workbook: Path) -> None:
    """« Mettre à jour », once this workbook is compared."""
    page.goto("/mettre-a-jour")
    wait_until_done(page)
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_text("Aucun problème dans").wait_for()
    wait_until_done(page)


def asked(page: Page) -> Any:
    """The confirmation, all that it asks for given: only the last button is left to press."""
    page.get_by_role("button", name="Publier ces chiffres…").click()
    over = page.get_by_role("dialog")
    over.get_by_text("85 lignes ajoutées").wait_for()
    yes = over.get_by_role("button", name="Publier", exact=True)
    expect(yes).to_be_disabled()
    over.get_by_text("J’ai relu les 2 écarts inhabituels").click()
    expect(yes).to_be_enabled()
    over.get_by_label("Résumé").fill("Chiffres de 2020")
    over.get_by_label("Votre nom").fill("Camille Roy")
    return yes


def looks_again(page: Page) -> None:
    """The next interaction of whoever reads: another page by the menu, and back."""
    page.get_by_role("link", name="Présentation", exact=True).first.click()
    page.get_by_role("heading", name="Présentation", level=1).wait_for()
    wait_until_done(page)
    page.get_by_role("link", name="Vue d’ensemble", exact=True).first.click()
    page.get_by_role("heading", level=1).wait_for()
    wait_until_done(page)


def test_2020_is_filled_previewed_published_seen_by_others_and_undone(
    browser: Browser, serve: Callable[..., Any], copy_of_data: Path, tmp_path: Path
) -> None:
    before, workbook = digest(copy_of_data / "data"), tmp_path / "donnees.xlsx"
    reader = context(browser, serve(copy_of_data), 1280).new_page()
    reader.goto("/")
    wait_until_done(reader)
    assert reader.get_by_text(PUBLISHED).count() == 0
    analyst = context(browser, serve(copy_of_data), 1280).new_page()
    analyst.goto("/mettre-a-jour")
    wait_until_done(analyst)
    with analyst.expect_download() as taken:
        analyst.get_by_role("button", name="Télécharger le classeur à remplir").click()
    workbook.write_bytes(edited(Path(taken.value.path()).read_bytes(), fill_2020))
    loaded(analyst, workbook)
    analyst.get_by_role("button", name="Voir l’aperçu sur toutes les pages").click()
    analyst.get_by_text("Aperçu, rien n’est publié.").wait_for()
    wait_until_done(analyst)
    # A double click publishes once.
    asked(analyst).dblclick()
    analyst.get_by_text("Publié, nº 1").wait_for()
    wait_until_done(analyst)
    assert [(entry.author, entry.summary) for entry, _ in journal_of(copy_of_data)] == [
        ("Camille Roy", "Chiffres de 2020")
    ]
    looks_again(reader)
    reader.get_by_text(PUBLISHED).first.wait_for()
    analyst.get_by_role("button", name="Annuler la publication nº 1…").click()
    analyst.get_by_role("button", name="Annuler cette publication").click()
    analyst.get_by_text("Publication nº 1 annulée").wait_for()
    assert digest(copy_of_data / "data") == before
    looks_again(reader)
    assert reader.get_by_text(PUBLISHED).count() == 0


@pytest.mark.long
@pytest.mark.parametrize("ended", ["window", "stopped", "killed"])
def test_cut_in_the_middle_all_of_it_is_published_or_nothing(
    browser: Browser, serve: Callable[..., Any], copy_of_data: Path, tmp_path: Path, ended: str
) -> None:
    """A closed window cuts nothing, nor does a server that is stopped; a killed one leaves the data as they were, or as
    they were to be."""
    before, server, workbook = digest(copy_of_data / "data"), serve(copy_of_data), tmp_path / "donnees.xlsx"
    workbook.write_bytes(filled_2020(copy_of_data))
    made = context(browser, server, 1280)
    page = made.new_page()
    loaded(page, workbook)
    asked(page).click()
    page.get_by_text("Publication en cours").or_(page.get_by_text("Publié, nº 1")).first.wait_for()
    if ended == "stopped":
        server.stop()
    elif ended == "killed":
        server.process.kill()
        server.process.wait()
    made.close()
    deadline = time.monotonic() + (60 if ended == "window" else 0)
    while not (found := journal_of(copy_of_data)) and time.monotonic() < deadline:
        time.sleep(0.1)  # between two looks
    assert len(found) == 1 or ended == "killed"
    assert digest(copy_of_data / "data") == (found[-1][0].after if found else before)
    assert check(copy_of_data).problems == ()
