"""2020 published from the page and undone, as the guide says it: an analyst on one process, the others on another."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.contract.door import check
from dashboard.publishing.places import digest
from dashboard.publishing.publish import journal_of
from tests.browser.conftest import context, expect, wait_until_done
from tests.browser.exploring import menu, open_data
from tests.filled_workbook import edited, fill_2020

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PUBLISHED = "Admissions 2020"
ADDRESSES = """() => [...document.querySelectorAll('a[href*="media/"]')].map((node) => node.href)"""


def status(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers.get("Cache-Control", "")
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def loaded(page: Page, workbook: Path) -> None:
    """« Mettre à jour », once this workbook is compared."""
    page.goto("/mettre-a-jour")
    wait_until_done(page)
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_text("Aucun problème dans").wait_for()
    wait_until_done(page)


def previewed(page: Page, workbook: Path) -> None:
    loaded(page, workbook)
    page.get_by_role("button", name="Voir l’aperçu sur toutes les pages").click()
    page.get_by_text("Aperçu, rien n’est publié.").wait_for()
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
    for title, heading in (("Présentation", "Présentation"), ("Vue d’ensemble", None)):
        page.get_by_role("link", name=title, exact=True).first.click()
        page.get_by_role("heading", name=heading, level=1).wait_for()
        wait_until_done(page)


def test_2020_is_previewed_published_seen_by_others_undone_and_published_again_by_a_server_that_stops(
    browser: Browser, serve: Callable[..., Any], copy_of_data: Path, tmp_path: Path
) -> None:
    before, workbook = digest(copy_of_data / "data"), tmp_path / "donnees.xlsx"
    reader = context(browser, serve(copy_of_data)).new_page()
    reader.goto("/")
    wait_until_done(reader)
    assert reader.get_by_text(PUBLISHED).count() == 0
    server = serve(copy_of_data, "--server.disconnectedSessionTTL=2")
    visitor = context(browser, server)
    analyst = visitor.new_page()
    analyst.goto("/mettre-a-jour")
    wait_until_done(analyst)
    with analyst.expect_download() as sent:
        analyst.get_by_role("button", name="Télécharger le classeur à remplir").click()
    workbook.write_bytes(edited(Path(sent.value.path()).read_bytes(), fill_2020))
    previewed(analyst, workbook)
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
    # What a preview gives is for its session alone.
    taken: list[str] = []
    analyst.on("request", lambda sent: taken.append(sent.url) if sent.url.startswith(f"{server.url}/media/") else None)
    previewed(analyst, workbook)
    with analyst.expect_download():
        analyst.get_by_role("button", name="Télécharger le classeur à remplir").click()
    given = set(analyst.evaluate(ADDRESSES))
    menu(analyst, "Régions", "Bas-Saint-Laurent")
    opened = open_data(analyst, "Carte des MRC")
    with analyst.expect_download():
        opened.get_by_role("button", name="CSV").click()
    wait_until_done(analyst)
    given |= {*analyst.evaluate(ADDRESSES), *taken}
    assert len(given) >= 2
    assert status(taken[-1]) == (200, "no-store")
    visitor.close()
    # The page is closed and nobody comes after: nothing of what the session had made answers. Asking is no visit.
    deadline = time.monotonic() + 90
    while (left := [url for url in given if status(url)[0] != 404]) and time.monotonic() < deadline:
        time.sleep(0.2)  # between two looks
    assert left == []
    # Neither a closed window nor a server that is stopped cuts what is being published.
    known, visitor = len(journal_of(copy_of_data)), context(browser, server)
    page = visitor.new_page()
    loaded(page, workbook)
    asked(page).click()
    page.get_by_text("Publication en cours").or_(page.get_by_text("Publié, nº 3")).first.wait_for()
    visitor.close()
    server.stop()
    found = journal_of(copy_of_data)
    assert len(found) == known + 1
    assert digest(copy_of_data / "data") == found[-1][0].after
    assert check(copy_of_data).problems == ()
