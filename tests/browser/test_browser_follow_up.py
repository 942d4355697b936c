"""Suivi in a real browser: type a result, be refused, find it again; its history and its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.choices import pick, wait_for_value
from tests.browser.conftest import expect, reload, wait_until_done
from tests.browser.test_shell import ENGLISH, TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTE = "=1+1, « accents » et ' apostrophe"
HEADER = "type,identifiant,periode,libelle,etat,resultat,unite,date,note,responsable\n"


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


def test_a_result_is_read_when_it_is_left_and_a_file_gives_back_what_was_erased(
    page: Page, journal: Any, goto: Any, tmp_path: Path
) -> None:
    goto(page, "/suivi")
    pick(page, "Cible", "4.1")
    page.locator("strong", has_text="Résultat de 4.1, 2021-2022").wait_for()
    wait_until_done(page)
    enter(page, "20 entreprises")
    page.locator(".refus", has_text="Cette cible se mesure en « % », et non en « entreprises ».").wait_for()
    enter(page, "20 %")
    told(page, "4.1", "20\u00a0%; cible de 2021-2022\u00a0: 22,5\u00a0%; −2,5\u00a0points, sous la cible")
    page.locator(".refus").wait_for(state="detached")
    expect(page.get_by_role("textbox", name="Résultat")).to_have_value("20 %")  # what is typed is left as it is
    page.get_by_label("Note").fill(NOTE)
    page.get_by_label("Note").press("Control+Enter")
    page.locator(".suivi td", has_text="apostrophe").wait_for()
    reload(page)
    before = line(page, "4.1")
    assert "20\u00a0%" in before
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger le suivi (Excel").click()
    file, bad = tmp_path / waiting.value.suggested_filename, tmp_path / "suivi.csv"
    waiting.value.save_as(file)
    assert file.suffix == ".xlsx"
    pick(page, "Cible", "4.1")
    told(page, "4.1", "20\u00a0%")
    erase, again = ("Effacer cette saisie", "non saisi"), ("Rétablir", "20\u00a0%")
    for button, state in (erase, again, erase):
        what = page.get_by_role("button", name=button).last
        if not what.is_visible():
            page.get_by_text("Historique de cette saisie").click()
        what.click()
        told(page, "4.1", state)
    # A bad file changes nothing, nor a good one before it is confirmed.
    faults = "cible,9.9,2021-2022,,,20,%,,,\ncible,4.1,2021-2022,,,vingt,%,,,\ncible,2.1,2021-2022,,,50,%,,=1,\n"
    bad.write_text(HEADER + faults, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_text("Rien n’est chargé.").wait_for()
    text = page.locator(".avis-erreur").inner_text()
    assert all(f"ligne {n}" in text for n in (2, 3, 4)) and "3 problèmes" in text
    assert page.get_by_role("button", name="Inscrire ces changements").count() == 0
    wait_until_done(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("1 saisie ajoutée").wait_for()
    wait_until_done(page)
    page.get_by_role("button", name="Ne rien changer").click()
    page.get_by_text("1 saisie ajoutée").wait_for(state="detached")
    wait_until_done(page)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("1 saisie ajoutée").wait_for()
    size = page.locator("[data-testid=stFileUploader]").inner_text()
    assert "Ko" in size and "KB" not in size
    assert line(page, "4.1") == ""
    page.get_by_role("button", name="Inscrire ces changements").click()
    page.get_by_text("1 saisie du fichier inscrite").wait_for()
    assert line(page, "4.1") == before
    wait_for_value(page, "Note", NOTE)
    wait_until_done(page)
    assert [text for text in page.evaluate(TEXTS) if ENGLISH.search(text)] == []
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
    # Leaving warns of what is typed and not yet sent, alone.
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Note").fill("en cours")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("textbox", name="Résultat").focus()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert dialogs == ["beforeunload"]
