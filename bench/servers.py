"""The servers that are measured, each in a process of its own, on a free port."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parents[1]
APPS: Final = Path(__file__).resolve().parent / "apps"
# The peers that are not of Streamlit, and the settings of the one that is.
PEERS: Final = {
    "dash": ("-m", "bench.apps.dash_page", "{port}"),
    "shiny": ("-m", "shiny", "run", "--port={port}", str(APPS / "shiny_page.py")),
    "statique": ("-m", "http.server", "{port}", "--bind=127.0.0.1"),
}
TUNED: Final = ("--server.fileWatcherType=none", "--runner.postScriptGC=false", "--client.toolbarMode=minimal")
START_SECONDS: Final = 90
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_TICK: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Server:
    """A running server, started at this time of `time.perf_counter`. `memory` and `cpu` read /proc: on another system
    than Linux they are None."""

    url: str
    process: subprocess.Popen[bytes]
    log_file: Path
    started: float

    def memory(self) -> float | None:
        """Resident memory, in megabytes."""
        try:
            return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * _PAGE / 1e6
        except OSError:
            return None

    def cpu(self) -> float | None:
        """Seconds of processor since the start."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICK

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Stop the process and wait for its end."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(timeout=10)


def free_port() -> int:
    """A port that nothing listens on. Not one that the system gives to outgoing connections: it could give it again."""
    while True:
        port = random.randrange(20_000, 32_000)  # noqa: S311 (no secret)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def start(
    script: Path, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, port: int | None = None
) -> Server:
    """A server of ``streamlit run script`` that answers. ``folder``: where it runs, and keeps its log.

    No setting of the machine reaches it: only the config.toml beside the script, and the arguments. What the team
    writes is kept in the folder, unless the environment says elsewhere. Raises RuntimeError, with the log, when it does
    not start.
    """
    port = port or free_port()
    common = (f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true")
    command = ("-m", "streamlit", "run", str(script), *common, "--browser.gatherUsageStats=false", *arguments)
    base = next((a.partition("=")[2].strip("/") for a in arguments if a.startswith("--server.baseUrlPath=")), "")
    return _launch(command, folder, f"http://127.0.0.1:{port}/{base}".rstrip("/"), "/_stcore/health", environment or {})


def _launch(command: Sequence[str], folder: Path, url: str, asked: str, environment: Mapping[str, str]) -> Server:
    """The server that this command of Python starts, once it answers at the path asked."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "DASHBOARD_"))}
    own = {"DASHBOARD_STORE": f"sqlite:///{folder / 'equipe.sqlite'}"}
    log_file = folder / f"serveur-{urlsplit(url).port}.log"
    with log_file.open("wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder, env={**kept, **own, **environment}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(url, process, log_file, started)
    if not answers(url + asked, while_=lambda: process.poll() is None):
        server.stop()
        raise RuntimeError(f"Le serveur n’a pas démarré :\n{server.log()}")
    return server


def answers(url: str, while_: Callable[[], bool] = lambda: True) -> bool:
    """True as soon as this address answers; False when it has not in time, or is no longer worth waiting for."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and while_():
        try:
            with urllib.request.urlopen(url, timeout=2):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    return False


@contextmanager
def running(
    name: str, *arguments: str, root: Path | None = None, code: Path = ROOT, store: str | None = None
) -> Iterator[Server]:
    """The server of a target, by its name, until the end of the block. arguments and root: of those of Streamlit; code:
    files of the dashboard; store: address of its database."""
    with tempfile.TemporaryDirectory(prefix="mesures-") as temporary:
        folder, own = Path(temporary), {"PYTHONPATH": str(code)} | ({"DASHBOARD_STORE": store} if store else {})
        scripts = {"vide": APPS / "empty.py", "streamlit": APPS / "tuned.py", "portraits": code / "app.py"}
        if script := scripts.get(name):
            given = (*TUNED, *arguments) if name == "streamlit" else arguments
            server = start(script, folder, *given, environment=own | ({"DASHBOARD_ROOT": str(root)} if root else {}))
        else:
            if name == "statique":
                subprocess.run([sys.executable, "-m", "bench.apps.static_page", temporary], cwd=ROOT, check=True)
            port = free_port()
            command = [part.format(port=port) for part in PEERS[name]]
            server = _launch(command, folder, f"http://127.0.0.1:{port}", "/", own)
        try:
            yield server
        finally:
            server.stop()
