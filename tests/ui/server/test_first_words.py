"""The first answer of the server says the key figures of the page, and nothing that the page would not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
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


def test_the_words_stand_after_the_root_of_the_page_and_only_where_there_are_some() -> None:
    app = gate(lambda slug: f"<h1>{slug}</h1>" if slug == "bas-saint-laurent" else "")
    with_words, without = call(app, "/bas-saint-laurent").body.decode(), call(app, "/cibles").body.decode()
    expected = '<div id="root"></div><div id="apercu"><div class="stHtml"><h1>bas-saint-laurent</h1></div></div></body>'
    assert expected in with_words
    assert without == PAGE


def test_new_words_are_sent_as_soon_as_the_data_change() -> None:
    said = ["<p>135</p>"]
    app = gate(lambda _: said[0])
    first = call(app, "/")
    said[0] = "<p>136</p>"
    second = call(app, "/")
    assert ("135" in first.body.decode(), "136" in second.body.decode()) == (True, True)
    assert first.headers["etag"] != second.headers["etag"]
    assert call(app, "/", if_none_match=second.headers["etag"]).status == 304


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


@pytest.fixture
def own(copy_of_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    monkeypatch.setenv("DASHBOARD_ROOT", str(copy_of_data))
    monkeypatch.setattr(cache, "PAUSE", 0.0)
    yield Files(copy_of_data)


def read(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ")


def test_the_key_figures_of_a_region_and_of_the_direction_are_those_of_the_source(own: Files) -> None:
    region = read(first_words("bas-saint-laurent"))
    assert "Bas-Saint-Laurent" in region
    assert re.search(r"\b769\b", region)
    assert re.search(r"\b16 322\b", read(first_words("")))
    assert first_words("cibles") == first_words("page-inconnue") == ""


def test_nothing_is_said_before_signing_in(own: Files) -> None:
    own.edit("config.yaml", "sign_in: false", "sign_in: true")
    assert first_words("") == first_words("bas-saint-laurent") == ""


def test_nothing_is_said_of_data_that_cannot_be_read(own: Files) -> None:
    (own.root / "data" / "territories.csv").write_text("n’importe quoi\n", encoding="utf-8")
    assert first_words("") == ""
