"""What is read while the page starts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.long_forms import first
from tests.transcription import NBSP

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

TITLE = "[data-testid=stMain] .stHtml h1"


def place(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.evaluate(
        "e => { const r = e.getBoundingClientRect(); return { x: r.x, y: r.y, w: r.width, h: r.height }; }"
    )
    return found


PAGES = {"/": f"16{NBSP}322", "/bas-saint-laurent": "769"}


@pytest.mark.parametrize(("path", "width"), first([("/", 1280), ("/bas-saint-laurent", 375)]))
def test_the_key_figures_are_read_before_the_page_has_started_and_do_not_move(
    page: Page, goto: Callable[[Page, str], None], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    # The page cannot reach its server: only the first answer is there.
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto(path)
    page.locator("#apercu .cle-valeur", has_text=re.compile(f"^{PAGES[path]}$")).wait_for()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    before = [place(page, f"#apercu {name}") for name in ("h1", ".cle-grille")]
    page.unroute("**/_stcore/**")
    goto(page, path)
    page.locator(TITLE).wait_for()
    page.locator("#apercu").wait_for(state="detached")
    assert page.locator("h1").count() == 1
    after = [place(page, f"[data-testid=stMain] {name}") for name in ("h1", ".cle-grille")]
    for shown, then in zip(before, after, strict=True):
        assert then == pytest.approx(shown, abs=2)


def test_the_first_words_never_hide_that_the_page_failed(page: Page) -> None:
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto("/bas-saint-laurent")
    page.locator("#apercu h1").wait_for()
    page.evaluate(
        "() => { const main = document.createElement('div'); main.dataset.testid = 'stMain';"
        " main.innerHTML = '<div data-testid=stException>Une erreur est survenue.</div>'; document.body.append(main); }"
    )
    page.locator("#apercu").wait_for(state="detached")


@pytest.mark.parametrize("width", first([375, 1280]))
def test_the_fonts_that_a_page_loads_are_those_of_what_it_shows(
    page: Page, goto: Callable[[Page, str], None], width: int
) -> None:
    """Streamlit's font of signs is heavier than all that a page says: none of its signs is on the pages first seen."""
    page.set_viewport_size({"width": width, "height": 800})
    goto(page, "/bas-saint-laurent")
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    loaded = page.evaluate("() => [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert {family.strip('"') for family in loaded} == {"Source Sans"}
    # The sign that says that a button opens something is drawn all the same.
    sign = page.get_by_role("button", name="Présenter").get_by_test_id("stIconMaterial")
    assert sign.evaluate("(e) => [e.offsetWidth > 5, getComputedStyle(e).borderRightWidth]") == [True, "2px"]
