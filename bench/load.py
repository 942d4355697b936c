"""Many sessions at once: latency at a given pace, greatest throughput, memory of each session."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from bench.protocol import Run, Session, SessionError
from bench.stats import percentile

Interaction = Callable[[Session, int], Awaitable[Run]]

OPENING_AT_ONCE: Final = 4


@dataclass
class Outcome:
    """What the sessions saw. ``latencies``: seconds, from the instant when the interaction was due."""

    sessions: int
    seconds: float
    latencies: list[float] = field(default_factory=list)
    received: int = 0
    late: int = 0
    lost: int = 0
    errors: int = 0
    cpu: float | None = None

    def figures(self) -> dict[str, float | None]:
        """Rates per second, milliseconds, counts."""
        p50, p95 = (percentile(self.latencies, rank) for rank in (50, 95))
        return {
            "interactions_s": len(self.latencies) / self.seconds if self.seconds else None,
            "p50_ms": None if p50 is None else 1000 * p50,
            "p95_ms": None if p95 is None else 1000 * p95,
            "en_retard": self.late,
            "perdues": self.lost,
            "processeur_pct": None if self.cpu is None or not self.seconds else 100 * self.cpu / self.seconds,
        }


async def open_sessions(stack: AsyncExitStack, url: str, count: int, page: str) -> list[Session]:
    """``count`` sessions that have drawn the page, opened a few at a time; closed with the stack."""
    gate = asyncio.Semaphore(OPENING_AT_ONCE)

    async def one() -> Session:
        async with gate:
            session = await stack.enter_async_context(Session(url))
            await session.first_run(page)
            return session

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def paced(
    sessions: Sequence[Session], interaction: Interaction, *, every: float, seconds: float, seed: int = 1
) -> Outcome:
    """Each session interacts once ``every`` seconds, at instants of its own, during ``seconds``.

    An answer that comes after the next interaction was due is late. Waiting for one's turn counts: latencies run from
    the instant when the interaction was due.
    """
    outcome = Outcome(len(sessions), seconds)
    draw = random.Random(seed)  # noqa: S311 (spreads the sessions, no secret)
    start = perf_counter()

    async def visitor(session: Session, offset: float, first: int) -> None:
        for turn in range(int(seconds / every)):
            due = start + offset + turn * every
            if perf_counter() > start + seconds + every:
                # A saturated server: what it will not have answered in time is late, without waiting for it.
                outcome.late += int(seconds / every) - turn
                return
            await asyncio.sleep(max(0.0, due - perf_counter()))
            try:
                run = await interaction(session, first + turn)
            except SessionError:
                outcome.lost += 1
                return
            took = perf_counter() - due
            outcome.latencies.append(took)
            outcome.received += run.received
            outcome.late += took > every
            outcome.errors += len(run.faults)

    # Each at a point of its visit: in step, they would all turn the page in the same two seconds.
    await asyncio.gather(*(visitor(one, draw.uniform(0, every), place) for place, one in enumerate(sessions)))
    outcome.seconds = perf_counter() - start
    return outcome


async def flat_out(sessions: Sequence[Session], interaction: Interaction, *, seconds: float) -> Outcome:
    """Each session interacts again as soon as it is answered: the throughput of the server."""
    start = perf_counter()
    outcome = Outcome(len(sessions), seconds)

    async def visitor(session: Session) -> None:
        turn = 0
        while perf_counter() - start < seconds:
            before = perf_counter()
            try:
                run = await interaction(session, turn)
            except SessionError:
                outcome.lost += 1
                return
            outcome.latencies.append(perf_counter() - before)
            outcome.received += run.received
            outcome.errors += len(run.faults)
            turn += 1

    await asyncio.gather(*(visitor(session) for session in sessions))
    outcome.seconds = perf_counter() - start
    return outcome


async def choose_measure(session: Session, turn: int) -> Run:
    """The commonest interaction: another measure on the map."""
    return await session.choose("Mesure", turn=turn)


def mixed(pages: Sequence[str]) -> Interaction:
    """A visit: six changes of measure, three of year (of view where the year is of another theme) and a page in every
    ten interactions."""

    async def step(session: Session, turn: int) -> Run:
        place = turn % 10
        if place == 9:
            return await session.visit(pages[(turn // 10 + 1) % len(pages)])
        other = "Année" if "Année" in session.choices else "Vue"
        return await session.choose(other if place in (2, 5, 8) else "Mesure", turn=turn)

    return step
