"""Suivi in a real browser: type a result, be refused, keep it as a file, find it again in another session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick, wait_for_value
from tests.browser.conftest import context, expect, wait_until_done
from tests.browser.test_shell import ENGLISH, TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

GAP = "−2,5 points, sous la cible"
NOTE = "=1+1, « accents » et ' apostrophe"
HEADER = "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"


@pytest.fixture
def visitor(browser: Browser, server: Any, goto: Any) -> Iterator[Callable[[], Page]]:
    """Another person: a fresh context on the page « Suivi »."""
    made = []

    def come() -> Page:
        made.append(context(browser, server, 1280))
        opened = made[-1].new_page()
        goto(opened, "/suivi")
        return opened

    yield come
    for one in made:
        one.close()


def choose(page: Page, target: str) -> None:
    pick(page, "Cible", target)
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022").wait_for()
    wait_until_done(page)


def enter(page: Page, result: str) -> None:
    field = page.get_by_role("textbox", name="Résultat")
    field.click()
    field.fill("")
    # Key by key: each is checked as it is typed.
    field.press_sequentially(result, delay=40)


def table(page: Page) -> list[str]:
    """The lines of the follow-up, but for where each entry comes from."""
    wait_until_done(page)
    rows = page.locator(".suivi tbody tr")
    return [" | ".join(rows.nth(n).locator("th, td").all_inner_texts()[:-1]) for n in range(rows.count())]


def load(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def test_a_result_is_read_as_it_is_typed(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/suivi")
    choose(page, "4.1")
    enter(page, "20 entreprises")
    page.locator(".refus", has_text="Cette cible se mesure en « % », et non en « entreprises ».").wait_for()
    enter(page, "20 %")
    page.get_by_text(GAP).first.wait_for()
    page.locator(".refus").wait_for(state="detached")
    expect(page.get_by_role("textbox", name="Résultat")).to_have_value("20 %")  # what is typed is left as it is
    expect(page.locator(".suivi tr", has_text="votre session")).to_have_count(1)
    wait_until_done(page)
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


@pytest.mark.long
def test_a_downloaded_file_gives_a_fresh_session_the_same_state(visitor: Callable[[], Page], tmp_path: Path) -> None:
    first = visitor()
    choose(first, "4.1")
    enter(first, "20 %")
    first.get_by_text(GAP).first.wait_for()
    first.get_by_label("Note").fill(NOTE)
    first.get_by_label("Note").press("Control+Enter")
    first.locator(".suivi td", has_text="apostrophe").wait_for()
    wait_until_done(first)  # the button is now that of this state
    with first.expect_download() as waiting:
        first.get_by_role("button", name="Télécharger le suivi (Excel)").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"

    other = visitor()
    assert "20 %" not in " ".join(table(other)), "two browsers never see each other's entries"
    load(other, file)
    other.get_by_text("1 saisie ajoutée").wait_for()
    size = other.locator("[data-testid=stFileUploader]").inner_text()
    assert "Ko" in size and "KB" not in size
    assert "20 %" not in " ".join(table(other)), "nothing changes before it is confirmed"
    other.get_by_role("button", name="Remplacer les saisies").click()
    other.get_by_text("Le fichier est chargé").wait_for()
    assert table(other) == table(first)
    choose(other, "4.1")
    wait_for_value(other, "Note", NOTE)
    wait_until_done(other)
    assert [text for text in other.evaluate(TEXTS) if ENGLISH.search(text)] == []


def test_a_bad_file_lists_its_errors_and_loads_nothing(page: Page, goto: Any, tmp_path: Path) -> None:
    goto(page, "/suivi")
    choose(page, "4.1")
    enter(page, "20")
    page.get_by_text(GAP).first.wait_for()
    before = table(page)
    file = tmp_path / "suivi.csv"
    file.write_text(
        HEADER + "cible,9.9,2021-2022,,,20,%,,,\ncible,4.1,2021-2022,,,vingt,%,,,\ncible,2.1,2021-2022,,,50,%,,=1,\n",
        encoding="utf-8",
    )
    load(page, file)
    page.get_by_text("Rien n’est chargé.").wait_for()
    text = page.locator(".avis-erreur").inner_text()
    assert all(f"ligne {n}" in text for n in (2, 3, 4)) and "3 problèmes" in text
    assert table(page) == before
    assert page.get_by_role("button", name="Remplacer les saisies").count() == 0
    assert [t for t in page.evaluate(TEXTS) if ENGLISH.search(t)] == []


@pytest.mark.long
def test_a_loaded_file_may_be_left_alone(page: Page, goto: Any, tmp_path: Path) -> None:
    goto(page, "/suivi")
    file = tmp_path / "suivi.csv"
    file.write_text(HEADER + "cible,4.1,2021-2022,,,20,%,,,\n", encoding="utf-8")
    before = table(page)
    load(page, file)
    page.get_by_text("1 saisie ajoutée").wait_for()
    wait_until_done(page)
    page.get_by_role("button", name="Ne rien changer").click()
    page.get_by_text("1 saisie ajoutée").wait_for(state="detached")
    assert table(page) == before
