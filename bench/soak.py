"""``python -m bench.soak``: many visits for a long time, and the memory of the server while they last.

Sessions come and go: each one interacts once every two seconds, and a part of them leaves and is replaced every minute,
because a leak hides as well in what a closed session leaves behind. Memory grows at first (caches, arenas of the
allocator): the verdict is on the slope of the second half only.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

import click

from bench import load
from bench.protocol import Session, SessionError
from bench.report import french
from bench.servers import Server, running
from bench.stats import percentile, slope

PAGES = ("bas-saint-laurent", "chaudiere-appalaches")
EVERY = 2.0
# Megabytes an hour that the second half may gain. An hour of 25 sessions is 45 000 interactions: a leak of 2 kB each
# would show as 90.
ALLOWED = 15.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of a soak; memory in megabytes, slope in megabytes an hour over the second half."""

    seconds: float
    sessions: int
    interactions: int
    lost: int
    errors: int
    late: int
    p95_ms: float | None
    memory_start: float | None
    memory_middle: float | None
    memory_end: float | None
    slope: float

    def flat(self, allowed: float = ALLOWED) -> bool:
        """True when nothing was lost nor failed and memory did not grow faster than allowed."""
        return self.lost == 0 and self.errors == 0 and self.slope <= allowed


def second_half(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points of the second half of the time."""
    if not points:
        return []
    middle = (points[0][0] + points[-1][0]) / 2
    return [point for point in points if point[0] >= middle]


async def soak(
    server: Server,
    sessions: int,
    seconds: float,
    *,
    renew: float = 60.0,
    every: float = EVERY,
    steps: load.Interaction | None = None,
) -> Verdict:
    """``sessions`` visitors for ``seconds``, an interaction ``every`` seconds.

    Each one leaves after about ``renew`` seconds, and another comes.
    """
    outcome = load.Outcome(sessions, seconds)
    points: list[tuple[float, float]] = []
    start = perf_counter()
    interaction = steps or load.mixed(PAGES)

    async def visitor(rank: int) -> None:
        number = 0
        while perf_counter() - start < seconds:
            number += 1
            # The first visit is shorter for some than for others, so that they do not all leave together.
            length = renew * ((rank + 1) / sessions if number == 1 else 1)
            until = min(start + seconds, perf_counter() + length)
            async with AsyncExitStack() as stack:
                try:
                    session = await stack.enter_async_context(Session(server.url))
                    await session.first_run(PAGES[(rank + number) % len(PAGES)])
                    turn = 0
                    due = perf_counter()
                    while perf_counter() < until:
                        due += every
                        await asyncio.sleep(max(0.0, due - perf_counter()))
                        run = await interaction(session, turn)
                        took = perf_counter() - due
                        outcome.latencies.append(took)
                        outcome.errors += len(run.faults)
                        outcome.late += took > every
                        turn += 1
                except SessionError:
                    outcome.lost += 1

    async def watch() -> None:
        while perf_counter() - start < seconds:
            memory = server.memory()
            if memory is not None:
                points.append((perf_counter() - start, memory))
            await asyncio.sleep(max(0.25, seconds / 400))

    await asyncio.gather(watch(), *(visitor(rank) for rank in range(sessions)))
    tail = second_half(points)
    p95 = percentile(outcome.latencies, 95)
    return Verdict(
        seconds=perf_counter() - start,
        sessions=sessions,
        interactions=len(outcome.latencies),
        lost=outcome.lost,
        errors=outcome.errors,
        late=outcome.late,
        p95_ms=None if p95 is None else 1000 * p95,
        memory_start=points[0][1] if points else None,
        memory_middle=tail[0][1] if tail else None,
        memory_end=points[-1][1] if points else None,
        slope=3600 * slope(tail),
    )


@click.command(help="Fait visiter le tableau de bord longtemps et suit la mémoire du serveur.")
@click.option("--sessions", default=25, type=click.IntRange(1), show_default=True, help="Personnes à la fois.")
@click.option("--minutes", default=60.0, type=click.FloatRange(0.1), show_default=True, help="Durée.")
@click.option("--allowed", default=ALLOWED, show_default=True, help="Mo par heure permis dans la seconde moitié.")
@click.option("--json", "output", type=click.Path(dir_okay=False, path_type=Path), help="Écrit aussi le résultat ici.")
def main(sessions: int, minutes: float, allowed: float, output: Path | None) -> None:
    with running("portraits") as server:
        verdict = asyncio.run(soak(server, sessions, 60 * minutes))
    if output is not None:
        output.write_text(json.dumps(asdict(verdict), indent=2) + "\n", encoding="utf-8")
    print(
        f"{sessions} sessions, {french(minutes)} min : {french(verdict.interactions)} interactions, "
        f"{verdict.lost} perdues, {verdict.errors} erreurs, {verdict.late} en retard, "
        f"p95 {french(verdict.p95_ms, 'ms')}\n"
        f"Mémoire : {french(verdict.memory_start, 'Mo')} au début, {french(verdict.memory_middle, 'Mo')} à la moitié, "
        f"{french(verdict.memory_end, 'Mo')} à la fin; pente de la seconde moitié {french(verdict.slope, 'Mo/h')}"
    )
    if not verdict.flat(allowed):
        print(f"La mémoire n’est pas stable (permis : {french(allowed, 'Mo/h')}), ou des sessions ont échoué.")
        sys.exit(1)


if __name__ == "__main__":
    main()
