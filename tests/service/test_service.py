"""One running server: what is open, what is refused, what is written down, and many sessions at once or cut short."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench import load
from bench.protocol import Session
from tests.service.conftest import PUBLIC, ask, raw

# Descriptors: connections that are closing, a file being read. Megabytes that Python keeps for itself, for each visit.
FEW, EACH = 4, 1.0
CLOSED = [
    "/_stcore/metrics?families=cache_memory_bytes",
    "/_stcore/agent/mcp",
    "/_stcore/script-health-check",
    "/component/x/index.html",
    "/auth/login?provider=x",
    "/oauth2callback",
    "/app/static/config.toml",
    "/_stcore/upload_file/s/f",
    "/_stcore",
    "/openapi.json",
]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Les descripteurs se comptent dans /proc.")
def test_sessions_cut_short_leave_nothing_on_an_idle_server(service: Any) -> None:
    """The first of the file: nobody else is there."""

    def descriptors() -> int:
        return sum(1 for _ in Path(f"/proc/{service.process.pid}/fd").iterdir())

    def settled(most: int) -> int:
        deadline = time.monotonic() + 90
        while descriptors() > most and time.monotonic() < deadline:
            time.sleep(0.1)  # between two looks
        return descriptors()

    async def visits(count: int) -> None:
        for _ in range(count):
            session = Session(service.url)
            await session.__aenter__()
            await session.first_run("ententes")
            assert session._socket is not None
            session._socket.transport.abort()

    start = descriptors()
    asyncio.run(visits(10))
    start = settled(start + FEW)
    memory, count = service.memory(), 25
    asyncio.run(visits(count))
    assert settled(start + FEW) <= start + FEW
    assert service.memory() - memory < count * EACH


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_what_the_pages_do_not_use_is_closed(service: Any, method: str) -> None:
    for path in CLOSED:
        status, headers, body = ask(service.url, path, method)
        assert status == 404, path
        assert "content-security-policy" in headers, path
        assert b"openapi" not in body and b"streamlit" not in body.lower(), path


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
        "/app/geo/..%5cconfig.yaml",
        "/app/data/territories.csv",
        "/static/..%2f..%2findex.html%00.js",
        "/config.yaml",
    ):
        status, _, body = ask(service.url, path)
        assert status in {303, 400, 404}, path
        assert b"regions:" not in body and b"code," not in body, path


def test_only_the_hosts_of_the_settings_and_this_machine_are_served(service: Any) -> None:
    port = urlsplit(service.url).port
    for path in ("/", "/_stcore/health", "/inconnu"):
        for host in (PUBLIC, f"interne.{PUBLIC}", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
            assert ask(service.url, path, Host=host)[0] in {200, 303}, (path, host)
        for host in ("ailleurs.net", f"{PUBLIC}.ailleurs.net", "192.168.1.5"):
            status, _, page = ask(service.url, path, Host=host)
            assert (status, "Adresse refusée" in page.decode()) == (400, True), (path, host)


@pytest.mark.parametrize(
    ("host", "origin", "path", "status"),
    [
        (PUBLIC, f"https://{PUBLIC}", "", 101),
        ("localhost:8501", "http://localhost:8501", "", 101),
        ("localhost:8501", "http://localhost:9999", "", 403),
        ("localhost:8501", "http://localhost:8501", "/autre", 403),
        (PUBLIC, f"https://{PUBLIC}, https://ailleurs.net", "", 403),
        (PUBLIC, "https://ailleurs.net", "", 403),
        ("ailleurs.net", "https://ailleurs.net", "", 400),
    ],
)
def test_only_their_pages_open_a_websocket(service: Any, host: str, origin: str, path: str, status: int) -> None:
    assert ask(service.url, f"{path}/_stcore/stream", Host=host, Origin=origin, **UPGRADE)[0] == status


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
def test_bad_addresses_and_bad_requests_are_refused_in_french(service: Any, asked: str) -> None:
    status, page = raw(service.url, asked)
    assert status in {400, 404}
    assert "refusée" in page or "Introuvable" in page
    assert "Bad Request" not in page


def test_file_is_refused_without_its_token_or_when_too_large(service: Any) -> None:
    cookie = ask(service.url, "/_stcore/health")[1]["set-cookie"].partition(";")[0]
    token = cookie.partition("=")[2].strip('"')

    def upload(session: str, size: int, cookie: str, token: str) -> int:
        head = b'------essai\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
        body, path = head + b"x" * size + b"\r\n------essai--\r\n", f"/_stcore/upload_file/{session}/fichier"
        kind = "multipart/form-data; boundary=----essai"
        return ask(service.url, path, "PUT", body, Content_Type=kind, Cookie=cookie, X_Xsrftoken=token)[0]

    async def visit() -> None:
        async with Session(service.url) as session:
            await session.first_run("suivi")
            own = session.session_id
            for given, status in (
                ((own, 10, cookie, token), 204),
                ((own, 10, cookie, ""), 403),
                ((own, 10, "", ""), 403),
                ((own, 6_000_000, cookie, token), 413),
                (("une-autre-session", 10, cookie, token), 400),
            ):
                assert await asyncio.to_thread(upload, *given) == status

    asyncio.run(visit())


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


def test_a_session_that_comes_back_in_time_is_kept_and_the_log_holds_nothing_of_the_person(service: Any) -> None:
    ask(service.url, "/cibles?annee=2019&q=motsecret", User_Agent="navigateur-de-la-personne")

    async def visits() -> None:
        async with Session(service.url, query="q=motsecret", headers={"X-Forwarded-For": "203.0.113.9"}) as first:
            await first.first_run("plan-d-action")
        async with Session(service.url, session_id=first.session_id) as again:
            await again.first_run("ententes")
            assert again.session_id == first.session_id

    asyncio.run(visits())
    log = service.log()
    assert "Le tableau de bord est prêt" in log
    for secret in ("motsecret", "navigateur-de-la-personne", "203.0.113.9", "annee=2019", "Traceback"):
        assert secret not in log


def test_host_configuration_lets_no_other_site_command_the_page(service: Any) -> None:
    found = json.loads(ask(service.url, "/_stcore/host-config")[2])
    assert found["allowedOrigins"] == []
    assert not found.get("enableCustomParentMessages")
    assert not found.get("useExternalAuthToken")
