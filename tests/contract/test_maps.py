"""`check` reads geo/: shapes at their place, frames, hatching and tiles of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.broken_files import Files

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
def test_a_map_that_is_not_what_it_should_be_is_said_and_the_figures_stay(
    files: Files, file: str, change: Callable[[Any], None], said: list[str]
) -> None:
    content = json.loads(files.text(file))
    change(content)
    files.put(file, json.dumps(content))
    for words in said:
        assert any(words in text for text in files.said()), files.said()
    assert files.outcome() == []
