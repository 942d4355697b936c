"""The files of geo/: shapes at their place, frames, hatching and tiles of their own; the figures stay without them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.contract.findings import Findings
from dashboard.contract.maps import check_maps
from dashboard.loading.draft import Draft
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.geography import MAP_FILES, MapFiles, read_map_file
from tests.broken_files import Files, assert_french
from tests.conftest import ROOT

TERRITORIES, REGIONS = "geo/territories.geojson", "geo/regions.geojson"


def swapped(one: int, other: int) -> Callable[[Any], None]:
    def change(content: Any) -> None:
        first, second = content["features"][one], content["features"][other]
        first["geometry"], second["geometry"] = second["geometry"], first["geometry"]

    return change


def moved(how: Any) -> Callable[[Any], None]:
    """Each point of the fourth shape elsewhere."""

    def walk(node: Any) -> Any:
        return how(*node[:2]) if isinstance(node[0], int | float) else [walk(inner) for inner in node]

    def change(content: Any) -> None:
        geometry = content["features"][3]["geometry"]
        geometry["coordinates"] = walk(geometry["coordinates"])

    return change


def opened(content: Any) -> None:
    polygon = content["features"][2]["geometry"]
    del (polygon["coordinates"][0][0] if polygon["type"] == "MultiPolygon" else polygon["coordinates"][0])[-1]


def called(key: str) -> Callable[[Any], None]:
    return lambda content: content["features"][0]["properties"].update({key: "2423"})


def update(name: str, **values: Any) -> Callable[[Any], None]:
    return lambda content: (content[name] if name else content).update(values)


def shared(name: str, one: str, other: str) -> Callable[[Any], None]:
    """One has what is another's."""
    return lambda content: (held := content[name] if name else content).update({one: held[other]})


BOUNDS, HATCHING = "geo/bounds.json", "geo/hatching.json"


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (TERRITORIES, swapped(4, 5), ["valeur « 2405 »", "valeur « 2406 »"]),
        (TERRITORIES, swapped(0, 30), ["valeur « 2401 »", "valeur « 2434 »"]),
        (REGIONS, swapped(0, 1), ["valeur « 01 »", "valeur « 03 »"]),
        (TERRITORIES, moved(lambda x, y: [y, x]), ["longitude et latitude sont peut-être échangées"]),
        (TERRITORIES, moved(lambda x, y: [x + 40, y]), ["cette forme sort du Québec"]),
        (TERRITORIES, moved(lambda x, y: [x + 0.2, y]), ["l’étendue inscrite n’est pas celle de la forme"]),
        (TERRITORIES, moved(lambda x, y: [x, 47.0]), ["cette forme n’est pas une surface fermée"]),
        (TERRITORIES, moved(lambda x, y: [x + 0.5, y + 0.3]), ["l’étendue inscrite n’est pas celle de la forme"]),
        (TERRITORIES, moved(lambda x, y: [round(x), round(y)]), ["valeur « 2404 »"]),
        (TERRITORIES, moved(lambda x, y: [float("nan"), y]), ["le fichier n’a pas la forme attendue"]),
        (TERRITORIES, moved(lambda x, y: [float("inf"), y]), ["le fichier n’a pas la forme attendue"]),
        (TERRITORIES, opened, ["n’est pas une surface fermée"]),
        *((TERRITORIES, called(key), ["« 2423 »", "valeur « 2401 »"]) for key in ("name", "code", "region")),
        (BOUNDS, update("all", main=[0, 0, 1, 1]), ["la carte principale sort de son cadre"]),
        (BOUNDS, shared("regions", "01", "03"), ["ce cadre n’est pas celui"]),
        (BOUNDS, shared("points", "2410", "2411"), ["le point inscrit"]),
        (HATCHING, shared("", "2410", "2411"), ["ces hachures ne sont pas dans la forme"]),
        (HATCHING, update("", **{"2410": [[], []]}), ["ces hachures ne sont pas dans la forme"]),
    ],
)
def test_a_map_that_is_not_what_it_should_be_is_said(
    draft: Draft, file: str, change: Callable[[Any], None], said: list[str]
) -> None:
    content = json.loads((ROOT / file).read_bytes())
    change(content)
    maps, tree = MapFiles(), Tree(ROOT, {file: NewFile(json.dumps(content).encode())})
    problems = [problem for name in MAP_FILES if (problem := read_map_file(tree, name, maps))]
    findings = Findings(replace(draft, maps=maps))
    check_maps(findings)
    texts = [str(problem) for problem in (*problems, *findings.problems)]
    assert [words for words in said if not any(words in text for text in texts)] == [], texts
    for problem in (*problems, *findings.problems):
        assert_french(str(problem))
        assert (problem.shared, problem.region) == (False, None)


REBUILD = "Remède : le rebâtir avec « python -m dashboard boundaries SOURCE »."
MAPS = (TERRITORIES, REGIONS, BOUNDS)


def test_maps_are_lost_and_figures_stay(files: Files) -> None:
    sound = {file: files.text(file) for file in MAPS}
    for file in MAPS:
        files.remove(file)
    missing = f"le fichier manque. Les cartes en ont besoin. {REBUILD}"
    assert sorted(files.said()) == sorted(f"{file} : {missing}" for file in MAPS)
    assert files.outcome() == []
    for file, text in sound.items():
        files.put(file, text[: len(text) // 2])
    for file, said in zip(sorted(MAPS), files.said(), strict=True):
        assert said.startswith(f"{file}, ligne ")
        assert said.endswith(f" : le fichier ne se lit pas à cet endroit. Les cartes en ont besoin. {REBUILD}")
    assert files.outcome() == []
    files.put(TERRITORIES, sound[TERRITORIES].replace('"id":"2401"', '"id":"2499"', 1))
    for file in (REGIONS, BOUNDS):
        files.put(file, sound[file])
    lost = "le territoire Communauté maritime des Îles-de-la-Madeleine y manque : les cartes ne peuvent pas le montrer."
    assert files.said() == [
        f"{TERRITORIES}, valeur « 2499 » : ce territoire n’est pas parmi ceux des données. {REBUILD}",
        f"{TERRITORIES}, valeur « 2499 » : cette forme porte aussi le code « 2401 ». {REBUILD}",
        f"{TERRITORIES}, valeur « 2401 » : {lost} {REBUILD}",
    ]
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
def test_json_of_another_shape(content: str) -> None:
    for file in MAPS:
        problem = read_map_file(Tree(ROOT, {file: NewFile(content.encode())}), file, MapFiles())
        assert str(problem) == f"{file} : le fichier n’a pas la forme attendue. Les cartes en ont besoin. {REBUILD}"
