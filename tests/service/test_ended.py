"""Many visits that end abruptly, and nobody after them: descriptors and memory are those of the start."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench import servers
from bench.protocol import Session

VISITS = 40
LIGHT = "ententes"
# Descriptors: connections that are closing, a file being read. Megabytes: what Python keeps for itself.
FEW, SOME = 4, 40.0


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    """A server that keeps the session of a closed page for a second."""
    folder = tmp_path_factory.mktemp("bref")
    started = servers.start(servers.ROOT / "app.py", folder, "--server.disconnectedSessionTTL=1")
    yield started
    started.stop()


def descriptors(server: Any) -> int:
    return sum(1 for _ in Path(f"/proc/{server.process.pid}/fd").iterdir())


def visit(server: Any, count: int) -> None:
    async def all_of_them() -> None:
        for _ in range(count):
            session = Session(server.url)
            await session.__aenter__()
            await session.first_run(LIGHT)
            assert session._socket is not None
            session._socket.transport.abort()

    asyncio.run(all_of_them())


def settled(server: Any, most: int) -> int:
    """Wait until no more descriptors than that are held; returns how many are."""
    deadline = time.monotonic() + 90
    while descriptors(server) > most and time.monotonic() < deadline:
        time.sleep(0.1)  # between two looks
    return descriptors(server)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="Les descripteurs se comptent dans /proc.")
def test_sessions_cut_short_leave_nothing_on_an_idle_server(brief: Any) -> None:
    start = descriptors(brief)
    visit(brief, 20)
    start = settled(brief, start + FEW)
    memory = brief.memory()
    visit(brief, VISITS)
    assert settled(brief, start + FEW) <= start + FEW
    assert brief.memory() - memory < SOME
