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
from tests.long_forms import first

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

    def _acts(self) -> None:
        self.actions += 1
        assert self.actions <= MOST, f"a question takes more than {MOST} actions"
        wait_until_done(self.page)

    def _press(self, what: Locator) -> Director:
        self._acts()
        if self.touch:
            what.tap()
        else:
            what.click()
        wait_until_done(self.page)
        return self

    def searches(self, words: str) -> Director:
        """Type in the box."""
        self._acts()
        search(self.page, words)
        return self

    def follows(self, answer: str) -> Director:
        """Press what the box suggests."""
        return self._press(self.page.get_by_role("option").filter(has_text=answer).first)

    def looks_for(self, words: str) -> Director:
        """Type in the search of the actions, and Enter."""
        self._acts()
        field = self.page.get_by_label("Chercher dans les actions")
        field.fill(words)
        field.press("Enter")
        self.page.locator("article.action mark").first.wait_for()
        return self

    def lists(self, words: str) -> Director:
        """Choose a territory by typing its name, and Enter."""
        self._acts()
        self.page.get_by_role("combobox", name=LIST).click()
        self.page.keyboard.type(words)
        expect(self.page.get_by_role("option").first).to_contain_text(words)
        self.page.keyboard.press("Enter")
        return self

    def presses(self, name: str, role: Any = "button", rank: int = 0) -> Director:
        """Press what bears a name."""
        return self._press(self.page.get_by_role(role, name=name).locator("visible=true").nth(rank))

    def goes(self, section: str, title: str) -> Director:
        """Go to a page by the menu: two actions."""
        self.presses(section)
        return self._press(menu_entry(self.page, title))

    def types(self, label: str, text: str) -> Director:
        """Type in a field, and Enter."""
        self._acts()
        field = self.page.get_by_label(label).first
        field.fill(text)
        field.press("Enter")
        wait_until_done(self.page)
        return self

    def takes(self, entry: str, ending: str) -> Director:
        """Choose a file in a menu, and have it."""
        with self.page.expect_download() as taken:
            self.presses(entry, "menuitem")
        assert taken.value.suggested_filename.endswith(ending)
        assert taken.value.path().stat().st_size > 10_000
        return self

    def sees(self, text: str) -> bool:
        """Whether a text is under the eyes now; spaces of a number may be of any width."""
        return bool(self.page.evaluate(SEEN, _pattern(text)))

    def reads(self, *texts: str) -> None:
        """Each text comes under the eyes."""
        for text in texts:
            self.page.wait_for_function(SEEN, arg=_pattern(text), polling=250)


def _pattern(text: str) -> str:
    return r"\s*".join(map(re.escape, text.split(" "))).replace("'", "[’']")


QUESTIONS: list[dict[str, Any]] = tables.read(Path(__file__).parents[1] / "cases/directeur.yaml")
ASKED = [question for question in QUESTIONS if question.get("pocket") != "only"]
POCKET = [question for question in QUESTIONS if "pocket" in question]


def asked(question: dict[str, Any]) -> str:
    return str(question["question"])


def answered(who: Director, question: dict[str, Any]) -> None:
    """Do what the question takes, and read its answer."""
    for step in question["does"]:
        ((act, given),) = step.items()
        getattr(who, act)(*(given if isinstance(given, list) else [given]))
    assert 0 < who.actions <= MOST
    who.reads(*question["reads"])


def come(page: Page, goto: Any, question: dict[str, Any], *, touch: bool = False) -> Director:
    goto(page, question["from"])
    page.locator(".pied").wait_for()
    return Director(page, touch=touch)


@pytest.mark.parametrize("question", first(ASKED, 3), ids=map(asked, ASKED))
def test_a_director_has_the_answer_in_three_actions(tab: Page, goto: Any, question: dict[str, Any]) -> None:
    who = come(tab, goto, question)
    assert not all(map(who.sees, question["reads"])), "the answer was there: the question asks nothing"
    answered(who, question)


@pytest.mark.parametrize("question", first(POCKET), ids=map(asked, POCKET))
def test_a_director_has_the_answer_on_a_telephone(pocket: Page, goto: Any, question: dict[str, Any]) -> None:
    answered(come(pocket, goto, question, touch=True), question)
