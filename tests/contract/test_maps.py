"""`check` reads geo/: shapes at their place, frames, hatching and tiles of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.broken_files import Files

TERRITORIES, REGIONS = "geo/territories.geojson", "geo/regions.geojson"


def edit(files: Files, file: str, change: Any) -> list[str]:
    content = json.loads(files.text(file))
    change(content)
    files.put(file, json.dumps(content))
    said = files.said()
    # The figures stay whatever the maps are.
    assert files.outcome() == []
    return said


def swap(one: int, other: int) -> Any:
    def change(content: Any) -> None:
        first, second = content["features"][one], content["features"][other]
        first["geometry"], second["geometry"] = second["geometry"], first["geometry"]

    return change


@pytest.mark.parametrize(("file", "one", "other"), [(TERRITORIES, 4, 5), (TERRITORIES, 0, 30), (REGIONS, 0, 1)])
def test_two_shapes_exchanged_are_both_named(files: Files, file: str, one: int, other: int) -> None:
    codes = [feature["id"] for feature in json.loads(files.text(file))["features"]]
    said = edit(files, file, swap(one, other))
    for code in (codes[one], codes[other]):
        assert any(f"valeur « {code} »" in text for text in said), said


def moved(place: int, how: Any) -> Any:
    def walk(node: Any) -> Any:
        return how(*node[:2]) if isinstance(node[0], int | float) else [walk(inner) for inner in node]

    def change(content: Any) -> None:
        geometry = content["features"][place]["geometry"]
        geometry["coordinates"] = walk(geometry["coordinates"])

    return change


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda x, y: [y, x], "longitude et latitude sont peut-être échangées"),
        (lambda x, y: [x + 40, y], "cette forme sort du Québec"),
        (lambda x, y: [x + 0.2, y], "l’étendue inscrite n’est pas celle de la forme"),
        (lambda x, y: [x, 47.0], "cette forme n’est pas une surface fermée"),
        (lambda x, y: [x + 0.5, y + 0.3], "l’étendue inscrite n’est pas celle de la forme"),
        (lambda x, y: [round(x), round(y)], "valeur « 2404 »"),
        (lambda x, y: [float("nan"), y], "le fichier n’a pas la forme attendue"),
        (lambda x, y: [float("inf"), y], "le fichier n’a pas la forme attendue"),
    ],
)
def test_a_shape_that_is_not_where_it_should_be(files: Files, how: Any, said: str) -> None:
    assert any(said in text for text in edit(files, TERRITORIES, moved(3, how)))


def test_an_open_ring(files: Files) -> None:
    def change(content: Any) -> None:
        polygon = content["features"][2]["geometry"]
        ring = polygon["coordinates"][0][0] if polygon["type"] == "MultiPolygon" else polygon["coordinates"][0]
        del ring[-1]

    assert any("n’est pas une surface fermée" in text for text in edit(files, TERRITORIES, change))


@pytest.mark.parametrize("key", ["name", "code", "region"])
def test_a_shape_that_calls_itself_otherwise(files: Files, key: str) -> None:
    def change(content: Any) -> None:
        content["features"][0]["properties"][key] = "2423"

    assert any("« 2423 »" in text and "valeur « 2401 »" in text for text in edit(files, TERRITORIES, change))


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("geo/bounds.json", lambda c: c["all"].update(main=[0, 0, 1, 1]), "la carte principale sort de son cadre"),
        ("geo/bounds.json", lambda c: c["regions"].update({"01": c["regions"]["03"]}), "ce cadre n’est pas celui"),
        ("geo/bounds.json", lambda c: c["points"].update({"2410": c["points"]["2411"]}), "le point inscrit"),
        ("geo/hatching.json", lambda c: c.update({"2410": c["2411"]}), "ces hachures ne sont pas dans la forme"),
        ("geo/hatching.json", lambda c: c.update({"2410": [[], []]}), "ces hachures ne sont pas dans la forme"),
    ],
)
def test_what_goes_with_a_shape_is_its_own(files: Files, file: str, change: Any, said: str) -> None:
    assert any(said in text for text in edit(files, file, change))
