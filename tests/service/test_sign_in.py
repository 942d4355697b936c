"""Signing in at a provider started here: there and back, under one process and under two, and when it fails."""

from __future__ import annotations

import asyncio
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from bench import cluster, servers
from tests import signing_in
from tests.service.conftest import Protected
from tests.signing_in import Browser

# Of libraries under the provider and the client, about each other.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning")]


async def said(browser: Browser, page: str = "cibles") -> str:
    async with browser.session() as visitor:
        assert (await visitor.first_run(page)).faults == ()
        return "".join(visitor.said)


@pytest.mark.parametrize(
    ("sub", "who"),
    [
        (signing_in.READER, "Lise &lt;script&gt;alert(1)&lt;/script&gt; (lise@exemple.org) – lecture"),
        (signing_in.CONTRIBUTOR, "Colette&#x27;; drop table writings; -- (colette) – contribution"),
        (signing_in.PUBLISHER, "Paul (paul@exemple.org) – publication"),
        (signing_in.LIAR, "Paul (paul@exemple.org, non vérifiée) – lecture"),
    ],
)
def test_each_person_comes_back_to_the_page_that_was_asked_with_their_role_and_leaves(
    protected: Protected, sub: str, who: str
) -> None:
    async def visit() -> None:
        browser = Browser(protected.url)
        before = await said(browser)
        assert "Connexion requise" in before
        assert "Cibles" not in before
        landed = await browser.sign_in(sub, "cibles", "annee=2019")
        assert landed == f"{protected.url}/cibles?annee=2019"
        async with browser.session() as visitor:
            assert (await visitor.first_run("cibles")).faults == ()
            assert f'<p class="qui">{who}</p>' in "".join(visitor.said)
            await visitor.click("Se déconnecter")
            assert "auth/logout" in visitor.redirect
        browser.get(visitor.redirect)
        assert not [name for name in browser.cookies() if name.startswith("_streamlit_user")]
        assert "Connexion requise" in await said(browser)

    asyncio.run(visit())


def test_a_cookie_that_is_not_signed_or_comes_without_its_token_is_nobody(protected: Protected) -> None:
    async def visit() -> None:
        browser = Browser(protected.url)
        await browser.sign_in(signing_in.PUBLISHER)
        forged = browser.session()
        forged.xsrf = "essai"
        async with forged:
            await forged.first_run("cibles")
            assert "Connexion requise" in "".join(forged.said)
        for cookie in browser.jar:
            if cookie.name == "_streamlit_user":
                cookie.value = f"{cookie.value}x"
        assert "Connexion requise" in await said(browser)

    asyncio.run(visit())


async def refused(browser: Browser, page: str = "", action: str = "") -> str:
    """What one reads when signing in fails, at the provider or before it."""
    async with browser.session() as visitor:
        await visitor.first_run(page)
        await visitor.click("Se connecter")
    path = browser.get(visitor.redirect)[0] if action else visitor.redirect
    with pytest.raises(urllib.error.HTTPError) as caught:
        browser.get(path, {"action": action} if action else None)
    assert caught.value.code == 400
    text = caught.value.read().decode()
    assert "Connexion impossible" in text
    return text


def test_whoever_the_provider_refuses_reads_why(protected: Protected) -> None:
    asyncio.run(refused(Browser(protected.url), "cibles", "deny"))


def test_a_provider_that_does_not_answer_is_said_in_french(tmp_path: Path) -> None:
    """What it answers, and wrongly, fails at the same place: tests/ui/server/test_cookies.py."""
    port = servers.free_port()
    url, root = f"http://127.0.0.1:{port}", signing_in.project(tmp_path)
    signing_in.write_secrets(tmp_path, url, "x", server_metadata_url="http://127.0.0.1:9/rien")
    server = servers.start(servers.ROOT / "app.py", tmp_path, environment={"DASHBOARD_ROOT": str(root)}, port=port)
    try:
        assert "server_metadata_url" in asyncio.run(refused(Browser(url)))
    finally:
        server.stop()
    assert signing_in.SECRETS["client_secret"] not in server.log()


def test_two_processes_know_the_same_person(tmp_path: Path, issuer: str, nginx: str) -> None:
    """The way there begins at one process and ends at the other: what it needs meanwhile is in a signed cookie."""
    port = servers.free_port()
    url, root = f"http://127.0.0.1:{port}", signing_in.project(tmp_path)
    signing_in.write_secrets(tmp_path, url, issuer)
    secrets = str(tmp_path / ".streamlit" / "secrets.toml")
    given = {"DASHBOARD_ROOT": str(root), "STREAMLIT_SECRETS_FILES": secrets}

    async def visit(found: Any) -> None:
        browser = Browser(found.url)
        assert await browser.sign_in(signing_in.PUBLISHER, "suivi", there=1, back=2) == f"{url}/suivi"
        for number in (1, 2):
            browser.process(number)
            assert "Paul (paul@exemple.org) – publication" in await said(browser)

    with cluster.running(nginx, environment=given, port=port) as found:
        asyncio.run(visit(found))
        logs = found.log() + "".join(process.log() for process in found.processes)
    assert "/oauth2callback 302" in logs
    for secret in (*signing_in.SECRETS.values(), "code=", "state=", "paul", "Paul", "eyJ"):
        assert secret not in logs


def test_log_holds_neither_secret_nor_name(protected: Protected) -> None:
    """The last of the file: all that came before is in this log."""
    log = protected.server.log()
    for secret in (*signing_in.SECRETS.values(), "code=", "eyJ", "Lise", "Colette", "paul@", "drop table"):
        assert secret not in log
