"""What is read while the page starts, and the fonts that it then loads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.transcription import NBSP

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# The page cannot reach its server: only the first answer is there.
SERVER = "**/_stcore/**"
FAILED = """() => {
  const main = document.createElement("div");
  main.dataset.testid = "stMain";
  main.innerHTML = "<div data-testid=stException>Une erreur est survenue.</div>";
  document.body.append(main);
}"""


def places(page: Page, within: str) -> list[list[float]]:
    """Of the title and of the key figures."""
    found: list[list[float]] = page.evaluate(
        "(within) => ['h1', '.cle-grille'].map((name) => document.querySelector(`${within} ${name}`)"
        ".getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height])",
        within,
    )
    return found


def test_the_key_figures_are_read_before_the_page_has_started_and_do_not_move(
    mobile_page: Page, goto: Callable[[Page, str], None]
) -> None:
    page = mobile_page
    page.route(SERVER, lambda route: route.abort())
    for path, figure, width in (("/", f"16{NBSP}322", 1280), ("/bas-saint-laurent", "769", 375)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        page.locator("#apercu .cle-valeur", has_text=re.compile(f"^{figure}$")).wait_for()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    before = places(page, "#apercu")
    # They never hide that the page failed.
    page.evaluate(FAILED)
    page.locator("#apercu").wait_for(state="detached")
    page.unroute(SERVER)
    goto(page, "/bas-saint-laurent")
    page.locator("[data-testid=stMain] .stHtml h1").wait_for()
    page.locator("#apercu").wait_for(state="detached")
    assert page.locator("h1").count() == 1
    for shown, then in zip(before, places(page, "[data-testid=stMain]"), strict=True):
        assert then == pytest.approx(shown, abs=2)
    # Streamlit's font of signs is heavier than all that a page says: none of its signs is on the pages first seen.
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    loaded = page.evaluate("() => [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert {family.strip('"') for family in loaded} == {"Source Sans"}
    # The sign that says that a button opens something is drawn all the same.
    sign = page.get_by_role("button", name="Présenter").get_by_test_id("stIconMaterial")
    assert sign.evaluate("(e) => [e.offsetWidth > 5, getComputedStyle(e).borderRightWidth]") == [True, "2px"]
