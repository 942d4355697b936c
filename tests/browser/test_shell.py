"""The shell in a real browser: language, addresses, French words, sorting, the link that is copied."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import expect

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


MENU = ["Vue d’ensemble", "Régions", "Explorer", "Le plan", "Présentation", "Données"]
# What is marked as the page shown, and the entries from left to right, or down.
ENTRIES = """(selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())
  .sort((a, b) => { const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    return p.x - q.x || p.y - q.y; }).map((e) => e.innerText.trim())"""
TOP = ("[data-testid=stTopNavLink]", "[data-testid=stTopNavSection]")


def test_the_shell_is_french_sorts_copies_and_says_where_one_is(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/inconnu")
    expect(page).to_have_url(re.compile(r"://[^/]+/(\?.*)?$"))
    page.get_by_text("n’existe pas").first.wait_for()
    assert page.get_by_text("Page not found").count() == 0
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    words: dict[str, str] = json.loads(page.evaluate("JSON.stringify(window.tableauDeBord.exact)"))
    assert len(words) > 50
    assert [french for french in words.values() if ENGLISH.search(french) and french != "Menu"] == []
    # A table sorts by keyboard and its total stays last.
    page.evaluate(TABLE)
    names = page.locator(".essai tbody th")
    button = page.locator(".essai thead button").nth(1)
    for order, state in [
        (["Avignon", "Éclair", "Rimouski", "Sans donnée", "Total"], "ascending"),
        (["Rimouski", "Éclair", "Avignon", "Sans donnée", "Total"], "descending"),
        (["Rimouski", "Éclair", "Avignon", "Sans donnée", "Total"], "none"),
    ]:
        button.press("Enter")
        expect(names).to_have_text(order)
        expect(page.locator(".essai thead th").nth(1)).to_have_attribute("aria-sort", state)
    page.locator(".essai thead button").first.click()
    expect(names).to_have_text(["Avignon", "Éclair", "Rimouski", "Sans donnée", "Total"])
    # The menu is in order, and marks the page shown not by its colour alone.
    marked = page.locator(f":is({', '.join(TOP)})[aria-current]")
    expect(marked).to_have_text("Vue d’ensemble")
    assert page.evaluate(ENTRIES, ", ".join(TOP)) == MENU
    assert marked.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    goto(page, "/cibles?annee=2019")
    expect(marked).to_have_text("Le plan")
    assert marked.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    marked.click()
    entry = page.locator("[role=menuitem][aria-current=page]")
    expect(entry).to_have_text("Cibles stratégiques")
    assert entry.evaluate("e => getComputedStyle(e).boxShadow") != "none"
    page.keyboard.press("Escape")
    # The link is copied, or else shown.
    page.evaluate(TABLE)
    button = page.locator(".essai [data-copier]")
    button.click()
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    expect(page).to_have_url(page.evaluate("navigator.clipboard.readText()"))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button.click()
    expect(page).to_have_url(page.locator(".essai input.adresse").input_value())
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    shown = page.evaluate(ENTRIES, "[data-testid=stSidebarNavLink], [data-testid=stNavSectionHeader] p")
    assert sorted(MENU, key=shown.index) == MENU
    expect(page.locator("[data-testid=stSidebarNavLink][aria-current=page]")).to_have_count(1)
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
