"""What the page on deployment quotes is the text of the script that installs."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "deploy" / "installer.sh").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "deploiement.md").read_text(encoding="utf-8")
INSTALLING = PAGE.partition("## Installer\n")[2].partition("\n## ")[0]
BLOCKS = re.findall(r"```sh\n(.*?)```", INSTALLING, re.DOTALL)


def test_every_part_of_the_script_is_quoted_and_nothing_else() -> None:
    assert BLOCKS[0] == "sudo deploy/installer.sh tableau.exemple.org\n"
    assert len(BLOCKS) == 7
    assert [block for block in BLOCKS[1:] if block not in SCRIPT] == []
    parts = re.split(r"^# --- .*\n", SCRIPT, flags=re.MULTILINE)[1:]
    assert [part.strip() for part in parts[:-1]] == [block.strip() for block in BLOCKS[1:]]
    assert "deploy/attendre.sh 80 /sante" in parts[-1]
    assert "`deploy/attendre.sh 80 /sante`" in INSTALLING


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda path: path.name)
def test_scripts_can_be_read_and_run(script: Path) -> None:
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
    assert script.stat().st_mode & 0o111


def test_nobody_else_than_root_installs(tmp_path: Path) -> None:
    """The first thing that is asked; nothing is written before."""
    before = SCRIPT.partition("# --- ")[0]
    assert "id -u" in before
    assert not re.search(r"^\s*(install|cp|rm|useradd|apt-get)\b", before, re.MULTILINE)
    named = subprocess.run(["sh", str(ROOT / "deploy" / "installer.sh")], capture_output=True, text=True, check=False)
    assert named.returncode != 0
    assert "Usage : installer.sh ADRESSE" in named.stderr
