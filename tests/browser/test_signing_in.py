"""A person signs in with a browser, is back on the page that they asked for, and signs out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench import servers
from tests import signing_in
from tests.browser.conftest import context, expect, wait_until_done

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_there_and_back_and_out(browser: Browser, serve: Callable[..., servers.Server], tmp_path: Path) -> None:
    pytest.importorskip("oidc_provider_mock", reason="Connexion non essayée : pip install -r requirements-dev.txt")
    port, root = servers.free_port(), signing_in.project(tmp_path)
    with signing_in.provider() as issuer:
        signing_in.write_secrets(tmp_path, f"http://127.0.0.1:{port}", issuer)
        server = serve(root, port=port)
        page = context(browser, server).new_page()
        page.goto("/bas-saint-laurent?mesure=part")
        wait_until_done(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Connexion requise")
        page.get_by_role("button", name="Se connecter").click()
        page.get_by_role("button", name=signing_in.READER, exact=True).click()
        expect(page.get_by_text("Lise <script>alert(1)</script> (lise@exemple.org) – lecture")).to_be_visible()
        wait_until_done(page)
        expect(page).to_have_url(f"{server.url}/bas-saint-laurent?mesure=part")
        page.get_by_role("button", name="Se déconnecter").click()
        # The provider asks whether to leave it too; then the page is there, for nobody.
        page.get_by_role("button", name="End session").click()
        expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
        expect(page).to_have_url(f"{server.url}/")
