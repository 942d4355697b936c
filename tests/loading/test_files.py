"""Files that are missing, or that something else has taken the place of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.contract.door import check
from dashboard.loading.fingerprint import fingerprint
from tests.broken_files import STOP, Files
from tests.conftest import ROOT

# The follow-up of the plan is the one file of data/ that may be missing.
SHARED = ["config.yaml", *sorted(f"data/{p.name}" for p in (ROOT / "data").glob("*.*") if p.name != "suivi.csv")]
MISSING = "le fichier manque. Remède : le remettre à cet endroit, avec ce nom."


@pytest.mark.parametrize("file", SHARED)
def test_a_missing_file_stops_everything_and_nothing_repeats_it(files: Files, file: str):
    files.remove(file)
    assert (files.said(), files.outcome()) == ([f"{file} : {MISSING}"], STOP)


def test_the_missing_file_of_a_region_costs_that_region_alone(files: Files):
    for code in ("01", "03", "11"):
        files.remove(f"data/regions/{code}.yaml")
    assert files.said() == [f"data/regions/{code}.yaml : {MISSING}" for code in ("01", "03", "11")]
    assert files.outcome() == ["01", "03", "11"]


FOLDER = "un dossier porte le nom du fichier. Remède : le renommer et remettre le fichier."


@pytest.mark.parametrize(
    ("file", "put", "said", "outcome"),
    [
        ("config.yaml", Path.mkdir, FOLDER, STOP),
        ("data/regions/12.yaml", Path.mkdir, FOLDER, ["12"]),
        ("data/agreements.csv", lambda path: path.symlink_to("absent.csv"), "le fichier manque.", STOP),
        pytest.param(
            "data/agreements.csv",
            lambda path: os.mkfifo(path),
            "ce n’est pas un fichier ordinaire. Remède : remettre un fichier ordinaire.",
            STOP,
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="tubes nommés absents de ce système"),
        ),
    ],
    ids=["folder for all", "folder of a region", "broken link", "pipe"],
)
def test_something_else_in_place_of_a_file(
    files: Files, file: str, put: Callable[[Path], object], said: str, outcome: object
):
    files.remove(file)
    put(files.root / file)
    (found,) = files.said()
    assert found.startswith(f"{file} : {said}")
    assert files.outcome() == outcome


def test_without_anything_or_without_data_what_can_be_known_missing_is_named_once(files: Files, tmp_path: Path):
    problems = check(tmp_path / "vide").problems
    assert {p.file for p in problems} >= {"config.yaml", "data/territories.csv", "data/texts.yaml", "geo/bounds.json"}
    assert {p.message for p in problems if not p.file.startswith("geo/")} == {"le fichier manque."}
    shutil.rmtree(files.root / "data")
    named = [p.file for p in files.problems()]
    assert len(named) == len(set(named))
    assert "data/regions/03.yaml" in named
    assert files.outcome() == STOP


def test_the_fingerprint_survives_a_broken_link(files: Files):
    before = fingerprint(files.root)
    (files.root / "data/autre.csv").symlink_to(files.root / "absent.csv")
    assert fingerprint(files.root) != before
