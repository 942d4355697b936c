"""Many people who type at once in the follow-up: what is kept of it, whose it is, and how long each write takes."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from bench import cluster, load, postgres, servers
from bench.protocol import Run, Session
from dashboard.team import follow_up, writings
from dashboard.team.database import opened
from dashboard.team.writings import Writing
from dashboard.ui.server.pages import BROWSER

# How many people, how many of them at one same entry, seconds between two writes of each.
PEOPLE, SAME, EVERY = 25, 5, 2.0
PAGE: Final = "suivi"
# What the page calls the fields, and the button that writes over what somebody else wrote meanwhile.
NAME, FIELD, MINE = "Votre nom", "Note", "Mettre la mienne"


@dataclass
class Typist:
    """One of them, by a number. confirmed: what they typed and no page refused."""

    rank: int
    confirmed: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"Personne {self.rank:02}"

    async def settle(self, session: Session) -> None:
        """Say who they are, and choose an entry: the same for some, one of their own for the others."""
        await session.first_run(PAGE)
        await session.choose(NAME, self.name)
        if self.rank < SAME:
            return
        scopes = session.choices["Montrer"].options
        await session.choose("Montrer", scopes[self.rank % len(scopes)])
        kind = "Indicateur" if self.rank % len(scopes) else "Cible"
        await session.choose(kind, session.choices[kind].options[self.rank // len(scopes)])

    async def write(self, session: Session) -> Run:
        """Another text in the note; where another wrote meanwhile, theirs is put over it first."""
        mine = session.choices.pop(MINE, None)
        if mine is not None:
            return await session.send(mine)
        text = f"{self.name}, texte {len(self.confirmed):04}"
        run = await session.choose(FIELD, text)
        if not run.faults:
            self.confirmed.append(text)
        return run


@dataclass(frozen=True, slots=True)
class Judged:
    """confirmees: writes that no page refused; absentes: of which the database has nothing; melees: texts found
    under another name, or at an entry that is somebody else's; ecartees: kept, not in force: two had written."""

    confirmees: int
    absentes: int
    melees: int
    ecartees: int


def judged(typists: Sequence[Typist], found: Sequence[Writing]) -> Judged:
    """What became of what was typed, from everything that the database has."""
    notes = {str(json.loads(one.content).get("note")) for one in found}
    typed = [text for typist in typists for text in typist.confirmed]
    owners: dict[str, set[str]] = {}
    for one in found:
        owners.setdefault(one.subject, set()).add(one.author)
    same = {typist.name for typist in typists if typist.rank < SAME}
    strangers = {subject for subject, names in owners.items() if len(names) > 1 and not names <= same}
    mixed = sum(
        one.subject in strangers or not json.loads(one.content).get("note", "").startswith(f"{one.author},")
        for one in found
    )
    aside = sum(one.version is None for one in found)
    return Judged(len(typed), sum(text not in notes for text in typed), mixed, aside)


async def typed(
    url: str, processes: Sequence[servers.Server], store: str, seconds: float
) -> dict[str, float | str | None]:
    """Everybody types for so many seconds; then what the database has, and the milliseconds of each write."""
    typists = [Typist(rank) for rank in range(PEOPLE)]
    async with AsyncExitStack() as stack:
        gate, by_session = asyncio.Semaphore(load.OPENING_AT_ONCE), {}

        async def come(typist: Typist) -> Session:
            async with gate:
                session = await stack.enter_async_context(Session(url, headers=cookie(typist.rank, len(processes))))
                by_session[id(session)] = typist
                await typist.settle(session)
                return session

        sessions = await asyncio.gather(*map(come, typists))
        start = sum(one.cpu() or 0.0 for one in processes)
        outcome = await load.paced(
            sessions, lambda session, _: by_session[id(session)].write(session), every=EVERY, seconds=seconds
        )
        outcome.cpu = sum(one.cpu() or 0.0 for one in processes) - start or None
    own = opened(store)
    try:
        found = writings.history(own, follow_up.TOPIC)
    finally:
        own.engine.dispose()
    figures = outcome.figures()
    kept = {name: figures[name] for name in ("p50_ms", "p95_ms", "perdues", "processeur_pct")}
    return {**asdict(judged(typists, found)), "refusees": outcome.errors, **kept}


def cookie(rank: int, processes: int) -> dict[str, str]:
    """Headers of a browser of its own, on one process or the other."""
    own = f"{BROWSER}=navigateur-de-la-mesure-{rank:02}"
    return {"Cookie": own if processes == 1 else f"{cluster.at(1 + rank % 2)['Cookie']}; {own}"}


def measure(seconds: float, say: Callable[[str], None]) -> list[dict[str, float | str | None]]:
    """A line for each database, by one process and by two behind nginx, where their programs are installed."""
    programs, nginx = postgres.find_postgres(), cluster.find_nginx()
    found = []
    with tempfile.TemporaryDirectory(prefix="mesures-") as folder, ExitStack() as stack:
        engines: dict[str, Callable[[str], str]] = {"SQLite": lambda n: f"sqlite:///{Path(folder) / n}.sqlite"}
        if programs is not None:
            engines["PostgreSQL"] = stack.enter_context(postgres.running(programs)).database
        for name, new in engines.items():
            for processes in (1, 2) if nginx else (1,):
                say(f"  saisie : {PEOPLE} personnes, {name}, {processes} processus")
                store = new(f"saisie_{processes}")
                with ExitStack() as own:
                    if processes == 1:
                        alone = own.enter_context(servers.running("portraits", store=store))
                        line = asyncio.run(typed(alone.url, (alone,), store, seconds))
                    else:
                        both = own.enter_context(
                            cluster.running(nginx or "", environment={**cluster.SECRET, "DASHBOARD_STORE": store})
                        )
                        line = asyncio.run(typed(both.url, both.processes, store, seconds))
                found.append({"base": name, "processus": processes, **line})
    return found
