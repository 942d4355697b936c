"""A server killed while somebody types, and one whose database fails and comes back, as a browser meets them."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench import servers
from bench.protocol import Session, SessionError
from dashboard.team import schema, writings
from dashboard.team.database import Store, opened

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "8"))
PAGE, FIELD = "suivi", "Note"


def url_of(folder: Path) -> str:
    return f"sqlite:///{(folder / 'equipe' / 'equipe.sqlite').as_posix()}"


def version(store: Store) -> str:
    with store.transaction(write=False) as connection:
        return schema.version(connection)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], servers.Server]]:
    started: list[servers.Server] = []

    def _start() -> servers.Server:
        given = {"DASHBOARD_STORE": url_of(tmp_path)}
        started.append(servers.start(ROOT / "app.py", tmp_path, environment=given))
        return started[-1]

    yield _start
    for server in started:
        server.stop()


async def killed_while_typing(server: servers.Server, name: str, moment: float) -> list[str]:
    """What the page confirmed before the server was killed, while a last text was on its way."""
    confirmed: list[str] = []
    async with Session(server.url) as session:
        await session.first_run(PAGE)
        for n in range(5):
            await session.choose(FIELD, f"{name}-{n}")
            confirmed.append(f"{name}-{n}")
        last = asyncio.create_task(session.choose(FIELD, f"{name}-dernier"))
        await asyncio.wait({last}, timeout=moment)
        server.process.kill()
        try:
            await last
            confirmed.append(f"{name}-dernier")
        except SessionError:
            pass
    server.process.wait()
    return confirmed


async def fails_and_is_found_again(server: servers.Server, folder: Path) -> None:
    file = folder / "equipe" / "equipe.sqlite"
    async with Session(server.url, keep_texts=True) as session:
        await session.first_run(PAGE)
        await session.choose(FIELD, "avant")
        kept = file.read_bytes()
        for spoil, said in (
            (lambda: file.parent.rename(file.parent.with_name("ailleurs")), "a disparu"),
            (lambda: file.write_bytes(b"bonjour" * 1000), "est abîmée"),
        ):
            spoil()
            for page in ("ententes", "cibles", "plan-d-action", PAGE):
                session.texts.clear()
                # The notice alone, where what the team writes is shown.
                assert len((await session.visit(page)).faults) == (page in {"cibles", PAGE})
            assert any("est indisponible" in text and said in text for text in session.texts)
            assert not any(str(folder) in text for text in session.texts)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(kept)
            session.texts.clear()
            await session.visit(PAGE)
            assert not any("est indisponible" in text for text in session.texts)
        await session.choose(FIELD, "après")


def test_an_old_database_is_migrated_fails_is_found_again_and_a_killed_server_loses_nothing(
    tmp_path: Path, start: Callable[[], servers.Server]
) -> None:
    """No figure is taken away while it fails, and whatever the page confirmed is there once the server is killed."""
    store = opened(url_of(tmp_path))
    store.create_file()
    schema.upgrade(store, to="0001")
    server, deadline = start(), time.monotonic() + 60
    while (found := version(store)) != schema.latest() and time.monotonic() < deadline:
        time.sleep(0.05)  # between two looks
    assert found == schema.latest()
    assert "Traceback" not in server.log() and "ScriptRunContext" not in server.log()
    asyncio.run(fails_and_is_found_again(server, tmp_path))
    log = server.log()
    assert "Traceback" not in log and "avant" not in log
    # Once for each of its failures.
    assert log.count(str(tmp_path / "equipe" / "equipe.sqlite")) == 2
    confirmed = {"avant", "après"}
    for turn in range(max(1, KILLS // 8)):
        moment = random.uniform(0, 0.1)  # noqa: S311
        confirmed |= set(asyncio.run(killed_while_typing(start() if turn else server, str(turn), moment)))
    assert confirmed <= {json.loads(w.content)["note"] for w in writings.history(opened(url_of(tmp_path)))}
