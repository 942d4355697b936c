"""A page read in ten seconds: a drawing in the first screen, a short page, few things to press on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.deck.choices import THEMES
from tests.browser.conftest import back, expect, wait_until_done
from tests.browser.exploring import press
from tests.browser.test_pages import BROKEN_WIDTHS
from tests.long_forms import first
from tests.transcription import SLUGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SCREEN = 800
# Width: how long the overview and the theme of a region may be, in screens.
LONGEST = {1280: (3, 2.5), 375: (6, 5)}
MEASURED = """() => {
  const page = document.querySelector("[data-testid=stMain]");
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility() && !one.closest("[data-retained]"));
  const charts = seen(".stPlotlyChart").map((chart) => chart.getBoundingClientRect().top + page.scrollTop);
  const stops = seen("a[href], button, input, select, textarea, summary, [tabindex]")
    .filter((one) => one.tabIndex >= 0 && !one.disabled);
  return { charts, length: page.scrollHeight, stops: stops.length, folds: seen("summary").length,
    files: seen("[data-telecharger], .stDownloadButton, [data-image]").length };
}"""
MRC = "/mrc?mrc=rimouski-neigette"
PLACES = ["/", MRC, *(f"/{slug}?theme={theme}" for slug in SLUGS.values() for theme in THEMES)]


@pytest.mark.parametrize("path", first(PLACES, 6))
def test_a_page_is_read_in_ten_seconds(tab: Page, goto: Callable[[Page, str], None], path: str) -> None:
    """The first chart or map begins in the first screen of a laptop and of a telephone; the page is not long."""
    page = tab
    page.set_viewport_size({"width": next(iter(LONGEST)), "height": SCREEN})
    goto(page, path)
    for width, (overview, theme) in LONGEST.items():
        page.set_viewport_size({"width": width, "height": SCREEN})
        page.wait_for_function(f"() => innerWidth === {width} && !({BROKEN_WIDTHS})().length")
        wait_until_done(page)
        found: dict[str, Any] = page.evaluate(MEASURED)
        where = f"{path} {width} px : {found}"
        assert found["length"] <= SCREEN * (overview if path == "/" else theme), where
        assert found["folds"] <= 6, where
        assert found["files"] == 0, where
        if "plan" not in path:
            assert min(found["charts"]) < SCREEN, where
        if path == MRC:
            assert page.locator(".st-key-champ_mrc").bounding_box()["y"] < SCREEN / 2, where  # type: ignore[index]
        if path != "/":
            assert len(found["charts"]) <= 3, where
        if path not in {"/", MRC}:
            assert found["stops"] <= 40, where


def test_a_theme_is_drawn_alone_and_kept_from_region_to_region(page: Page, goto: Callable[[Page, str], None]) -> None:
    goto(page, "/bas-saint-laurent")
    expect(page.locator("#territoires")).to_be_visible()
    press(page, "Thème", "Permis et ententes")
    expect(page.locator("#permis")).to_be_visible()
    page.wait_for_function("() => location.search === '?theme=permis'")
    expect(page.locator("#territoires, .st-key-carte:not([data-retained])")).to_have_count(0)
    page.get_by_role("button", name="Régions").click()
    page.get_by_role("menuitem", name="Chaudière-Appalaches").or_(
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Chaudière-Appalaches")
    ).first.click()
    page.wait_for_function("() => location.pathname === '/chaudiere-appalaches' && location.search === '?theme=permis'")
    expect(page.locator("h1", has_text="Chaudière-Appalaches")).to_be_visible()
    wait_until_done(page)
    back(page)
    expect(page.locator("h1", has_text="Bas-Saint-Laurent")).to_be_visible()
    expect(page.locator("#permis")).to_be_visible()
