"""A connection that does not open, is cut or comes back to a server that has forgotten; a page left with entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench import servers
from tests.browser.choices import pick
from tests.browser.conftest import back, context, expect, present, wait_until_done
from tests.browser.exploring import expect_params, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

pytestmark = pytest.mark.browser

BOX = ".connexion[role=alert]"
FOLLOWED = "la saisie du suivi 4.1, 2021-2022"


def enter(page: Page, target: str, result: str) -> None:
    pick(page, "Cible", target)
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022").wait_for()
    wait_until_done(page)
    field = page.get_by_role("textbox", name="Résultat")
    field.fill(result)
    field.press("Enter")
    page.locator(f".tenu[data-tenu*='{target}']").first.wait_for(state="attached")
    wait_until_done(page)


def refused(socket: WebSocketRoute) -> None:
    socket.close(code=1008)


def silent(_socket: WebSocketRoute) -> None:
    """Opened, and nothing ever comes."""


def test_a_connection_that_does_not_open_is_said(desk: BrowserContext) -> None:
    said = {refused: "La connexion permanente (WebSocket)", silent: "Le serveur met du temps"}
    pages = {behaviour: desk.new_page() for behaviour in said}
    for behaviour, page in pages.items():
        page.route_web_socket("**/_stcore/stream", behaviour)
        page.goto("/bas-saint-laurent", wait_until="commit")
    for behaviour, page in pages.items():
        text = page.locator(BOX).inner_text()
        assert said[behaviour] in text
        for words in ("La page ne peut pas s’afficher", "Rien n’est perdu", "prévenez la personne ou l’équipe qui"):
            assert words in text
        page.close()


@pytest.mark.long
def test_a_server_that_is_gone_is_said_and_the_message_goes_when_it_is_back(page: Page) -> None:
    gone = True
    page.route("**/_stcore/health", lambda route: route.abort() if gone else route.continue_())
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close() if gone else socket.connect_to_server())
    page.goto("/cibles", wait_until="commit")
    page.locator(BOX, has_text="Le serveur ne répond pas").wait_for()
    gone = False
    page.locator(BOX).wait_for(state="detached")
    wait_until_done(page)


@pytest.fixture
def contact_page(browser: Browser, serve: Any, copy_of_data: Path) -> Iterator[Page]:
    """A page of a dashboard whose settings name a contact."""
    settings = copy_of_data / "config.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'accessibility_contact: "poste 4321 & <b>"\n', "utf-8")
    made = context(browser, serve(copy_of_data), 375)
    yield made.new_page()
    made.close()


@pytest.mark.long
def test_whom_to_tell_is_the_contact_of_the_settings(contact_page: Page) -> None:
    contact_page.route_web_socket("**/_stcore/stream", refused)
    contact_page.goto("/suivi", wait_until="commit")
    box = contact_page.locator(BOX)
    box.wait_for()
    assert "prévenez : poste 4321 & <b>." in box.inner_text().replace("\u00a0", " ")
    # On a telephone it is read whole.
    assert contact_page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_a_server_restarted_gives_the_view_back_and_says_which_entries_are_lost(browser: Browser, serve: Any) -> None:
    port = servers.free_port()
    first = serve(port=port)
    visitor = context(browser, first)
    viewer, page = visitor.new_page(), visitor.new_page()
    viewer.goto("/bas-saint-laurent?annee=2017")
    press(viewer, "Mesure", "Nombre")
    expect_params(viewer, {"annee": "2017", "mesure": "nombre"})
    page.goto("/suivi")
    enter(page, "4.1", "20")
    enter(page, "2.1", "12")
    # Kept from page to page by the links of the dashboard.
    present(page, "Page Présentation")
    page.wait_for_url("**/presentation**")
    page.locator(".pied .tenu[data-tenu*='4.1']").wait_for(state="attached")
    first.process.kill()
    first.process.wait()
    expect(page.locator(BOX, has_text="La connexion avec le serveur est coupée")).to_contain_text(FOLLOWED)
    viewer.get_by_text("Connexion interrompue").wait_for()
    serve(port=port)
    # Nothing is done by the person: the pages find the server again.
    lost = page.locator(BOX, has_text=re.compile("Perdu"))
    said = lost.inner_text().replace("\u00a0", " ")
    assert "Perdu : la saisie du suivi 4.1, 2021-2022; la saisie du suivi 2.1, 2021-2022." in said
    assert "prévenez" in said
    lost.get_by_role("button", name="Fermer ce message").click()
    page.locator(BOX).wait_for(state="detached")
    viewer.get_by_text("Connexion interrompue").wait_for(state="detached")
    wait_until_done(viewer)
    expect_params(viewer, {"annee": "2017", "mesure": "nombre"})
    expect(viewer.get_by_role("radio", name="Nombre", exact=True).first).to_be_checked()
    viewer.get_by_text("Admissions permanentes cumulées").first.wait_for()
    press(viewer, "Thème", "Évolution")
    expect(viewer.get_by_role("combobox", name="Année")).to_have_value("2017")
    visitor.close()


# ---- Leaving ---------------------------------------------------------------------------------------------------------
def test_leaving_with_entries_warns_until_they_are_saved(page: Page, goto: Any) -> None:
    goto(page, "/suivi")
    dialogs: list[str] = []

    def stay(dialog: Any) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    enter(page, "4.1", "20")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    # Within the dashboard nothing is asked, and nothing is lost.
    present(page, "Page Présentation")
    page.wait_for_url("**/presentation**")
    back(page)
    page.get_by_text("1 changement dans votre session").wait_for()
    wait_until_done(page)
    assert dialogs == ["beforeunload"]
    with page.expect_download():
        page.get_by_role("button", name="Télécharger le suivi (CSV)").click()
    page.locator(".suivi ~ .tenu[data-tenu='[]']").wait_for(state="attached")
    # Something typed and not yet sent is unsaved too.
    page.get_by_label("Note").fill("en cours")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.get_by_label("Note").fill("")
    page.get_by_role("textbox", name="Résultat").focus()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert dialogs == ["beforeunload"] * 2


@pytest.mark.long
def test_leaving_with_a_presentation_of_one_s_own_warns(page: Page, goto: Any) -> None:
    goto(page, "/cibles")
    present(page, "Ajouter à la présentation")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.locator(".tenu[data-tenu*='Ma présentation']").first.wait_for(state="attached")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    # The page goes on only once the question is answered: closed before, it takes the whole of Chromium with it.
    page.evaluate("() => true")
    assert asked == ["beforeunload"]


@pytest.mark.long
def test_leaving_with_nothing_of_one_s_own_asks_nothing(page: Page, goto: Any) -> None:
    goto(page, "/bas-saint-laurent")
    page.get_by_role("radio", name="Nombre", exact=True).first.click()
    page.wait_for_url("**mesure=nombre**")
    wait_until_done(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []
