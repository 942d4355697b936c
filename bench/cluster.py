"""Two processes behind nginx, with the configuration that deploy/ ships."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import servers

SECRET: Final = {"STREAMLIT_SERVER_COOKIE_SECRET": "le-meme-pour-les-deux-processus-de-la-mesure"}
SHIPPED: Final = servers.ROOT / "deploy" / "nginx.conf"


def find_nginx() -> str | None:
    """nginx, which Debian keeps out of the path of ordinary users."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class Cluster:
    """A running nginx and its two processes."""

    url: str
    processes: tuple[servers.Server, servers.Server]
    folder: Path

    def log(self) -> str:
        """What nginx wrote of the requests."""
        return (self.folder / "portraits.log").read_text(encoding="utf-8")


def configuration(folder: Path, port: int, processes: Sequence[servers.Server]) -> Path:
    """The shipped configuration, with other ports and folders and nothing else changed.

    Raises ValueError when it no longer has what is replaced.
    """
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, server in zip(("8501", "8502"), processes, strict=True):
        text = re.sub(rf"(?<=:){shipped}\b", server.url.rpartition(":")[2], text)
    changes = {"listen 80;": f"listen 127.0.0.1:{port};", "    listen [::]:80;\n": ""}
    changes |= {"/var/cache/nginx/portraits": f"{folder}/cache", "/var/log/nginx": str(folder)}
    for before, after in changes.items():
        if before not in text:
            raise ValueError(f"{SHIPPED.name} : « {before.strip()} » est introuvable.")
        text = text.replace(before, after)
    (folder / "portraits.conf").write_text(text, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    # Started by root, nginx would change to another user, who cannot read this folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    main = folder / "principal.conf"
    main.write_text(
        f"{user}pid {folder}/nginx.pid;\nerror_log {folder}/erreurs.log;\nworker_processes 1;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n{temporary}    include {folder}/portraits.conf;\n}}\n",
        encoding="utf-8",
    )
    return main


@contextmanager
def running(nginx: str, *, environment: Mapping[str, str] = SECRET, port: int | None = None) -> Iterator[Cluster]:
    """nginx in front of two processes, stopped at the end. Raises RuntimeError when the configuration is refused."""
    folder = Path(tempfile.mkdtemp(prefix="grappe-"))
    try:
        with ExitStack() as stack:
            started = []
            for _ in range(2):
                started.append(servers.start(servers.ROOT / "app.py", folder, environment=environment))
                stack.callback(started[-1].stop)
            port = port or servers.free_port()
            main = str(configuration(folder, port, started))
            checked = subprocess.run([nginx, "-t", "-c", main], capture_output=True, text=True, check=False)
            if checked.returncode:
                raise RuntimeError(checked.stderr)
            front = subprocess.Popen([nginx, "-c", main, "-g", "daemon off;"])
            stack.callback(front.wait, timeout=10)
            stack.callback(front.terminate)
            if not servers.answers(f"http://127.0.0.1:{port}/sante"):
                raise RuntimeError("nginx ne répond pas.")
            yield Cluster(f"http://127.0.0.1:{port}", (started[0], started[1]), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def at(number: int) -> dict[str, str]:
    """The cookie by which nginx knows the process of a browser."""
    return {"Cookie": f"processus={number}"}
