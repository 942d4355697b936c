"""The wall in Chromium at 1280 x 720: arrows, live filters, text size, Échap; files that come back; views alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.deck.slides import LONGEST_TITLE, Deck, Slide
from tests.browser.choices import pick
from tests.browser.conftest import Journal, Server, context, expect, present, reload, wait_until_done
from tests.browser.exploring import rest
from tests.links import packed
from tests.quebec import Quebec

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Texts that are seen and smaller than asked: [tag and text, size].
SMALL = """(least) => {
  const found = [];
  for (const element of document.querySelectorAll(".st-key-diapo *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !element.checkVisibility() || element.getBoundingClientRect().width < 3) continue;
    const size = parseFloat(getComputedStyle(element).fontSize) * element.currentCSSZoom;
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

# The whole slide is on the screen: nothing to scroll, no text under the buttons, the buttons in sight.
FITS = """() => {
  const bar = document.querySelector(".st-key-diapo_barre")?.getBoundingClientRect();
  const main = document.querySelector(".stMain");
  if (!bar || main.scrollHeight > main.clientHeight + 1 || bar.bottom > innerHeight) return false;
  return [...document.querySelectorAll(".st-key-diapo :is(h1, p:not(.annonce, .diapo-numero), li, td, th, svg text)")]
    .filter((element) => element.checkVisibility())
    .filter((element) => !element.closest(".st-key-diapo_barre, [data-testid=stWidgetLabel]"))
    .map((element) => element.getBoundingClientRect()).filter((box) => box.width > 3)
    .every((box) => box.bottom <= bar.top + 1 && box.right <= innerWidth + 1 && box.left >= -1);
}"""
SCREENS = [(1280, 720), (1280, 800), (1366, 768), (1920, 1080)]
# Presentations made to be too tall: titles as long as they may be, of words or of one word, on what is tall already.
LONG = " ".join(["Accompagnement"] * 11)[:LONGEST_TITLE]
HOSTILE = Deck(
    "Titres trop longs",
    tuple(
        Slide(kind, {"territoire": "DRCNEQ"} if kind in ("chiffres", "carte", "mrc", "sources") else {}, title=title)
        for kind in ("chiffres", "regions", "carte", "mrc", "cibles", "sources")
        for title in (LONG, "W" * LONGEST_TITLE)
    ),
)


def expect_number(page: Page, text: str) -> None:
    expect(page.locator(".diapo-numero")).to_contain_text(text)
    wait_until_done(page)


def test_the_wall(page: Page, goto: Callable[..., None], journal: Journal) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    goto(page, "/bas-saint-laurent?mrc=2410&mesure=part")
    page.locator(".fiche h2").wait_for()
    present(page)
    # What is on the screen, as it is there; the rest of the presentation is around it.
    expect_number(page, "3 sur 11")
    expect(page.locator("h1")).to_have_text("Rimouski-Neigette reçoit 62,0\u00a0% des admissions de la région")
    assert page.locator("header.stAppHeader, [data-testid=stSidebar]").filter(visible=True).count() == 0
    page.keyboard.press("Escape")
    expect(page.locator(".fiche h2")).to_have_text("Rimouski-Neigette")
    expect(page).to_have_url(re.compile("mrc=2410&.*mesure=part"))
    present(page)
    expect_number(page, "3 sur 11")
    # Presses that come faster than the slides are not lost; the last slide is the end.
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect_number(page, "11 sur 11")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect_number(page, "3 sur 11")
    page.get_by_role("radio", name="Nombre").click()
    expect(page.locator("h1")).to_contain_text("477")
    page.keyboard.press("ArrowRight")
    expect_number(page, "4 sur 11")
    page.keyboard.press("PageUp")
    expect_number(page, "3 sur 11")
    expect(page.locator("h1")).to_contain_text("477")
    page.wait_for_url("**diapo=3*")
    reload(page)
    expect_number(page, "3 sur 11")
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


def test_the_wall_begins_by_a_view_that_its_presentation_does_not_hold(page: Page, goto: Callable[..., None]) -> None:
    goto(page, "/comparer?avec=01,12")
    present(page)
    expect_number(page, "1 sur 13")
    compared = page.locator("h1").inner_text()
    assert "de 74,8 à 82,4" in compared
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect_number(page, "2 sur 13")
    expect(page.locator("h1")).to_contain_text("les quatre régions ont reçu 16 322 admissions")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_have_text(compared)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Présenter", exact=True)).to_be_focused()
    expect(page).to_have_url(re.compile("/comparer.*avec="))
    # What is shown is in the address.
    present(page)
    expect_number(page, "1 sur 13")
    reload(page)
    expect_number(page, "1 sur 13")
    expect(page.locator("h1")).to_have_text(compared)
    page.keyboard.press("Escape")
    expect(page.locator("h1", has_text="Présentation")).to_be_focused()


@pytest.mark.parametrize(
    ("path", "number"),
    [("/", "1 sur 12"), ("/bas-saint-laurent?theme=evolution", "2 sur 11")],
)
def test_the_address_of_any_page_may_ask_for_the_wall(
    page: Page, goto: Callable[..., None], path: str, number: str
) -> None:
    goto(page, f"{path}{'&' if '?' in path else '?'}ecran=oui")
    expect_number(page, number)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Présenter", exact=True).wait_for()
    expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))


# On a telephone a slide is as tall as what it holds: nothing of its body is under the source, nothing is made smaller.
OVER = """() => {
  const top = document.querySelector(".diapo-source").getBoundingClientRect().top;
  return [...document.querySelectorAll(".st-key-diapo_corps :is(p, li, td, dd, text, .legende-carte span)")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().bottom > top + 1)
    .map((element) => element.textContent.slice(0, 60));
}"""


def test_a_slide_on_a_telephone_is_as_tall_as_what_it_holds(mobile_page: Page, goto: Callable[..., None]) -> None:
    goto(mobile_page, "/capitale-nationale?ecran=oui&theme=territoires")
    expect_number(mobile_page, "3 sur 11")
    mobile_page.locator(".st-key-diapo_corps .legende-carte").wait_for()
    assert mobile_page.evaluate(OVER) == []
    assert mobile_page.evaluate(SMALL, 14) == []


def walk(page: Page, first: str, goto: Callable[..., None], least: int = 0) -> int:
    """Every slide of a deck, on two screens, its texts of so many pixels at least; how many there were."""
    goto(page, first)
    page.locator(".diapo-numero").wait_for()
    count = int((page.locator(".diapo-numero").text_content() or "").split()[-1])
    for rank in range(1, count + 1):
        expect_number(page, f"{rank} sur {count}")
        for width, height in (SCREENS[0], SCREENS[rank % 4]):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_function(FITS)  # the chart takes the height that is left
            assert (page.evaluate(SMALL, least), page.evaluate(CUT)) == ([], []), rank
        for name, ends in (("Précédente", 1), ("Suivante", count)):
            assert page.get_by_role("button", name=name).is_disabled() == (rank == ends)
        page.keyboard.press("ArrowRight")
    return count


def test_no_slide_is_taller_than_the_screen(page: Page, goto: Callable[..., None]) -> None:
    assert walk(page, "/presentation?ecran=oui&jeu=DRCNEQ", goto, 24) >= 11


@pytest.mark.long
def test_no_title_makes_a_slide_taller_than_the_screen(page: Page, goto: Callable[..., None]) -> None:
    link = packed(HOSTILE)
    assert walk(page, f"/presentation?ecran=oui&diapos={link}", goto) == len(HOSTILE.slides)


@pytest.mark.long
def test_no_slide_of_a_whole_quebec_is_taller_than_the_screen(
    page: Page, goto: Callable[..., None], serve: Callable[..., Server], tmp_path: Path
) -> None:
    server = serve(Quebec().write(tmp_path / "quebec"))
    assert walk(page, f"{server.url}/presentation?ecran=oui&jeu=16", goto) >= 11


def test_the_browser_gives_its_whole_screen_and_takes_it_back(page: Page, goto: Callable[..., None]) -> None:
    whole, button = (
        "() => document.fullscreenElement !== null",
        page.get_by_role("button", name="Présenter", exact=True),
    )
    for address in ("/cibles", "/bas-saint-laurent?mrc=2410"):
        goto(page, address)
        present(page)
        expect_number(page, " sur ")
        page.wait_for_function(whole)
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.wait_for_function(f"() => !({whole})()")
        expect(page).to_have_url(re.compile(re.escape(address)))
    # Left by the browser's own key, which the page never sees: the same.
    button.press("Enter")
    page.get_by_role("menuitem", name="Plein écran").press("Enter")
    expect_number(page, " sur ")
    page.wait_for_function(whole)
    page.evaluate("() => document.exitFullscreen()")
    expect(button).to_be_focused()
    # Asked from the wall, it is the wall that stays.
    present(page)
    expect_number(page, " sur ")
    page.wait_for_function(whole)
    page.get_by_role("button", name="Réduire").click()
    page.wait_for_function(f"() => !({whole})()")
    page.get_by_role("button", name="Plein écran").click()
    page.wait_for_function(whole)
    page.evaluate("() => document.exitFullscreen()")
    expect(page.get_by_role("button", name="Plein écran")).to_be_focused()
    expect_number(page, " sur ")


@pytest.mark.long
def test_a_browser_that_refuses_its_whole_screen_presents_all_the_same(page: Page, goto: Callable[..., None]) -> None:
    page.add_init_script("Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'));")
    goto(page, "/cibles")
    present(page)
    expect_number(page, "10 sur 12")
    page.keyboard.press("ArrowRight")
    expect_number(page, "11 sur 12")
    page.keyboard.press("Escape")
    page.wait_for_url("**/cibles*")


def test_the_arrows_walk_from_any_widget_of_a_slide(page: Page, goto: Callable[..., None]) -> None:
    """A list keeps them while it is open; then, and from a segment, they walk again."""
    goto(page, "/presentation?ecran=oui&jeu=01&diapo=3")
    expect_number(page, "3 sur 11")
    page.get_by_role("combobox", name="MRC").click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("option", name="La Matanie").click()
    page.locator(".legende-choisi", has_text="La Matanie").wait_for()
    wait_until_done(page)
    expect_number(page, "3 sur 11")
    page.keyboard.press("ArrowRight")
    expect_number(page, "4 sur 11")
    page.get_by_role("radio", name="Part de sa région").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Nombre", checked=True).wait_for()
    wait_until_done(page)
    page.keyboard.press("ArrowLeft")
    expect_number(page, "3 sur 11")
    page.get_by_role("button", name="Plein écran").focus()
    for _ in range(12):
        page.keyboard.press("ArrowLeft")
    expect_number(page, "1 sur 11")
    page.get_by_role("button", name="Suivante").click()
    expect_number(page, "2 sur 11")
    page.get_by_role("combobox", name="Année").focus()
    for _ in range(14):
        page.keyboard.press("PageDown")
    expect_number(page, "11 sur 11")
    page.keyboard.press("ArrowLeft")
    expect_number(page, "10 sur 11")


def pinned(page: Page, goto: Callable[..., None]) -> None:
    """The view of the targets is in one's own presentation, which is shown."""
    goto(page, "/cibles")
    present(page, "Ajouter à la présentation")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.locator(".avis", has_text="1 diapositive").wait_for()
    wait_until_done(page)
    present(page, "Page Présentation")
    pick(page, "Présentation", "Ma présentation")
    page.locator("h3", has_text="Diapositive 1").wait_for()
    rest(page)  # the button below is that of the presentation chosen, and no longer of the one before


def test_a_presentation_goes_to_another_dashboard_as_a_file(
    page: Page, goto: Callable[..., None], tmp_path: Path
) -> None:
    pinned(page, goto)
    page.get_by_text("Passer une présentation d’un tableau de bord à un autre").click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Enregistrer la présentation").click()
    assert sent.value.suggested_filename == "ma-presentation.yaml"
    file = tmp_path / "été.yaml"
    sent.value.save_as(file)
    # Another browser has nothing, then the file.
    page.context.clear_cookies()
    goto(page, "/presentation?jeu=ma")
    page.locator(".avis", has_text="Cette présentation est vide").wait_for()
    page.get_by_text("Passer une présentation d’un tableau de bord à un autre").click()
    broken = tmp_path / "brisé.yaml"
    broken.write_text(file.read_text(encoding="utf-8").replace("vue: cibles", "vue: camembert"), encoding="utf-8")
    page.locator("input[type=file]").set_input_files(broken)
    page.locator(".avis-erreur", has_text="camembert").wait_for()
    wait_until_done(page)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("h3", has_text="Diapositive 1")).to_contain_text("Cibles stratégiques")


def test_a_presentation_kept_under_a_name_is_opened_by_its_link_in_another_browser(
    page: Page, goto: Callable[..., None], browser: Browser, server: Server
) -> None:
    """With the keyboard alone."""
    pinned(page, goto)
    page.get_by_role("button", name="Garder sous un nom").press("Enter")
    name = page.get_by_role("textbox", name="Nom de la présentation")
    name.fill("Table de mars")
    name.press("Tab")
    page.get_by_role("textbox", name="Votre nom").fill("Anne Roy")
    page.keyboard.press("Tab")
    wait_until_done(page)
    page.get_by_role("button", name="Garder", exact=True).press("Enter")
    page.get_by_text("Gardée par Anne Roy").wait_for()
    wait_until_done(page)
    page.get_by_role("button", name="Copier le lien de la présentation").press("Enter")
    page.locator(".annonce", has_text="Copié").wait_for(state="attached")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"http://[^/]+/presentation\?jeu=[a-z0-9]{8}", link)
    visitor = context(browser, server, 375)
    other = visitor.new_page()
    goto(other, link)
    expect(other.get_by_role("combobox", name="Présentation")).to_have_value("Table de mars")
    expect(other.locator("h3", has_text="Diapositive 1")).to_contain_text("Cibles stratégiques")
    assert other.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # On the wall, and back.
    goto(other, f"{link}&ecran=oui")
    expect_number(other, "1 sur 1")
    # What the other changes is in force once it is saved, at the next interaction of the first.
    goto(other, link)
    notes = other.get_by_role("textbox", name="Notes de présentation")
    notes.fill("Commencer par le but")
    notes.press("Tab")
    other.get_by_role("button", name="Enregistrer les changements").press("Enter")
    other.locator(".avis", has_text="est enregistrée pour toute l’équipe").wait_for()
    wait_until_done(other)
    reload(page)
    expect(page.get_by_role("textbox", name="Notes de présentation")).to_have_value("Commencer par le but")
    visitor.close()
