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
