"""Files that are missing or cannot be read at all, and the files of the maps."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.contract.door import check
from dashboard.loading.fingerprint import fingerprint
from tests.broken_files import STOP, Files

ROOT = Path(__file__).resolve().parents[2]
# The follow-up of the plan is the one file of data/ that may be missing.
SHARED = ["config.yaml", *sorted(f"data/{p.name}" for p in (ROOT / "data").glob("*.*") if p.name != "suivi.csv")]
REBUILD = "Remède : le rebâtir avec « python -m dashboard boundaries SOURCE »."
MAPS = ["geo/territories.geojson", "geo/regions.geojson", "geo/bounds.json"]


@pytest.mark.parametrize(
    ("file", "outcome"),
    [*((file, STOP) for file in SHARED), *((f"data/regions/{code}.yaml", [code]) for code in ("01", "03", "11", "12"))],
)
def test_a_missing_file_stops_everything_or_costs_its_region_alone(files: Files, file: str, outcome: object):
    files.remove(file)
    said = f"{file} : le fichier manque. Remède : le remettre à cet endroit, avec ce nom."
    assert (files.said(), files.outcome()) == ([said], outcome)


FOLDER = "un dossier porte le nom du fichier. Remède : le renommer et remettre le fichier."


@pytest.mark.parametrize(
    ("file", "put", "said", "outcome"),
    [
        ("data/agreements.csv", Path.mkdir, FOLDER, STOP),
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
    ids=["folder", "folder for all", "folder of a region", "broken link", "pipe"],
)
def test_something_else_in_place_of_a_file(
    files: Files, file: str, put: Callable[[Path], object], said: str, outcome: object
):
    files.remove(file)
    put(files.root / file)
    (found,) = files.said()
    assert found.startswith(f"{file} : {said}")
    assert files.outcome() == outcome


def test_an_empty_folder_names_every_file_that_can_be_known_missing(tmp_path: Path):
    problems = check(tmp_path).problems
    assert {p.file for p in problems} >= {"config.yaml", "data/territories.csv", "data/texts.yaml", *MAPS}
    assert {p.message for p in problems if not p.file.startswith("geo/")} == {"le fichier manque."}


def test_without_data_every_missing_file_is_named_once(files: Files):
    shutil.rmtree(files.root / "data")
    named = [p.file for p in files.problems()]
    assert len(named) == len(set(named))
    assert "data/regions/03.yaml" in named
    assert files.outcome() == STOP


@pytest.mark.parametrize("file", MAPS)
def test_maps_are_lost_and_figures_stay(files: Files, file: str):
    sound = files.text(file)
    files.remove(file)
    assert files.said() == [f"{file} : le fichier manque. Les cartes en ont besoin. {REBUILD}"]
    assert files.outcome() == []
    files.put(file, sound[: len(sound) // 2])
    (said,) = files.said()
    assert said.startswith(f"{file}, ligne ")
    assert said.endswith(f" : le fichier ne se lit pas à cet endroit. Les cartes en ont besoin. {REBUILD}")
    assert files.outcome() == []


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{}",
        "null",
        "1",
        '{"features": 3}',
        '{"features": [{"id": "2401", "geometry": null}]}',
        "[" * 100_000,
        '{"features": [{"id": "2401", "geometry": {"type": "Point", "coordinates": [0, 0]}}]}',
        '{"all": {"main": [1, 2, 3], "insets": []}, "regions": {}}',
        '{"all": {"main": "abcd", "insets": []}, "regions": {}}',
        '{"all": [], "regions": []}',
    ],
    ids=lambda content: content[:30],
)
@pytest.mark.parametrize("file", MAPS)
def test_a_file_of_the_maps_that_is_json_of_another_shape(files: Files, file: str, content: str):
    files.put(file, content)
    assert files.said() == [f"{file} : le fichier n’a pas la forme attendue. Les cartes en ont besoin. {REBUILD}"]
    assert files.outcome() == []


def test_a_territory_without_boundaries_and_boundaries_without_territory(files: Files):
    files.edit("geo/territories.geojson", '"id":"2401"', '"id":"2499"')
    file = "geo/territories.geojson"
    assert files.said() == [
        (f"{file}, valeur « 2499 » : ce territoire n’est pas parmi ceux des données. {REBUILD}"),
        f"{file}, valeur « 2499 » : cette forme porte aussi le code « 2401 ». {REBUILD}",
        (
            f"{file}, valeur « 2401 » : le territoire Communauté maritime des Îles-de-la-Madeleine y manque : "
            f"les cartes ne peuvent pas le montrer. {REBUILD}"
        ),
    ]
    assert files.outcome() == []


def test_the_fingerprint_changes_with_any_file_and_survives_a_broken_link(files: Files):
    marks = {fingerprint(files.root)}
    for file in ["config.yaml", "data/agreements.csv", "data/regions/01.yaml", "geo/bounds.json"]:
        files.put(file, files.text(file) + "\n")
        marks.add(fingerprint(files.root))
    (files.root / "data/autre.csv").symlink_to(files.root / "absent.csv")
    marks.add(fingerprint(files.root))
    assert len(marks) == 6
