"""Everyone can use the pages: by the keyboard alone, by the ear, in forced colours.

What axe finds, the enlarged pages, the fingers, and what is said of a choice on each page are test_every_page.py's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect, present, wait_until_done
from tests.browser.exploring import BOX, expect_sheet, press
from tests.browser.test_every_page import CHECKS, stops
from tests.transcription import NBSP, REGIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FORCED = """() => {
  const width = (selector, side) => {
    const e = document.querySelector(selector);
    return e && parseFloat(getComputedStyle(e)[`border${side}Width`]);
  };
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {
    current: width("[data-testid=stTopNavLink][aria-current=page]", "Bottom"),
    chosen: width("[role=radio][aria-checked=true]", "Top"),
    other: width("[role=radio][aria-checked=false]", "Top"),
    row: width("tr.choisi > td", "Top"),
    card: width(".cle", "Left"),
    hatching: style(".legende-carte .hachure").backgroundImage,
    swatches: new Set([...document.querySelectorAll(".legende-carte .pastille")]
      .map((e) => getComputedStyle(e).backgroundColor)).size,
    paper: style(".js-plotly-plot").backgroundColor,
    moving: document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 50).length,
    smooth: [...document.querySelectorAll("*")].filter((e) => getComputedStyle(e).scrollBehavior === "smooth").length,
  };
}"""


def test_the_overview_is_gone_through_by_keyboard_and_seen_in_forced_colours(page: Page, goto: Any) -> None:
    goto(page, "/")
    found = stops(page)
    assert 7 < len(found) < 42
    assert [stop for stop in found if not (stop["ring"] and stop["seen"] and stop["name"])] == []
    assert [stop for stop in found if stop["covered"] or stop["tabindex"] > 0] == []
    assert (found[0]["id"], found[0]["name"]) == ("stSkipToContent", "Passer au contenu principal")
    # Menu, box, key figures, the list that stands for the map, what the map holds, the foot.
    entries = ["Vue d’ensemble", "Régions", "Explorer", "Le plan", "Présentation", "Données"]
    expected = [*entries, BOX, f"Données{NBSP}: Chiffres clés", "MRC", f"Données{NBSP}: Carte des MRC"]
    # The sign of a button that opens is drawn by a word.
    names = [stop["name"].removesuffix("expand_more") for stop in found]
    assert [name for name in names if name in expected][: len(expected)] == expected
    assert names[-1] == "Accessibilité"
    # The skip link.
    page.get_by_test_id("stSkipToContent").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.activeElement.closest('main')")
    section = page.get_by_test_id("stTopNavSection").first
    section.press("Enter")
    page.get_by_role("menuitem").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("menuitem").first.wait_for(state="detached")
    expect(section).to_be_focused()
    # What a click on the map does: choose a territory.
    page.get_by_role("combobox", name="MRC").focus()
    page.keyboard.type("orléans")
    page.get_by_role("option", name="L’Île-d’Orléans").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_sheet(page, "L’Île-d’Orléans")

    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.get_by_role("button", name="Données\u00a0: Carte des MRC").click()
    page.locator("tr.choisi").first.wait_for(state="attached")
    seen = page.evaluate(FORCED)
    # What is chosen, here or current is said by a line, since the colours of the page are gone.
    assert seen["current"] >= 3
    assert seen["chosen"] > seen["other"]
    assert seen["row"] >= 2
    assert seen["card"] >= 1
    # The map keeps its classes and its strokes, on white, and its legend the same.
    assert "gradient" in seen["hatching"]
    assert seen["swatches"] >= 5
    assert seen["paper"] == "rgb(255, 255, 255)"
    assert (seen["moving"], seen["smooth"]) == (0, 0)
    page.keyboard.press("Escape")

    section.press("Enter")
    page.get_by_role("menuitem").first.wait_for()
    page.keyboard.press("ArrowDown")
    second = page.locator("[role=menuitem]:focus, [role=menuitem] :focus").inner_text().strip()
    assert second in REGIONS.values(), "the arrows go through the menu"
    page.keyboard.press("Enter")
    page.locator("h1", has_text=second).wait_for()


def test_the_keyboard_is_never_lost(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent?mrc=2410")
    held = "() => document.activeElement !== document.body"
    # A button that goes away with what it did: the nearest stop.
    page.get_by_role("button", name="Effacer", exact=True).press("Enter")
    expect(page.get_by_role("combobox", name="MRC")).to_be_focused()
    # What « Données » opens: into it, through it, and on after its button.
    wait_until_done(page)
    data = page.get_by_role("button", name=f"Données{NBSP}: Chiffres clés")
    data.press("Enter")
    opened = page.get_by_test_id("stPopoverBody")
    opened.get_by_role("link").first.wait_for()
    wait_until_done(page)
    expect(opened).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(data).to_be_focused()
    opened.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Territoires")).to_be_focused()
    page.keyboard.press("Escape")
    # What the menu opens goes away: the menu.
    present(page, "Ajouter à la présentation")
    page.get_by_role("button", name="Annuler").press("Enter")
    page.get_by_role("button", name="Annuler").wait_for(state="detached")
    page.wait_for_function(held)
    expect(page.get_by_role("button", name="Présenter", exact=True)).to_be_focused()


def test_a_choice_is_said_once_and_a_drawing_heard_by_its_text_alone(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent?annee=2018")
    page.evaluate(f"{CHECKS}.listen()")
    page.get_by_role("radio", name="Part de sa région").click()
    page.wait_for_function("() => window.heard.length")
    wait_until_done(page)
    page.get_by_role("radio", name="Tableau").click()
    page.wait_for_function("() => window.heard.length > 1")
    press(page, "Thème", "Évolution")
    # The sentence of a year that is chosen stands under it: the drawing does not say it too.
    expect(page.get_by_role("img", name="Graphique, que lit le paragraphe qui suit")).to_be_attached()
    expect(page.get_by_text("Au Bas-Saint-Laurent, 181")).to_have_count(1)
    # Its axes, its values and its key are not read after it.
    texts = page.evaluate("""() => [...document.querySelectorAll(".graphique svg text")]
      .map((text) => [text.textContent, text.closest("[aria-hidden=true]") !== null])""")
    assert len(texts) > 5
    assert [text for text, silent in texts if not silent] == []
    # Drawn again without any other choice, it is not said again; nor is anything of the page that opens.
    said = page.evaluate("window.heard")
    page.get_by_test_id("stTopNavLink").filter(has_text="Vue d’ensemble").click()
    page.locator("h1", has_text="Portraits régionaux").wait_for()
    wait_until_done(page)
    assert page.evaluate("window.heard") == said
    assert said[:2] == ["Mesure\u00a0: Part de sa région.", "Vue\u00a0: Tableau."]
    assert len(said) == 3
