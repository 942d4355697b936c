"""``python -m bench.upgrade``: renew requirements*.txt from requirements*.in, and say what changed.

Each file holds the exact version and the hashes of every library, direct or not, for Linux, Windows and macOS and every
Python that Makefile accepts: uv resolves them all at once. Nothing is changed when one of the two cannot be resolved.

Exit codes: 0 renewed (or nothing to renew); 1 refused, with what uv says.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
OLDEST_PYTHON: Final = "3.11"
LOCKS: Final = ("requirements", "requirements-dev")
# No address of the machine that resolved: only what is to be installed.
OPTIONS: Final = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    f"--python-version={OLDEST_PYTHON}",
    "--custom-compile-command=make upgrade",
)


def pinned(text: str) -> dict[str, str]:
    """Version of each library that a locked file holds."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", text, re.MULTILINE))


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """A line for each library that changed, « nom : ancienne → nouvelle »."""
    return [
        f"{name} : {before.get(name, 'absente')} → {after.get(name, 'retirée')}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def resolve(folder: Path) -> None:
    """Write the locked files in a folder that holds the *.in. Raises CalledProcessError when there is no answer."""
    for rank, name in enumerate(LOCKS):
        # What runs the dashboard has one version, with the tools or without them.
        same = [f"--constraints={done}.txt" for done in LOCKS[:rank]]
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", f"{name}.in", *OPTIONS, *same]
        subprocess.run([*command, f"--output-file={name}.txt"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in LOCKS:
            shutil.copy(ROOT / f"{name}.in", folder)
        try:
            resolve(folder)
        except subprocess.CalledProcessError:
            sys.exit("Rien n’a été changé : la raison est ci-dessus.")
        whole = f"{LOCKS[-1]}.txt"
        lines = changes(*(pinned((place / whole).read_text(encoding="utf-8")) for place in (ROOT, folder)))
        for name in LOCKS:
            shutil.copyfile(folder / f"{name}.txt", ROOT / f"{name}.txt")
    print("\n".join(lines) or "Rien de plus récent.")


if __name__ == "__main__":
    main()
