"""Plan d'action in a real browser: cells that filter by mouse and keyboard, search, address, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import wait_until_done
from tests.browser.exploring import expect_params

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELL = re.compile(r"Capitale-Nationale, 5\.1 Entreprises")


def shown(page: Page, count: int) -> None:
    """Wait until that many actions are on the page."""
    page.wait_for_function(f"() => document.querySelectorAll('article.action').length === {count}")


def test_a_cell_filters_by_mouse_and_by_keyboard(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/plan-d-action")
    shown(page, 10)
    page.get_by_role("button", name=CELL).click()
    shown(page, 2)
    expect_params(page, {"region": "03", "objectif": "5.1"})
    page.locator(".fil-court", has_text="2 actions sur 51").wait_for()
    wait_until_done(page)
    cell = page.get_by_role("button", name=CELL)
    cell.focus()
    cell.press("Enter")
    shown(page, 10)
    expect_params(page, {})
    wait_until_done(page)
    page.get_by_role("button", name=re.compile("Toutes les régions, 5.1")).press("Enter")
    shown(page, 5)
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
