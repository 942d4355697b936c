"""A PostgreSQL of the machine's own programs (Debian's package `postgresql`), in its own folder, on a free port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import free_port


def find_postgres() -> Path | None:
    """Folder of PostgreSQL's programs, the newest; Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    program = found[-1] if found else Path(on_path).resolve() if on_path else None
    return program.parent if program else None


@dataclass
class Postgres:
    """A running server. url: of its database, as DASHBOARD_STORE takes it."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://portraits@127.0.0.1:{self.port}/postgres"

    def database(self, name: str) -> str:
        """Address of a new, empty database."""
        _run([self.programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "portraits", name])
        return self.url.replace("/postgres", f"/{name}")

    def start(self) -> None:
        """Once it answers. What a killed process wrote is with the system already: the disk need not have it, and a
        slow one holds nobody up."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} -c fsync=off"
        data, log = self.folder / "data", self.folder / "journal"
        _run([self.programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "600", "start"])

    def stop(self, mode: str = "fast") -> None:
        """mode: « fast », or « immediate », as a power cut would."""
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", "-m", mode, "-w", "-t", "600", "stop"])


def _run(command: Sequence[str | Path]) -> None:
    """PostgreSQL refuses root: its own user, made by the package, then runs it."""
    as_other = ["runuser", "-u", "postgres", "--"] if os.name == "posix" and os.geteuid() == 0 else []
    words = [*as_other, *map(str, command)]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} : {done.stderr.decode(errors='replace')}")


@contextmanager
def running(programs: Path) -> Iterator[Postgres]:
    """A server with nothing in it, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    folder.chmod(0o777)
    server = Postgres(programs, folder, free_port())
    try:
        _run([programs / "initdb", "-D", folder / "data", "-U", "portraits", "-A", "trust", "-E", "UTF8", "--no-sync"])
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
