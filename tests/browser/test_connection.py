"""A connection that does not open, is cut or comes back to a server that has forgotten; a page left with entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench import servers
from tests.browser.choices import pick
from tests.browser.conftest import APP, context, wait_until_done
from tests.long_forms import first

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute

pytestmark = pytest.mark.browser

BOX = ".connexion[role=alert]"
# Milliseconds: what the page promises, and the time that a busy machine takes to come back.
PROMISE = 15_000
LONG = 60_000
FOLLOWED = "la saisie du suivi 4.1, 2021-2022"


def enter(page: Page, target: str, result: str) -> None:
    pick(page, "Cible", target)
    page.get_by_text(f"Résultat de {target}, 2021-2022").wait_for()
    field = page.get_by_label("Résultat (en")
    field.fill(result)
    field.press("Enter")
    page.locator(f".tenu[data-tenu*='{target}']").first.wait_for(state="attached")


def refused(socket: WebSocketRoute) -> None:
    socket.close(code=1008)


def silent(_socket: WebSocketRoute) -> None:
    """Opened, and nothing ever comes."""


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    first([(refused, "La connexion permanente (WebSocket)"), (silent, "Le serveur met du temps")]),
)
def test_a_connection_that_does_not_open_is_said(
    page: Page, behaviour: Callable[[WebSocketRoute], None], cause: str
) -> None:
    page.route_web_socket("**/_stcore/stream", behaviour)
    page.goto("/bas-saint-laurent", wait_until="commit")
    box = page.locator(BOX)
    box.wait_for(timeout=PROMISE)
    said = box.inner_text()
    assert "La page ne peut pas s’afficher" in said
    assert cause in said
    assert "Rien n’est perdu" in said
    assert "prévenez la personne ou l’équipe" in said


@pytest.mark.long
def test_a_server_that_is_gone_is_said_and_the_message_goes_when_it_is_back(page: Page) -> None:
    gone = True
    page.route("**/_stcore/health", lambda route: route.abort() if gone else route.continue_())
    page.route_web_socket("**/_stcore/stream", lambda socket: socket.close() if gone else socket.connect_to_server())
    page.goto("/cibles", wait_until="commit")
    page.locator(BOX, has_text="Le serveur ne répond pas").wait_for(timeout=PROMISE)
    gone = False
    page.locator(BOX).wait_for(state="detached", timeout=LONG)
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
    box.wait_for(timeout=PROMISE)
    assert "prévenez : poste 4321 & <b>." in box.inner_text().replace("\u00a0", " ")
    # On a telephone it is read whole.
    assert contact_page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_a_server_restarted_says_which_entries_are_lost(browser: Browser, tmp_path: Path) -> None:
    port = servers.free_port()
    first = servers.start(APP, tmp_path, port=port)
    page = browser.new_page(locale="fr-CA")
    try:
        page.goto(f"{first.url}/suivi")
        wait_until_done(page)
        enter(page, "4.1", "20")
        enter(page, "2.1", "12")
        # Kept from page to page by the links of the dashboard.
        page.get_by_text("Présentations et fichiers").click()
        page.wait_for_url("**/presentation**")
        wait_until_done(page)
        page.locator(".pied .tenu[data-tenu*='4.1']").wait_for(state="attached")
        first.process.kill()
        first.process.wait()
        cut = page.locator(BOX, has_text="La connexion avec le serveur est coupée")
        cut.wait_for(timeout=PROMISE)
        assert FOLLOWED in cut.inner_text()
    finally:
        first.stop()
    second = servers.start(APP, tmp_path, port=port)
    try:
        lost = page.locator(BOX, has_text=re.compile("Perdu"))
        lost.wait_for(timeout=LONG)
        said = lost.inner_text().replace("\u00a0", " ")
        assert "Perdu : la saisie du suivi 4.1, 2021-2022; la saisie du suivi 2.1, 2021-2022." in said
        assert "prévenez" in said
        lost.get_by_role("button", name="Fermer ce message").click()
        page.locator(BOX).wait_for(state="detached")
    finally:
        page.close()
        second.stop()


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
    page.get_by_text("Présentations et fichiers").click()
    page.wait_for_url("**/presentation**")
    wait_until_done(page)
    page.go_back()
    page.get_by_text("1 changement dans votre session").wait_for()
    assert dialogs == ["beforeunload"]
    with page.expect_download():
        page.get_by_role("button", name="Télécharger le suivi (CSV)").click()
    page.locator(".suivi ~ .tenu[data-tenu='[]']").wait_for(state="attached")
    # Something typed and not yet sent is unsaved too.
    page.get_by_label("Note").fill("en cours")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.get_by_label("Note").fill("")
    page.get_by_label("Résultat (en").focus()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert dialogs == ["beforeunload"] * 2


@pytest.mark.long
def test_leaving_with_a_presentation_of_one_s_own_warns(page: Page, goto: Any) -> None:
    goto(page, "/cibles")
    page.get_by_role("button", name="Ajouter à la présentation", exact=True).click()
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
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert asked == []
