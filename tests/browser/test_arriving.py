"""What is chosen stays in view, what is looked for is arrived at, and the menu of a telephone gives the page back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect, reload
from tests.browser.exploring import SHAPE, expect_sheet, name_of, rest, search

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MAP = ".st-key-carte:not([data-retained]) .js-plotly-plot"
TOP = f"() => document.querySelector('{MAP}').getBoundingClientRect().top"
VIEWS = [("/", "2425", (1280, 800)), ("/gaspesie-iles-de-la-madeleine", "2403", (375, 800))]


# --- The map stays in view --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "code", "size"), VIEWS)
def test_a_click_on_the_map_moves_nothing_above_it(
    page: Page, goto: Any, address: str, code: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    goto(page, address)
    page.locator(f"{MAP} path.choroplethlocation").first.wait_for(state="attached")
    page.locator(".pied").wait_for()
    # Under the header.
    page.evaluate(
        f"document.querySelector('{MAP}').scrollIntoView();"
        "document.querySelector('[data-testid=stMain]').scrollBy(0, -60)"
    )
    rest(page)
    top = page.evaluate(TOP)
    x, y = page.evaluate(SHAPE, code)
    page.mouse.move(x - 2, y - 2)
    page.mouse.move(x, y)
    page.locator(f"{MAP} .hoverlayer .hovertext", has_text=name_of(code)).first.wait_for()
    page.mouse.click(x, y)
    expect_sheet(page, name_of(code))
    rest(page)
    assert abs(page.evaluate(TOP) - top) <= 2
    # The choice has been announced, once, with where its sheet is.
    said = rf"^MRC[^.]*: {re.escape(name_of(code))}[^.]*\. Sa fiche est affichée plus bas\.$"
    expect(page.locator("body > .annonce")).to_have_text(re.compile(said))
    # The sheet begins under the map, its first lines at hand.
    below = page.evaluate(
        f"document.querySelector('#fiche').getBoundingClientRect().top"
        f" - document.querySelector('{MAP}').getBoundingClientRect().bottom"
    )
    assert 0 < below < 320
    if size[0] == 375:  # The choices and the key of the map stand between: no button has to lead further.
        return
    # And the button above the map leads to it, the map staying whole above it.
    page.get_by_role("button", name=f"Voir la fiche\u00a0: {name_of(code)}").click()
    page.locator("#fiche[data-arrivee]:focus").wait_for()
    expect(page.locator("#fiche")).to_be_in_viewport(ratio=1)


# --- A result of the search leads to the very place -------------------------------------------------------------------

# What is typed, its answer, its place: an element, its text, its kind in the address.
FOUND = [
    ("contexte de l'intervention", "Texte du plan", "details", "Contexte de l’intervention régionale", "texte"),
    ("changé de nom", "Particularité", "details", "Deux MRC ont changé de nom", "particularite"),
    ("population immigrante", "Définition", "dt", "Population immigrante", "definition"),
]
ARRIVED = """([what, text, height]) => {
  const place = document.querySelector(`.stHtml ${what}[data-arrivee]`);
  if (!place?.textContent.includes(text) || document.querySelectorAll("[data-arrivee]").length !== 1) return false;
  const { top } = place.getBoundingClientRect();
  return top >= 60 && top < height - 60 && place.contains(document.activeElement)
    && (place.closest("details")?.open ?? true) && getComputedStyle(place).outlineStyle === "solid";
}"""


def expect_arrived(page: Page, what: str, text: str) -> None:
    """Wait until the place is open, in view, marked, and holds the focus, and nothing else is marked."""
    assert page.viewport_size is not None
    page.wait_for_function(ARRIVED, arg=[what, text, page.viewport_size["height"]])


def test_a_result_leads_to_its_place_on_another_page_or_on_this_one(mobile_page: Page, goto: Any) -> None:
    page = mobile_page
    goto(page, "/suivi")
    for typed, answer, what, text, place in FOUND:
        search(page, typed).filter(has_text=answer).first.click()
        expect_arrived(page, what, text)
        rest(page)
        expect_arrived(page, what, text)
        # The place is shown at once; the address follows when the server has answered.
        page.wait_for_url(f"**lieu={place}-*")
    # The same again, after having gone elsewhere in the page.
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    search(page, typed).filter(has_text=answer).first.click()
    expect_arrived(page, what, text)
    reload(page)
    expect_arrived(page, what, text)


# --- The menu of a telephone ------------------------------------------------------------------------------------------

OPEN = "[data-testid=stSidebar][data-collapsed=false]"


def test_the_menu_closes_after_a_choice_and_is_closed_after_a_reload(pocket: Page, goto: Any) -> None:
    page = pocket

    def choose(title: str) -> None:
        page.get_by_test_id("stExpandSidebarButton").tap()
        page.locator(OPEN).wait_for()
        page.locator("[data-testid=stSidebarNav] a", has_text=title).tap()
        page.locator("h1:focus", has_text=title).wait_for()
        page.locator("[data-testid=stSidebar][data-collapsed=true]").wait_for(state="attached")

    goto(page, "/")
    choose("Chaudière-Appalaches")
    choose("Chaudière-Appalaches")  # the page where one is
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.locator(OPEN).wait_for()
    reload(page)
    page.locator(".pied").wait_for()
    page.locator(OPEN).wait_for(state="detached")
