"""The first answer of the server says the key figures of the page, and nothing that the page would not say."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.ui import cache
from dashboard.ui.first_words import first_words
from dashboard.ui.server.pages import Pages
from tests.broken_files import Files
from tests.ui.server import test_server as server
from tests.ui.server.test_server import SLUGS, call

PAGE = '<!DOCTYPE html><html><body><div id="root"></div></body></html>'


def gate(words: Callable[[str], str]) -> ASGIApp:
    return server.gate(pages=Pages(PAGE, lambda: SLUGS, words))


def test_the_words_stand_after_the_root_of_the_page_and_follow_the_data() -> None:
    said = {"bas-saint-laurent": "<h1>135</h1>"}
    app = gate(lambda slug: said.get(slug, ""))
    first, without = call(app, "/bas-saint-laurent"), call(app, "/cibles")
    expected = '<div id="root"></div><div id="apercu"><div class="stHtml"><h1>135</h1></div></div></body>'
    assert expected in first.body.decode()
    assert without.body.decode() == PAGE
    said["bas-saint-laurent"] = "<h1>136</h1>"
    second = call(app, "/bas-saint-laurent")
    assert "136" in second.body.decode() and first.headers["etag"] != second.headers["etag"]
    assert call(app, "/bas-saint-laurent", if_none_match=second.headers["etag"]).status == 304


def test_before_the_data_are_read_the_page_comes_first_then_its_words() -> None:
    sent: list[dict[str, Any]] = []

    def words(_slug: str) -> str:
        # By then, whoever asked has the head of the page.
        assert b'<div id="root">' in b"".join(message.get("body", b"") for message in sent)
        return "<p>135</p>"

    app = server.gate(pages=Pages(PAGE, lambda: SLUGS, words, ready=lambda: False))

    async def listening(scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            sent.append(dict(message))
            await send(message)

        await app(scope, receive, told)

    answer = TestClient(listening).get("/")
    said = '<div id="apercu"><div class="stHtml"><p>135</p></div></div></body>'
    assert answer.text == PAGE.replace("</body>", said)
    # Kept by nobody: the next answer is whole.
    assert "no-store" in answer.headers["cache-control"] and "etag" not in answer.headers


def test_a_page_whose_words_fail_is_still_served(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_slug: str) -> str:
        raise ValueError("fichier illisible")

    assert call(gate(broken), "/").body.decode() == PAGE
    assert "Premiers chiffres" in caplog.text


def read(slug: str) -> str:
    return re.sub(r"<[^>]+>", " ", first_words(slug)).replace("\u00a0", " ")


def test_the_key_figures_of_a_region_and_of_the_direction_are_those_of_the_source(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(files.root))
    monkeypatch.setattr(cache, "PAUSE", 0.0)
    region = read("bas-saint-laurent")
    assert "Bas-Saint-Laurent" in region and re.search(r"\b769\b", region)
    assert re.search(r"\b16 322\b", read(""))
    assert first_words("cibles") == first_words("page-inconnue") == ""
    # Nothing is said before signing in, nor of data that cannot be read.
    files.edit("config.yaml", "sign_in: false", "sign_in: true")
    assert first_words("") == first_words("bas-saint-laurent") == ""
    files.edit("config.yaml", "sign_in: true", "sign_in: false")
    assert first_words("") != ""
    monkeypatch.setattr(cache, "_folders", {})
    files.put("data/territories.csv", "n’importe quoi\n")
    assert first_words("") == ""
