"""What is read while the page starts, and what is asked for only when it is opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import expect
from tests.long_forms import first
from tests.transcription import NBSP

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser

TITLE = "[data-testid=stMain] .stHtml h1"


def place(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.evaluate(
        "e => { const r = e.getBoundingClientRect(); return { x: r.x, y: r.y, w: r.width, h: r.height }; }"
    )
    return found


PAGES = {"/": f"16{NBSP}322", "/bas-saint-laurent": "769"}


@pytest.mark.parametrize(("path", "width"), first([("/", 1280), ("/bas-saint-laurent", 375)]))
def test_the_key_figures_are_read_before_the_page_has_started_and_do_not_move(
    page: Page, goto: Callable[[Page, str], None], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    # The page cannot reach its server: only the first answer is there.
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto(path)
    page.locator("#apercu .cle-valeur", has_text=re.compile(f"^{PAGES[path]}$")).wait_for()
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    before = [place(page, f"#apercu {name}") for name in ("h1", ".cle-grille")]
    page.unroute("**/_stcore/**")
    goto(page, path)
    page.locator(TITLE).wait_for()
    page.locator("#apercu").wait_for(state="detached")
    assert page.locator("h1").count() == 1
    after = [place(page, f"[data-testid=stMain] {name}") for name in ("h1", ".cle-grille")]
    for shown, then in zip(before, after, strict=True):
        assert then == pytest.approx(shown, abs=2)


@pytest.mark.long
def test_the_first_words_never_hide_that_the_page_failed(page: Page) -> None:
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto("/bas-saint-laurent")
    page.locator("#apercu h1").wait_for()
    page.evaluate(
        "() => { const main = document.createElement('div'); main.dataset.testid = 'stMain';"
        " main.innerHTML = '<div data-testid=stException>Une erreur est survenue.</div>'; document.body.append(main); }"
    )
    page.locator("#apercu").wait_for(state="detached")


@pytest.mark.long
def test_a_page_without_key_figures_says_nothing_before_it_has_started(
    page: Page, goto: Callable[[Page, str], None]
) -> None:
    goto(page, "/cibles")
    assert "apercu" not in (page.request.get("/cibles").text())
    page.locator(TITLE, has_text="Cibles").wait_for()


@pytest.mark.long
def test_an_origin_that_cannot_be_fetched_says_so_and_can_be_opened_again(region: Page, journal: Journal) -> None:
    closed: Callable[[Route], None] = lambda route: route.abort()  # noqa: E731
    region.route("**/app/replis/**", closed)
    fold = region.locator("details.origine").first
    fold.locator("summary").click()
    fold.get_by_text("Ce détail n’a pas pu être chargé").wait_for()
    expect(fold).to_contain_text("Rechargez la page")
    region.unroute("**/app/replis/**")
    fold.locator("summary").click()
    fold.locator("summary").click()
    fold.locator("q").first.wait_for()
    expect(fold.get_by_text("Ce détail")).to_have_count(0)
    expect(fold.locator(".origine-corps")).to_have_count(1)
    assert journal.outside == []


@pytest.mark.long
def test_the_notes_and_the_origin_of_a_chart_open_without_running_the_page_again(region: Page) -> None:
    sent: list[str] = []
    region.on("websocket", lambda socket: sent.append(socket.url))
    under = region.locator("details.repli[data-repli]", has=region.locator("summary", has_text="D’où viennent")).first
    assert under.locator("q").count() == 0
    under.locator("summary").click()
    under.locator("q").first.wait_for()
    notes = region.locator("details.repli[data-repli]", has=region.locator("summary", has_text="Notes")).first
    notes.locator("summary").click()
    notes.locator("li").first.wait_for()
    assert "Note" in notes.inner_text()
    assert sent == []
