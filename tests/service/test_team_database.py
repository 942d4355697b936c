"""A server killed while somebody types, and one whose database fails and comes back, as a browser meets them."""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import servers
from bench.protocol import Session, SessionError
from dashboard.team import schema, writings
from dashboard.team.database import Store, opened
from tests.long_forms import first

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "8"))
PAGE, FIELD = "suivi", "Note"


def url_of(folder: Path) -> str:
    return f"sqlite:///{(folder / 'equipe' / 'equipe.sqlite').as_posix()}"


def start(folder: Path) -> servers.Server:
    return servers.start(ROOT / "app.py", folder, environment={"DASHBOARD_STORE": url_of(folder)})


def version(store: Store) -> str:
    with store.transaction(write=False) as connection:
        return schema.version(connection)


def notes(folder: Path) -> set[str]:
    return {json.loads(w.content)["note"] for w in writings.history(opened(url_of(folder)))}


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


def test_an_old_database_is_migrated_when_the_server_starts(tmp_path: Path) -> None:
    store = opened(url_of(tmp_path))
    store.create_file()
    schema.upgrade(store, to="0001")
    server, deadline = start(tmp_path), time.monotonic() + 60
    try:
        while (found := version(store)) != schema.latest() and time.monotonic() < deadline:
            time.sleep(0.05)  # between two looks
        assert found == schema.latest()
        assert "Traceback" not in server.log() and "ScriptRunContext" not in server.log()
    finally:
        server.stop()


@pytest.mark.long
def test_a_server_killed_while_one_types_has_all_that_the_page_confirmed(tmp_path: Path) -> None:
    confirmed: list[str] = []
    for turn in range(max(2, KILLS // 8)):
        moment = random.uniform(0, 0.1)  # noqa: S311
        confirmed += asyncio.run(killed_while_typing(start(tmp_path), str(turn), moment))
    assert set(confirmed) <= notes(tmp_path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    first(
        [
            (lambda file: file.parent.rename(file.parent.with_name("ailleurs")), "a disparu"),
            (lambda file: file.write_bytes(b"bonjour" * 1000), "est abîmée"),
        ]
    ),
)
def test_a_database_that_fails_takes_no_figure_away_and_is_found_again(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    file, server = tmp_path / "equipe" / "equipe.sqlite", start(tmp_path)

    async def visitor() -> None:
        async with Session(server.url, keep_texts=True) as session:
            await session.first_run(PAGE)
            await session.choose(FIELD, "avant")
            kept = file.read_bytes()
            spoil(file)
            for page in ("ententes", "cibles", "plan-d-action", PAGE):
                session.texts.clear()
                # The notice alone, where what the team writes is shown.
                assert len((await session.visit(page)).faults) == (page in {"cibles", PAGE})
            assert any("est indisponible" in text and said in text for text in session.texts)
            assert not any(str(tmp_path) in text for text in session.texts)
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(kept)
            session.texts.clear()
            await session.visit(PAGE)
            assert not any("est indisponible" in text for text in session.texts)
            await session.choose(FIELD, "après")

    try:
        asyncio.run(visitor())
        assert notes(tmp_path) == {"avant", "après"}
        log = server.log()
        assert "Traceback" not in log and "avant" not in log and log.count(str(file)) == 1
    finally:
        server.stop()
