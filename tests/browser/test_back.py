"""« Back » and « Forward »: one step for a visit, one for a choice, and the page before as it was, address and all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick
from tests.browser.conftest import back, expect, forward, present, reload, wait_until_done
from tests.browser.exploring import (
    expect_params,
    expect_view,
    list_by_keyboard,
    menu,
    press,
    rest,
    search,
    view,
)
from tests.long_forms import first

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Kind of page: section and title in the menu, address without parameters, an address with choices of its own.
PLACES = {
    "region": ("Régions", "Bas-Saint-Laurent", "/bas-saint-laurent", "?mrc=2410&mesure=part&serie=indice"),
    "compare": ("Explorer", "Comparer", "/comparer", "?avec=2410,2412,01&indicateur=taux"),
    "overview": (None, "Vue d’ensemble", "/", "?mrc=2425&mesure=part&vue=tuiles"),
    "indicators": ("Explorer", "Indicateurs", "/indicateurs", "?indicateur=part-immigree&vue=graphique"),
    "plan": ("Le plan", "Plan d’action", "/plan-d-action", "?region=11&q=MRC"),
    "targets": ("Le plan", "Cibles stratégiques", "/cibles", ""),
    "simulator": ("Explorer", "Simulateur", "/simulateur", "?scenario=francais&territoire=03&taux=33"),
    "presentation": (None, "Présentation", "/presentation", "?jeu=11"),
}
# Left by the menu and come back to, led to. The choices of the other kinds are walked back further below.
PAIRS = [("region", "compare"), ("overview", "indicators"), ("presentation", "plan"), ("simulator", "region")]


def length(page: Page) -> int:
    wait_until_done(page)
    return int(page.evaluate("history.length"))


def address(page: Page) -> str:
    """Path and parameters, whatever their order and their encoding."""
    wait_until_done(page)
    return str(page.evaluate("location.pathname + JSON.stringify([...new URLSearchParams(location.search)].sort())"))


def wait_for_path(page: Page, wanted: str) -> None:
    page.wait_for_function("(wanted) => location.pathname === wanted", arg=wanted)


@pytest.mark.parametrize(("first", "second"), first(PAIRS))
def test_one_back_leads_to_the_page_before_as_it_was(page: Page, goto: Any, first: str, second: str) -> None:
    goto(page, PLACES[first][2] + PLACES[first][3])
    kept, where = view(page), address(page)
    steps = length(page)
    section, title, slug, _ = PLACES[second]
    menu(page, section, title)
    wait_for_path(page, slug)
    there, arrived = view(page), address(page)
    assert length(page) == steps + 1
    back(page)
    expect_view(page, kept)
    assert address(page) == where
    forward(page)
    expect_view(page, there)
    assert address(page) == arrived
    reload(page)
    expect_view(page, there)
    back(page)
    expect_view(page, kept)
    assert (length(page), address(page)) == (steps + 1, where)


def _region(page: Page) -> list[Callable[[], object]]:
    return [
        lambda: press(page, "Mesure", "Nombre"),
        lambda: press(page, "Vue", "Tableau"),
        lambda: press(page, "Thème", "Évolution"),
        lambda: press(page, "Montrer", "Indice"),
        lambda: pick(page, "Année", "2017"),
        lambda: press(page, "Thème", "Territoires"),
        lambda: pick(page, "MRC", "Kamouraska"),
        lambda: press(page, "Mesure", "Part de sa région"),
    ]


def _compare(page: Page) -> list[Callable[[], object]]:
    return [
        lambda: list_by_keyboard(page, "Personnes réfugiées", "Indicateur"),
        lambda: list_by_keyboard(page, "Capitale", "Référence"),
        lambda: list_by_keyboard(page, "Direction", "Territoires"),
        lambda: list_by_keyboard(page, "Femmes", "Indicateur"),
    ]


def _plan(page: Page) -> list[Callable[[], object]]:
    return [
        lambda: pick(page, "Région", "Capitale-Nationale"),
        lambda: pick(page, "Commune ou propre", "Propres"),
        lambda: page.get_by_role("button", name="Effacer les choix").click(),
    ]


def _simulator(page: Page) -> list[Callable[[], object]]:
    return [
        lambda: page.get_by_role("button", name="Montmagny", exact=True).click(),
        lambda: page.get_by_role("button", name="2017", exact=True).click(),
        lambda: page.get_by_role("radio", name="Retour au sommet").click(),
        lambda: pick(page, "Territoire", "Gaspésie"),
    ]


@pytest.mark.parametrize(
    ("start", "choices"),
    first(
        [
            ("/bas-saint-laurent", _region),
            ("/comparer", _compare),
            ("/plan-d-action?q=MRC", _plan),
            ("/simulateur?territoires=2425", _simulator),
        ]
    ),
)
def test_each_choice_is_one_step(page: Page, goto: Any, start: str, choices: Callable[..., Any]) -> None:
    goto(page, "/cibles")
    goto(page, start)
    seen = [(view(page), address(page))]
    steps = length(page)
    for rank, choose in enumerate(choices(page), start=1):
        choose()
        page.wait_for_function("(length) => history.length === length", arg=steps + rank)
        seen.append((view(page), address(page)))
        assert length(page) == steps + rank, seen[-1][1]
    for shown, where in reversed(seen[:-1]):
        back(page)
        expect_view(page, shown)
        assert address(page) == where
    forward(page)
    expect_view(page, seen[1][0])
    back(page)
    expect_view(page, seen[0][0])
    back(page)
    wait_for_path(page, "/cibles")


@pytest.mark.long
def test_many_quick_backs_lead_as_far_as_they_count(page: Page, goto: Any) -> None:
    """The server answers for pages that are already left: none of it enters the history."""
    goto(page, "/bas-saint-laurent?mesure=part")
    kept, steps = view(page), length(page)
    for place in ("compare", "overview", "plan", "indicators"):
        section, title, slug, _ = PLACES[place]
        menu(page, section, title)
        wait_for_path(page, slug)
    for _ in range(4):
        page.evaluate("history.back()")
    wait_for_path(page, "/bas-saint-laurent")
    expect_view(page, kept)
    expect_params(page, {"mesure": "part"})
    assert length(page) == steps + 4


def test_full_screen_is_left_by_back_and_its_slides_are_walked_back(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent?mrc=2410")
    kept, steps = view(page), length(page)
    present(page)
    # The slide shows the view that it was asked from: its address holds it.
    seen = {"objet": "carte", "territoire": "01", "mesure": "taux", "mrc": "2410"}
    page.locator(".diapo-numero", has_text="3 sur").wait_for()
    expect_params(page, {"ecran": "oui", "jeu": "01", "diapo": "3", **seen})
    assert length(page) == steps + 1
    page.keyboard.press("ArrowRight")
    page.locator(".diapo-numero", has_text="4 sur").wait_for()
    expect_params(page, {"ecran": "oui", "jeu": "01", "diapo": "4"})
    assert length(page) == steps + 2
    back(page)
    page.locator(".diapo-numero", has_text="3 sur").wait_for()
    expect_params(page, {"ecran": "oui", "jeu": "01", "diapo": "3", **seen})
    back(page)
    expect_view(page, kept)
    expect_params(page, {"mrc": "2410"})


@pytest.mark.long
def test_a_link_to_the_same_page_is_one_step(page: Page, goto: Any) -> None:
    goto(page, "/mrc?mrc=2410&mesure=part")
    kept, steps = view(page), length(page)
    search(page, "Kamouraska").first.click()
    expect(page.locator("h1")).to_have_text("Kamouraska")
    expect_params(page, {"mrc": "2414", "mesure": "part"})
    assert length(page) == steps + 1
    back(page)
    expect_view(page, kept)
    expect_params(page, {"mrc": "2410", "mesure": "part"})
    # What an address loses is none. (What each page keeps of one is tests/pages/test_addresses.py's.)
    goto(page, "/plan-d-action?mesure=taux&programme=pasi&utm_source=x")
    expect_params(page, {"programme": "pasi"})
    steps = length(page)
    rest(page)
    expect_params(page, {"programme": "pasi"})
    assert length(page) == steps
