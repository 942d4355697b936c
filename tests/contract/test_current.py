"""A dashboard that runs: new files are read once, broken ones leave the last valid data, no two versions are mixed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.contract import current as module
from dashboard.contract.current import Current
from dashboard.contract.door import Report, check
from dashboard.loading.fingerprint import data_version, fingerprint, maps_fingerprint, signature
from dashboard.loading.geography import map_files
from dashboard.model import Key
from tests.broken_files import Files
from tests.unkept import forget_texts

PERMITS = Key("01", "temporary_permits", "students", "2019-12-31")
PERMITS_FILE, DICTIONARY = "data/temporary_permits.csv", "data/indicators.yaml"
BROKEN = (DICTIONARY, "indicators:", "\tindicators:")
HEAD = "\n12,admissions_by_sex,female,2019,"
WOMEN = ("data/admissions_by_sex.csv", f"{HEAD}81,", f"{HEAD}84,")


def permits(files: Files, new: str) -> None:
    """Another number of students in Bas-Saint-Laurent, in its column and in the line quoted."""
    head = "01,temporary_permits,students,2019-12-31,"
    line = next(line for line in files.text(PERMITS_FILE).split("\n") if line.startswith(head))
    files.edit(PERMITS_FILE, line, line.replace("970", new))


def value(running: Current) -> int | None:
    return running.state().shown().observations[PERMITS].value


@pytest.fixture
def files(files: Files) -> Files:
    """What is written over the figures here is in no document."""
    forget_texts(files.root)
    return files


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Path]]:
    """Folders that are read in full, in order; `then` is done after each reading, with its number."""

    def watch(then: Callable[[int], object] = lambda times: None) -> list[Path]:
        seen: list[Path] = []

        def counted(root: Path) -> Report:
            seen.append(root)
            found = check(root)
            then(len(seen))
            return found

        monkeypatch.setattr(module, "check", counted)
        return seen

    return watch


def test_nothing_is_read_again_until_a_content_changes(files: Files, loads: Callable[..., list[Path]]) -> None:
    running, read = Current(files.root), loads()
    first = running.state()
    assert running.state() is first
    os.utime(files.root / "data/agreements.csv")
    shutil.copytree(files.root / "geo", files.root / "geo2")
    shutil.rmtree(files.root / "geo")
    (files.root / "geo2").rename(files.root / "geo")
    # Dates and places on the disk have changed, not one byte.
    assert running.state() is first
    assert len(read) == 1


def test_a_new_figure_is_shown_with_a_new_version(files: Files) -> None:
    """Even when a restored backup leaves the file its size and its date."""
    running, path = Current(files.root), files.root / PERMITS_FILE
    before, original, state = running.state().shown(), files.text(PERMITS_FILE), path.stat()
    permits(files, "975")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    after = running.state().shown()
    assert (before.observations[PERMITS].value, after.observations[PERMITS].value) == (970, 975)
    assert before.version != after.version
    assert after.version == data_version(files.root)
    files.put(PERMITS_FILE, original)
    assert running.state().shown().version == before.version


def test_broken_files_leave_the_last_valid_data(files: Files) -> None:
    running = Current(files.root)
    good = running.state()
    assert good.problems == ()
    province = ("data/admissions_by_year.csv", "\nQC,admissions,total,2019,40565,", "\nQC,admissions,total,2019,4o565,")
    # Of a region alone: at start-up it would be set apart; while running, nothing is lost.
    for file, old, new in (BROKEN, province, WOMEN):
        files.edit(file, old, new)
        broken = running.state()
        assert file in {problem.file for problem in broken.problems}
        assert broken.shown().observations == good.shown().observations
        assert broken.shown().version == good.shown().version
        assert broken.shown().region_codes() == ["01", "03", "12", "11"]
        assert running.state() is broken
        files.edit(file, new, old)
        mended = running.state()
        assert mended.problems == ()
        assert mended.shown().version == good.shown().version


def test_without_valid_data_to_begin_with_there_is_nothing_to_keep(files: Files) -> None:
    files.edit(*BROKEN)
    running = Current(files.root)
    assert running.state().dataset is None
    assert running.state().problems
    files.edit(DICTIONARY, "\tindicators:", "indicators:")
    assert value(running) == 970


def test_a_region_broken_from_the_start_is_set_apart_and_said_by_its_own_page(files: Files) -> None:
    files.edit(*WOMEN)
    running = Current(files.root)
    assert (list(running.state().shown().unavailable), running.state().problems) == (["12"], ())
    permits(files, "975")
    assert value(running) == 975


def test_maps_follow_their_files_even_when_the_figures_are_kept(files: Files) -> None:
    running = Current(files.root)
    good = running.state().shown()
    first = map_files(good.root, good.fingerprint)
    assert first is not None and "2401" in first.tiles
    files.edit(*BROKEN)
    files.drop_lines("geo/tiles.csv", lambda line: line.startswith("2401,"))
    kept = running.state().shown()
    now = map_files(kept.root, kept.fingerprint)
    assert now is not None and "2401" not in now.tiles
    # A page that is still being drawn on the former files keeps the former map.
    assert map_files(good.root, good.fingerprint) is first
    files.put("geo/bounds.json", "{")
    broken = running.state().shown()
    assert map_files(broken.root, broken.fingerprint) is None
    assert "geo/bounds.json" in {problem.file for problem in broken.problems}


def test_a_folder_that_changes_while_it_is_read_is_read_again(files: Files, loads: Callable[..., list[Path]]) -> None:
    read = loads(lambda times: permits(files, "975") if times == 1 else None)
    assert value(Current(files.root)) == 975
    assert len(read) == 2


def test_a_folder_that_never_stops_changing_does_not_stop_the_pages(
    files: Files, loads: Callable[..., list[Path]]
) -> None:
    read = loads(lambda _: files.put("data/suivi.csv", files.text("data/suivi.csv") + "\n"))
    assert value(Current(files.root)) == 970
    assert len(read) < 6


def test_marks(files: Files) -> None:
    """Each file that changes moves the marks that hold it: of all the files, of the figures, of the maps."""

    def marks() -> list[str]:
        return [mark(files.root) for mark in (signature, fingerprint, data_version, maps_fingerprint)]

    before = marks()
    assert [len(mark) for mark in before[1:]] == [12, 8, 12]
    for file, moved in (("geo/tiles.csv", "sfm"), ("config.yaml", "sf"), ("data/regions/01.yaml", "sfd")):
        files.put(file, files.text(file) + "\n")
        now = marks()
        changed = {name for name, old, new in zip("sfdm", before, now, strict=True) if old != new}
        assert changed == set(moved), file
        before = now
