"""What stands beside what: tables on a telephone, fields of a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.long_forms import first

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

Goto = Callable[["Page", str], None]
TABLES = [
    "/", "/simulateur", "/comparer", "/cibles", "/mrc/levis", "/capitale-nationale?vue=tableau",
    "/?vue=tableau", "/indicateurs?vue=tableau", "/donnees-et-sources?theme=dictionnaire",
]  # fmt: skip
# Tables whose figures are all seen on a telephone.
WHOLE = {"/comparer", "/indicateurs?vue=tableau"}
# Of each table: what is cut by the edge of its box, whether its edge is in shade where it goes on, whether its names
# stay while it is scrolled, and what is cut then.
CUT = """(box) => {
  const edge = box.getBoundingClientRect(), names = box.querySelector("tbody th").getBoundingClientRect().right;
  return [...box.querySelectorAll("caption, th, td")].filter((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    const shown = left < edge.right - 1 && (right > names + 1 || cell.matches(":first-child"));
    return shown && (right > edge.right + 1 || left < (cell.matches(":first-child") ? edge.left : names) - 1
      || cell.scrollWidth > cell.clientWidth + 1);
  }).map((cell) => cell.textContent);
}"""
SHADE = """(box) => box.tabIndex === 0 && box.ariaLabel !== "" && getComputedStyle(box).overflowX === "auto"
  && getComputedStyle(box).backgroundAttachment === "local, scroll\""""
NAMES = "(box) => box.querySelector('tbody th').getBoundingClientRect().left - box.getBoundingClientRect().left"


@pytest.mark.parametrize("path", first(TABLES, 3))
def test_a_table_on_a_telephone_cuts_no_figure_and_says_that_it_goes_on(
    mobile_page: Page, goto: Goto, path: str
) -> None:
    goto(mobile_page, path)
    mobile_page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    tables = mobile_page.locator(".tableau").filter(visible=True).all()
    assert tables
    for table in tables:
        wide: Any = table.evaluate("(box) => box.scrollWidth - box.clientWidth")
        where = f"{path} {table.get_attribute('aria-label')}"
        assert path not in WHOLE or wide <= 0, where
        assert table.evaluate(CUT) == [], where
        if wide > 0:
            assert table.evaluate(SHADE), where
            table.evaluate("(box) => { box.scrollLeft = box.scrollWidth; }")
            assert abs(table.evaluate(NAMES)) < 1, where
            assert table.evaluate(CUT) == [], where


ROWS = [
    "/", "/capitale-nationale?theme=evolution", "/indicateurs", "/mrc/levis", "/cibles", "/comparer", "/suivi",
    "/presentation", "/plan-d-action", "/simulateur", "/chaudiere-appalaches?theme=profil", "/?ecran=oui",
    "/capitale-nationale?ecran=oui",
]  # fmt: skip
# The fields and buttons of each row of the page, where one begins and how tall it is.
UNEVEN = """() => {
  const found = [];
  const shown = (one) => one.checkVisibility({ checkOpacity: true }) && !one.closest("[data-retained]");
  const fields = ".stSelectbox [role=group], [data-testid=stTextInputRootElement], .stButton button,"
    + " [data-testid=stButtonGroup] [role=radio], [data-testid=stPopover] button, .stPageLink a";
  const all = [...document.querySelectorAll(`[data-testid=stMain] :is(${fields})`)].filter(shown)
    .map((one) => [one, one.getBoundingClientRect()]);
  for (const [one, own] of all) for (const [other, box] of all) {
    const row = own.right <= box.left && Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top) > 4;
    const bar = one.closest(".st-key-barre, [class*=st-key-source_], [class*=st-key-fichiers_]");
    if (row && !bar && (Math.abs(own.top - box.top) > 1 || Math.abs(own.height - box.height) > 1))
      found.push(`${one.textContent}, ${other.textContent} : ${[own.top, box.top, own.height, box.height]}`);
  }
  return found;
}"""
# Columns side by side that do not begin at the same height, or touch.
COLUMNS = """() => [...document.querySelectorAll("[data-testid=stMain] [data-testid=stHorizontalBlock]")]
  .filter((row) => !row.closest(".st-key-matrice")).flatMap((row) => {
    const boxes = [...row.querySelectorAll(":scope > .stColumn")].filter((one) => one.checkVisibility());
    return boxes.slice(1).flatMap((one, n) => {
      const [own, box] = [boxes[n], one].map((column) => column.getBoundingClientRect());
      const [text, next] = [boxes[n], one].map((column) => column.querySelector(".stHtml > :is(h2, h3, .lecture)"));
      const first = (heading, column) => heading && heading.getBoundingClientRect().top - column.top < 20;
      const apart = first(text, own) !== first(next, box) && text && next;
      return box.left - own.right < 23.5 || apart ? [one.textContent.slice(0, 60)] : [];
    });
  })"""


@pytest.mark.parametrize("path", first(ROWS, 3))
def test_what_stands_side_by_side_is_level(page: Page, goto: Goto, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    goto(page, path)
    assert page.evaluate(UNEVEN) == []
    assert page.evaluate(COLUMNS) == []


def test_a_map_begins_under_its_title_on_a_wide_screen(page: Page, goto: Goto) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    goto(page, "/indicateurs")
    title = page.locator("h2").first.bounding_box()
    land = page.locator(".stPlotlyChart .geo .bg").first.bounding_box()
    assert title is not None
    assert land is not None
    assert abs(land["x"] - title["x"]) < 12


@pytest.mark.parametrize("theme", first(["evolution", "profil", "permis"]))
def test_the_chart_of_a_theme_is_in_the_first_screen(page: Page, goto: Goto, theme: str) -> None:
    """Its title, its bars, their labels and their values."""
    page.set_viewport_size({"width": 1280, "height": 800})
    goto(page, f"/capitale-nationale?theme={theme}")
    ends = page.evaluate(
        "() => [...document.querySelector('.stPlotlyChart').querySelectorAll('.bars path, .bartext, .xtick, .ytick')]"
        ".map((mark) => mark.getBoundingClientRect().bottom)"
    )
    assert len(ends) > 5
    assert max(ends) < 800


ALONE = """() => [...document.querySelectorAll("[class*=st-key-source_]")].filter((line) => {
  const texts = line.querySelector(".source")?.getClientRects(), button = line.querySelector(".stPopover button");
  return texts && Math.abs(texts[texts.length - 1].bottom - button.getBoundingClientRect().bottom) > 12;
}).map((line) => line.textContent)"""


def test_the_button_of_a_source_never_falls_alone_on_the_next_line(page: Page, goto: Goto) -> None:
    goto(page, "/")
    for width in (375, 390, 430, 900, 1040, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(ALONE) == [], width
