"""Everyone can use the pages: axe on each of them, the keyboard alone, 200 % and 400 %, forced colours, French names.

One visit of a page answers most questions. The ordinary run visits the pages and some of their states; with
AXE_REPORT=folder (« make axe ») every state is visited and a full report is written there.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import axe
from tests.broken_files import Files
from tests.browser.choices import pick
from tests.browser.conftest import context, expect, present, wait_until_done
from tests.browser.exploring import BOX, expect_sheet
from tests.browser.test_pages import EMPTY, NAMED, TEXTS
from tests.french_text import english_numbers, english_words
from tests.long_forms import first
from tests.transcription import NBSP, REGIONS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
REPORT = os.environ.get("AXE_REPORT")
STATES = tuple(state for state in (*axe.PAGES, *axe.MODES) if REPORT or state.short)
# In short: the first page, one whose every part is open, the menu of a narrow screen.
SHORT = ("vue d’ensemble", "région, MRC choisie, tout ouvert", "menu d’un écran étroit")
NAMES = first(sorted((state.name for state in STATES), key=lambda name: name not in SHORT), len(SHORT))
# A window of 1280 × 800 enlarged to 200 % and to 400 % has so many pixels of CSS.
ENLARGED = {"200 %": (640, 400), "400 %": (320, 256)} if REPORT else {"400 %": (320, 256)}
# What stands out of the window, what is cut in its own box, and the texts that leave their chart.
CLIPPED = """() => {
  const wide = document.documentElement.clientWidth, main = document.querySelector("[data-testid=stMain]");
  const shown = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  const boxed = (e) => {
    for (let up = e.parentElement; up && up !== main; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX) && up.clientWidth <= wide)
        return true;
    return false;
  };
  const name = (e) => `${e.tagName} ${e.closest("[class*=st-key-]")?.className.match(/st-key-[\\w-]+/) ?? ""} `
    + e.textContent.slice(0, 40);
  const found = [document.documentElement, main].filter((e) => e.scrollWidth > e.clientWidth).map(() => "too wide");
  for (const e of main.querySelectorAll("*"))
    if (e.getBoundingClientRect().right > wide + 1 && e.getBoundingClientRect().width && shown(e) && !boxed(e))
      found.push(`out: ${name(e)}`);
  for (const e of main.querySelectorAll(".stHtml *")) {
    const style = getComputedStyle(e);
    if (["hidden", "clip"].includes(style.overflowX) && style.clipPath === "none" && e.scrollWidth > e.clientWidth + 2
        && shown(e)) found.push(`cut: ${name(e)}`);
  }
  for (const text of main.querySelectorAll(".js-plotly-plot svg text")) {
    const box = text.getBoundingClientRect(), frame = text.closest(".js-plotly-plot").getBoundingClientRect();
    if (box.width && (box.left < frame.left - 3 || box.right > frame.right + 3)) found.push(`chart: ${name(text)}`);
  }
  return found;
}"""
TARGETS = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  const small = new Set();
  const all = "button, summary, a[href], [role=radio], [role=combobox], [role=tab], input";
  for (const e of document.querySelectorAll(all)) {
    const field = e.closest("[data-testid=stTextInputRootElement], [data-testid=stMultiSelect] > div:has(input)");
    const box = (field ?? e).getBoundingClientRect();
    if (!e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) || box.width < 2 || box.height < 2) continue;
    if (e.matches("[type=checkbox], [type=radio], [type=range], [type=file]")) continue; // their label is touched
    const alone = e.parentElement.textContent.trim() === e.textContent.trim();
    const inText = e.tagName === "A" && getComputedStyle(e).display === "inline" && !alone;
    if (!inText && (box.width < 43.5 || box.height < 43.5))
      small.add(`${e.tagName} ${(e.ariaLabel || e.textContent || e.dataset.testid).trim().slice(0, 40)}`);
  }
  return [...small];
}"""
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


@dataclass
class Visit:
    """What a state of a page gave, at each width."""

    violations: dict[int, list[axe.Violation]] = field(default_factory=dict)
    clipped: dict[str, list[str]] = field(default_factory=dict)
    english: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)

    def all(self) -> list[axe.Violation]:
        return [one for found in self.violations.values() for one in found]


def english(page: Page) -> list[str]:
    """What is not French among all the texts of the page, shown or said."""
    found = []
    for text in page.evaluate(TEXTS):
        # What a person typed, or a file is called, is theirs.
        ours = re.sub(r"«\u00a0.*?\u00a0»|\S+\.(?:csv|xlsx|pdf|yaml)|zzzz", "", text)
        found += english_words(ours) + english_numbers(NAMED.sub("", ours))
    return found


def settled(page: Page) -> None:
    """Wait for the foot of the page and for its charts."""
    page.locator(".pied, .st-key-diapo_barre").first.wait_for(state="attached")
    wait_until_done(page)
    page.wait_for_function(f"() => ({EMPTY})().length === 0", polling=200)


def visit(page: Page, state: axe.State) -> Visit:
    """Open a state and question it at each width."""
    found = Visit()
    for n, width in enumerate(state.at):
        page.set_viewport_size({"width": width, "height": 800})
        if n == 0:
            page.goto(state.address)
        settled(page)
        if state.do is not None and (n == 0 or not state.stays):
            state.do(page)
        found.violations[width] = axe.violations(page, whole=bool(REPORT))
    if state in axe.PAGES:
        found.clipped["100 %"] = clipped(page)  # at the last width, that of a telephone
        for name, (wide, high) in ENLARGED.items():
            page.set_viewport_size({"width": wide, "height": high})
            found.clipped[name] = clipped(page)
    found.english = english(page)
    if axe.MOBILE in state.at:
        page.set_viewport_size({"width": axe.MOBILE, "height": 800})
        touch = page.context.new_cdp_session(page)
        touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
        settled(page)
        found.small = page.evaluate(TARGETS)
        touch.detach()
    return found


def clipped(page: Page) -> list[str]:
    """What is cut in the window as it is. Charts are drawn again a moment after the window has changed."""
    from playwright.sync_api import Error

    with suppress(Error):
        page.wait_for_function(f"() => ({CLIPPED})().length === 0", polling=300)
    found: list[str] = page.evaluate(CLIPPED)
    return found


class Tour:
    """The states of the pages, each visited once, when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.found: dict[str, Visit] = {}

    def __getitem__(self, name: str) -> Visit:
        from playwright.sync_api import Error

        if name not in self.found:
            try:
                self.found[name] = visit(self._page, next(state for state in STATES if state.name == name))
            except Error as error:
                self.found[name] = Visit(english=[f"state not reached: {error}"])
        return self.found[name]


@pytest.fixture(scope="module")
def tour(browser: Any, server: Any) -> Iterator[Tour]:
    """Each address opened begins a session of its own."""
    made = context(browser, server, axe.DESKTOP)
    tour = Tour(made.new_page())
    yield tour
    made.close()
    if REPORT:
        write_report(Path(REPORT), tour.found)


def write_report(folder: Path, found: dict[str, Visit]) -> None:
    """axe.json, every violation; axe.md, the counts of each state at each width."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        name: {str(width): [asdict(one) for one in listed] for width, listed in one_visit.violations.items()}
        for name, one_visit in found.items()
    }
    (folder / "axe.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    lines = ["| État de la page | Largeur | Critiques | Graves | Modérés | Mineurs |", "|---|---|---|---|---|---|"]
    for name, one_visit in found.items():
        for width, listed in one_visit.violations.items():
            counts = Counter(one.impact for one in listed)
            shown = " | ".join(str(counts[impact]) for impact in ("critical", "serious", "moderate", "minor"))
            lines.append(f"| {name} | {width} | {shown} |")
    details = [f"- {name}, {one}" for name, one_visit in found.items() for one in one_visit.all()]
    (folder / "axe.md").write_text("\n".join([*lines, "", *details, ""]), encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_grave(tour: Tour, name: str) -> None:
    found = tour[name].all()
    assert [str(one) for one in found if one.grave or one.ours] == []
    # What is left is Streamlit's own, known and documented.
    assert {one.rule for one in found} <= set(axe.KNOWN)


def test_what_is_known_of_streamlit_is_documented() -> None:
    text = (ROOT / "docs" / "accessibilite.md").read_text(encoding="utf-8")
    for rule in axe.KNOWN:
        assert f"`{rule}`" in text, rule


def test_axe_is_not_blind(page: Page) -> None:
    page.set_content(
        '<html lang="fr"><body><main><h1>A</h1><img src="x.png"><button></button>'
        '<p style="color:#bbb;background:#fff">pâle</p></main></body></html>'
    )
    assert {"image-alt", "button-name", "color-contrast"} <= {one.rule for one in axe.violations(page) if one.grave}


@pytest.mark.parametrize("name", NAMES)
def test_everything_said_is_french(tour: Tour, name: str) -> None:
    assert tour[name].english == []


@pytest.mark.parametrize("name", first([state.name for state in axe.PAGES]))
def test_nothing_is_cut_on_a_telephone_nor_when_enlarged(tour: Tour, name: str) -> None:
    assert tour[name].clipped == {enlarged: [] for enlarged in ("100 %", *ENLARGED)}


def test_the_keyboard_goes_through_a_page_and_out_of_it(page: Page, goto: Any) -> None:
    goto(page, "/")
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        if stops[-1]["tag"] == "BODY":
            break  # out of the page, at the browser's own bar
    assert stops[-1]["tag"] == "BODY", "the focus never leaves the page"
    stops.pop()
    assert (stops[0]["id"], stops[0]["name"]) == ("stSkipToContent", "Passer au contenu principal")
    assert len(stops) > 20
    assert [stop for stop in stops if not stop["ring"]] == []
    assert [stop for stop in stops if not stop["seen"] or stop["covered"]] == []
    assert [stop for stop in stops if not stop["name"] or stop["tabindex"] > 0] == []
    # The sign of a button that opens is drawn by a word.
    names = [stop["name"].removesuffix("expand_more") for stop in stops]
    # Menu, box, key figures, the list that stands for the map, what the map holds, the foot.
    figures, own = f"Données{NBSP}: Chiffres clés", f"Données{NBSP}: Carte des MRC"
    entries = ["Vue d’ensemble", "Régions", "Explorer", "Le plan", "Présentation", "Données"]
    expected = [*entries, BOX, figures, "MRC", own]
    assert [name for name in names if name in expected][: len(expected)] == expected
    assert names[-1] == "Accessibilité"


@pytest.mark.parametrize(
    "address",
    first(
        ["/comparer", "/simulateur?scenario=quebec", "/presentation", "/mrc?mrc=2410", "/suivi", "/cibles", "/ententes"]
    ),
)
def test_what_has_the_focus_has_a_name_and_shows_it(tab: Page, goto: Any, address: str) -> None:
    page = tab
    goto(page, address)
    stops: list[dict[str, Any]] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
        if stops[-1]["tag"] == "BODY" or (len(stops) > 1 and stops[-1]["id"] == "stSkipToContent"):
            break
    assert 8 < len(stops) < 42
    assert [stop for stop in stops[:-1] if not (stop["ring"] and stop["seen"] and stop["name"])] == []


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


@pytest.mark.long
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


@pytest.mark.parametrize(("address", "label", "option", "end"), first(SAID, 4))
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
    texts = page.evaluate("""() => [...document.querySelectorAll(".stPlotlyChart svg text")]
      .map((text) => [text.textContent, text.closest("[aria-hidden=true]") !== null])""")
    assert len(texts) > 5
    assert [text for text, silent in texts if not silent] == []


# In short: a region whose every part is open.
TOUCHED = sorted(
    (state for state in (*axe.PAGES, *axe.MODES) if axe.MOBILE in state.at), key=lambda state: state.name != SHORT[1]
)


@pytest.mark.parametrize("state", first(TOUCHED), ids=lambda state: state.name)
def test_a_finger_has_44_pixels(tour: Tour, pocket: Page, state: axe.State) -> None:
    """On a touch screen, in every state of a page; links in running text apart."""
    if state in STATES:
        assert tour[state.name].small == []
        return
    pocket.goto(state.address)
    wait_until_done(pocket)
    if state.do is not None:
        state.do(pocket)
        wait_until_done(pocket)
    assert pocket.evaluate(TARGETS) == []


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


def the_pages_of_incidents(browser: Any, serve: Any, files: Files) -> None:
    """A shared file at fault, then no server at all."""
    files.edit("config.yaml", "default_measure: taux", "default_measure: x")
    broken = serve(files.root)
    page = context(browser, broken).new_page()
    page.goto(broken.url)
    wait_until_done(page)
    page.get_by_text("Les données ne peuvent pas être affichées").wait_for()
    assert [str(one) for one in axe.violations(page) if one.grave or one.ours] == []
    assert english(page) == []
    broken.stop()
    page.get_by_text("Connexion interrompue").wait_for()
    assert [str(one) for one in axe.violations(page) if one.grave] == []
    assert english(page) == []
    page.context.close()


# In the whole report only (« make axe »), and never skipped: a test of the browser that is skipped is a fault.
if REPORT:
    test_the_pages_of_incidents = the_pages_of_incidents
