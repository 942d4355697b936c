"""What a person does to explore: point, list, press, search; and what the page then shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import expect, menu_entry, wait_until_done
from tests.transcription import MRC, MRC_REGION

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


# Milliseconds between two looks at a whole page: at every frame, looking would cost more than the page itself.
POLL = 150
BOX = "Chercher ou poser une question"
LIST = "MRC"
# After changes in a hurry, Streamlit may keep beside a chart the one that it replaced, never shown, until the next
# change: it is marked « data-retained », and nobody sees it nor points at it.

# Where to point: well inside a territory, at the middle of the bar, of the tile or of the circle of a territory.
SHAPE = """(code) => {
  const shape = [...document.querySelectorAll(".st-key-carte:not([data-retained]) path.choroplethlocation")]
    .find((path) => path.__data__.loc === code);
  const box = shape.getBBox();
  for (const margin of [4, 2, 1])
    for (let n = 2; n < 60; n += 2)
      for (let i = 1; i < n; i += 1)
        for (let j = 1; j < n; j += 1) {
          const [x, y] = [box.x + box.width * i / n, box.y + box.height * j / n];
          const around = [[0, 0], [margin, 0], [-margin, 0], [0, margin], [0, -margin]];
          if (around.every(([dx, dy]) => shape.isPointInFill(new DOMPoint(x + dx, y + dy)))) {
            const point = new DOMPoint(x, y).matrixTransform(shape.getScreenCTM());
            return [point.x, point.y];
          }
        }
  throw new Error(`no room to point at ${code}`);
}"""
MARK = """([key, marks, code]) => {
  const chart = document.querySelector(`.st-key-${key}:not([data-retained]) .js-plotly-plot`);
  const trace = chart.data.find((one) => [...(one.customdata ?? [])].includes(code));
  const mark = [...chart.querySelectorAll(marks)][[...trace.customdata].indexOf(code)];
  const box = mark.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
# The bars name the chosen territory with a mark, and the map outlines it; neither does when nothing is chosen.
FOLLOWED = """(name) => {
  const named = [...document.querySelectorAll(".st-key-barres:not([data-retained]) .ytick text")]
    .filter((t) => t.textContent.includes("▸"));
  const bars = document.querySelector(".st-key-barres:not([data-retained]) .js-plotly-plot");
  const outlined = [...document.querySelectorAll(".st-key-carte:not([data-retained]) path.choroplethlocation")]
    .filter((path) => getComputedStyle(path).stroke === "rgb(34, 54, 84)");
  const map = document.querySelector(".st-key-carte:not([data-retained]) .js-plotly-plot");
  const wanted = name === null ? 0 : 1;
  return (!bars || named.length === wanted) && (!map || outlined.length === wanted)
    && named.every((text) => text.textContent.replaceAll("▸", "").trim().startsWith(name.slice(0, 8)));
}"""
MARKS = {
    "barres": ("barres", ".bars .point path"),
    "tuiles": ("tuiles", ".bars .point path"),
    "cercles": ("carte", ".scattergeo .point"),
}
# A view, as a person sees it: titles, what is pressed or chosen, sentences, sheet. (The search box is apart.)
VIEW = """() => {
  const texts = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility()).map((element) => element.innerText.trim());
  return {
    title: document.title,
    headings: texts("h1, h2, h3"),
    pressed: texts("[role=radio][aria-checked=true]"),
    chosen: [...document.querySelectorAll(":not(.st-key-recherche *)[role=combobox]")].map((box) => box.value),
    tags: texts("[data-testid=stMultiSelectTagsContainer]"),
    readings: texts(".lecture"),
    sheet: texts(".fiche"),
    bars: [...document.querySelectorAll(".stElementContainer:not([data-retained]) .js-plotly-plot .ytick text")]
      .map((text) => text.textContent),
    marked: texts("tr.choisi"),
  };
}"""
SHEET = "() => document.querySelector('.fiche h2')?.textContent ?? ''"
# True once the view has not changed for a while: a chart is drawn again some time after the page is done.
STEADY = f"""() => {{
  const now = JSON.stringify(({VIEW})());
  if (window.vueEssai?.text !== now) window.vueEssai = {{ text: now, since: performance.now() }};
  if (window.awaited) window.vueEssai.since = performance.now();
  return performance.now() - window.vueEssai.since > 400;
}}"""


# --- What a person does -----------------------------------------------------------------------------------------------


def expect_sheet(page: Page, name: str | None) -> None:
    """Wait for the sheet of a territory, or for none, and until the bars and the map have followed."""
    if name is None:
        expect(page.locator(".fiche")).to_have_count(0)
    else:
        expect(page.locator(".fiche h2")).to_have_text(name)
    page.wait_for_function(FOLLOWED, arg=name, polling=POLL)
    wait_until_done(page)


def open_data(page: Page, name: str) -> Locator:
    """What the button « Données » of a view holds, once it is open and filled."""
    page.get_by_role("button", name=re.compile(rf"^Données\s*: {re.escape(name)}$")).click()
    opened = page.get_by_role("dialog", name=f"Données\u00a0: {name}")
    opened.locator(".origine").wait_for()
    return opened


def view(page: Page) -> dict[str, Any]:
    """What the page shows, once it has shown it for a while."""
    rest(page)
    found: dict[str, Any] = page.evaluate(VIEW)
    return found


def expect_view(page: Page, wanted: dict[str, Any]) -> None:
    """Wait until the page shows exactly this, and nothing more is to come."""
    from playwright.sync_api import TimeoutError as TooLong

    try:
        page.wait_for_function(
            f"(wanted) => JSON.stringify(({VIEW})()) === JSON.stringify(wanted)", arg=wanted, polling=POLL
        )
    except TooLong as late:
        found = page.evaluate(VIEW)
        differing = {part: (wanted[part], found[part]) for part in wanted if wanted[part] != found[part]}
        raise AssertionError(f"(wanted, shown): {differing}") from late
    wait_until_done(page)


def expect_params(page: Page, wanted: dict[str, str]) -> None:
    """Wait until the address holds these parameters and no other."""
    page.wait_for_function(
        "(wanted) => JSON.stringify(Object.entries(Object.fromEntries(new URLSearchParams(location.search))).sort())"
        " === JSON.stringify(Object.entries(wanted).sort())",
        arg=wanted,
    )


def show(page: Page, key: str) -> None:
    """Bring a chart under the eyes, clear of the banner, once the one that it replaces is gone."""
    chart = page.locator(f".st-key-{key}:not([data-retained]) .js-plotly-plot")
    expect(chart).to_have_count(1)
    chart.evaluate("(element) => element.scrollIntoView({ block: 'center' })")


def name_of(code: str) -> str:
    return "Québec (agglomération)" if code == "2423" else MRC[MRC_REGION[code]][code][0]


def point(page: Page, what: str, code: str) -> None:
    """Click on a territory: what is « carte », « cercles », « barres » or « tuiles ».

    A click that meets a chart which is being replaced is lost, as a person's would be: what matters is that a click on
    a page at rest changes the sheet, and that the change stays.
    """
    from playwright.sync_api import TimeoutError as TooLong

    key, marks = MARKS.get(what, ("carte", "path.choroplethlocation"))
    said = page.locator(f".st-key-{key}:not([data-retained]) .hoverlayer .hovertext", has_text=name_of(code)).first
    rest(page)
    before = page.evaluate(SHEET)
    for _ in range(8):
        show(page, key)
        page.locator(f".st-key-{key}:not([data-retained]) {marks}").first.wait_for(state="attached")
        place = page.evaluate(SHAPE, code) if what == "carte" else page.evaluate(MARK, [key, marks, code])
        page.mouse.move(place[0] - 2, place[1] - 2)
        page.mouse.move(*place)
        # A chart answers a click once it has recognised, and named, what is under the mouse.
        try:
            said.wait_for(timeout=4000)
            asked = page.evaluate("window.asked")
            page.mouse.click(*place)
            # However slow the answer, a click that asked for it is not done again: the second would undo the first.
            page.wait_for_function("(asked) => window.asked > asked", arg=asked, timeout=9000)
        except TooLong:
            page.mouse.move(2, 2)
            continue
        rest(page)
        if page.evaluate(SHEET) != before:
            return
    raise AssertionError(f"{what}: a click on {name_of(code)} changes nothing")


def rest(page: Page) -> None:
    """Wait until the page is done, and has shown the same thing for a while."""
    wait_until_done(page)
    page.evaluate("window.vueEssai = null")
    page.wait_for_function(STEADY, polling=POLL)


def list_by_keyboard(page: Page, typed: str, label: str = LIST) -> None:
    """Reach a list with the Tab key alone, type, Enter."""
    wait_until_done(page)  # a run that ends takes the focus from what it replaces
    box = page.get_by_role("combobox", name=label)
    page.locator("h1").click()  # leave any field, as when the page has just been opened
    for _ in range(80):
        page.keyboard.press("Tab")
        if box.evaluate("(element) => element === document.activeElement"):
            break
    else:
        raise AssertionError(f"« {label} » is not reached with the Tab key")
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_contain_text(typed, ignore_case=True)
    page.keyboard.press("Enter")


def press(page: Page, group: str, name: str) -> None:
    """Choose a segment, and wait until it is pressed."""
    page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True).click()
    page.locator(f"[role=radiogroup][aria-label='{group}'] [role=radio][aria-checked=true]", has_text=name).wait_for()
    wait_until_done(page)


def menu(page: Page, section: str | None, title: str) -> None:
    """Go to a page through the menu at the top."""
    wait_until_done(page)  # a run that ends closes an open menu
    banner = page.get_by_role("navigation", name="Pages du tableau de bord")
    if section is None:
        banner.get_by_role("link", name=title).click()
    else:
        banner.get_by_role("button", name=section).click()
        menu_entry(page, title).click()
    page.wait_for_function("(title) => document.title.startsWith(title)", arg=title)
    page.locator(".pied").wait_for()
    wait_until_done(page)


def search(page: Page, words: str) -> Locator:
    """Type in the box; what it suggests."""
    box = page.get_by_role("combobox", name=BOX)
    box.press("ControlOrMeta+a")  # what was written before gives way
    box.press_sequentially(words)
    found = page.get_by_role("option").filter(has_not_text="Demander")
    found.first.wait_for()
    return found
