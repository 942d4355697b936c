"""Kill publications at random moments (SIGKILL) and look at what is left: data/ whole, old or new, and a sound journal.

    python tests/tools/killed_apply.py FOLDER KILLS

One process per publication, forked from this one so that nothing but the publication itself is being killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from dashboard.contract.door import check
from dashboard.publishing.places import DATA, digest
from dashboard.publishing.publish import journal_of, of_the_machine, publish, undo

LINE = b"cible,4.1,2021-2022,,,12,%,2022-03-31,,\n"


def in_child(root: Path, folder: Path) -> int:
    """Publish, or undo when it is published already, in a process of its own."""
    child = os.fork()
    if child:
        return child
    try:
        undo(root, of_the_machine()) if _published(root) else publish(root, folder, of_the_machine())
    finally:
        os._exit(0)


def _published(root: Path) -> bool:
    return LINE in (root / DATA / "suivi.csv").read_bytes()


def duration(root: Path, folder: Path) -> float:
    """Seconds that a whole publication takes, forked as the others."""
    started = time.monotonic()
    os.waitpid(in_child(root, folder), 0)
    return time.monotonic() - started


def main(root: Path, kills: int) -> None:
    seed = int(os.environ.get("SEED", "0")) or time.time_ns() % 10**9
    chance = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        old = digest(root / DATA)
        (folder / "suivi.csv").write_bytes((root / DATA / "suivi.csv").read_bytes() + LINE)
        # An undoing is shorter than a publication: each is killed within its own time.
        whole = {False: duration(root, folder), True: duration(root, folder)}
        assert digest(root / DATA) == old, "annuler n’a pas remis les fichiers"
        os.waitpid(in_child(root, folder), 0)
        new = digest(root / DATA)
        assert new != old
        states: Counter[str] = Counter()
        for _ in range(kills):
            before, length = digest(root / DATA), whole[_published(root)]
            child = in_child(root, folder)
            # Half of the kills fall in the last third, where the files are written and exchanged.
            moment = chance.uniform(0, 1) if chance.random() < 0.5 else chance.uniform(0.65, 1.05)
            time.sleep(length * moment)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found = digest(root / DATA)
            assert found in (old, new), f"data/ n’est ni l’ancien ni le nouveau (SEED={seed})"
            problems = check(root).problems
            assert not problems, f"{problems} (SEED={seed})"
            entries = [entry for entry, _ in journal_of(root)]
            assert entries[-1].after == found, f"le journal ne dit pas l’état de data/ (SEED={seed})"
            cut = (root / "historique" / "en-cours").exists()
            states["passée" if found != before else "coupée en chemin" if cut else "coupée avant d’écrire"] += 1
        # What is left mends by itself.
        os.waitpid(in_child(root, folder), 0)
        assert not (root / "historique" / "en-cours").exists()
        assert digest(root / DATA) in (old, new)
    print(f"{kills} morts : {dict(states)}; une publication dure {whole[False]:.2f} s; SEED={seed}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
