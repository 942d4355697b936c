"""Paper, by Ctrl + P or without: nothing is cut, no heading or control is left alone, the screen comes back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.browser.conftest import Journal, expect, present, wait_until_done
from tests.browser.exploring import rest
from tests.transcription import ADMISSIONS, MRC, NBSP, fr

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pypdf import PageObject

pytestmark = pytest.mark.browser

# Of each chart: width of its place, of its drawing, and the right side of its rightmost text, from the place's left.
CHARTS = """() => [...document.querySelectorAll(".graphique")].map((place) => {
  const box = place.getBoundingClientRect();
  const svg = place.querySelector("svg.main-svg").getBoundingClientRect();
  const ends = [...place.querySelectorAll("svg text")].map((t) => t.getBoundingClientRect().right - box.left);
  return [box.width, svg.width, Math.max(0, ...ends)];
})"""
CONTROLS = ".stAppHeader, .stButton, .stDownloadButton, .stSelectbox, .stButtonGroup, .stPopover, .st-key-recherche"
PAPER = 703  # A4 less two margins of 12 mm, in CSS pixels
MARGIN = 34  # 12 mm, in points
# What is printed, and where: the text of the page when the browser is asked to print it.
PRINTED = """window.print = () => {
  dispatchEvent(new Event("beforeprint"));
  window.imprime = { whole: document.querySelector("[data-entiere]") !== null, text: document.body.innerText };
  dispatchEvent(new Event("afterprint"));
}"""
# What no page may do: end on a heading. What no head of a table may do: cut a word, or make the table leave the paper.
HEADINGS = """() => [...document.querySelectorAll(".stHtml :is(h1, h2, h3, h4, caption, summary)")]
  .map((heading) => heading.textContent.replace(/\\s+/g, " ").trim()).filter((text) => text)"""
HEADS = """() => {
  const found = [];
  for (const table of document.querySelectorAll("table.donnees")) {
    if (!table.checkVisibility()) continue;
    if (table.getBoundingClientRect().right > innerWidth + 1) found.push(`trop large : ${table.caption?.textContent}`);
    const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
      }
    }
  }
  return found;
}"""


def pdf(page: Page, *, across: bool = False) -> Sequence[PageObject]:
    return PdfReader(io.BytesIO(page.pdf(format="Letter", landscape=across, print_background=True))).pages


def lines(page: PageObject) -> list[tuple[float, float, str]]:
    """(height, left, text) of every text of a printed page, in points, from the bottom left of the paper."""
    found: list[tuple[float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            left, height = (tm[4] * cm[i] + tm[5] * cm[i + 2] + cm[i + 4] for i in (0, 1))
            found.append((height, left, text.replace(NBSP, " ").strip()))

    page.extract_text(visitor_text=visit)
    return found


def expect_whole_on_paper(page: Page) -> None:
    """As the menu of a browser or a program prints: no key is pressed, nothing is laid out again beforehand."""
    rest(page)
    headings = page.evaluate(HEADINGS)
    labels = {
        text.replace(NBSP, " ")
        for text in page.locator(
            ".stElementContainer:not([data-retained]) .js-plotly-plot :is(.xtick, .bartext)"
        ).all_text_contents()
        if text.strip()
    }
    for across in (False, True):
        said = ""
        for number, sheet in enumerate(pdf(page, across=across), start=1):
            width = float(sheet.mediabox.width)
            texts = lines(sheet)
            assert all(0 <= left < width - MARGIN and height > 0 for height, left, _ in texts), number
            lowest = min(texts)[0]
            last = " ".join(text for height, _, text in sorted(texts, key=lambda t: t[1]) if height < lowest + 2)
            assert not [heading for heading in headings if heading.endswith(last)], f"{number} : {last}"
            said += "".join(text for _, _, text in texts)
        # A label that is cut or left out is not there: the last year of a trend, the value of a bar.
        flat = re.sub(r"\s", "", said)
        assert not [label for label in labels if re.sub(r"\s", "", label) not in flat]


def be_printed(page: Page) -> None:
    """The page becomes what is printed, and its tables lose no word."""
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")
    page.locator("html.impression").wait_for(state="attached")
    page.evaluate("() => document.querySelectorAll('details.repli').forEach((fold) => { fold.open = true; })")
    assert page.evaluate(HEADS) == []


# No event of printing is heard: the style alone makes the charts fit.
DEAF = """for (const target of [window, MediaQueryList.prototype]) {
  const listen = target.addEventListener;
  target.addEventListener = function (name, ...rest) {
    if (!/print$/.test(name) && !(this instanceof MediaQueryList)) listen.call(this, name, ...rest); };
}"""


@pytest.mark.parametrize("path", ["/cibles", "/donnees-et-sources", "/capitale-nationale?theme=evolution"])
def test_paper_holds_a_page_whole(page: Page, goto: Callable[[Page, str], None], path: str) -> None:
    if "evolution" in path:
        page.add_init_script(DEAF)
    goto(page, path)
    expect_whole_on_paper(page)
    if "evolution" not in path:
        be_printed(page)


def test_a_region_is_printed_whole_and_the_screen_comes_back(
    page: Page, goto: Callable[[Page, str], None], journal: Journal
) -> None:
    """Every theme with its tables, whichever was on the screen, as wide as the paper; then the screen as it was."""

    def expect_screen() -> None:
        expect(page.locator("[data-entiere]")).to_have_count(0)
        expect(page.locator("html.impression")).to_have_count(0)
        expect(page.locator("#territoires, #plan")).to_have_count(0)
        expect(page.locator("#admissions")).to_be_visible()

    page.add_init_script(PRINTED)
    goto(page, "/bas-saint-laurent?theme=evolution")
    for ask in (lambda: page.keyboard.press("Control+p"), lambda: present(page, "Imprimer")):
        page.evaluate("window.imprime = null")
        ask()
        printed = page.wait_for_function("() => window.imprime").json_value()
        assert printed["whole"]
        for said in ("Rimouski-Neigette", "Femmes", "Ententes du PASI", "2.1 Francisation"):
            assert said in printed["text"]
        expect_screen()

    expect_whole_on_paper(page)
    before = page.evaluate(CHARTS)
    be_printed(page)
    page.locator("[data-entiere]").wait_for(state="attached")
    wait_until_done(page)
    page.wait_for_function(f"() => ({CHARTS})().every(([place, drawing]) => drawing <= place + 1)")
    assert len(page.evaluate(CHARTS)) == 9
    for place, drawing, end in page.evaluate(CHARTS):
        assert place <= PAPER
        assert drawing <= place + 1
        assert end <= place + 1
    expect(page.locator(CONTROLS).filter(visible=True)).to_have_count(0)
    # A printed page holds plain spaces where its font has but one.
    text = " ".join(part.extract_text() for part in pdf(page)).replace(NBSP, " ")
    figures = [fr(ADMISSIONS["01"][0]), fr(ADMISSIONS["01"][-1])]
    for said in (*figures, "Ententes du PASI", "2.1 Francisation", "Source : Plan"):
        assert said in text, said
    for name, count, _ in MRC["01"].values():
        assert name in text
        assert fr(count) in text
    for gone in ("Télécharger", "Choisir", "poser une question", "est imprimé"):
        assert gone not in text, gone

    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="screen")
    expect_screen()
    page.wait_for_function(
        """(widths) => [...document.querySelectorAll(".graphique svg.main-svg:first-child")]
          .filter((svg) => svg.getBoundingClientRect().width > 0)
          .some((svg) => Math.abs(svg.getBoundingClientRect().width - widths) < 2)""",
        arg=max(drawing for _, drawing, _ in before),
    )
    assert not journal.errors_of_ours()


def test_a_table_has_its_heads_on_every_sheet(page: Page, goto: Callable[[Page, str], None]) -> None:
    goto(page, "/mrc")
    page.emulate_media(media="print")
    page.locator("[data-entiere]").wait_for(state="attached")
    wait_until_done(page)
    sheets = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in pdf(page)]
    # The populations of its first row and of its last.
    first_rows, last_rows = ([sheet for sheet in sheets if said in sheet] for said in ("569 717", "7 082"))
    assert first_rows != last_rows
    assert all("Part de la région" in sheet for sheet in (*first_rows, *last_rows))
