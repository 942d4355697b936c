"""Fixtures of the tests of a running service: one server for what is asked of a server, nginx and two for the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from bench import cluster as behind_nginx
from bench import servers
from tests import signing_in

ROOT = Path(__file__).resolve().parents[2]


def missing(reason: str) -> NoReturn:
    """Skip, or fail where nginx is required."""
    if os.environ.get("REQUIRE_NGINX") == "1":
        pytest.fail(f"{reason} REQUIRE_NGINX=1 exige nginx.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """The dashboard, alone."""
    started = servers.start(ROOT / "app.py", tmp_path_factory.mktemp("service"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def cluster() -> Iterator[behind_nginx.Cluster]:
    """nginx of the system in front of two processes."""
    nginx = behind_nginx.find_nginx()
    if nginx is None:
        missing("Essai de nginx sauté : nginx est introuvable (paquet nginx-light de Debian).")
    with behind_nginx.running(nginx) as started:
        yield started


@dataclass
class Protected:
    """The dashboard where one signs in, and its data."""

    server: servers.Server
    root: Path

    @property
    def url(self) -> str:
        return self.server.url


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    pytest.importorskip("oidc_provider_mock", reason="Connexion non essayée : pip install -r requirements-dev.txt")
    with signing_in.provider() as url:
        yield url


@pytest.fixture(scope="module")
def protected(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[Protected]:
    """The dashboard where one signs in."""
    folder, port = tmp_path_factory.mktemp("connexion"), servers.free_port()
    root = signing_in.project(folder)
    signing_in.write_secrets(folder, f"http://127.0.0.1:{port}", issuer)
    server = servers.start(servers.ROOT / "app.py", folder, environment={"DASHBOARD_ROOT": str(root)}, port=port)
    yield Protected(server, root)
    server.stop()
