"""Two versions of the dashboard in turns, in one run: what moved beyond the noise of the machine."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import load, servers
from bench.report import french
from bench.stats import median

FORMER, PRESENT = "avant", "maintenant"
# A measure moved when so many rounds at least all say so, by more than this part of it and than half their spread.
ROUNDS, LEAST = 5, 0.05
PAGE: Final = "bas-saint-laurent"
# Measure -> words and unit; that of a page is followed by its address.
ROWS: Final = {
    "depart_ms": ("Démarrage : première réponse", "ms"),
    "premiere_ms": ("Démarrage : première page ensuite", "ms"),
    "depart_processeur_ms": ("Démarrage : processeur jusqu’à cette page", "ms"),
    "page_ms": ("Page entière", "ms"),
    "processeur_ms": ("Processeur par page entière", "ms"),
    "mesure_ms": ("Changer de mesure", "ms"),
    "debit_mesure": ("Changements de mesure par seconde, huit sessions", "/s"),
    "memoire_mo": ("Mémoire du processus", "Mo"),
}
Round = Mapping[str, float | None]


@contextmanager
def version(revision: str) -> Iterator[Path]:
    """Folder of the files of a revision, removed at the end. Raises ValueError when git has no such revision."""
    with tempfile.TemporaryDirectory(prefix="version-") as folder:
        tree = Path(folder) / "code"
        git = ("git", "-C", str(servers.ROOT), "worktree")
        added = subprocess.run(
            [*git, "add", "--detach", tree, "--end-of-options", revision], capture_output=True, text=True, check=False
        )
        if added.returncode:
            raise ValueError(f"La version « {revision} » est introuvable : {added.stderr.strip()}")
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", tree], check=True)


async def _visits(server: servers.Server, turns: int, seconds: float) -> dict[str, float | None]:
    """The first page of a server that has just started, every page of the menu, then changes of measure."""
    async with AsyncExitStack() as stack:
        start = perf_counter()
        (session,) = await load.open_sessions(stack, server.url, 1, PAGE)
        found: dict[str, float | None] = {"premiere_ms": 1000 * (perf_counter() - start)}
        found["depart_processeur_ms"] = 1000 * (server.cpu() or 0.0) or None
        pages, spent = sorted(session.pages), 0.0
        for slug in pages:
            await session.visit(slug)
            before = server.cpu()
            runs = [await session.visit(slug) for _ in range(turns)]
            found[f"page_ms {slug}".strip()] = median(1000 * run.seconds for run in runs)
            spent += (server.cpu() or 0.0) - (before or 0.0)
        found["processeur_ms"] = 1000 * spent / (turns * len(pages)) or None
        await session.visit(PAGE)
        changes = [await load.choose_measure(session, turn) for turn in range(2 * turns + 1)][1:]
        found["mesure_ms"] = median(1000 * run.seconds for run in changes)
        kept = [session, *await load.open_sessions(stack, server.url, 7, PAGE)]
        flat = await load.flat_out(kept, load.choose_measure, seconds=seconds)
        return {**found, "debit_mesure": flat.figures()["interactions_s"], "memoire_mo": server.memory()}


def one_round(code: Path, turns: int, seconds: float) -> dict[str, float | None]:
    """What a server of these files gives, from its start."""
    with servers.running("portraits", code=code) as server:
        started = 1000 * (perf_counter() - server.started)
        return {"depart_ms": started, **asyncio.run(_visits(server, turns, seconds))}


def in_turns(
    taken: dict[str, list[dict[str, float | None]]], revision: str, rounds: int, turns: int, seconds: float,
    say: Callable[[str], None],
) -> None:  # fmt: skip
    """Add rounds of the revision and of these files, each first in its turn. Raises ValueError for no revision."""
    with version(revision) as former:
        sides = [(FORMER, former), (PRESENT, servers.ROOT)]
        for turn in range(rounds):
            for name, code in sides if turn % 2 else sides[::-1]:
                say(f"  tour {turn + 1} sur {rounds} : {name}")
                taken[name].append(one_round(code, turns, seconds))


def ratios(former: Sequence[Round], present: Sequence[Round], measure: str) -> list[float]:
    """The present version in numbers of times the former, round by round: both met the same moment of the machine."""
    pairs = ((one.get(measure), other.get(measure)) for one, other in zip(former, present, strict=False))
    return [after / before for before, after in pairs if before and after is not None]


def verdict(found: Sequence[float]) -> str:
    """What moved beyond the noise, from the ratios of the rounds."""
    if len(found) < ROUNDS:
        return "trop peu de tours"
    agreed = min(found) > 1 or max(found) < 1
    step = abs((median(found) or 1) - 1)
    if not agreed or step <= max(LEAST, (max(found) - min(found)) / 2):
        return "dans le bruit"
    return "a augmenté" if min(found) > 1 else "a diminué"


def table(former: Sequence[Round], present: Sequence[Round]) -> str:
    """A Markdown table: medians of both, median and spread of the ratios, what moved."""
    head = ("Mesure", FORMER, PRESENT, "rapport (du plus petit au plus grand)", "Verdict")
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|---|---|"]
    for measure in dict.fromkeys(name for one in present for name in one):
        found = ratios(former, present, measure)
        if not found:
            continue
        name, _, slug = measure.partition(" ")
        words, unit = ROWS[name]
        page = f" : /{slug}" if name == "page_ms" else ""
        before, after = (french(median(one.get(measure) for one in side), unit) for side in (former, present))
        spread = f"{french(median(found))} ({french(min(found))} à {french(max(found))})"
        lines.append(f"| {words}{page} | {before} | {after} | {spread} | {verdict(found)} |")
    return "\n".join(lines)
