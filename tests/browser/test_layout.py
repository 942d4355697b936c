"""What stands where on the screens between a telephone and a laptop, and on a wide one."""

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


@pytest.mark.parametrize("path", ["/", "/gaspesie-iles-de-la-madeleine", "/mettre-a-jour"])
def test_the_box_and_the_button_are_on_one_row_with_the_title_or_over_it(tab: Page, goto: Any, path: str) -> None:
    goto(tab, path)
    for width in (1280, 900, 375):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.wait_for_function(f"() => innerWidth === {width}")
        wait_until_done(tab)
        button = tab.get_by_role("button", name="Présenter", exact=True)
        boxes = [what.bounding_box() for what in (tab.locator(".st-key-champ_question"), button, tab.locator("h1"))]
        search, menu, title = [box for box in boxes if box]
        middle = [box["y"] + box["height"] / 2 for box in (search, menu)]
        assert abs(middle[0] - middle[1]) < 2
        assert search["x"] + search["width"] <= menu["x"] and menu["x"] + menu["width"] <= width
        if width < 900:
            assert title["y"] >= menu["y"] + menu["height"]
        else:
            assert title["y"] <= middle[0] <= title["y"] + title["height"]
            assert title["x"] + title["width"] <= search["x"]


def test_a_theme_is_drawn_alone_and_kept_from_region_to_region(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent")
    expect(page.locator("#territoires")).to_be_visible()
    press(page, "Thème", "Permis et ententes")
    expect(page.locator("#permis")).to_be_visible()
    page.wait_for_function("() => location.search === '?theme=permis'")
    expect(page.locator("#territoires, .st-key-carte:not([data-retained])")).to_have_count(0)
    page.get_by_role("button", name="Régions").click()
    menu_entry(page, "Chaudière-Appalaches").click()
    page.wait_for_function("() => location.pathname === '/chaudiere-appalaches' && location.search === '?theme=permis'")
    expect(page.locator("h1", has_text="Chaudière-Appalaches")).to_be_visible()
    back(page)
    expect(page.locator("h1", has_text="Bas-Saint-Laurent")).to_be_visible()
    expect(page.locator("#permis")).to_be_visible()
