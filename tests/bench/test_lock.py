"""What is installed is what was tried: every library fixed, with its hashes, for every system; how it is renewed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from bench import upgrade

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: (ROOT / f"{name}.txt").read_text(encoding="utf-8") for name in upgrade.LOCKS}
ENTRY = re.compile(r"^[a-z0-9-]+==\S+(?: ; .+)? \\$(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\$)?)+", re.MULTILINE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(name: str) -> dict[str, str]:
    """Version that each line « library~=version » of a .in file names; those of the file that it includes too."""
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    found = {canonical(m[1]): m[2] for line in lines if (m := re.match(r"([\w.-]+)(?:\[\w+\])?~=([\w.]+)", line))}
    assert len(found) == sum(1 for line in lines if re.match(r"\w", line)), "another way of asking than « ~= »"
    return found | (asked("requirements") if "-r requirements.in" in lines else {})


@pytest.mark.parametrize("name", upgrade.LOCKS)
def test_every_library_is_fixed_with_its_hashes_at_a_version_that_was_asked_for(name: str) -> None:
    rest = ENTRY.sub("", LOCKS[name])
    assert re.sub(r"^ *#.*", "", rest, flags=re.MULTILINE).strip() == ""
    # Nothing of the machine that resolved.
    assert not re.search(r"://|index-url|find-links|\.\./|/(tmp|home|work|opt|root|Users)\b", LOCKS[name])
    pinned = upgrade.pinned(LOCKS[name])
    for library, version in asked(name).items():
        series = version.split(".")[:-1]
        assert pinned[library].split(".")[: len(series)] == series, (library, version, pinned[library])


def test_what_runs_has_one_version_with_the_tools_or_without() -> None:
    running, whole = (upgrade.pinned(LOCKS[name]) for name in upgrade.LOCKS)
    assert running.items() <= whole.items()


def test_what_a_library_asks_for_here_is_fixed_too() -> None:
    """pip refuses a library that has no hash: nothing that one of them asks for may be missing."""
    pinned = upgrade.pinned(LOCKS["requirements-dev"])
    found = 0
    for library in pinned:
        try:
            needs = metadata.requires(library) or []
        except metadata.PackageNotFoundError:  # another system's
            continue
        for need in needs:
            if ";" not in need:
                assert canonical(re.match(r"[\w.-]+", need)[0]) in pinned, (library, need)  # type: ignore[index]
                found += 1
    assert found > 50


def test_each_system_gets_its_own() -> None:
    """What one system alone needs is there, under its condition, whatever the system that resolved."""
    markers = {"colorama": "== 'win32'", "uvloop": "!= 'win32'", "watchdog": "!= 'darwin'", "tzdata": ""}
    entries = dict(re.findall(r"^([\w-]+)==\S+(?: ; (.+))? \\$", LOCKS["requirements"], re.MULTILINE))
    for library, marker in markers.items():
        assert entries[library] == (marker and f"sys_platform {marker}")


def test_an_upgrade_says_what_changes() -> None:
    before = upgrade.pinned("a==1.0 \\\n    --hash=sha256:00\nb==2 ; sys_platform == 'win32' \\\nc-d==3.1.post1 \\\n")
    after = upgrade.pinned("a==1.0.1 \\\nb==2 \\\ne==5 \\\n")
    assert before == {"a": "1.0", "b": "2", "c-d": "3.1.post1"}
    assert upgrade.changes(before, after) == ["a : 1.0 → 1.0.1", "c-d : 3.1.post1 → retirée", "e : absente → 5"]
    assert upgrade.changes(before, before) == []


def test_an_upgrade_that_fails_half_way_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ROOT.glob("requirements*"):
        shutil.copy(path, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    commands: list[list[str]] = []

    def run(command: list[str], *, cwd: Path, **_: object) -> None:
        commands.append(command)
        if len(commands) == 2:
            raise subprocess.CalledProcessError(1, command)
        (cwd / "requirements.txt").write_text("a==1 \\\n", encoding="utf-8")

    monkeypatch.setattr(upgrade, "ROOT", tmp_path)
    monkeypatch.setattr(upgrade.subprocess, "run", run)
    with pytest.raises(SystemExit, match="Rien n’a été changé"):
        upgrade.main()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert "--constraints=requirements.txt" in commands[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make manque")
@pytest.mark.parametrize(
    ("version", "tried"), [("3.10.13", False), ("3.14.0", False), ("3.11.0", True), ("3.13.9", True)]
)
def test_a_python_that_was_not_tried_is_named_at_once(tmp_path: Path, version: str, tried: bool) -> None:
    """A stand-in that answers as another Python would; it makes no environment."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.txt").touch()
    stand_in, numbers = tmp_path / "python", ", ".join(version.split("."))
    stand_in.write_text(
        f"""#!/bin/sh
case "$1" in
  --version) echo "Python {version}" ;;
  -c) exec {sys.executable} -c "import sys; sys.version_info = ({numbers}); $2" ;;
esac
""",
        "utf-8",
    )
    stand_in.chmod(0o755)
    done = subprocess.run(
        ["make", "run", f"PYTHON={stand_in}"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    said = f"Il faut Python 3.11, 3.12 ou 3.13, et « {stand_in} » est : Python {version}."
    assert (said in done.stderr) is not tried
    assert ("make run PYTHON=python3.13" in done.stderr) is not tried
