"""Every way a workbook can be wrong: a clear French message with its place and its remedy, nothing changed, bounded."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.model.problems import Problem
from dashboard.publishing.incoming import Incoming, receive, receive_bytes
from dashboard.publishing.places import digest
from tests.broken_files import assert_french
from tests.broken_workbooks import JUDGED, KINDS, READ, Fault, spoilt
from tests.conftest import ROOT
from tests.filled_workbook import written


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(ROOT)


def bounded(read: Callable[[], Incoming], *, seconds: float, megabytes: int) -> tuple[Problem, ...]:
    """What is said, in so many seconds of processor and with so much more memory than this process ever held."""
    started, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read()
    assert time.process_time() - started < seconds
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 1000 * megabytes
    assert found.dataset is None
    assert 0 < len(found.problems) <= 60
    for problem in found.problems:
        assert_french(str(problem))
    return found.problems


def refused(raw: bytes, name: str = "classeur.xlsx") -> tuple[Problem, ...]:
    before = digest(ROOT / "data")
    problems = bounded(lambda: receive_bytes(ROOT, raw, name), seconds=8, megabytes=400)
    assert digest(ROOT / "data") == before
    return problems


def said(problems: list[Problem] | tuple[Problem, ...]) -> str:
    return "\n".join(map(str, problems)).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_workbook_is_refused_in_french(kind: str, workbook: bytes) -> None:
    broken = KINDS[kind]
    text = said(refused(broken.make(workbook), broken.name))
    assert [words for words in broken.words if words not in text] == [], text


@pytest.mark.parametrize("faults", [READ, JUDGED], ids=["read", "judged"])
def test_faults_of_the_sheets_are_all_named_at_once(faults: list[Fault], workbook: bytes) -> None:
    problems = refused(spoilt(workbook, faults))
    for fault in faults:
        text = said([p for p in problems if p.file == f"feuille « {fault.sheet} »" and fault.cell in ("", p.cell)])
        assert [words for words in fault.words if words not in text] == [], (fault, text)


def test_two_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "enorme.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_000)
    (problem,) = bounded(lambda: receive(ROOT, path), seconds=1, megabytes=50)
    assert "pèse 200 Mo; 20 Mo au plus" in problem.message


@pytest.mark.parametrize(
    ("name", "words"), [("absent.xlsx", "n’existe pas"), (".", "ne contient aucun des fichiers de données")]
)
def test_a_place_without_data_is_named(tmp_path: Path, name: str, words: str) -> None:
    (problem,) = receive(ROOT, tmp_path / name).problems
    assert_french(str(problem))
    assert words in problem.message
