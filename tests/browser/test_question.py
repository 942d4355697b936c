"""The box of every page, by the keyboard: it suggests, leads, answers over the page, and gives the keyboard back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import back, expect, forward, reload, wait_until_done
from tests.browser.exploring import BOX, expect_params

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser

BSL_2018 = "Combien de personnes admises au Bas-Saint-Laurent en 2018?"


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name=BOX)


def answer(page: Page) -> Locator:
    return page.get_by_role("dialog").locator(".reponse")


def asks(page: Page, question: str) -> None:
    box(page).fill(question)
    page.keyboard.press("Enter")
    answer(page).wait_for()
    wait_until_done(page)


def test_a_question_is_typed_answered_heard_closed_walked_back_to_and_asked_again_without_the_mouse(
    page: Page, goto: Any, journal: Journal
) -> None:
    goto(page, "/bas-saint-laurent")
    before = page.locator("h1").bounding_box()
    box(page).focus()
    page.keyboard.type("combien de personnes adm")
    # The first asks what is typed; what is about the page comes next.
    expect(page.get_by_role("option").first).to_contain_text("Demander")
    expect(page.get_by_role("option").nth(1)).to_contain_text("au Bas-Saint-Laurent")
    page.keyboard.type("ises au bsl en 2018")
    expect(page.get_by_role("option").first).to_contain_text("bsl en 2018")
    page.keyboard.press("Enter")
    expect(answer(page)).to_contain_text("181")
    expect(page.get_by_role("dialog").locator(".graphique svg.main-svg").first).to_be_visible()
    heard = page.locator("#annonce", has_text="181")
    heard.wait_for(state="attached")
    assert heard.evaluate("(e) => e.closest('[aria-hidden=true], [inert]') === null")
    expect_params(page, {"question": "combien de personnes admises au bsl en 2018"})
    assert page.locator("h1").bounding_box() == before
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    expect_params(page, {})
    asks(page, BSL_2018)
    expect_params(page, {"question": BSL_2018})
    back(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    forward(page)
    expect(answer(page)).to_contain_text("181")
    reload(page)
    expect(answer(page)).to_contain_text("181")
    expect_params(page, {"question": BSL_2018})
    # A chip asks again; the page that the answer comes from; a place, chosen by the arrows.
    page.get_by_role("combobox", name="Période").click()
    page.get_by_role("option", name="en 2017").click()
    expect(answer(page)).to_contain_text("194")
    page.get_by_role("link", name="Voir dans la page").click()
    page.locator("h1:focus", has_text="Bas-Saint-Laurent").wait_for()
    expect(page.get_by_role("dialog")).to_have_count(0)
    box(page).fill("kamouraska")
    page.get_by_role("option", name="Kamouraska (").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("h1:focus", has_text="Kamouraska").wait_for()
    expect_params(page, {"mrc": "2414"})
    assert journal.errors_of_ours() == []


def test_on_a_telephone_the_box_its_list_and_the_answer_fit(mobile_page: Page, goto: Any) -> None:
    page = mobile_page
    goto(page, "/")
    box(page).fill("refugiees")
    listed = page.get_by_test_id("stSelectboxVirtualDropdown")
    listed.wait_for()
    asked = page.get_by_role("option").nth(1)
    for what in (listed, asked):
        found = what.bounding_box()
        assert found is not None and found["x"] >= 0 and found["x"] + found["width"] <= 375
        assert found["width"] > 300
    asked.click()
    answer(page).wait_for()
    found = page.get_by_role("dialog").bounding_box()
    assert found is not None and found["x"] >= 0 and found["x"] + found["width"] <= 375
    assert page.get_by_role("dialog").evaluate("(e) => e.scrollWidth <= e.clientWidth + 1")


def test_a_key_opens_the_box_over_a_slide_and_the_answer_is_read_from_afar(page: Page, goto: Any) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    goto(page, "/presentation?ecran=oui&jeu=01&diapo=2")
    number = page.locator(".diapo-numero")
    shown = number.inner_text()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_be_in_viewport(ratio=1)
    asks(page, "quebec 2019")
    small = (
        page.get_by_role("dialog")
        .locator("p:visible, button:visible")
        .evaluate_all(
            "(all) => all.filter((e) => e.innerText.trim() && parseFloat(getComputedStyle(e).fontSize) < 24).length"
        )
    )
    assert small == 0
    page.get_by_role("dialog").get_by_role("button", name="au Québec").click()
    expect(answer(page)).to_contain_text("40")
    # The arrows are of the answer as long as it stands there.
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page)).not_to_be_focused()
    assert number.inner_text() == shown
    page.keyboard.press("ArrowRight")
    expect(number).not_to_have_text(shown)
