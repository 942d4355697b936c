"""A server to which an address was given, asked under other names, by pages of other sites, and wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench import servers
from tests.service.conftest import ask, raw

PUBLIC = "tableau.exemple.org"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """The dashboard, told by which address people come."""
    folder = tmp_path_factory.mktemp("adresse")
    given = {"STREAMLIT_BROWSER_SERVER_ADDRESS": PUBLIC, "STREAMLIT_SERVER_ALLOWED_HOSTS": f"interne.{PUBLIC}"}
    started = servers.start(servers.ROOT / "app.py", folder, environment=given)
    yield started
    started.stop()


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/inconnu"])
def test_only_the_hosts_of_the_settings_and_this_machine_are_served(public: Any, path: str) -> None:
    port = urlsplit(public.url).port
    for host in (PUBLIC, f"interne.{PUBLIC}", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert ask(public.url, path, Host=host)[0] in {200, 303}, host
    for host in ("ailleurs.net", f"{PUBLIC}.ailleurs.net", "192.168.1.5"):
        status, _, page = ask(public.url, path, Host=host)
        assert (status, "Adresse refusée" in page.decode()) == (400, True), host


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        (PUBLIC, f"https://{PUBLIC}", 101),
        ("localhost:8501", "http://localhost:8501", 101),
        ("localhost:8501", "http://localhost:9999", 403),
        (PUBLIC, f"https://{PUBLIC}, https://ailleurs.net", 403),
        ("ailleurs.net", "https://ailleurs.net", 400),
    ],
)
def test_only_their_pages_open_a_websocket(public: Any, host: str, origin: str, status: int) -> None:
    assert ask(public.url, "/_stcore/stream", Host=host, Origin=origin, **UPGRADE)[0] == status


@pytest.mark.parametrize(
    "asked",
    [
        f"GET /media/..%2fx HTTP/1.1\r\nHost: {PUBLIC}",
        f"GET /_stcore/upload_file/../../x HTTP/1.1\r\nHost: {PUBLIC}",
        f"GET /static/..%5cx.js HTTP/1.1\r\nHost: {PUBLIC}",
        # What is no request at all.
        "n’importe quoi",
        f"GET / HTTP/1.1\r\nHost: {PUBLIC}\r\nsans deux-points",
        f"GET / HTTP/1.1\r\nHost: {PUBLIC}\r\nHost: ailleurs.net",
        "GET / HTTP/1.1",
    ],
)
def test_bad_addresses_and_bad_requests_are_refused_in_french(public: Any, asked: str) -> None:
    status, page = raw(public.url, asked)
    assert status in {400, 404}
    assert "refusée" in page or "Introuvable" in page
    assert "Bad Request" not in page
