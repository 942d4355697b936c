"""The questions of a regional director (tests/cases/directeur.yaml), by the mouse: at most three actions each, and the
answer under the eyes.

Reading down a page is no action; a click, a choice by typing and Enter, or a key is one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import tables
from tests.browser.conftest import expect, menu_entry, wait_until_done
from tests.browser.exploring import LIST, search

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

MOST = 3
# A text is under the eyes when it is drawn, not hidden, and whole across the screen once one has read down to it.
SEEN = """(pattern) => {
  const wanted = new RegExp(pattern);
  const said = (element) => (element.innerText ?? element.textContent).replace(/\\s+/g, " ");
  const found = [...document.querySelectorAll("[data-testid=stApp] *, [data-baseweb] *, [role=dialog] *")]
    .filter((element) => wanted.test(said(element)))
    .filter((element, _, all) => ![...element.children].some((child) => all.includes(child)))
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  for (const element of found) {
    element.scrollIntoView({ block: "center", inline: "nearest" });
    const box = element.getBoundingClientRect();
    if (box.width > 1 && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight)
      return true;
  }
  return false;
}"""


class Director:
    """Someone with a question, whose actions are counted; the fourth is refused."""

    def __init__(self, page: Page, *, touch: bool = False) -> None:
        self.page, self.touch, self.actions = page, touch, 0

    def _acts(self) -> Page:
        self.actions += 1
        assert self.actions <= MOST, f"a question takes more than {MOST} actions"
        wait_until_done(self.page)
        return self.page

    def _press(self, what: Locator) -> None:
        self._acts()
        if self.touch:
            what.tap()
        else:
            what.click()
        wait_until_done(self.page)

    def searches(self, words: str) -> None:
        search(self._acts(), words)

    def follows(self, answer: str) -> None:
        """Press what the box suggests."""
        self._press(self.page.get_by_role("option").filter(has_text=answer).first)

    def looks_for(self, words: str) -> None:
        """Type in the search of the actions, and Enter."""
        self.types("Chercher dans les actions", words)
        self.page.locator("article.action mark").first.wait_for()

    def lists(self, words: str) -> None:
        """Choose a territory by typing its name, and Enter."""
        self._acts().get_by_role("combobox", name=LIST).click()
        self.page.keyboard.type(words)
        expect(self.page.get_by_role("option").first).to_contain_text(words)
        self.page.keyboard.press("Enter")

    def presses(self, name: str, role: Any = "button") -> None:
        self._press(self.page.get_by_role(role, name=name).locator("visible=true").first)

    def goes(self, section: str, title: str) -> None:
        """Go to a page by the menu: two actions."""
        self.presses(section)
        self._press(menu_entry(self.page, title))

    def types(self, label: str, text: str) -> None:
        field = self._acts().get_by_label(label).first
        field.fill(text)
        field.press("Enter")
        wait_until_done(self.page)

    def takes(self, entry: str, ending: str) -> None:
        """Choose a file in a menu, and have it."""
        with self.page.expect_download() as taken:
            self.presses(entry, "menuitem")
        assert taken.value.suggested_filename.endswith(ending)
        assert taken.value.path().stat().st_size > 10_000

    def sees(self, text: str) -> bool:
        """Whether a text is under the eyes now; spaces of a number may be of any width."""
        return bool(self.page.evaluate(SEEN, _pattern(text)))


def _pattern(text: str) -> str:
    return r"\s*".join(map(re.escape, text.split(" "))).replace("'", "[’']")


QUESTIONS: list[dict[str, Any]] = tables.read(Path(__file__).parents[1] / "cases/directeur.yaml")
POCKET = [question for question in QUESTIONS if "pocket" in question]
DESK = [question for question in QUESTIONS if "pocket" not in question]


def answered(page: Page, goto: Any, question: dict[str, Any], *, touch: bool = False) -> None:
    """Do what the question takes, and read its answer, which was not there before."""
    goto(page, question["from"])
    page.locator(".pied").wait_for()
    who = Director(page, touch=touch)
    assert not all(map(who.sees, question["reads"])), "the answer was there: the question asks nothing"
    for step in question["does"]:
        ((act, given),) = step.items()
        getattr(who, act)(*(given if isinstance(given, list) else [given]))
    assert 0 < who.actions <= MOST
    for text in question["reads"]:
        page.wait_for_function(SEEN, arg=_pattern(text), polling=250)


@pytest.mark.parametrize("question", DESK, ids=lambda question: question["question"])
def test_a_director_has_the_answer_in_three_actions(tab: Page, goto: Any, question: dict[str, Any]) -> None:
    answered(tab, goto, question)


@pytest.mark.parametrize("question", POCKET, ids=lambda question: question["question"])
def test_a_director_has_the_answer_on_a_telephone(pocket: Page, goto: Any, question: dict[str, Any]) -> None:
    answered(pocket, goto, question, touch=True)
