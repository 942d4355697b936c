"""The ways that lead to the page of an MRC: the sheet under the map, the list, the search, the menu, the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick
from tests.browser.conftest import expect, wait_until_done
from tests.browser.exploring import LIST, MARK, MARKS, expect_params, menu, rest, search

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser
FIRST = "() => document.querySelector('.js-plotly-plot .main-svg').getBoundingClientRect().top"


def expect_page(page: Page, name: str, code: str) -> None:
    expect(page.locator("h1")).to_have_text(name)
    page.wait_for_function("(name) => location.pathname === '/mrc' && document.title.startsWith(name)", arg=name)
    expect_params(page, {"mrc": code})
    wait_until_done(page)


def test_every_way_leads_to_the_page_of_an_mrc(page: Page, goto: Any, journal: Journal) -> None:
    goto(page, "/bas-saint-laurent?mrc=2410")
    page.get_by_role("link", name="Page de Rimouski-Neigette").click()
    expect_page(page, "Rimouski-Neigette", "2410")
    pick(page, LIST, "Kamouraska")
    expect_page(page, "Kamouraska", "2414")
    search(page, "levis").first.click()
    expect_page(page, "Lévis", "2425")
    goto(page, "/mrc/la-matanie")
    expect_page(page, "La Matanie", "2408")
    # The first chart is in the first screen, on a telephone too.
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(f"({FIRST})() < 760")
    page.set_viewport_size({"width": 1280, "height": 800})
    goto(page, "/suivi")
    menu(page, "Explorer", "MRC")
    expect(page.locator("h1")).to_have_text("MRC")
    # Its bars lead to each of them.
    rest(page)
    x, y = page.evaluate(MARK, [*MARKS["barres"], "2410"])
    page.mouse.move(x - 2, y - 2)
    page.mouse.move(x, y)
    page.locator(".st-key-barres .hoverlayer .hovertext", has_text="Rimouski-Neigette").wait_for()
    page.mouse.click(x, y)
    expect_page(page, "Rimouski-Neigette", "2410")
    assert (journal.outside, journal.errors_of_ours(), journal.refused) == ([], [], [])
