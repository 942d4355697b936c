"""What stands where on the screens between a telephone and a laptop, and on a wide one; one theme at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import back, expect, menu_entry, wait_until_done
from tests.browser.exploring import press
from tests.browser.test_every_page import wrong

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_button_of_a_source_never_falls_alone_and_a_map_begins_under_its_title(tab: Page, goto: Any) -> None:
    goto(tab, "/indicateurs")
    for width in (390, 430, 900, 1040):
        tab.set_viewport_size({"width": width, "height": 800})
        assert wrong(tab, "alone") == [], width
    tab.set_viewport_size({"width": 1920, "height": 1080})
    wait_until_done(tab)
    title, land = tab.locator("h2").first.bounding_box(), tab.locator(".graphique .geo .bg").first.bounding_box()
    assert title is not None and land is not None
    assert abs(land["x"] - title["x"]) < 12


def test_a_theme_is_drawn_alone_and_kept_from_region_to_region(page: Page, goto: Any) -> None:
    goto(page, "/gaspesie-iles-de-la-madeleine")
    # The longest title beside the box, at the narrowest.
    page.set_viewport_size({"width": 900, "height": 800})
    wait_until_done(page)
    assert wrong(page, "banner") == []
    expect(page.locator("#territoires")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    press(page, "Thème", "Permis et ententes")
    expect(page.locator("#permis")).to_be_visible()
    page.wait_for_function("() => location.search === '?theme=permis'")
    expect(page.locator("#territoires, .st-key-carte:not([data-retained])")).to_have_count(0)
    page.get_by_role("button", name="Régions").click()
    menu_entry(page, "Chaudière-Appalaches").click()
    page.wait_for_function("() => location.pathname === '/chaudiere-appalaches' && location.search === '?theme=permis'")
    expect(page.locator("h1", has_text="Chaudière-Appalaches")).to_be_visible()
    back(page)
    expect(page.locator("h1", has_text="Gaspésie")).to_be_visible()
    expect(page.locator("#permis")).to_be_visible()
