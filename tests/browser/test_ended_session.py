"""The page is closed and nobody comes after: nothing of what the session had made answers any more."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import APP, context, menu_entry, wait_until_done
from tests.browser.exploring import open_data
from tests.filled_workbook import filled_2020

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ADDRESSES = """() => [...document.querySelectorAll('a[href*="media/"]')].map((node) => node.getAttribute('href'))"""


def status(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers.get("Cache-Control", "")
    except urllib.error.HTTPError as refused:
        return refused.code, ""


def addresses(page: Page, url: str) -> set[str]:
    wait_until_done(page)
    return {f"{url}/{found.removeprefix('./').lstrip('/')}" for found in page.evaluate(ADDRESSES)}


def test_nothing_of_a_preview_answers_once_its_page_is_closed(browser: Browser, serve: Any, tmp_path: Path) -> None:
    server = serve(None, "--server.disconnectedSessionTTL=2")
    workbook = tmp_path / "rempli.xlsx"
    workbook.write_bytes(filled_2020(APP.parent))
    made = context(browser, server, 1280)
    page = made.new_page()
    taken: list[str] = []
    page.on(
        "request", lambda request: taken.append(request.url) if request.url.startswith(f"{server.url}/media/") else None
    )
    page.goto("/mettre-a-jour")
    page.locator("input[type=file]").set_input_files(workbook)
    wait_until_done(page)
    page.get_by_role("button", name="Voir l’aperçu sur toutes les pages").click()
    page.get_by_text("Aperçu, rien n’est publié.").wait_for()
    wait_until_done(page)
    with page.expect_download():
        page.get_by_role("button", name="Télécharger le classeur à remplir").click()
    seen = addresses(page, server.url)
    page.get_by_role("button", name="Régions").or_(page.get_by_text("Régions", exact=True)).first.click()
    menu_entry(page, "Bas-Saint-Laurent").click()
    page.get_by_role("heading", name="Bas-Saint-Laurent", level=1).wait_for()
    opened = open_data(page, "Carte des MRC")
    with page.expect_download():
        opened.get_by_role("button", name="CSV").click()
    seen |= addresses(page, server.url) | set(taken)
    assert len(seen) >= 2
    assert status(taken[-1]) == (200, "no-store")
    made.close()
    # Asking is no visit: no session is opened.
    deadline = time.monotonic() + 90
    while (left := [url for url in seen if status(url)[0] != 404]) and time.monotonic() < deadline:
        time.sleep(0.2)  # between two looks
    assert left == []
