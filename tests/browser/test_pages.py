"""A page as a person first sees it: drawn, titled, quiet.

Each visit is cold: a new visitor, straight to the address, nothing in the cache of the browser. The tour of
test_accessibility.py goes through every page: its words are French, and it keeps to its frame, on a telephone too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import context, expect
from tests.browser.exploring import rest
from tests.long_forms import first
from tests.transcription import MRC, MRC_COUNT, SLUGS, TOTALS, fr

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Journal, Server

pytestmark = pytest.mark.browser

# One of each kind.
PAGES = ["", SLUGS["11"], "comparer", "ententes", "integrer"]
REGION_OF = {slug: code for code, slug in SLUGS.items()}
# Charts that a page shows at first; the others show none, or as many as they like.
CHARTS = {"": 6, "indicateurs": 1, "comparer": 1, "cibles": 3, "ententes": 4, **dict.fromkeys(REGION_OF, 2)}
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
# The pale land around says nothing.
SHAPES = """() => [...document.querySelectorAll(".st-key-carte path.choroplethlocation")]
.filter((shape) => shape.parentNode.__data__[0].trace.hoverinfo !== "skip").map((shape) => {
  const box = shape.getBoundingClientRect(), frame = shape.closest(".js-plotly-plot").getBoundingClientRect();
  return {
    code: shape.__data__.loc,
    inset: shape.closest(".geo2") !== null,
    seen: box.width > 1 && box.height > 1
      && box.left >= frame.left - 1 && box.right <= frame.right + 1
      && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1,
  };
})"""


@pytest.fixture
def page(browser: Browser, server: Server, journal: Journal) -> Iterator[Page]:
    """A page of a new visitor, recorded."""
    made = context(browser, server)
    opened = made.new_page()
    journal.watch(opened)
    yield opened
    made.close()


@pytest.mark.parametrize("slug", first(PAGES, 2))
def test_a_page_is_drawn_and_quiet_at_the_first_visit(page: Page, journal: Journal, goto: Any, slug: str) -> None:
    goto(page, f"/{slug}")
    page.locator(".pied").wait_for()
    rest(page)
    page.wait_for_function(f"() => ({EMPTY})().length === 0", polling=200)
    assert page.evaluate("location.pathname") == f"/{slug}"
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    expect(page.locator("h1")).to_have_count(1)
    # A title of its own, so that tabs and favourites can be told apart.
    named = page.locator("h1").inner_text() if slug else "Vue d’ensemble"
    expect(page).to_have_title(f"{named} – Portraits régionaux de l’immigration")
    assert page.locator(".js-plotly-plot").count() >= CHARTS.get(slug, 0)
    if slug == "integrer":
        expect(page.locator("header.stAppHeader").filter(visible=True)).to_have_count(0)
    if slug in {"", *REGION_OF}:
        _maps(page, REGION_OF.get(slug))
    page.wait_for_function(f"() => !({BROKEN_WIDTHS})().length")
    # No message of an error, in French or not.
    assert page.locator("[data-testid=stException], .avis-erreur").count() == 0
    assert (journal.outside, journal.refused, journal.errors_of_ours()) == ([], [], [])


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
    # Its total among the key figures.
    assert fr(TOTALS[region]) in page.locator(".cle-grille").first.inner_text()


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
    link = mobile_page.locator("[data-testid=stPageLink] a", has_text="Voir plutôt").first
    link.wait_for()
    assert link.locator("span").first.evaluate("(text) => text.scrollWidth <= text.clientWidth")


def shapes_of(page: Page) -> dict[str, dict[str, Any]]:
    """The territories drawn on the map, each once."""
    found = page.evaluate(SHAPES)
    codes = [shape["code"] for shape in found]
    assert len(codes) == len(set(codes))
    assert [shape["code"] for shape in found if not shape["seen"]] == []
    return {shape["code"]: shape for shape in found}
