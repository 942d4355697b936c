"""The wall in Chromium at 1280 x 720: arrows, live filters, text size, Échap; files that come back; views alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Journal, Server
from tests.browser.exploring import rest
from tests.transcription import fr

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WAIT = 45_000
# Texts that are seen and smaller than asked: [tag and text, size].
SMALL = """(least) => {
  const found = [];
  for (const element of document.querySelectorAll(".st-key-diapo *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !element.checkVisibility() || element.getBoundingClientRect().width < 3) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < least) found.push([element.tagName, element.textContent.slice(0, 40), size]);
  }
  return found;
}"""
# What goes out of the screen, or of the slide's own frame.
CUT = """() => [...document.querySelectorAll(".st-key-diapo :is(h1, p, li, td, th, button, text)")]
  .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 3)
  .filter((element) => { const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1 || box.bottom > innerHeight + 1; })
  .map((element) => element.textContent.slice(0, 60))"""


def expect_number(page: Page, text: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator(".diapo-numero")).to_contain_text(text, timeout=WAIT)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1, timeout=WAIT)


def test_the_wall(page: Page, goto: Callable[..., None], journal: Journal) -> None:
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 1280, "height": 720})
    goto(page, "/bas-saint-laurent?mrc=2410&mesure=part")
    page.locator(".fiche h2").wait_for()
    page.get_by_role("button", name="Présenter", exact=True).click()
    expect_number(page, "1 sur 11")
    assert page.locator("header.stAppHeader, [data-testid=stSidebar]").filter(visible=True).count() == 0
    for rank in range(1, 12):
        expect_number(page, f"{rank} sur 11")
        page.wait_for_timeout(400)  # the chart takes the height that is left
        assert page.evaluate(SMALL, 24) == [], rank
        assert page.evaluate(CUT) == [], rank
        page.keyboard.press("ArrowRight")
    expect_number(page, "11 sur 11")  # the last slide is the end
    # Presses that come faster than the slides are not lost.
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect_number(page, "3 sur 11")
    page.get_by_role("radio", name="Nombre").click()
    expect(page.locator("h1")).to_contain_text("477", timeout=WAIT)
    page.keyboard.press("ArrowRight")
    expect_number(page, "4 sur 11")
    page.keyboard.press("PageUp")
    expect_number(page, "3 sur 11")
    expect(page.locator("h1")).to_contain_text("477", timeout=WAIT)
    page.reload()
    expect_number(page, "3 sur 11")
    page.go_back()  # the reload keeps the history; a session is new after it
    goto(page, "/bas-saint-laurent?mrc=2410&mesure=part")
    page.locator(".fiche h2").wait_for()
    page.get_by_role("button", name="Présenter", exact=True).click()
    expect_number(page, "1 sur 11")
    page.keyboard.press("Escape")
    expect(page.locator(".fiche h2")).to_have_text("Rimouski-Neigette", timeout=WAIT)
    assert "mrc=2410" in page.url
    assert "mesure=part" in page.url
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


def test_a_presentation_is_pinned_saved_and_opened_again(page: Page, goto: Callable[..., None], tmp_path: Path) -> None:
    from playwright.sync_api import expect

    goto(page, "/cibles")
    page.get_by_role("button", name="Ajouter à la présentation", exact=True).click()
    page.locator(".avis", has_text="1 diapositive").wait_for()
    page.get_by_role("link", name="Présentations et fichiers").click()
    page.get_by_role("combobox", name="Présentation").click()
    page.get_by_role("option", name="Ma présentation (1)").click()
    page.locator("h3", has_text="Diapositive 1").wait_for()
    rest(page)  # the button below is that of the presentation chosen, and no longer of the one before
    with page.expect_download() as sent:
        page.get_by_role("button", name="Enregistrer la présentation (YAML)").click()
    assert sent.value.suggested_filename == "ma-presentation.yaml"
    file = tmp_path / "été.yaml"
    sent.value.save_as(file)
    page.get_by_role("button", name="Copier le lien de la présentation").click()
    page.locator(".annonce", has_text="Copié").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    # A fresh session: nothing, then the file, then the link.
    goto(page, "/presentation?jeu=ma")
    page.locator(".avis", has_text="Cette présentation est vide").wait_for()
    broken = tmp_path / "brisé.yaml"
    broken.write_text(file.read_text(encoding="utf-8").replace("vue: cibles", "vue: camembert"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(broken)
    page.locator(".avis-erreur", has_text="camembert").wait_for()
    page.locator("input[type=file]").set_input_files(file)
    page.locator("h3", has_text="Diapositive 1").wait_for()
    goto(page, link)
    expect(page.locator("h3", has_text="Diapositive 1")).to_contain_text("Cibles stratégiques", timeout=WAIT)


def test_a_view_stands_in_the_frame_of_an_allowed_site_alone(
    serve: Callable[..., Server], copy_of_data: Path, page: Page, goto: Callable[..., None]
) -> None:
    """Asked of the server itself: who may frame what is in the headers, and the browser obeys them."""
    import urllib.request

    def headers(server: Server, path: str) -> tuple[str, str | None]:
        asked = urllib.request.Request(f"{server.url}{path}", headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked) as answer:
            return answer.headers["Content-Security-Policy"], answer.headers["X-Frame-Options"]

    root = copy_of_data
    config = root / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("embed_hosts: []", 'embed_hosts: ["https://intranet.exemple.ca"]'), encoding="utf-8")
    server = serve(root)
    policy, old = headers(server, "/integrer?objet=carte")
    assert "frame-ancestors 'self' https://intranet.exemple.ca" in policy
    assert old is None
    for path in ("/", "/bas-saint-laurent", "/presentation"):
        policy, old = headers(server, path)
        assert policy.endswith("frame-ancestors 'self'")
        assert old == "SAMEORIGIN"
    goto(page, f"{server.url}/integrer?objet=mrc&territoire=01&mesure=nombre")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    assert page.locator("header.stAppHeader").filter(visible=True).count() == 0
    assert fr(477) in page.locator(".js-plotly-plot").first.inner_text()
