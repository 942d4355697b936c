"""The search box, and questions of directors answered in three actions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.exploring import (
    LIST,
    expect_params,
    expect_sheet,
    menu,
    press,
    search,
    view,
)
from tests.long_forms import first, some
from tests.transcription import MRC_COUNT, REGIONS, SLUGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


# --- Searching, and answers in at most three actions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "answer", "name", "address"),
    first([
        ("levis", "Lévis (Chaudière-Appalaches) · Territoire", "Lévis", "/chaudiere-appalaches?mrc=2425*"),
        ("matane", "La Matanie (Bas-Saint-Laurent) · Territoire", "La Matanie", "/bas-saint-laurent?mrc=2408*"),
        ("ILE D'ORLEANS", "L’Île-d’Orléans (Capitale-Nationale) · Territoire", "L’Île-d’Orléans", "/*?mrc=2420*"),
    ]),
)  # fmt: skip
def test_the_search_leads_to_the_sheet(page: Page, goto: Any, typed: str, answer: str, name: str, address: str) -> None:
    goto(page, "/suivi")
    first = search(page, typed).first
    assert first.inner_text() == answer
    first.click()
    expect_sheet(page, name)
    page.wait_for_url(f"**{address}")
    assert "lieu=fiche" in page.url


def test_the_search_says_that_it_found_nothing_and_shows_no_markup(page: Page, goto: Any) -> None:
    goto(page, "/")
    page.get_by_placeholder("Rechercher").fill("<img src=x onerror=alert(1)>zzz")
    page.keyboard.press("Enter")
    notice = page.locator(".st-key-recherche .avis")
    notice.wait_for()
    assert "<img src=x onerror=alert(1)>zzz" in notice.inner_text()
    assert page.locator(".st-key-recherche img").count() == 0


@pytest.mark.long
def test_the_search_leads_to_the_pages_themselves(page: Page, goto: Any) -> None:
    goto(page, "/")
    search(page, "comparer").filter(has_text="Comparer · Page").click()
    page.wait_for_url("**/comparer*")


class Person:
    """Someone with a question, whose actions are counted: a click, or words typed and Enter."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def types(self, words: str) -> Person:
        search(self.page, words)
        self.actions += 1
        return self

    def chooses(self, answer: str) -> Person:
        self.page.locator(".st-key-recherche [data-testid=stPageLink] a", has_text=answer).first.click()
        self.actions += 1
        return self

    def presses(self, group: str, name: str) -> Person:
        press(self.page, group, name)
        self.actions += 1
        return self

    def opens(self, section: str, title: str) -> Person:
        menu(self.page, section, title)
        self.actions += 2
        return self

    def reads(self, *texts: str) -> None:
        """Each text is on the screen, in one place that holds them all or in several."""
        for text in texts:
            spaced = re.compile(r"\s*".join(map(re.escape, text.split(" "))))
            self.page.locator("p, h2, h3, td, th, tr, text", has_text=spaced).locator("visible=true").first.wait_for()
        assert 0 < self.actions <= 3


QUESTIONS: list[tuple[str, str, Callable[[Person], object], tuple[str, ...]]] = [
    (
        "Combien d’admissions à Rimouski-Neigette en 2015-2019 et quelle part ?",
        "/suivi",
        lambda who: who.types("rimouski").chooses("Rimouski-Neigette"),
        ("477 personnes ont été admises de 2015 à 2019, soit 62,0 % des admissions du Bas-Saint-Laurent",),
    ),
    (
        "Quelle MRC de Chaudière-Appalaches a le taux le plus élevé ?",
        "/donnees-et-sources",
        lambda who: who.types("chaudiere").chooses("Chaudière-Appalaches · Région"),
        ("Beauce-Centre a le taux le plus élevé : 4,8 pour 1 000 habitants",),
    ),
    (
        "La part connaissant le français en Gaspésie contre le Québec ?",
        "/cibles",
        lambda who: who.types("français").chooses("parmi les personnes ayant déclaré").presses("Vue", "Tableau"),
        ("Gaspésie–Îles-de-la-Madeleine, 90,5 %", "Gaspésie–Îles-de-la-Madeleine 90,5", "Ensemble du Québec 49,8"),
    ),
    (
        "Combien de permis du PMI dans le Bas-Saint-Laurent ?",
        "/",
        lambda who: who.types("pmi").chooses("PMI · Indicateur").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 365",),
    ),
    (
        "Quelle part de réfugiés au Bas-Saint-Laurent ?",
        "/comparer",
        lambda who: who.types("réfugiés").chooses("Personnes réfugiées").presses("Vue", "Tableau"),
        ("Bas-Saint-Laurent 38,5", "Ensemble du Québec 17,9"),
    ),
    (
        "Combien d’étudiants étrangers dans la Capitale-Nationale ?",
        "/plan-d-action",
        lambda who: who.types("étudiants").chooses("Études").presses("Vue", "Graphique"),
        ("6 480",),
    ),
    (
        "Combien d’admissions en Gaspésie en 2016 ?",
        "/ententes",
        lambda who: who.types("gaspesie").chooses("Gaspésie–Îles-de-la-Madeleine · Région"),
        ("les admissions passent de 51 en 2016, leur sommet, à 22 en 2019",),
    ),
    (
        "Combien d’ententes avec des MRC en Chaudière-Appalaches ?",
        "/capitale-nationale",
        lambda who: who.opens("Le plan", "Ententes"),
        ("Ententes avec des MRC 8 5 8 4 25",),
    ),
]


# One from each kind of page; the answers themselves are in the tests of the pages.
ASKED = some(QUESTIONS, 0, 2, 4)


@pytest.mark.long
@pytest.mark.parametrize(("question", "start", "act", "answer"), ASKED, ids=[q[0] for q in ASKED])
def test_a_question_is_answered_in_three_actions(
    page: Page, goto: Any, question: str, start: str, act: Callable[[Person], Person], answer: tuple[str, ...]
) -> None:
    goto(page, start)
    act(Person(page)).reads(*answer)


@pytest.mark.long
def test_the_nearest_question_is_offered_where_the_plan_does_not_cross(page: Page, goto: Any) -> None:
    goto(page, "/comparer?avec=2410,QC&indicateur=francais")
    page.locator(".avis", has_text="le plan ne croise pas MRC et connaissance du français").wait_for()
    page.locator("[data-testid=stPageLink] a", has_text="Question la plus proche").click()
    page.locator("h2", has_text="Ensemble du Québec").wait_for()
    expect_params(page, {"avec": "2410,QC", "indicateur": "part-quebec"})
    assert page.locator(".avis", has_text="Laissés de côté").count() == 0


@pytest.mark.long
def test_every_mrc_of_the_list_is_there(page: Page, goto: Any) -> None:
    """The searchable list of the overview names the 31 territories with their region."""
    goto(page, "/")
    page.locator(".pied").wait_for()
    view(page)
    page.get_by_role("combobox", name=LIST).focus()
    options = page.get_by_role("option")
    for _ in range(5):  # a key pressed while the page is still being drawn opens nothing
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(1000)
        if options.count():
            break
    # The list draws only the options in view: it is gone through with the keyboard, each step waiting for its option.
    current = """([box, before]) => {
        const option = document.getElementById(box.getAttribute("aria-activedescendant"));
        return option && option.textContent !== before && option.textContent;
    }"""
    box = page.get_by_role("combobox", name=LIST).element_handle()
    seen: list[str] = []
    while len(seen) < len(MRC_COUNT):
        found = page.wait_for_function(current, arg=[box, seen[-1] if seen else ""]).json_value()
        assert found not in seen, "the list is back at its start before the last territory"
        seen.append(found)
        page.keyboard.press("ArrowDown")
    assert len(seen) == 31
    assert all(any(f"({name})" in text for name in REGIONS.values()) for text in seen)
    assert set(SLUGS) == set(REGIONS)
