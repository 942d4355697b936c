"""A connection that opens from the first visit, does not open, is cut or comes back to a server that was killed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bench import servers
from dashboard.ui.server.settings import known_slugs
from tests.browser.choices import pick
from tests.browser.conftest import context, expect, reload, wait_until_done
from tests.browser.exploring import expect_params, press
from tests.browser.test_presentation import pinned

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute

    from tests.browser.conftest import Journal

pytestmark = pytest.mark.browser

BOX = ".connexion[role=alert]"


def followed(page: Page, target: str, result: str) -> None:
    """Wait until this result is in force."""
    page.locator("strong", has_text=f"Résultat de {target}, 2021-2022\u00a0: {result}\u00a0%").wait_for()
    wait_until_done(page)


def refused(socket: WebSocketRoute) -> None:
    socket.close(code=1008)


def silent(_socket: WebSocketRoute) -> None:
    """Opened, and nothing ever comes."""


def test_a_cold_server_under_a_path_and_a_connection_that_does_not_open_is_said_with_whom_to_tell(
    browser: Browser, desk: BrowserContext, serve: Any, copy_of_data: Path, journal: Journal, goto: Any
) -> None:
    settings = copy_of_data / "config.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'accessibility_contact: "poste 4321 & <b>"\n', "utf-8")
    cold = serve(copy_of_data, "--server.baseUrlPath=tableaux/region")
    visitor = context(browser, cold, 375)
    page, slug = visitor.new_page(), sorted(known_slugs())[0]
    journal.watch(page)
    goto(page, f"{cold.url}/{slug}")
    expect(page).to_have_url(f"{cold.url}/{slug}")
    assert page.evaluate("document.documentElement.lang") == "fr-CA"
    # What the maps ask for, from the address of the page.
    found = page.evaluate("async () => (await (await fetch('app/geo/territories.geojson')).json()).features.length")
    assert found == 31
    assert page.evaluate("async () => (await (await fetch('app/assets/world_110m.json')).json()).type") == "Topology"
    assert page.evaluate("Object.keys(window.PlotlyGeoAssets.topojson)") == ["world_110m"]
    assert (journal.outside, journal.errors_of_ours()) == ([], [])
    page.close()
    anyone, contact = "prévenez la personne ou l’équipe qui", "prévenez : poste 4321 & <b>."
    said = [
        (desk.new_page(), "", silent, ("Le serveur met du temps", anyone)),
        (visitor.new_page(), cold.url, refused, ("La connexion permanente (WebSocket)", contact)),
    ]
    for page, root, behaviour, _ in said:
        page.route_web_socket("**/_stcore/stream", behaviour)
        page.goto(f"{root}/bas-saint-laurent", wait_until="commit")
    for page, *_, words in said:
        text = page.locator(BOX).inner_text().replace("\u00a0", " ")
        for part in (*words, "La page ne peut pas s’afficher", "Rien n’est perdu"):
            assert part in text
    # On a telephone it is read whole.
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for page, *_ in said:
        page.close()
    visitor.close()


def test_a_server_killed_and_started_again_gives_everything_back(browser: Browser, serve: Any) -> None:
    port = servers.free_port()
    first = serve(port=port)
    visitor = context(browser, first)
    viewer, page, slides = visitor.new_page(), visitor.new_page(), visitor.new_page()
    viewer.goto("/bas-saint-laurent?annee=2017")
    press(viewer, "Mesure", "Nombre")
    expect_params(viewer, {"annee": "2017", "mesure": "nombre"})
    page.goto("/suivi")
    pick(page, "Cible", "4.1")
    page.locator("strong", has_text="Résultat de 4.1, 2021-2022").wait_for()
    wait_until_done(page)
    page.get_by_role("textbox", name="Résultat").fill("20")
    page.get_by_role("textbox", name="Résultat").press("Enter")
    followed(page, "4.1", "20")
    pinned(slides, lambda tab, path: (tab.goto(path), wait_until_done(tab)))
    notes = slides.get_by_role("textbox", name="Notes de présentation")
    notes.fill("Dire le but")
    notes.press("Tab")
    slides.get_by_text("Vos changements sont gardés pour vous").wait_for()
    wait_until_done(slides)
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
    slides.locator(".connexion").wait_for(state="detached")
    wait_until_done(slides)
    expect(notes).to_have_value("Dire le but")
    reload(slides)
    # What is changed on the new server is kept as well.
    title = slides.get_by_role("textbox", name="Titre (vide")
    title.fill("Ce que nous visons")
    title.press("Tab")
    slides.locator("label", has_text="Ce que nous visons").wait_for()
    reload(slides)
    expect(title).to_have_value("Ce que nous visons")
    expect(notes).to_have_value("Dire le but")
    visitor.close()
