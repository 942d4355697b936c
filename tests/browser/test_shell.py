"""The shell in a real browser: language, addresses, security, files, French words, sorting, narrow screens."""

from __future__ import annotations

import gzip
import http.client
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from dashboard.ui.navigation import known_slugs

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


def fetch(url: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """A request whose path is sent exactly as written (a browser would tidy it)."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_unknown_address_is_said_in_french(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/inconnu")
    assert urlsplit(page.url).path == "/"
    page.get_by_text("n’existe pas").first.wait_for()
    assert page.get_by_text("Page not found").count() == 0
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("base", ["", "tableaux/region"])
def test_first_visit_to_a_deep_link_of_a_cold_server(
    browser: Any, serve: Any, journal: Any, goto: Any, base: str
) -> None:
    cold = serve(None, f"--server.baseUrlPath={base}")
    page = browser.new_page(locale="fr-CA")
    journal.watch(page)
    slug = sorted(known_slugs())[0]
    goto(page, f"{cold.url}/{slug}")
    assert page.url.endswith(f"/{slug}")
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    # What the maps ask for, from the address of the page.
    found = page.evaluate("async () => (await (await fetch('app/geo/territories.geojson')).json()).features.length")
    assert found == 31
    assert page.evaluate("async () => (await (await fetch('app/assets/world_110m.json')).json()).type") == "Topology"
    assert page.evaluate("Object.keys(window.PlotlyGeoAssets.topojson)") == ["world_110m"]
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
    page.close()


def test_files_are_compressed_once_and_kept(server: Any) -> None:
    page = gzip.decompress(fetch(server.url, "/", Accept_Encoding="gzip")[2]).decode()
    paths = re.findall(r'"\.(/(?:static|app)/[^"]+\.(?:js|css)[^"]*)"', page)
    assert len(paths) > 10
    for path in paths:
        status, headers, body = fetch(server.url, path, Accept_Encoding="gzip")
        assert status == 200, path
        if len(body) > 500:
            assert headers.get("content-encoding") == "gzip", path
        assert "immutable" in headers["cache-control"], path
        assert fetch(server.url, path, Accept_Encoding="gzip", If_None_Match=headers["etag"])[0] == 304, path


@pytest.mark.parametrize(
    "path",
    [
        "/app/geo/../config.yaml",
        "/app/geo/..%2fconfig.yaml",
        "/app/assets/%2e%2e/%2e%2e/%2e%2e/config.yaml",
        "/app/geo/....//config.yaml",
        "/app/geo/..%5cconfig.yaml",
        "/app/data/territories.csv",
        "/static/..%2f..%2findex.html%00.js",
        "/../config.yaml",
        "/config.yaml",
    ],
)
def test_no_address_reads_another_file(server: Any, path: str) -> None:
    status, _, body = fetch(server.url, path, Accept="*/*")
    assert status in {303, 400, 404}
    assert b"regions:" not in body
    assert b"code," not in body


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
        assert names.all_inner_texts() == order
        assert page.locator(".essai thead th").nth(1).get_attribute("aria-sort") == state
    page.locator(".essai thead button").first.click()
    assert names.all_inner_texts() == ["Avignon", "Éclair", "Rimouski", "Sans donnée", "Total"]


def test_link_is_copied_or_shown(page: Page, goto: Any) -> None:
    goto(page, "/cibles?annee=2019")
    page.evaluate(TABLE)
    button = page.locator(".essai [data-copier]")
    button.click()
    page.locator(".annonce", has_text="Lien copié").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    button.click()
    field = page.locator(".essai input.adresse")
    field.wait_for()
    assert field.input_value() == page.url


@pytest.mark.long
def test_vocabulary_holds_no_english_answer(page: Page, goto: Callable[..., None]) -> None:
    goto(page, "/")
    words: dict[str, str] = json.loads(page.evaluate("JSON.stringify(window.tableauDeBord.exact)"))
    assert len(words) > 100
    assert [french for french in words.values() if ENGLISH.search(french) and french != "Menu"] == []
