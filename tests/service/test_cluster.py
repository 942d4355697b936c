"""Two processes behind nginx: who comes back to whom, and what the others see when one of them stops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bench.cluster import Cluster, at, running
from bench.protocol import Session, SessionError
from tests.service.conftest import ask, raw

# On each process. A hundred in all, as the service installs itself: tests/tools/deployed.py.
SESSIONS = 4
# A light page: this is a test of who answers, not of how fast.
LIGHT = "ententes"
REGION = "bas-saint-laurent"


@pytest.fixture(scope="module")
def cluster(nginx: str) -> Iterator[Cluster]:
    """nginx of the system in front of two processes."""
    with running(nginx) as started:
        yield started


def cookies(url: str, path: str, **headers: str) -> str:
    """The cookies that an answer gives."""
    return "\n".join(ask(url, path, **headers)[1].get_all("set-cookie", []))


def test_newcomer_gets_a_process_and_keeps_it(cluster: Any) -> None:
    seen = set()
    for _ in range(20):
        given = cookies(cluster.url, "/", Cookie="navigateur=essai")
        seen.add(given.partition(";")[0])
        assert "HttpOnly" in given
    assert seen == {"processus=1", "processus=2"}
    for number in ("1", "2"):
        assert "processus" not in cookies(cluster.url, "/", Cookie=f"processus={number}")
    # What somebody writes there by hand is not sent back.
    assert "<" not in cookies(cluster.url, "/", Cookie="processus=<script>")


def test_scripts_are_compressed_and_kept_by_nginx(cluster: Any) -> None:
    page = ask(cluster.url, "/")[2].decode()
    path = "/static/js/" + page.partition('src="./static/js/')[2].partition('"')[0]
    first = ask(cluster.url, path, Accept_Encoding="gzip")
    again = ask(cluster.url, path, Accept_Encoding="gzip")
    assert first[0] == again[0] == 200
    assert again[1]["content-encoding"] == "gzip"
    assert "immutable" in again[1]["cache-control"]
    assert (first[1]["x-portraits-cache"], again[1]["x-portraits-cache"]) == ("MISS", "HIT")
    assert "processus" not in str(again[1].get_all("set-cookie"))


def test_machine_addresses_are_closed(cluster: Any) -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"):
        assert ask(cluster.url, path)[0] == 404, path


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ("GET /component/x HTTP/1.1\r\nHost: x", 404, "n’existe pas"),
        ("GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: x", 414, "trop longue"),
        ("essai", 400, "n’a pas pu être lue"),
        ("GET / HTTP/1.1", 400, "n’a pas pu être lue"),
        ("PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 7000000", 413, "taille permise"),
        ("TRACE / HTTP/1.1\r\nHost: x", 405, "n’a pas pu être lue"),
    ],
)
def test_what_nginx_refuses_itself_is_said_in_french(cluster: Any, asked: str, code: int, said: str) -> None:
    status, page = raw(cluster.url, asked)
    assert status == code
    assert said in page
    assert "<center>" not in page


def test_one_process_stops_and_no_session_of_the_other_notices(cluster: Any) -> None:
    async def visits() -> None:
        async with AsyncExitStack() as stack:

            async def enter(number: int, page: str = LIGHT, **given: Any) -> Session:
                session = Session(cluster.url, headers=at(number), **given)
                await stack.enter_async_context(session)
                assert (await session.first_run(page)).faults == ()
                return session

            lost = [await enter(1) for _ in range(SESSIONS)]
            ours = [await enter(2) for _ in range(SESSIONS)]
            traveller = await enter(1, REGION, query="mesure=part")
            identities = [session.session_id for session in ours]
            assert len(set(identities)) == len(ours)

            await asyncio.to_thread(cluster.processes[0].stop)

            # Those of the other process: same session, an answer to each, no error.
            runs = await asyncio.gather(*(session.rerun() for session in ours))
            assert [run.faults for run in runs] == [()] * len(ours)
            assert [session.session_id for session in ours] == identities
            # Those of the stopped one know it…
            for session in lost:
                with pytest.raises(SessionError):
                    await session.rerun()
            # … and nginx sends them to the other, whose number the browser then keeps.
            assert ask(cluster.url, "/_stcore/health", **at(1))[0] == 200
            assert "processus=2" in cookies(cluster.url, "/_stcore/health", **at(1))
            found = await enter(1, session_id=lost[0].session_id)
            assert found.session_id not in {session.session_id for session in lost}
            # The view of a person comes back from the address alone.
            returned = await enter(2, REGION, session_id=traveller.session_id, query=traveller.query, keep_texts=True)
            assert traveller.query == "mesure=part"
            assert any("Part des admissions de sa région" in text for text in returned.texts)

    asyncio.run(visits())


def test_log_holds_nothing_of_the_person(cluster: Any) -> None:
    ask(cluster.url, "/cibles?annee=2019&q=motsecret", **at(2))
    ask(cluster.url, "/_stcore/upload_file/0b5c-numero-de-session/fichier", **at(2))
    log = cluster.log()
    assert "GET /cibles 200" in log
    for secret in ("motsecret", "annee", "127.0.0.1", "numero-de-session", "Mozilla"):
        assert secret not in log


def test_when_no_process_answers_nginx_says_so_in_french(cluster: Any) -> None:
    """The last of the file: nothing answers afterwards."""
    for process in cluster.processes:
        process.stop()
    status, page = raw(cluster.url, "GET /cibles HTTP/1.1\r\nHost: x")
    assert (status, "ne répond pas pour l’instant" in page) == (502, True)
