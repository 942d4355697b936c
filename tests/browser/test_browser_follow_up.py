"""Suivi in a real browser: type a result, be refused, find it again; its history and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick, wait_for_value
from tests.browser.conftest import context, expect, reload, wait_until_done
from tests.browser.test_shell import ENGLISH, TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

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
    """Type a result and leave the field, by the keyboard alone."""
    field = page.get_by_role("textbox", name="Résultat")
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(result or " ")
    page.keyboard.press("Tab")


def told(page: Page, target: str, text: str) -> None:
    """Wait until what is in force of a target says this."""
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022\u00a0: {text}").wait_for()
    wait_until_done(page)


def line(page: Page, target: str) -> str:
    """The line of a target in the table, without who wrote it; nothing where it is not there."""
    wait_until_done(page)
    rows = page.locator(".suivi tbody tr", has_text=f"{target}.")
    return " | ".join(rows.first.locator("th, td").all_inner_texts()[:-1]) if rows.count() else ""


def load(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)


def test_a_result_is_read_when_it_is_left(page: Page, journal: Any, goto: Any) -> None:
    goto(page, "/suivi")
    choose(page, "4.1")
    enter(page, "20 entreprises")
    page.locator(".refus", has_text="Cette cible se mesure en « % », et non en « entreprises ».").wait_for()
    enter(page, "20 %")
    told(page, "4.1", "20\u00a0%; cible de 2021-2022\u00a0: 22,5\u00a0%; −2,5\u00a0points, sous la cible")
    page.locator(".refus").wait_for(state="detached")
    expect(page.get_by_role("textbox", name="Résultat")).to_have_value("20 %")  # what is typed is left as it is
    reload(page)
    expect(page.locator(".suivi tr", has_text="4.1.")).to_have_count(1)
    wait_until_done(page)
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []
    assert (journal.outside, journal.errors_of_ours()) == ([], [])


def from_history(page: Page, button: str) -> None:
    """Press the last button of that name in the history of the entry, which is opened if it is not."""
    what = page.get_by_role("button", name=button).last
    if not what.is_visible():
        page.get_by_text("Historique de cette saisie").click()
    what.click()


def test_a_file_gives_back_what_was_erased_and_a_bad_one_changes_nothing(
    visitor: Callable[[], Page], tmp_path: Path
) -> None:
    first = visitor()
    choose(first, "5.1-b")
    enter(first, "20 %")
    told(first, "5.1-b", "20\u00a0%")
    first.get_by_label("Note").fill(NOTE)
    first.get_by_label("Note").press("Control+Enter")
    first.locator(".suivi td", has_text="apostrophe").wait_for()
    wait_until_done(first)
    with first.expect_download() as waiting:
        first.get_by_role("button", name="Télécharger le suivi (Excel").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"
    before = line(first, "5.1-b")

    other = visitor()
    choose(other, "5.1-b")
    from_history(other, "Effacer cette saisie")
    told(other, "5.1-b", "non saisi")
    from_history(other, "Rétablir")
    told(other, "5.1-b", "20\u00a0%")
    from_history(other, "Effacer cette saisie")
    told(other, "5.1-b", "non saisi")

    bad, other_year = tmp_path / "suivi.csv", tmp_path / "autre.csv"
    faults = "cible,9.9,2021-2022,,,20,%,,,\ncible,4.1,2021-2022,,,vingt,%,,,\ncible,2.1,2021-2022,,,50,%,,=1,\n"
    bad.write_text(HEADER + faults, encoding="utf-8")
    load(other, bad)
    other.get_by_text("Rien n’est chargé.").wait_for()
    text = other.locator(".avis-erreur").inner_text()
    assert all(f"ligne {n}" in text for n in (2, 3, 4)) and "3 problèmes" in text
    assert other.get_by_role("button", name="Inscrire ces changements").count() == 0
    wait_until_done(other)
    other_year.write_text(HEADER + "cible,2.1,2019-2020,,,20,%,,,\n", encoding="utf-8")
    load(other, other_year)
    other.get_by_text("1 saisie ajoutée").wait_for()
    wait_until_done(other)
    other.get_by_role("button", name="Ne rien changer").click()
    other.get_by_text("1 saisie ajoutée").wait_for(state="detached")
    wait_until_done(other)

    load(other, file)
    other.get_by_text("1 saisie ajoutée").wait_for()
    size = other.locator("[data-testid=stFileUploader]").inner_text()
    assert "Ko" in size and "KB" not in size
    assert line(other, "5.1-b") == "", "nothing changes before it is confirmed"
    other.get_by_role("button", name="Inscrire ces changements").click()
    other.get_by_text("1 saisie du fichier inscrite").wait_for()
    assert line(other, "5.1-b") == before
    wait_for_value(other, "Note", NOTE)
    wait_until_done(other)
    assert [text for text in other.evaluate(TEXTS) if ENGLISH.search(text)] == []
