"""What was confirmed outlives the death of whoever wrote it, and of PostgreSQL. KILLS=100 (« make kills »)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.postgres import Postgres
from tests.team.conftest import NewUrl
from tests.tools.killed_writes import missing

ROOT = Path(__file__).resolve().parents[2]
TOOL = [sys.executable, str(ROOT / "tests" / "tools" / "killed_writes.py")]
OPTIONS: dict[str, Any] = {"cwd": ROOT, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "encoding": "utf-8"}
KILLS = int(os.environ.get("KILLS", "8"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows ne connaît pas ce signal.")


def test_killed_while_they_write_nothing_confirmed_is_lost(url: str) -> None:
    done = subprocess.run([*TOOL, url, str(KILLS)], capture_output=True, check=False, **OPTIONS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{KILLS} morts" in done.stdout


def test_postgresql_killed_has_what_it_confirmed(server: Postgres, new_url: NewUrl) -> None:
    url, confirmed = new_url("postgresql"), []
    for _ in range(max(1, KILLS // 8)):
        writer = subprocess.Popen([*TOOL, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **OPTIONS)
        assert writer.stdout is not None and writer.stderr is not None
        confirmed += [writer.stdout.readline() for _ in range(20)]
        server.stop("immediate")
        try:
            confirmed += writer.stdout
            assert writer.stderr.read().splitlines()[-1] in {"silent", "refused"}
            writer.wait()
        finally:
            server.start()
        assert missing(url, [line.rstrip("\n") for line in confirmed]) == []
