"""« Back » and « Forward »: one step for a visit, one for a choice, and the page before as it was, address and all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick
from tests.browser.conftest import back, expect, forward, reload, wait_until_done
from tests.browser.exploring import expect_params, expect_view, list_by_keyboard, menu, press, search, view

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# From page to page by the menu, choosing on each: a link to the same page, segments, lists of one and of several, a
# button that undoes, and what is chosen in a part of the page that is drawn alone.
JOURNEY: list[Callable[[Page], object]] = [
    lambda page: search(page, "Kamouraska").first.click(),
    lambda page: menu(page, "Régions", "Bas-Saint-Laurent"),
    lambda page: press(page, "Mesure", "Nombre"),
    lambda page: press(page, "Thème", "Évolution"),
    lambda page: pick(page, "Année", "2017"),
    lambda page: menu(page, "Explorer", "Comparer"),
    lambda page: list_by_keyboard(page, "Direction", "Territoires"),
    lambda page: list_by_keyboard(page, "Personnes réfugiées", "Indicateur"),
    lambda page: menu(page, "Le plan", "Plan d’action"),
    lambda page: pick(page, "Région", "Capitale-Nationale"),
    lambda page: page.get_by_role("button", name="Effacer les choix").click(),
    lambda page: menu(page, "Explorer", "Simulateur"),
    lambda page: page.get_by_role("radio", name="Retour au sommet").click(),
    lambda page: pick(page, "Territoire", "Gaspésie"),
    lambda page: menu(page, None, "Présentation"),
    lambda page: menu(page, None, "Vue d’ensemble"),
    lambda page: menu(page, "Explorer", "Indicateurs"),
]
QUICK = 4


def length(page: Page) -> int:
    wait_until_done(page)
    return int(page.evaluate("history.length"))


def address(page: Page) -> str:
    """Path and parameters, whatever their order and their encoding."""
    wait_until_done(page)
    return str(page.evaluate("location.pathname + JSON.stringify([...new URLSearchParams(location.search)].sort())"))


def expect_seen(page: Page, wanted: tuple[dict[str, Any], str]) -> None:
    expect_view(page, wanted[0])
    assert address(page) == wanted[1]


def test_each_visit_and_each_choice_is_one_step_and_is_walked_back_and_forth(page: Page, goto: Any) -> None:
    # What an address loses is no step. (What each page keeps of one is tests/pages/test_addresses.py's.)
    goto(page, "/mrc?mrc=2410&mesure=part&utm_source=x")
    expect_params(page, {"mrc": "2410", "mesure": "part"})
    seen, steps = [(view(page), address(page))], length(page)
    for rank, choose in enumerate(JOURNEY, start=1):
        choose(page)
        page.wait_for_function("(length) => history.length === length", arg=steps + rank)
        seen.append((view(page), address(page)))
        assert length(page) == steps + rank, seen[-1][1]
        if rank == 1:
            expect(page.locator("h1")).to_have_text("Kamouraska")
            expect_params(page, {"mrc": "2414", "mesure": "part"})
    # The server answers for pages that are already left: none of it enters the history.
    for _ in range(QUICK):
        page.evaluate("history.back()")
    expect_seen(page, seen[-1 - QUICK])
    for wanted in reversed(seen[: -1 - QUICK]):
        back(page)
        expect_seen(page, wanted)
    for wanted in seen[1:3]:
        forward(page)
        expect_seen(page, wanted)
    reload(page)
    expect_seen(page, seen[2])
    back(page)
    expect_seen(page, seen[1])
    assert length(page) == steps + len(JOURNEY)
