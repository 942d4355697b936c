"""One running server: what is open, what is refused, what is written down, and many sessions at once."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bench import load
from bench.protocol import Session
from tests.service.conftest import ask

CLOSED = [
    "/_stcore/metrics",
    "/_stcore/metrics?families=cache_memory_bytes",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/x/y.js",
    "/component/x/index.html",
    "/auth/login?provider=x",
    "/auth/logout",
    "/oauth2callback",
    "/app/static/config.toml",
    "/_stcore/upload_file/s/f",
    "/_stcore",
    "/openapi.json",
]


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_what_the_pages_do_not_use_is_closed(service: Any, method: str, path: str) -> None:
    status, headers, body = ask(service.url, path, method)
    assert status == 404
    assert "content-security-policy" in headers
    assert b"openapi" not in body
    assert b"streamlit" not in body.lower()


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/app/geo/territories.geojson", "/cibles"])
def test_what_the_pages_use_is_open(service: Any, path: str) -> None:
    assert ask(service.url, path)[0] == 200
    assert ask(service.url, path, "POST")[0] == 404


def test_no_address_reads_another_file(service: Any) -> None:
    """Sent exactly as written: a browser would tidy them."""
    for path in (
        "/app/geo/../config.yaml",
        "/app/geo/..%2fconfig.yaml",
        "/app/assets/%2e%2e/%2e%2e/%2e%2e/config.yaml",
        "/app/geo/....//config.yaml",
        "/app/geo/..%5cconfig.yaml",
        "/app/data/territories.csv",
        "/static/..%2f..%2findex.html%00.js",
        "/../config.yaml",
        "/config.yaml",
    ):
        status, _, body = ask(service.url, path)
        assert status in {303, 400, 404}, path
        assert b"regions:" not in body and b"code," not in body, path


def upload(url: str, session: str, size: int, cookie: str, token: str) -> int:
    edge = b"----essai"
    head = b"--" + edge + b'\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    body = head + b"x" * size + b"\r\n--" + edge + b"--\r\n"
    kind = f"multipart/form-data; boundary={edge.decode()}"
    path = f"/_stcore/upload_file/{session}/fichier"
    return ask(url, path, "PUT", body, Content_Type=kind, Cookie=cookie, X_Xsrftoken=token)[0]


def test_file_is_refused_without_its_token_or_when_too_large(service: Any) -> None:
    _, headers, _ = ask(service.url, "/_stcore/health")
    cookie = headers["set-cookie"].partition(";")[0]
    token = cookie.partition("=")[2].strip('"')

    async def visit() -> None:
        async with Session(service.url) as session:
            await session.first_run("suivi")
            own = session.session_id
            send = lambda *a: asyncio.to_thread(upload, service.url, own, *a)  # noqa: E731
            assert await send(10, cookie, token) == 204
            assert await send(10, cookie, "") == 403
            assert await send(10, "", "") == 403
            assert await send(6_000_000, cookie, token) == 413
            assert await asyncio.to_thread(upload, service.url, "une-autre-session", 10, cookie, token) == 400

    asyncio.run(visit())


def test_websocket_of_another_site_or_address_is_refused(service: Any) -> None:
    async def visit(url: str, origin: str) -> None:
        async with Session(url, headers={"Origin": origin}):
            pass

    with pytest.raises(Exception, match="403"):
        asyncio.run(visit(service.url, "https://ailleurs.exemple.net"))
    with pytest.raises(Exception, match="403"):
        asyncio.run(visit(f"{service.url}/autre", service.url))
    asyncio.run(visit(service.url, service.url))


def test_some_sessions_at_once_are_all_answered(service: Any) -> None:
    """The load generator of the benchmark against the dashboard itself."""

    async def visits() -> tuple[load.Outcome, load.Outcome]:
        async with AsyncExitStack() as stack:
            sessions = await load.open_sessions(stack, service.url, 3, "bas-saint-laurent")
            assert len({session.session_id for session in sessions}) == 3
            steps = load.mixed(("bas-saint-laurent", "chaudiere-appalaches"))
            paced = await load.paced(sessions, steps, every=0.5, seconds=2)
            flat = await load.flat_out(sessions, load.choose_measure, seconds=0.5)
            # The address follows the choice, as in a browser.
            await sessions[0].choose("Mesure", "Nombre")
            assert "mesure=nombre" in sessions[0].query
            return paced, flat

    paced, flat = asyncio.run(visits())
    # A busy machine leaves the last ones out: they are late, and not lost.
    assert 3 <= len(paced.latencies) <= 12
    assert len(flat.latencies) >= 3
    assert (paced.lost, paced.errors, flat.lost, flat.errors) == (0, 0, 0, 0)
    assert paced.received > 1_000 * len(paced.latencies)


def test_a_session_that_comes_back_in_time_is_kept(service: Any) -> None:
    async def visits() -> None:
        async with Session(service.url) as first:
            await first.first_run("ententes")
        async with Session(service.url, session_id=first.session_id) as again:
            await again.first_run("ententes")
            assert again.session_id == first.session_id

    asyncio.run(visits())


def test_log_holds_nothing_of_the_person(service: Any) -> None:
    ask(service.url, "/cibles?annee=2019&q=motsecret", User_Agent="navigateur-de-la-personne")

    async def visit() -> None:
        async with Session(service.url, query="q=motsecret", headers={"X-Forwarded-For": "203.0.113.9"}) as session:
            await session.first_run("plan-d-action")

    asyncio.run(visit())
    log = service.log()
    assert "Le tableau de bord est prêt" in log
    for secret in ("motsecret", "navigateur-de-la-personne", "203.0.113.9", "annee=2019", "Traceback"):
        assert secret not in log


def test_host_configuration_lets_no_other_site_command_the_page(service: Any) -> None:
    found = json.loads(ask(service.url, "/_stcore/host-config")[2])
    assert found["allowedOrigins"] == []
    assert not found.get("enableCustomParentMessages")
    assert not found.get("useExternalAuthToken")
