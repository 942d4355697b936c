"""The wall in Chromium at 1280 x 720: arrows, live filters, text size, Échap; files that come back; views alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.deck.slides import LONGEST_TITLE, Deck, Slide
from tests.browser.choices import pick
from tests.browser.conftest import Journal, Server, back, context, expect, present, reload, wait_until_done
from tests.browser.exploring import expect_params, expect_view, rest, view
from tests.browser.test_back import length
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
KINDS = ("chiffres", "regions", "carte", "mrc", "cibles", "sources")
HOSTILE = Deck(
    "Titres trop longs",
    tuple(
        Slide(kind, {"territoire": "DRCNEQ"} if kind not in ("regions", "cibles") else {}, title=title)
        for kind, title in [*((kind, LONG) for kind in KINDS), ("carte", "W" * LONGEST_TITLE)]
    ),
)


def expect_number(page: Page, text: str) -> None:
    expect(page.locator(".diapo-numero")).to_contain_text(text)
    wait_until_done(page)


def test_the_wall(page: Page, goto: Callable[..., None], journal: Journal) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    goto(page, "/bas-saint-laurent?mrc=2410&mesure=part")
    page.locator(".fiche h2").wait_for()
    kept, steps = view(page), length(page)
    present(page)
    # What is on the screen, as it is there; the rest of the presentation is around it.
    expect_number(page, "3 sur 11")
    expect(page.locator("h1")).to_have_text("Rimouski-Neigette reçoit 62,0\u00a0% des admissions de la région")
    assert page.locator("header.stAppHeader, [data-testid=stSidebar]").filter(visible=True).count() == 0
    seen = {"ecran": "oui", "jeu": "01", "diapo": "3", "objet": "carte", "territoire": "01", "mesure": "part"}
    expect_params(page, seen | {"mrc": "2410"})
    assert length(page) == steps + 1
    page.keyboard.press("ArrowRight")
    expect_number(page, "4 sur 11")
    expect_params(page, {"ecran": "oui", "jeu": "01", "diapo": "4"})
    assert length(page) == steps + 2
    back(page)
    expect_number(page, "3 sur 11")
    expect_params(page, seen | {"mrc": "2410"})
    back(page)
    expect_view(page, kept)
    expect_params(page, {"mrc": "2410", "mesure": "part"})
    present(page)
    expect_number(page, "3 sur 11")
    page.keyboard.press("Escape")
    expect(page.locator(".fiche h2")).to_have_text("Rimouski-Neigette")
    expect(page).to_have_url(re.compile("mrc=2410&.*mesure=part"))
    present(page)
    # Presses that come faster than the slides are not lost; the last slide is the end, and so is the first.
    expect_number(page, "3 sur 11")
    for key, many, number in (("ArrowRight", 9, 11), ("ArrowLeft", 12, 1), ("PageDown", 2, 3)):
        for _ in range(many):
            page.keyboard.press(key)
        expect_number(page, f"{number} sur 11")
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
    # The arrows walk from any widget of a slide. A list keeps them while it is open.
    page.get_by_role("combobox", name="MRC").click()
    page.keyboard.press("ArrowRight")
    page.get_by_role("option", name="La Matanie").click()
    page.locator(".legende-choisi", has_text="La Matanie").wait_for()
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
    page.get_by_role("button", name="Suivante").click()
    expect_number(page, "4 sur 11")
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


# On a telephone a slide is as tall as what it holds: nothing of its body is under the source, nothing is made smaller.
OVER = """() => {
  const top = document.querySelector(".diapo-source").getBoundingClientRect().top;
  return [...document.querySelectorAll(".st-key-diapo_corps :is(p, li, td, dd, text, .legende-carte span)")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().bottom > top + 1)
    .map((element) => element.textContent.slice(0, 60));
}"""


def test_the_address_of_any_page_asks_for_the_wall_on_a_telephone_too(
    mobile_page: Page, goto: Callable[..., None]
) -> None:
    goto(mobile_page, "/capitale-nationale?theme=territoires&ecran=oui")
    expect_number(mobile_page, "3 sur 11")
    mobile_page.locator(".st-key-diapo_corps .legende-carte").wait_for()
    assert mobile_page.evaluate(OVER) == []
    assert mobile_page.evaluate(SMALL, 14) == []
    mobile_page.keyboard.press("Escape")
    mobile_page.get_by_role("button", name="Présenter", exact=True).wait_for()
    expect(mobile_page).to_have_url(re.compile(r"/capitale-nationale(\?theme=territoires)?$"))


def test_no_slide_is_taller_than_the_screen(
    page: Page, goto: Callable[..., None], serve: Callable[..., Server], tmp_path: Path
) -> None:
    """Every slide of a deck, on two screens, its texts of so many pixels at least; of a whole Québec too."""
    quebec = serve(Quebec().write(tmp_path / "quebec"))
    for root, deck, slides, least in (
        ("", "jeu=DRCNEQ", 11, 24),
        ("", f"diapos={packed(HOSTILE)}", len(HOSTILE.slides), 0),
        (quebec.url, "jeu=16", 11, 0),
    ):
        goto(page, f"{root}/presentation?ecran=oui&{deck}")
        page.locator(".diapo-numero").wait_for()
        count = int((page.locator(".diapo-numero").text_content() or "").split()[-1])
        assert count >= slides
        for rank in range(1, count + 1):
            expect_number(page, f"{rank} sur {count}")
            for width, height in (SCREENS[0], SCREENS[rank % 4]):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_function(FITS)  # the chart takes the height that is left
                assert (page.evaluate(SMALL, least), page.evaluate(CUT)) == ([], []), (deck, rank)
            for name, ends in (("Précédente", 1), ("Suivante", count)):
                assert page.get_by_role("button", name=name).is_disabled() == (rank == ends)
            page.keyboard.press("ArrowRight")


def test_the_browser_gives_its_whole_screen_and_takes_it_back(page: Page, goto: Callable[..., None]) -> None:
    """From a view that its presentation does not hold."""
    whole = "() => document.fullscreenElement !== null"
    button = page.get_by_role("button", name="Présenter", exact=True)
    goto(page, "/comparer?avec=01,12")
    present(page)
    expect_number(page, "1 sur 13")
    compared = page.locator("h1").inner_text()
    assert "de 74,8 à 82,4" in compared
    expect(page.locator("h1")).to_be_focused()
    page.wait_for_function(whole)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    page.wait_for_function(f"() => !({whole})()")
    expect(page).to_have_url(re.compile("/comparer.*avec="))
    # Left by the browser's own key, which the page never sees: the same.
    button.press("Enter")
    page.get_by_role("menuitem", name="Plein écran").press("Enter")
    expect_number(page, "1 sur 13")
    page.wait_for_function(whole)
    page.evaluate("() => document.exitFullscreen()")
    expect(button).to_be_focused()
    # Asked from the wall, it is the wall that stays.
    present(page)
    expect_number(page, "1 sur 13")
    page.wait_for_function(whole)
    page.get_by_role("button", name="Réduire").click()
    page.wait_for_function(f"() => !({whole})()")
    page.get_by_role("button", name="Plein écran").click()
    page.wait_for_function(whole)
    page.evaluate("() => document.exitFullscreen()")
    expect(page.get_by_role("button", name="Plein écran")).to_be_focused()
    expect_number(page, "1 sur 13")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    # A browser that refuses it presents all the same.
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused')); }")
    present(page)
    expect_number(page, "1 sur 13")
    page.keyboard.press("ArrowRight")
    expect_number(page, "2 sur 13")
    expect(page.locator("h1")).to_contain_text("les quatre régions ont reçu 16 322 admissions")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_have_text(compared)
    # What is shown is in the address.
    reload(page)
    expect_number(page, "1 sur 13")
    expect(page.locator("h1")).to_have_text(compared)
    page.keyboard.press("Escape")
    expect(page.locator("h1", has_text="Présentation")).to_be_focused()


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


def test_a_presentation_goes_to_another_browser_as_a_file_and_by_the_link_of_its_name(
    page: Page, goto: Callable[..., None], browser: Browser, server: Server, tmp_path: Path
) -> None:
    """With the keyboard alone, for its name."""
    passing = "Passer une présentation d’un tableau de bord à un autre"
    pinned(page, goto)
    page.get_by_text(passing).click()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Enregistrer la présentation").click()
    assert sent.value.suggested_filename == "ma-presentation.yaml"
    file, broken = tmp_path / "été.yaml", tmp_path / "brisé.yaml"
    sent.value.save_as(file)
    broken.write_text(file.read_text(encoding="utf-8").replace("vue: cibles", "vue: camembert"), encoding="utf-8")
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
    # On the wall, then its page.
    goto(other, f"{link}&ecran=oui")
    expect_number(other, "1 sur 1")
    goto(other, link)
    expect(other.get_by_role("combobox", name="Présentation")).to_have_value("Table de mars")
    expect(other.locator("h3", has_text="Diapositive 1")).to_contain_text("Cibles stratégiques")
    assert other.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # What the other changes is in force once it is saved, at the next interaction of the first.
    notes = other.get_by_role("textbox", name="Notes de présentation")
    notes.fill("Commencer par le but")
    notes.press("Tab")
    other.get_by_role("button", name="Enregistrer les changements").press("Enter")
    other.locator(".avis", has_text="est enregistrée pour toute l’équipe").wait_for()
    reload(page)
    expect(page.get_by_role("textbox", name="Notes de présentation")).to_have_value("Commencer par le but")
    # The other has none of its own, then the file.
    goto(other, "/presentation?jeu=ma")
    other.locator(".avis", has_text="Cette présentation est vide").wait_for()
    other.get_by_text(passing).click()
    other.locator("input[type=file]").set_input_files(broken)
    other.locator(".avis-erreur", has_text="camembert").wait_for()
    wait_until_done(other)
    other.locator("input[type=file]").set_input_files(file)
    expect(other.locator("h3", has_text="Diapositive 1")).to_contain_text("Cibles stratégiques")
    visitor.close()
