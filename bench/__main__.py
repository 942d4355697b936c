"""``python -m bench``: measures the dashboard beside an empty page and its peers, and says where it stands."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import signal
import sys
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from bench import compare, exports, growth, load, report, stats, typing
from bench.servers import ROOT, Server, running

PARTS = ("navigateur", "serveur", "saisie", "croissance", "exports")
OURS, REFERENCE = "portraits", "vide"
NAMES = (REFERENCE, "streamlit", "dash", "shiny", "statique", OURS)
PAGES = {
    "vide": ("", "autre"),
    "portraits": ("bas-saint-laurent", "chaudiere-appalaches"),
}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


Taken = dict[str, list[dict[str, Any]]]


def in_browser(found: Taken, rounds: int, *, slow: bool) -> None:
    """Add rounds of every target, one after the other, so that all meet the same machine."""
    from bench import browser

    names = tuple(found)
    warming = 1 if slow else 0  # a first round warms the servers and the disk, and is not counted
    with ExitStack() as stack:
        servers = {name: stack.enter_context(running(name)) for name in names}
        chromium = stack.enter_context(browser.chromium())
        targets = [target for target in browser.TARGETS if target.name in names]
        for turn in range(1 - warming, rounds + 1):
            for target in targets:
                say(f"  navigateur, tour {turn} sur {rounds} : {target.name}")
                taken = browser.one_round(chromium, target, servers[target.name].url)
                taken["memoire_visites_mo"] = servers[target.name].memory()
                taken |= browser.cold_start(chromium, target)
                if slow and turn:
                    taken |= browser.one_round(chromium, target, servers[target.name].url, slow=True)
                if turn:
                    found[target.name].append(taken)


async def on_server(server: Server, name: str, sessions: int, seconds: float) -> dict[str, float | None]:
    """Memory of each session, throughput, then latency at one interaction per session every two seconds."""
    pages = PAGES[name]
    async with AsyncExitStack() as stack:
        few = await load.open_sessions(stack, server.url, 5, pages[0])
        for turn in range(6):
            for session in few:
                await load.choose_measure(session, turn)
                await session.visit(pages[turn % 2])
        before = server.memory()
        kept = [*few, *await load.open_sessions(stack, server.url, sessions - len(few), pages[0])]
        for session in kept:
            await load.choose_measure(session, 0)
        after = server.memory()
        flat = await load.flat_out(kept[:8], load.choose_measure, seconds=seconds)

        async def whole(session: Any, _turn: int) -> Any:
            return await session.rerun()

        full = await load.flat_out(kept[:8], whole, seconds=seconds)
        length = max(4.0, 2 * seconds)
        alike = await load.paced(kept, load.choose_measure, every=2.0, seconds=length)
        start = server.cpu()
        paced = await load.paced(kept, load.mixed(pages), every=2.0, seconds=length)
        end = server.cpu()
        paced.cpu = None if start is None or end is None else end - start
    added = None if before is None or after is None else (after - before) / (sessions - len(few))
    figures = paced.figures()
    return {
        "memoire_session_mo": added,
        "memoire_mo": after,
        "debit_mesure": flat.figures()["interactions_s"],
        "debit_page": full.figures()["interactions_s"],
        "p95_mesure_ms": alike.figures()["p95_ms"],
        **{key: figures[key] for key in ("p50_ms", "p95_ms", "en_retard", "perdues", "processeur_pct")},
    }


def on_servers(found: Taken, rounds: int, sessions: int, seconds: float) -> None:
    """Add rounds of every target, each on a server of its own."""
    for turn in range(rounds):
        for name in PAGES:
            say(f"  serveur, tour {turn + 1} sur {rounds} : {name}, {sessions} sessions")
            with running(name) as server:
                found[name].append(asyncio.run(on_server(server, name, sessions, seconds)))


def where() -> dict[str, Any]:
    """The machine and the versions: figures in milliseconds mean nothing without them."""
    names = ("streamlit", "plotly", "uvicorn", "dash", "shiny")
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "processeurs": os.cpu_count(),
        "systeme": platform.system(),
        "python": platform.python_version(),
        "charge": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        **{name: version(name) for name in names},
    }


@dataclass
class Results:
    """Everything that was measured; what was not is empty."""

    sessions: int
    taken: Taken = field(default_factory=dict)
    grown: list[dict[str, float | str | None]] = field(default_factory=list)
    countries: list[dict[str, float | str | None]] = field(default_factory=list)
    aged: list[dict[str, float | str | None]] = field(default_factory=list)
    files: list[dict[str, float | str | None]] = field(default_factory=list)
    typed: list[dict[str, float | str | None]] = field(default_factory=list)
    reference: str = REFERENCE

    def compare(self, revision: str, rounds: int | None, *, quick: bool) -> None:
        self.reference, self.taken = compare.FORMER, {compare.FORMER: [], compare.PRESENT: []}
        compare.in_turns(self.taken, revision, rounds or (5 if quick else 9), *((2, 1.5) if quick else (5, 4.0)), say)

    def measure(self, only: str | None, rounds: int | None, *, quick: bool) -> None:
        self.taken = {name: [] for name in NAMES}
        if only in (None, "navigateur"):
            in_browser(self.taken, rounds or (1 if quick else 5), slow=not quick)
        if only in (None, "serveur"):
            on_servers(self.taken, rounds or (1 if quick else 3), self.sessions, 1.5 if quick else 6.0)
        if only in (None, "saisie"):
            self.typed = typing.measure(15.0 if quick else 60.0, say)
        if only in (None, "exports"):
            say("  fichiers produits")
            self.files = exports.measure(ROOT, rounds or (1 if quick else 3))
        if only == "croissance" or (only is None and not quick):
            say("  coût selon le nombre de territoires")
            with running(OURS) as server:
                self.grown = asyncio.run(growth.measure(server.url, ROOT))
            self.countries = growth.with_countries()
            say("  coût selon le nombre d’années")
            self.aged = growth.with_years()

    def as_json(self, machine: dict[str, Any]) -> str:
        found = {
            "machine": machine,
            "mesures": stats.summary(self.taken, self.reference),
            "croissance": self.grown,
            "croissance_pays": self.countries,
            "croissance_annees": self.aged,
            "saisie": self.typed,
            "fichiers": self.files,
            "tours": self.taken,
        }
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"

    def show(self) -> None:
        if self.reference == compare.FORMER:
            print(compare.table(*self.taken.values()))
        elif any(self.taken.values()):
            print(report.table(stats.summary(self.taken, REFERENCE), NAMES, REFERENCE, OURS, self.sessions))
        if self.typed:
            print(f"\n{typing.PEOPLE} personnes écrivent dans le suivi, chacune toutes les deux secondes :\n")
            print(report.typed(self.typed))
        if self.files:
            print("\nFichiers produits :")
        for one in self.files:
            ratio = one.get("rapport")
            beside = f", × {report.french(float(ratio))} le PowerPoint vide" if ratio else ""
            size = f"{report.french(float(one['s'] or 0))} s, {report.french(float(one['ko'] or 0), 'ko')}"
            kept = one.get("memoire_mo")
            memory = "" if kept is None else f", mémoire gardée {report.french(float(kept))} Mo"
            print(f"  {one['fichier']} : {size}{beside}{memory}")
        if not self.grown:
            return
        print("\nChanger de mesure, selon le nombre de territoires :")
        for one in self.grown:
            words = (report.french(float(one[name] or 0), unit) for name, unit in (("ms", "ms"), ("ko", "ko")))
            print(f"  {one['page']}, {one['territoires']} territoires : {', '.join(words)}")
        more = (report.french(growth.each(self.grown, name), unit) for name, unit in (("ms", "ms"), ("ko", "ko")))
        print(f"  Un territoire de plus : {', '.join(more)}")
        print("\nPremière page, puis changer de mesure, dans un pays tiré au hasard :")
        for one in self.countries:
            words = (
                report.french(float(one[name] or 0), unit)
                for name, unit in (("page_ms", "ms"), ("ms", "ms"), ("ko", "ko"))
            )
            print(f"  {one['page']} : {', '.join(words)}")
        print("\nChanger d’année, puis la page entière, selon le nombre d’années (Québec entier, tiré au hasard) :")
        units = (("ms", "ms"), ("ko", "ko"), ("page_ms", "ms"), ("page_ko", "ko"))
        for one in self.aged:
            words = (report.french(float(one[name] or 0), unit) for name, unit in units)
            print(f"  {one['annees']} années : {', '.join(words)}")
        more = (report.french(growth.each(self.aged, name, "annees"), unit) for name, unit in units)
        print(f"  Une année de plus : {', '.join(more)}")


@click.command(help="Mesure le tableau de bord à côté d’une page vide et de ses pareilles.")
@click.option("--quick", is_flag=True, help="Un tour, moins de sessions : cinq minutes.")
@click.option("--only", type=click.Choice(PARTS), help="Une partie seulement.")
@click.option("--rounds", type=click.IntRange(1), help="Nombre de tours (5 dans le navigateur, 3 sur le serveur).")
@click.option("--compare", "revision", metavar="VERSION", help="À côté d’une version de git, et non de la page vide.")
@click.option("--json", "output", type=click.Path(dir_okay=False, path_type=Path), help="Écrit aussi les mesures ici.")
def main(quick: bool, only: str | None, rounds: int | None, revision: str | None, output: Path | None) -> None:
    results = Results(10 if quick else 100)
    machine = where()
    # Stopped in the middle, what was measured is shown all the same.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if revision:
            results.compare(revision, rounds, quick=quick)
        else:
            results.measure(only, rounds, quick=quick)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        say("Interrompu : voici ce qui a été mesuré jusque-là.")
    if output is not None:
        output.write_text(results.as_json(machine), encoding="utf-8")
    print(f"Streamlit {machine['streamlit']}, {machine['processeurs']} processeurs, charge {machine['charge']}\n")
    results.show()


if __name__ == "__main__":
    main()
