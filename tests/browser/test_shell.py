"""The shell in a real browser: language, addresses, French words, sorting, the link that is copied."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.ui.server.settings import known_slugs
from tests.browser.conftest import context, expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# A word here, outside our own texts, is English that vocabulary.js does not know.
ENGLISH = re.compile(
    r"\b(the|your|you|please|click|search|download|close|open|show|hide|select|choose|clear|copy|running|loading|"
    r"fullscreen|reset|settings|help|next|previous|remove|enter|press|connection|skip|menu:|stop|error)\b",
    re.IGNORECASE,
)
TEXTS = """() => {
  const found = new Set();
  const ours = ".stHtml, svg, style, script, noscript, [data-testid=stIconMaterial]";
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.closest(ours)) continue;
    for (const name of ["aria-label", "title", "placeholder", "data-title", "alt"])
      if (element.getAttribute(name)) found.add(element.getAttribute(name));
    for (const node of element.childNodes) if (node.nodeType === 3 && node.data.trim()) found.add(node.data.trim());
  }
  return [...found];
}"""
TABLE = """() => {
  const box = document.createElement("div");
  box.className = "stHtml essai";
  const row = (name, value) => `<tr><th scope="row">${name}</th><td class="num" data-v="${value}">${value}</td></tr>`;
  box.innerHTML = `<table class="donnees triable"><thead><tr><th scope="col">MRC</th><th scope="col">Nombre</th></tr>
    </thead><tbody>${row("Rimouski", 100)}${row("Éclair", 20)}${row("Avignon", 3)}${row("Sans donnée", "")}
    <tr class="total"><th scope="row">Total</th><td data-v="123">123</td></tr></tbody></table>
    <button type="button" data-copier="lien">Copier le lien</button>`;
  document.querySelector("[data-testid=stMainBlockContainer]").prepend(box);
}"""


def test_unknown_address_is_said_in_french(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/inconnu")
    expect(page).to_have_url(re.compile(r"://[^/]+/(\?.*)?$"))
    page.get_by_text("n’existe pas").first.wait_for()
    assert page.get_by_text("Page not found").count() == 0
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    words: dict[str, str] = json.loads(page.evaluate("JSON.stringify(window.tableauDeBord.exact)"))
    assert len(words) > 50
    assert [french for french in words.values() if ENGLISH.search(french) and french != "Menu"] == []
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


def test_first_visit_to_a_deep_link_of_a_cold_server_under_a_path(
    browser: Any, serve: Any, journal: Any, goto: Any
) -> None:
    cold = serve(None, "--server.baseUrlPath=tableaux/region")
    page = context(browser, cold).new_page()
    journal.watch(page)
    slug = sorted(known_slugs())[0]
    goto(page, f"{cold.url}/{slug}")
    expect(page).to_have_url(f"{cold.url}/{slug}")
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    # What the maps ask for, from the address of the page.
    found = page.evaluate("async () => (await (await fetch('app/geo/territories.geojson')).json()).features.length")
    assert found == 31
    assert page.evaluate("async () => (await (await fetch('app/assets/world_110m.json')).json()).type") == "Topology"
    assert page.evaluate("Object.keys(window.PlotlyGeoAssets.topojson)") == ["world_110m"]
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
    page.context.close()


def test_table_sorts_by_keyboard_and_total_stays_last(page: Page, goto: Any) -> None:
    goto(page, "/")
    page.evaluate(TABLE)
    names = page.locator(".essai tbody th")
    button = page.locator(".essai thead button").nth(1)
    original = ["Rimouski", "Éclair", "Avignon", "Sans donnée", "Total"]
    for order, state in [
        (["Avignon", "Éclair", "Rimouski", "Sans donnée", "Total"], "ascending"),
        (["Rimouski", "Éclair", "Avignon", "Sans donnée", "Total"], "descending"),
        (original, "none"),
    ]:
        button.press("Enter")
        expect(names).to_have_text(order)
        expect(page.locator(".essai thead th").nth(1)).to_have_attribute("aria-sort", state)
    page.locator(".essai thead button").first.click()
    expect(names).to_have_text(["Avignon", "Éclair", "Rimouski", "Sans donnée", "Total"])


def test_link_is_copied_or_shown(page: Page, goto: Any) -> None:
    goto(page, "/cibles?annee=2019")
    page.evaluate(TABLE)
    button = page.locator(".essai [data-copier]")
    button.click()
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    expect(page).to_have_url(page.evaluate("navigator.clipboard.readText()"))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button.click()
    field = page.locator(".essai input.adresse")
    expect(page).to_have_url(field.input_value())


MENU = ["Vue d’ensemble", "Régions", "Explorer", "Le plan", "Présentation", "Données"]
# What is marked as the page shown, and the entries from left to right, or down.
ENTRIES = """(selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())
  .sort((a, b) => { const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    return p.x - q.x || p.y - q.y; }).map((e) => e.innerText.trim())"""
TOP = "[data-testid=stTopNavLink], [data-testid=stTopNavSection]"


@pytest.mark.parametrize(
    ("path", "current"), [("/", "Vue d’ensemble"), ("/cibles", "Le plan"), ("/presentation", "Présentation")]
)
def test_the_menu_is_in_order_and_says_where_one_is(page: Page, goto: Any, path: str, current: str) -> None:
    goto(page, path)
    marked = page.locator(":is([data-testid=stTopNavLink], [data-testid=stTopNavSection])[aria-current]")
    expect(marked).to_have_text(current)
    assert page.evaluate(ENTRIES, TOP) == MENU
    # Not by its colour alone.
    assert marked.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    if current == "Le plan":
        marked.click()
        entry = page.locator("[role=menuitem][aria-current=page]")
        expect(entry).to_have_text("Cibles stratégiques")
        assert entry.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    shown = page.evaluate(ENTRIES, "[data-testid=stSidebarNavLink], [data-testid=stNavSectionHeader] p")
    assert sorted(MENU, key=shown.index) == MENU
    expect(page.locator("[data-testid=stSidebarNavLink][aria-current=page]")).to_have_count(1)
