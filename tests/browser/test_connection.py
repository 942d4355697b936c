"""A connection that does not open, is cut or comes back to a server that was killed; a page left with what is begun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench import servers
from tests.browser.choices import pick
from tests.browser.conftest import context, expect, present, wait_until_done
from tests.browser.exploring import expect_params, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

pytestmark = pytest.mark.browser

BOX = ".connexion[role=alert]"


def enter(page: Page, target: str, result: str) -> None:
    pick(page, "Cible", target)
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022").wait_for()
    wait_until_done(page)
    field = page.get_by_role("textbox", name="Résultat")
    field.fill(result)
    field.press("Enter")
    followed(page, target, result)


def followed(page: Page, target: str, result: str) -> None:
    """Wait until this result is in force."""
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022\u00a0: {result}\u00a0%").wait_for()
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
def test_a_server_killed_and_started_again_gives_everything_back(browser: Browser, serve: Any) -> None:
    port = servers.free_port()
    first = serve(port=port)
    visitor = context(browser, first)
    viewer, page = visitor.new_page(), visitor.new_page()
    viewer.goto("/bas-saint-laurent?annee=2017")
    press(viewer, "Mesure", "Nombre")
    expect_params(viewer, {"annee": "2017", "mesure": "nombre"})
    page.goto("/suivi")
    enter(page, "4.1", "20")
    first.process.kill()
    first.process.wait()
    expect(page.locator(BOX, has_text="La connexion avec le serveur est coupée")).to_be_visible()
    viewer.get_by_text("Connexion interrompue").wait_for()
    serve(port=port)
    # Nothing is done by the person: the pages find the server again.
    viewer.get_by_text("Connexion interrompue").wait_for(state="detached")
    wait_until_done(viewer)
    expect_params(viewer, {"annee": "2017", "mesure": "nombre"})
    expect(viewer.get_by_role("radio", name="Nombre", exact=True).first).to_be_checked()
    viewer.get_by_text("Admissions permanentes cumulées").first.wait_for()
    press(viewer, "Thème", "Évolution")
    expect(viewer.get_by_role("combobox", name="Année")).to_have_value("2017")
    page.locator(".suivi tr", has_text="4.1.").get_by_text("20\u00a0%", exact=True).wait_for()
    assert page.locator(BOX, has_text=re.compile("Perdu")).count() == 0
    # What is typed first on a page that was open is asked for, and not lost: the session is a new one.
    page.get_by_label("Note").fill("après")
    page.get_by_label("Note").press("Control+Enter")
    page.get_by_text("Le serveur a redémarré pendant que vous écriviez.").wait_for()
    page.get_by_role("button", name="Mettre la mienne").click()
    page.locator(".suivi td", has_text="après").wait_for()
    followed(page, "4.1", "20")
    visitor.close()


# ---- Leaving ---------------------------------------------------------------------------------------------------------
def test_leaving_warns_of_what_is_typed_and_not_yet_sent_alone(page: Page, goto: Any) -> None:
    goto(page, "/suivi")
    dialogs: list[str] = []

    def stay(dialog: Any) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    enter(page, "4.1", "20")
    page.get_by_label("Note").fill("en cours")
    with page.expect_event("dialog"):
        page.close(run_before_unload=True)
    page.get_by_label("Note").fill("")
    page.get_by_role("textbox", name="Résultat").focus()
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert dialogs == ["beforeunload"]


@pytest.mark.long
def test_a_presentation_of_one_s_own_is_there_when_one_comes_back(desk: BrowserContext) -> None:
    page = desk.new_page()
    page.goto("/cibles")
    wait_until_done(page)
    present(page, "Ajouter à la présentation")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    page.locator(".avis p", has_text="ajoutée à").wait_for()
    wait_until_done(page)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    again = desk.new_page()
    again.goto("/presentation?jeu=ma")
    again.locator("h3.diapo-choisie", has_text="Diapositive 1").wait_for()


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
