"""Hostile names in a real browser: no script runs, no image is fetched, no formula is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import context
from tests.hostile_names import poison

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAGES = ("/", "/bas-saint-laurent?mrc=2412", "/suivi")
HOSTILE_ADDRESS = "/?mrc=%3Cimg%20src%3Dx%20onerror%3D%22window.pirate%3D1%22%3E"


def test_no_name_does_anything(browser: Browser, serve: Any, goto: Any, journal: Any, copy_of_data: Path) -> None:
    poison(copy_of_data)
    server = serve(copy_of_data)
    visitor = context(browser, server, 1280)
    page = visitor.new_page()
    journal.watch(page)
    for address in (*PAGES, HOSTILE_ADDRESS):
        goto(page, server.url + address)
        # The name is there, as a text.
        page.get_by_test_id("stMain").filter(has_text="window.pirate=1").wait_for()
        assert page.evaluate("window.pirate === undefined"), address
        found = page.locator(
            ".katex, a[href^='javascript:'], img[src*='exemple.net'], a[href*='exemple.net'], img[onerror], "
            "[data-testid=stMain] script"
        )
        assert found.count() == 0, address
    assert (journal.outside, journal.refused) == ([], [])
    visitor.close()
