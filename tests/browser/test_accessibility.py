"""Everyone can use the pages: by the keyboard alone, by the ear, in forced colours.

What axe finds, the enlarged pages and the fingers are test_every_page.py's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick
from tests.browser.conftest import expect, present, wait_until_done
from tests.browser.exploring import BOX, expect_sheet
from tests.long_forms import first
from tests.transcription import NBSP, REGIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Where the focus is, and whether something shows it: an outline of two pixels on the element or on its frame.
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  let ring = false;
  for (let up = e, n = 0; up && n < 5; up = up.parentElement, n += 1) {
    const style = getComputedStyle(up);
    ring ||= style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  }
  const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2)];
  const top = document.elementFromPoint(x, y);
  return {
    tag: e.tagName, id: e.dataset.testid ?? "", role: e.getAttribute("role") ?? "", tabindex: e.tabIndex,
    name: (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim().slice(0, 60),
    ring, seen: box.bottom > 0 && box.top < innerHeight, covered: !(top && (e.contains(top) || top.contains(e))),
  };
}"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Where the key Tab leads, one after the other, until it leaves the page."""
    found: list[dict[str, Any]] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUS))
        if found[-1]["tag"] == "BODY" or (len(found) > 1 and found[-1]["id"] == "stSkipToContent"):
            return found[:-1]
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize(
    "address", first(["/", "/comparer", "/simulateur?scenario=quebec", "/presentation", "/suivi", "/ententes"], 2)
)
def test_the_keyboard_goes_through_a_page_and_out_of_it(tab: Page, goto: Any, address: str) -> None:
    goto(tab, address)
    found = stops(tab)
    assert 7 < len(found) < 42
    assert [stop for stop in found if not (stop["ring"] and stop["seen"] and stop["name"])] == []
    if address != "/":
        return
    assert [stop for stop in found if stop["covered"] or stop["tabindex"] > 0] == []
    assert (found[0]["id"], found[0]["name"]) == ("stSkipToContent", "Passer au contenu principal")
    # Menu, box, key figures, the list that stands for the map, what the map holds, the foot.
    entries = ["Vue d’ensemble", "Régions", "Explorer", "Le plan", "Présentation", "Données"]
    expected = [*entries, BOX, f"Données{NBSP}: Chiffres clés", "MRC", f"Données{NBSP}: Carte des MRC"]
    # The sign of a button that opens is drawn by a word.
    names = [stop["name"].removesuffix("expand_more") for stop in found]
    assert [name for name in names if name in expected][: len(expected)] == expected
    assert names[-1] == "Accessibilité"


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


def test_the_skip_link_the_menu_and_the_list_work_by_keyboard(page: Page, goto: Any) -> None:
    goto(page, "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.activeElement.closest('main')")
    section = page.get_by_test_id("stTopNavSection").first
    section.focus()
    page.keyboard.press("Enter")
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
    section.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem").first.wait_for()
    page.keyboard.press("ArrowDown")
    second = page.locator("[role=menuitem]:focus, [role=menuitem] :focus").inner_text().strip()
    assert second in REGIONS.values(), "the arrows go through the menu"
    page.keyboard.press("Enter")
    page.locator("h1", has_text=second).wait_for()


# What is said, in the region that every page keeps or in any other; what Streamlit says of an open list apart.
HEARD = """() => {
  window.heard = [];
  const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
  new MutationObserver((changes) => {
    const told = new Set();
    for (const { type, target, addedNodes } of changes)
      for (const node of type === "childList" ? addedNodes : [target]) {
        const element = node instanceof Element ? node : node.parentElement;
        for (const one of [element?.closest(live), ...(element?.querySelectorAll(live) ?? [])]) told.add(one);
      }
    for (const { textContent } of [...told].filter(Boolean))
      if (textContent.trim() && !/^Choix possibles/.test(textContent.trim())) window.heard.push(textContent);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
}"""


def test_a_choice_is_said_once_and_nothing_of_the_page_that_opens(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent")
    page.evaluate(HEARD)
    page.get_by_role("radio", name="Part de sa région").click()
    page.wait_for_function("() => window.heard.length")
    wait_until_done(page)
    page.get_by_role("radio", name="Tableau").click()
    page.wait_for_function("() => window.heard.length > 1")
    # Drawn again without any other choice, it is not said again.
    goto_other = page.get_by_test_id("stTopNavLink").filter(has_text="Vue d’ensemble")
    goto_other.click()
    page.locator("h1", has_text="Portraits régionaux").wait_for()
    wait_until_done(page)
    assert page.evaluate("window.heard") == ["Mesure\u00a0: Part de sa région.", "Vue\u00a0: Tableau."]


# A choice of a list, and how what is said of it ends.
SAID = [
    ("/", "MRC", "Avignon", "Sa fiche est affichée plus bas."),
    ("/mrc?mrc=2410", "MRC", "Avignon", "."),
    ("/bas-saint-laurent?theme=evolution", "Année", "2017", "."),
    ("/comparer", "Indicateur", "Part des admissions de sa région", "dans sa région."),
    ("/plan-d-action", "Région", "Chaudière-Appalaches", "12 en Chaudière-Appalaches."),
    ("/cibles", "Cible", "4.1", "."),
    ("/suivi", "État", "Réalisé", "État\u00a0: réalisé."),
    ("/simulateur?scenario=meilleure-annee", "Territoire", "Capitale-Nationale", "par année."),
    ("/presentation", "Présentation", "Bas-Saint-Laurent", "."),
]


@pytest.mark.parametrize(("address", "label", "option", "end"), first(SAID, 2))
def test_each_choice_gives_one_sentence(tab: Page, goto: Any, address: str, label: str, option: str, end: str) -> None:
    page = tab
    goto(page, address)
    page.evaluate(HEARD)
    pick(page, label, option)
    page.wait_for_function("() => window.heard.length")
    wait_until_done(page)
    (said,) = page.evaluate("window.heard")
    assert said.endswith(end)
    assert option.casefold() in said.casefold()


def test_a_drawing_is_heard_once(page: Page, goto: Any) -> None:
    """By its text alternative: its axes, its values and its key are not read after it."""
    goto(page, "/bas-saint-laurent?theme=evolution&annee=2018")
    # The sentence of a year that is chosen stands under it: the drawing does not say it too.
    expect(page.get_by_role("img", name="Graphique, que lit le paragraphe qui suit")).to_be_attached()
    expect(page.get_by_text("Au Bas-Saint-Laurent, 181")).to_have_count(1)
    texts = page.evaluate("""() => [...document.querySelectorAll(".graphique svg text")]
      .map((text) => [text.textContent, text.closest("[aria-hidden=true]") !== null])""")
    assert len(texts) > 5
    assert [text for text, silent in texts if not silent] == []


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


def test_forced_colours_and_reduced_motion_lose_nothing(page: Page, goto: Any) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    goto(page, "/?mrc=2420")
    page.locator(".js-plotly-plot path.choroplethlocation").first.wait_for(state="attached")
    page.get_by_role("button", name="Données\u00a0: Carte des MRC").click()
    page.locator("tr.choisi").first.wait_for(state="attached")
    found = page.evaluate(FORCED)
    # What is chosen, here or current is said by a line, since the colours of the page are gone.
    assert found["current"] >= 3
    assert found["chosen"] > found["other"]
    assert found["row"] >= 2
    assert found["card"] >= 1
    # The map keeps its classes and its strokes, on white, and its legend the same.
    assert "gradient" in found["hatching"]
    assert found["swatches"] >= 5
    assert found["paper"] == "rgb(255, 255, 255)"
    assert (found["moving"], found["smooth"]) == (0, 0)
