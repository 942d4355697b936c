"""Kill at random moments (SIGKILL) two processes that write what the team writes, and look at what is left.

    python tests/tools/killed_writes.py ADDRESS KILLS    the processes are killed, KILLS times
    python tests/tools/killed_writes.py ADDRESS          one process writes until the database fails

Everything that was confirmed must be there, in versions that follow one another. A process is forked from this one, so
that nothing but the opening, the migration and the writing is being killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from itertools import count

from dashboard.team import writings
from dashboard.team.database import opened
from dashboard.team.faults import StoreError
from dashboard.team.writings import Writing

# Seconds within which a process is killed: the first ones fall in the opening of the database.
LONGEST = 0.3


def write(url: str, name: str, out: int) -> None:
    """Write for ever over what others write too, and tell each text that is confirmed."""
    store, base = opened(url), 0
    for n in count():
        found = writings.write(store, "suivi", "cible|4.1|2021-2022", f"{name}-{n}", name, base)
        mine = found if isinstance(found, Writing) else found.mine
        os.write(out, f"{mine.seq} {mine.content}\n".encode())
        base = (found.version if isinstance(found, Writing) else found.theirs.version) or 0


def missing(url: str, confirmed: list[str]) -> list[str]:
    """What was confirmed and is not there; fails when the versions do not follow one another."""
    store = opened(url)
    kept = writings.history(store)
    versions = [w.version for w in reversed(kept) if w.version is not None]
    assert versions == list(range(1, len(versions) + 1))
    if store.sqlite:
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    store.engine.dispose()
    return sorted(set(confirmed) - {f"{w.seq} {w.content}" for w in kept})


def forked(url: str, name: str) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            write(url, name, writing)
        finally:
            os._exit(1)
    os.close(writing)
    return child, reading


def main(url: str, kills: int) -> None:
    seed = int(os.environ.get("SEED", "0")) or time.time_ns() % 10**9
    chance = random.Random(seed)  # noqa: S311
    confirmed: list[str] = []
    for turn in range(kills):
        children = [forked(url, f"{turn}{side}") for side in "ab"]
        for child, _ in children:
            time.sleep(chance.uniform(0, LONGEST))
            os.kill(child, signal.SIGKILL)
        for child, reading in children:
            with os.fdopen(reading, encoding="utf-8") as told:
                # A process killed while it tells a text has not told it whole.
                confirmed += [line.rstrip("\n") for line in told if line.endswith("\n")]
            _, status = os.waitpid(child, 0)
            assert os.WIFSIGNALED(status), f"un processus s’est arrêté de lui-même (SEED={seed})"
        assert missing(url, confirmed) == [], f"SEED={seed}"
    assert confirmed
    print(f"{kills} morts, {len(confirmed)} textes confirmés, aucun perdu; SEED={seed}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(sys.argv[1], int(sys.argv[2]))
    else:
        try:
            write(sys.argv[1], str(os.getpid()), sys.stdout.fileno())
        except StoreError as error:
            sys.exit(error.kind)
