"""How these tests wait: a run is seen from the click that asks for it, and no address is read too soon."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import wait_until_done

if TYPE_CHECKING:
    from playwright.sync_api import Page

HISTORY = {"reload", "go_back", "go_forward"}


# How many runs are asked for within two frames of a click: before wait_until_done has looked four times.
CLICK = """(button) => new Promise((done) => {
  const before = window.asked;
  button.click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(window.asked - before)));
})"""


@pytest.mark.browser
def test_a_page_is_done_once_it_has_written_its_address(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent")
    for name, search in (("Nombre", "?mesure=nombre"), ("Part de sa région", "?mesure=part")):
        assert page.get_by_role("radio", name=name, exact=True).first.evaluate(CLICK) == 1
        wait_until_done(page)
        assert page.evaluate("location.search") == search


def test_an_address_is_waited_for_before_it_is_read_or_left() -> None:
    """« expect(page).to_have_url » waits, « page.url » does not; the buttons of the browser wait in conftest.py."""
    found = [
        f"{file.name}, ligne {node.lineno} : {ast.unparse(node)}"
        for file in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (node.attr in HISTORY or (node.attr == "url" and ast.unparse(node.value).endswith("page")))
    ]
    assert found == []
