"""Every page as a person first sees it, on a desk and on a telephone: drawn, French, in its frame, quiet.

Each visit is cold: a new visitor, straight to the address, nothing in the cache of the browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.french_text import english_numbers, english_words
from tests.long_forms import first
from tests.transcription import MRC, MRC_COUNT, SLUGS, TOTALS, fr

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# The tour of test_accessibility.py goes through every page, at 320 px too: here, one of each kind, then those with the
# widest charts and tables.
PAGES = ["", SLUGS["11"], "comparer", "ententes", "integrer"]
NARROW = ["", SLUGS["03"], SLUGS["12"], "comparer", "ententes"]
REGION_OF = {slug: code for code, slug in SLUGS.items()}
# Charts that a page shows at first; the others show none, or as many as they like.
CHARTS = {"": 6, "indicateurs": 1, "comparer": 1, "cibles": 3, "ententes": 4, **dict.fromkeys(REGION_OF, 9)}
# Objectives, targets and indicators are named 2.1, 5.1-a.
NAMED = re.compile(
    r"(?<![\d,])[2-5]\.1(?:-[ab])?(?=\.? [A-ZÀ-Þ])|(?m:^[2-5]\.1(?:-[ab])?$)"
    r"|(?i:\b(?:cible|référence|indicateur|objectif|résultat de)) [2-5]\.1(?:-[ab])?(?=[.,:;\s])"
)

# A chart is drawn when it has a mark that takes room: a bar, a territory, a circle, a line.
EMPTY = """() => [...document.querySelectorAll(".js-plotly-plot")].filter((chart) => {
  const marks = chart.querySelectorAll(
    ".bars .point path, path.choroplethlocation, .scattergeo .point, .scatterlayer .point, .scatterlayer .js-line");
  return ![...marks].some((mark) => {
    const box = mark.getBoundingClientRect();
    return box.width > 0.5 || box.height > 0.5;
  });
}).map((chart) => chart.closest("[class*=st-key-]")?.className ?? "?")"""
# A width that is not whole is rounded in two ways, and the chart drawn twice.
BROKEN_WIDTHS = """() => [...document.querySelectorAll(".js-plotly-plot")]
  .map((chart) => [chart.getBoundingClientRect().width, chart._fullLayout.width])
  .filter(([place, drawn]) => place !== drawn || !Number.isInteger(place))"""
TEXTS = """() => {
  // The name of an icon is the text of its drawing.
  for (const icon of document.querySelectorAll("[data-testid=stIconMaterial]")) icon.style.display = "none";
  return [
  document.title,
  document.body.innerText,
  ...[...document.querySelectorAll("svg text")].filter((text) => text.getBoundingClientRect().width)
    .map((text) => text.textContent),
  ...[...document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")].flatMap((element) =>
    ["aria-label", "title", "placeholder", "alt"].map((name) => element.getAttribute(name)).filter(Boolean)),
  ];
}"""
SHAPES = """() => [...document.querySelectorAll(".st-key-carte path.choroplethlocation")].map((shape) => {
  const box = shape.getBoundingClientRect(), frame = shape.closest(".js-plotly-plot").getBoundingClientRect();
  return {
    code: shape.__data__.loc,
    inset: shape.closest(".geo2") !== null,
    seen: box.width > 1 && box.height > 1
      && box.left >= frame.left - 1 && box.right <= frame.right + 1
      && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1,
  };
})"""
# What stands out of the screen on the right, unless a box of its own scrolls it.
OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolled = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX) && up.clientWidth <= wide)
        return up !== document.body && up.dataset.testid !== "stMain" && up.dataset.testid !== "stApp";
    return false;
  };
  return [...document.querySelectorAll("[data-testid=stMainBlockContainer] *")]
    .filter((element) => element.getBoundingClientRect().right > wide + 1 && element.checkVisibility()
      && !scrolled(element))
    .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`);
}"""
def drawn(page: Page) -> None:
    """Wait until no chart of the page is empty."""
    page.wait_for_function(f"() => ({EMPTY})().length === 0", polling=200)


def french(texts: list[str]) -> list[str]:
    """What a reader would not take for French among the texts of a page."""
    found = []
    for text in texts:
        found += english_words(text)
        found += english_numbers(NAMED.sub("", text))
    return found


def visit(page: Page, goto: Any, slug: str) -> None:
    """A first visit, until everything is drawn."""
    goto(page, f"/{slug}")
    page.locator(".pied").wait_for()
    drawn(page)


def checked(page: Page, journal: Any, slug: str) -> None:
    """What holds on every screen."""
    assert urlsplit(page.url).path == f"/{slug}"
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert page.locator(".js-plotly-plot").count() >= CHARTS.get(slug, 0)
    assert page.evaluate(EMPTY) == []
    # No message of an error, in French or not.
    assert page.locator("[data-testid=stException], .avis-erreur").count() == 0
    assert (journal.outside, journal.refused, journal.errors_of_ours()) == ([], [], [])


@pytest.mark.parametrize("slug", first(PAGES, 2))
def test_a_page_is_drawn_and_french_on_a_desk(page: Page, journal: Any, goto: Any, slug: str) -> None:
    visit(page, goto, slug)
    checked(page, journal, slug)
    # A title of its own, so that tabs and favourites can be told apart.
    named = page.locator("h1").inner_text() if slug else "Vue d’ensemble"
    assert page.title() == f"{named} – Portraits régionaux de l’immigration"
    if slug in {"", *REGION_OF}:
        _maps(page, REGION_OF.get(slug))
    page.wait_for_function(f"() => !({BROKEN_WIDTHS})().length")
    assert french(page.evaluate(TEXTS)) == []


def _maps(page: Page, region: str | None) -> None:
    """Each territory once on the map and once among the bars, the far islands in their inset."""
    own = MRC_COUNT if region is None else MRC[region]
    shapes = shapes_of(page)
    assert sorted(shapes) == sorted(own)
    assert [code for code, shape in shapes.items() if shape["inset"]] == (["2401"] if "2401" in own else [])
    assert page.locator(".st-key-barres .bars .point path").count() == len(own)
    assert page.get_by_text("amCharts").first.is_visible()
    if region is None:
        assert len(shapes) == 31
        return
    # Its five years of admissions, and its total among the key figures.
    assert page.locator(".st-key-tendance .bars .point path").count() == 5
    assert fr(TOTALS[region]) in page.locator(".cle-grille").first.inner_text()


@pytest.mark.parametrize("slug", first(NARROW))
def test_a_page_is_drawn_and_in_its_frame_on_a_telephone(mobile_page: Page, journal: Any, goto: Any, slug: str) -> None:
    visit(mobile_page, goto, slug)
    checked(mobile_page, journal, slug)
    widths = mobile_page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1] == 375
    assert mobile_page.evaluate(OUT) == []
    # Every chart keeps to the screen.
    for chart in mobile_page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375


@pytest.mark.long
def test_all_the_territories_compared_are_seen_on_a_telephone(mobile_page: Page, goto: Any) -> None:
    goto(mobile_page, "/comparer?avec=01,03,12,11,QC")
    field = mobile_page.get_by_test_id("stMultiSelectTagsContainer")
    last = field.get_by_text("Ensemble du Québec", exact=True)
    last.wait_for()
    [outside, inside] = [field.bounding_box(), last.bounding_box()]
    assert outside is not None
    assert inside is not None
    assert inside["y"] + inside["height"] <= outside["y"] + outside["height"]
    assert field.evaluate("(list) => list.scrollHeight - list.clientHeight") <= 0


@pytest.mark.long
def test_a_link_longer_than_a_telephone_is_read_whole(mobile_page: Page, goto: Any) -> None:
    goto(mobile_page, "/indicateurs")
    link = mobile_page.locator("[data-testid=stPageLink] a", has_text="Question la plus proche").first
    link.wait_for()
    assert link.locator("span").first.evaluate("(text) => text.scrollWidth <= text.clientWidth")


def shapes_of(page: Page) -> dict[str, dict[str, Any]]:
    """The territories drawn on the map, each once."""
    found = page.evaluate(SHAPES)
    codes = [shape["code"] for shape in found]
    assert len(codes) == len(set(codes))
    assert [shape["code"] for shape in found if not shape["seen"]] == []
    return {shape["code"]: shape for shape in found}
