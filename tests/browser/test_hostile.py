"""A server on files of its own: no hostile name does anything, and files that change under an open page are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench.servers import start
from tests.browser.conftest import APP, Journal, context, expect, present, wait_until_done
from tests.conftest import copied
from tests.hostile_names import poison
from tests.transcription import fr
from tests.unkept import forget_texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = ("/bas-saint-laurent?mrc=2412", "/suivi", "/?mrc=%3Cimg%20src%3Dx%20onerror%3D%22window.pirate%3D1%22%3E")
OBEYED = (
    ".katex, a[href^='javascript:'], img[src*='exemple.net'], a[href*='exemple.net'], img[onerror], "
    "[data-testid=stMain] script"
)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copied(tmp_path_factory.mktemp("hostile"))
    forget_texts(root)
    poison(root)
    return root


@pytest.fixture(scope="module")
def visitor(browser: Browser, poisoned: Path) -> Iterator[Page]:
    server = start(APP, poisoned, environment={"DASHBOARD_ROOT": str(poisoned)})
    made = context(browser, server)
    yield made.new_page()
    made.close()
    server.stop()


def test_no_name_does_anything(visitor: Page, goto: Any, journal: Journal) -> None:
    journal.watch(visitor)
    for address in PAGES:
        goto(visitor, address)
        # The name is there, as a text.
        visitor.get_by_test_id("stMain").filter(has_text="window.pirate=1").wait_for()
        assert visitor.evaluate("window.pirate === undefined"), address
        assert visitor.locator(OBEYED).count() == 0, address
    assert (journal.outside, journal.refused) == ([], [])


def test_one_choice_brings_the_new_figures_to_the_whole_page(visitor: Page, goto: Any, poisoned: Path) -> None:
    page = visitor
    goto(page, "/bas-saint-laurent")
    # The key figures are outside of the part of the page that a choice of measure redraws.
    permits = page.locator(".cle-grille")
    expect(permits).to_contain_text(fr(1540))
    present(page, "Copier le lien")
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/bas-saint-laurent\?donnees=[0-9a-f]{8}$", link)
    # A run that was under way would have looked at the files just before they change.
    wait_until_done(page)

    file = poisoned / "data" / "temporary_permits.csv"
    good = file.read_text(encoding="utf-8")
    head = "01,temporary_permits,students,"
    line = next(line for line in good.splitlines() if line.startswith(head))
    file.write_text(good.replace(line, line.replace("970", "975")), encoding="utf-8")
    page.get_by_test_id("stButtonGroup").get_by_text("Part de sa région", exact=True).click()
    expect(permits).to_contain_text(fr(1545))
    expect(page).to_have_url(re.compile(r"/bas-saint-laurent\?mesure=part$"))

    file.write_text(good.replace(line, line.replace("970", "9T0")), encoding="utf-8")
    page.get_by_test_id("stButtonGroup").get_by_text("Tableau", exact=True).click()
    page.locator(".avis-erreur", has_text="Les dernières données valides restent affichées").wait_for()
    expect(permits).to_contain_text(fr(1545))

    goto(page, link)
    page.locator(".avis", has_text="des données plus récentes existent").wait_for()
