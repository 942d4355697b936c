"""A server to which an address was given, asked under other names, by pages of other sites, and wrongly."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench import servers

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


def ask(server: Any, path: str, headers: dict[str, str]) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.putrequest("GET", path, skip_host=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    # An opened websocket has no end.
    text = "" if answer.status == http.HTTPStatus.SWITCHING_PROTOCOLS else answer.read().decode()
    connection.close()
    return answer.status, text


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/inconnu"])
def test_only_the_hosts_of_the_settings_and_this_machine_are_served(public: Any, path: str) -> None:
    port = urlsplit(public.url).port
    for host in (PUBLIC, f"interne.{PUBLIC}", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert ask(public, path, {"Host": host})[0] in {200, 303}, host
    for host in ("ailleurs.net", f"{PUBLIC}.ailleurs.net", "192.168.1.5"):
        status, text = ask(public, path, {"Host": host})
        assert (status, "Adresse refusée" in text) == (400, True), host


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
    assert ask(public, "/_stcore/stream", {"Host": host, "Origin": origin, **UPGRADE})[0] == status


@pytest.mark.parametrize(
    "asked",
    [
        f"GET /media/..%2fx HTTP/1.1\r\nHost: {PUBLIC}\r\n",
        f"GET /_stcore/upload_file/../../x HTTP/1.1\r\nHost: {PUBLIC}\r\n",
        f"GET /static/..%5cx.js HTTP/1.1\r\nHost: {PUBLIC}\r\n",
        # What is no request at all.
        "n’importe quoi\r\n",
        f"GET / HTTP/1.1\r\nHost: {PUBLIC}\r\nsans deux-points\r\n",
        f"GET / HTTP/1.1\r\nHost: {PUBLIC}\r\nHost: ailleurs.net\r\n",
        "GET / HTTP/1.1\r\n",
    ],
)
def test_bad_addresses_and_bad_requests_are_refused_in_french(public: Any, asked: str) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(public.url).port), timeout=20) as wire:
        wire.sendall(f"{asked}Connection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    assert answer.split(" ")[1] in {"400", "404"}
    assert "refusée" in answer or "Introuvable" in answer
    assert "Bad Request" not in answer.partition("\r\n\r\n")[2]
