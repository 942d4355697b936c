"""Tries the dashboard as deploy/installer.sh has just installed it, on a copy of the machine (``.ci/installation``).

Raises AssertionError with what is wrong; prints one line when all is well.
"""

from __future__ import annotations

import asyncio
import shutil
import stat
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from bench.cluster import at
from bench.protocol import Session

URL: Final = "http://127.0.0.1"
CODE: Final = Path("/opt/portraits")
DEPLOY: Final = CODE / "deploy"
SECRETS: Final = CODE / ".streamlit/secrets.toml"
PUBLISHED: Final = Path("/var/lib/portraits")
SOURCE: Final = Path(__file__).resolve().parents[2]
SESSIONS: Final = 100
PAGE: Final = "ententes"


def ask(path: str, **headers: str) -> tuple[int, str, str]:
    """Code, text and cookies of an address."""
    request = urllib.request.Request(f"{URL}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), str(answer.headers.get_all("Set-Cookie"))
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode(), ""


def run(*command: str) -> None:
    """One of the commands of deploy/, which must succeed."""
    subprocess.run([str(DEPLOY / command[0]), *command[1:]], check=True)


def wait_for(number: str) -> None:
    """Until nginx gives requests to that process again."""
    for _ in range(100):
        if f"processus={number}" not in ask("/_stcore/health", **at(int(number)))[2]:
            return
        time.sleep(0.1)
    raise AssertionError(f"nginx ne reprend pas le processus {number}")


def settings() -> None:
    """Who may read what, and who is served."""
    secret = Path("/etc/portraits/environnement")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o640
    assert secret.group() == "portraits"
    assert not Path("/etc/nginx/sites-enabled/default").exists()
    owners = subprocess.run(["ps", "-eo", "user=,args="], capture_output=True, text=True, check=True).stdout
    running = [line.split()[0] for line in owners.splitlines() if "streamlit run app.py" in line]
    assert running == ["portrai+"] * 2 or running == ["portraits"] * 2, running
    status, page, _ = ask("/cibles")
    assert (status, "Welcome to nginx" in page, 'lang="fr-CA"' in page) == (200, False, True)
    assert ask("/sante")[:2] == (200, "ok")
    assert ask("/", Host="tableau.exemple.org")[0] == 200
    assert ask("/", Host="ailleurs.exemple.net")[0] == 400


async def stop_one() -> None:
    """100 sessions, half on each process; the first process is stopped, and the others notice nothing."""
    async with AsyncExitStack() as stack:
        gate = asyncio.Semaphore(4)

        async def enter(number: int, former: str = "") -> Session:
            async with gate:
                session = Session(URL, headers=at(number), session_id=former)
                await stack.enter_async_context(session)
                assert (await session.first_run(PAGE)).faults == ()
                return session

        opened = await asyncio.gather(*(enter(1 + rank % 2) for rank in range(SESSIONS)))
        lost, ours = opened[0::2], opened[1::2]
        identities = [session.session_id for session in ours]
        await asyncio.to_thread(run, "processus.sh", "stop", "1")
        runs = await asyncio.gather(*(session.rerun() for session in ours))
        assert [one.faults for one in runs] == [()] * len(ours)
        assert [session.session_id for session in ours] == identities
        assert "processus=2" in ask("/_stcore/health", **at(1))[2]
        again = await asyncio.gather(*(enter(1, session.session_id) for session in lost[:10]))
        assert {session.session_id for session in again}.isdisjoint({session.session_id for session in lost})
        await asyncio.to_thread(run, "processus.sh", "start", "1")


def command(*arguments: str) -> str:
    """What one of the commands of the dashboard says, run as the service."""
    done = subprocess.run([DEPLOY / "commande.sh", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def publish() -> bytes:
    """The service owns its figures; one is published there. The file that it is in."""
    assert {path.owner() for path in (PUBLISHED, *PUBLISHED.rglob("*"))} == {"portraits"}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        known = (PUBLISHED / "data/suivi.csv").read_bytes()
        (Path(folder) / "suivi.csv").write_bytes(known + b"cible,4.1,2021-2022,,,12,%,2022-03-31,,\n")
        assert "Publié (nº 1)" in command("apply", folder, "--author", "Camille Roy").replace("\u00a0", " ")
    assert (PUBLISHED / "historique/0001").owner() == "portraits"
    return (PUBLISHED / "data/suivi.csv").read_bytes()


def upgrade() -> None:
    """An installation of before had its figures beside the code: it goes on with them."""
    for name in ("config.yaml", "data", "geo", "historique"):
        shutil.move(PUBLISHED / name, CODE / name)
    known = (CODE / "data/suivi.csv").read_bytes() + b"# gardes\n"
    (CODE / "data/suivi.csv").write_bytes(known)
    subprocess.run([SOURCE / "deploy/installer.sh", "tableau.exemple.org"], check=True)
    assert (PUBLISHED / "data/suivi.csv").read_bytes() == known
    assert (PUBLISHED / "config.yaml").owner() == (PUBLISHED / "historique/0001").owner() == "portraits"


def main() -> None:
    settings()
    published = publish()
    asyncio.run(stop_one())
    wait_for("1")
    run("redemarrer.sh", "1", "2")
    assert ask("/sante")[:2] == (200, "ok")
    # Run again, it keeps the settings, the secrets of sign-in, and what is published, which can still be undone.
    before = Path("/etc/portraits/environnement").read_bytes()
    SECRETS.write_text("# garde\n", encoding="utf-8")
    subprocess.run([SOURCE / "deploy/installer.sh", "autre.exemple.org"], check=True)
    assert Path("/etc/portraits/environnement").read_bytes() == before
    assert SECRETS.read_text(encoding="utf-8") == "# garde\n"
    assert (PUBLISHED / "data/suivi.csv").read_bytes() == published
    assert "Camille Roy" in command("history")
    assert "nº 1 annulée" in command("undo").replace("\u00a0", " ")
    assert (PUBLISHED / "data/suivi.csv").read_bytes() != published
    assert ask("/sante")[:2] == (200, "ok")
    upgrade()
    run("processus.sh", "stop", "1", "2")
    status, page, _ = ask("/")
    assert (status, "ne répond pas pour l’instant" in page) == (502, True)
    print(f"Installation essayée : deux processus, nginx, {SESSIONS} sessions, une publication, des redémarrages.")


if __name__ == "__main__":
    main()
