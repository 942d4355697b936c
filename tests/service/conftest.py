"""Fixtures of the tests of a running service: one server for what is asked of a server, nginx and two for the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from bench import cluster as behind_nginx
from bench import servers

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
