"""What the tests of a running service share: a server, one where one signs in, and what is asked of them."""

from __future__ import annotations

import http.client
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

from bench import servers
from bench.cluster import find_nginx
from tests import signing_in

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = "tableau.exemple.org"


def missing(reason: str) -> NoReturn:
    """Skip, or fail where nginx is required."""
    if os.environ.get("REQUIRE_NGINX") == "1":
        pytest.fail(f"{reason} REQUIRE_NGINX=1 exige nginx.", pytrace=False)
    pytest.skip(reason)


def ask(
    url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and content of what a server answers at a path."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    # An opened websocket has no end.
    content = b"" if answer.status == http.HTTPStatus.SWITCHING_PROTOCOLS else answer.read()
    connection.close()
    return answer.status, answer.headers, content


def raw(url: str, asked: str) -> tuple[int, str]:
    """Status and page of what is answered to these bytes, whether or not they are a request."""
    host, _, port = urlsplit(url).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as wire:
        wire.sendall(f"{asked}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b"")).decode()
    head, _, page = answer.partition("\r\n\r\n")
    return int(head.split(" ")[1]), page


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """The dashboard, alone, told by which address people come; it keeps the session of a closed page for a moment."""
    given = {"STREAMLIT_BROWSER_SERVER_ADDRESS": PUBLIC, "STREAMLIT_SERVER_ALLOWED_HOSTS": f"interne.{PUBLIC}"}
    folder, brief = tmp_path_factory.mktemp("service"), "--server.disconnectedSessionTTL=5"
    started = servers.start(ROOT / "app.py", folder, brief, environment=given)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def nginx() -> str:
    found = find_nginx()
    if found is None:
        missing("Essai de nginx sauté : nginx est introuvable (paquet nginx-light de Debian).")
    return found


@dataclass
class Protected:
    """The dashboard where one signs in, and its data."""

    server: servers.Server
    root: Path

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    pytest.importorskip("oidc_provider_mock", reason="Connexion non essayée : pip install -r requirements-dev.txt")
    with signing_in.provider() as url:
        yield url


@pytest.fixture(scope="session")
def protected(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[Protected]:
    """The dashboard where one signs in."""
    folder, port = tmp_path_factory.mktemp("connexion"), servers.free_port()
    root = signing_in.project(folder)
    signing_in.write_secrets(folder, f"http://127.0.0.1:{port}", issuer)
    server = servers.start(ROOT / "app.py", folder, environment={"DASHBOARD_ROOT": str(root)}, port=port)
    yield Protected(server, root)
    server.stop()
