"""Every way a workbook can be wrong: a clear French message with its place and its remedy, nothing changed, bounded."""

from __future__ import annotations

import re
import resource
import time
from pathlib import Path

import pytest

from dashboard.publishing.incoming import receive, receive_bytes
from dashboard.publishing.places import digest
from tests.broken_files import assert_french
from tests.broken_workbooks import KINDS
from tests.conftest import ROOT
from tests.filled_workbook import written
from tests.long_forms import first

# Of processor: the machine may be busy.
SECONDS = 8
MEGABYTES = 400


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(ROOT)


@pytest.mark.parametrize("kind", first(KINDS, 12))
def test_a_broken_workbook_is_refused_in_french(kind: str, workbook: bytes) -> None:
    broken = KINDS[kind]
    raw = broken.make(workbook)
    before, started = digest(ROOT / "data"), time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = receive_bytes(ROOT, raw, broken.name)
    assert time.process_time() - started < SECONDS
    # Kilobytes on Linux: what was added to the most that this process ever held.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 1000 * MEGABYTES
    assert found.dataset is None
    assert found.files == {} or found.problems
    said = [str(problem) for problem in found.problems]
    text = "\n".join(said).replace("\u00a0", " ")
    for line in said:
        assert_french(line)
    for words in broken.words:
        assert words in text, text
    if broken.cell:
        assert re.search(rf"cellule {broken.cell}\b", text), text
    assert len(said) <= 60, len(said)
    assert digest(ROOT / "data") == before


def test_two_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "enorme.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_000)
    started = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (problem,) = receive(ROOT, path).problems
    assert "pèse 200 Mo; 20 Mo au plus" in problem.message
    assert time.process_time() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 50_000


@pytest.mark.parametrize(
    ("name", "words"), [("absent.xlsx", "n’existe pas"), (".", "ne contient aucun des fichiers de données")]
)
def test_a_place_without_data_is_named(tmp_path: Path, name: str, words: str) -> None:
    (problem,) = receive(ROOT, tmp_path / name).problems
    assert_french(str(problem))
    assert words in problem.message


def test_several_faults_are_all_named_at_once(workbook: bytes) -> None:
    raw = workbook
    for kind in ("espaces dans un nombre", "formule", "erreur de calcul"):
        raw = KINDS[kind].make(raw)  # each one replaces the former in F5
    raw = KINDS["virgule dans un texte"].make(raw)
    raw = KINDS["texte à côté"].make(raw)
    cells = {(problem.file, problem.cell) for problem in receive_bytes(ROOT, raw, "x.xlsx").problems}
    assert cells == {
        ("feuille « admissions_by_mrc »", "F5"),
        ("feuille « admissions_by_mrc »", "G5"),
        ("feuille « targets »", "C9"),
    }
