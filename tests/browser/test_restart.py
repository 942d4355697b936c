"""The server dies under a person and comes back: so does the view, from its address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench import servers
from tests.browser.conftest import APP, wait_until_done

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_view_comes_back_after_the_server_was_killed(browser: Browser, tmp_path: Path) -> None:
    port = servers.free_port()
    first = servers.start(APP, tmp_path, port=port)
    page = browser.new_page(locale="fr-CA")
    try:
        page.goto(f"{first.url}/bas-saint-laurent?annee=2017")
        wait_until_done(page)
        page.get_by_role("radio", name="Nombre", exact=True).first.click()
        page.wait_for_url("**mesure=nombre**")
        wait_until_done(page)
        address = page.url
        first.process.kill()
        first.process.wait()
        page.get_by_text("Connexion interrompue").wait_for(timeout=15_000)
    finally:
        first.stop()
    second = servers.start(APP, tmp_path, port=port)
    try:
        # Nothing is done by the person: the page finds the server again.
        page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for(timeout=25_000)
        wait_until_done(page)
        assert page.url == address
        assert "annee=2017" in address
        chosen = page.get_by_role("radio", name="Nombre", exact=True).first
        assert chosen.get_attribute("aria-checked") == "true"
        page.get_by_text("Nombre, admissions permanentes cumulées").first.wait_for()
        assert page.get_by_role("combobox", name="Année").input_value() == "2017"
        assert page.get_by_text("Connexion interrompue").count() == 0
    finally:
        page.close()
        second.stop()
