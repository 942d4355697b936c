"""Plan d'action in a real browser: cells that filter by mouse and keyboard, search, address, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick, wait_for_value
from tests.browser.test_shell import ENGLISH, TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CELL = re.compile(r"Capitale-Nationale, 5\.1 Entreprises")


def wait_for_address(page: Page, **expected: str) -> None:
    """The address follows the choices: it changes a moment after the cards."""
    page.wait_for_function(
        "(wanted) => new URLSearchParams(location.search).toString() === new URLSearchParams(wanted).toString()",
        arg=[[name, value] for name, value in expected.items()],
    )


def shown(page: Page, count: int) -> None:
    """Wait until that many actions are on the page."""
    page.wait_for_function(f"() => document.querySelectorAll('article.action').length === {count}")


def test_a_cell_filters_by_mouse_and_by_keyboard(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/plan-d-action")
    shown(page, 10)
    page.get_by_role("button", name=CELL).click()
    shown(page, 2)
    wait_for_address(page, region="03", objectif="5.1")
    page.get_by_text("2 actions sur 51").wait_for()
    cell = page.get_by_role("button", name=CELL)
    cell.focus()
    cell.press("Enter")
    shown(page, 10)
    wait_for_address(page)
    page.get_by_role("button", name=re.compile("Toutes les régions, 5.1")).press("Enter")
    shown(page, 5)
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


@pytest.mark.long
def test_a_search_finds_highlights_and_lives_in_the_address(page: Page, goto: Any, settled: Any) -> None:
    goto(page, "/plan-d-action")
    field = page.get_by_label("Chercher dans les actions")
    field.fill("ACCOMPAGNEMENT quebec")
    field.press("Enter")
    page.get_by_text(re.compile("actions sur 51 contiennent")).wait_for()
    marks = page.locator("article.action mark")
    assert {text.replace("\u00a0", " ") for text in marks.all_text_contents()} == {"Accompagnement Québec"}
    wait_for_address(page, q="ACCOMPAGNEMENT quebec")
    field.fill("PEQ")
    field.press("Enter")
    shown(page, 2)
    page.get_by_text("Trouvé dans l’action (2), un résultat attendu (1) et un indicateur (1).").wait_for()
    # A link given to a colleague, and the way back.
    page.reload()
    shown(page, 2)
    wait_for_value(page, "Chercher dans les actions", "PEQ")
    pick(page, "Région", "Gaspésie–Îles-de-la-Madeleine")
    shown(page, 1)
    wait_for_address(page, q="PEQ", region="11")
    page.go_back()
    shown(page, 2)
    page.get_by_role("button", name="Effacer les choix").click()
    shown(page, 10)
    wait_for_address(page)


@pytest.mark.long
def test_the_choices_survive_another_page(page: Page, goto: Any) -> None:
    goto(page, "/plan-d-action?q=PEQ")
    shown(page, 2)
    page.get_by_role("link", name="Vue d’ensemble").first.click()
    page.get_by_role("heading", name="Portraits régionaux de l’immigration").wait_for()
    wait_for_address(page)
    page.go_back()
    shown(page, 2)
    wait_for_address(page, q="PEQ")


@pytest.mark.long
def test_a_region_leads_to_its_whole_plan(page: Page, goto: Any) -> None:
    goto(page, "/plan-d-action?q=PEQ")
    goto(page, "/capitale-nationale")
    page.get_by_role("link", name="Voir les résultats attendus et les indicateurs").click()
    page.get_by_text("13 actions sur 51").wait_for()
    wait_for_address(page, region="03")
    wait_for_value(page, "Chercher dans les actions", "")


@pytest.mark.long
def test_details_open_and_nothing_is_english(page: Page, goto: Any) -> None:
    goto(page, "/plan-d-action?region=12&objectif=3.1")
    shown(page, 6)
    page.locator("article.action summary", has_text="Même action ailleurs").first.press("Enter")
    page.get_by_text("Pourquoi ce regroupement").first.wait_for()
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []


@pytest.mark.long
def test_the_matrix_scrolls_in_its_own_box(mobile_page: Page, goto: Any) -> None:
    goto(mobile_page, "/plan-d-action")
    shown(mobile_page, 10)
    wide = mobile_page.evaluate(
        "() => { const box = document.querySelector('.st-key-matrice'); return [box.scrollWidth > box.clientWidth,"
        " document.documentElement.scrollWidth - document.documentElement.clientWidth]; }"
    )
    assert wide == [True, 0]
    mobile_page.get_by_role("button", name=CELL).click()
    shown(mobile_page, 2)


@pytest.mark.long
def test_the_page_and_a_filter_stay_light(page: Page, goto: Any, record_property: Any) -> None:
    """Ten cards at a time: the bytes of the page and of one choice are in the log of the test."""
    received: list[int] = []

    def count(payload: str | bytes) -> None:
        received.append(len(payload))

    page.on("websocket", lambda socket: socket.on("framereceived", count))
    goto(page, "/plan-d-action")
    shown(page, 10)
    first = sum(received)
    received.clear()
    page.get_by_role("button", name=CELL).click()
    shown(page, 2)
    record_property("octets_page", first)
    record_property("octets_choix", sum(received))
    assert first < 120_000
    assert sum(received) < 60_000
