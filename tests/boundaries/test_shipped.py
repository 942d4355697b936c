"""The files of geo/ as shipped."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parents[2]
GEO = ROOT / "geo"


def rows(level: str) -> dict[str, dict[str, str]]:
    with (ROOT / "data" / "territories.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream) if row["level"] == level}


def features(name: str) -> list[dict]:
    return json.loads((GEO / name).read_text(encoding="utf-8"))["features"]


def shapes(name: str) -> dict:
    return {feature["id"]: shape(feature["geometry"]) for feature in features(name)}


def test_exactly_the_territories_and_the_regions_of_the_data_with_their_official_names():
    written = {feature["id"]: feature["properties"] for feature in features("territories.geojson")}
    assert written == {
        code: {"code": code, "name": row["name"], "region": row["parent_code"]} for code, row in rows("mrc").items()
    }
    assert len(written) == 31
    assert written["2427"]["name"] == "Beauce-Centre"
    regions = {feature["id"]: feature["properties"] for feature in features("regions.geojson")}
    assert regions == {code: {"code": code, "name": row["name"]} for code, row in rows("region").items()}


@pytest.mark.parametrize(("name", "most"), [("territories.geojson", 31_000), ("regions.geojson", 16_000)])
def test_shapes_fit_without_gap_or_overlap_flat_rounded_light_and_the_right_way_round(name, most):
    found = shapes(name)
    polygons = list(found.values())
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons, gap_width=0.002)
    assert [ring for part in shapely.get_parts(shapely.union_all(polygons)) for ring in part.interiors] == []
    assert not any(polygon.has_z for polygon in polygons)
    points = shapely.get_coordinates(polygons)
    assert (points == points.round(3)).all()
    for code, polygon in found.items():
        for part in shapely.get_parts(polygon):
            assert not part.exterior.is_ccw, f"{code}: the browser would fill the rest of the globe"
            assert all(ring.is_ccw for ring in part.interiors)
    assert (GEO / name).stat().st_size < most


def test_regions_are_the_union_of_their_territories():
    territories, regions = shapes("territories.geojson"), shapes("regions.geojson")
    for region, outline in regions.items():
        members = [territories[code] for code, row in rows("mrc").items() if row["parent_code"] == region]
        assert outline.equals(shapely.union_all(members)), region
        own = {tuple(point) for point in shapely.get_coordinates(outline).tolist()}
        assert own <= {tuple(point) for point in shapely.get_coordinates(members).tolist()}


def test_the_neighbours_are_light_and_beside_the_territories():
    """Land of the same source, drawn under the territories: it covers none of them, and touches them."""
    (land,) = shapes("neighbours.geojson").values()
    own = shapely.union_all(list(shapes("territories.geojson").values()))
    assert shapely.intersection(land, own).area < 0.001 * own.area
    assert land.dwithin(own, 0.002) and land.area > own.area
    assert (GEO / "neighbours.geojson").stat().st_size < 8_000


def test_names_have_room_inside_their_territory_and_on_the_water():
    bounds = json.loads((GEO / "bounds.json").read_text(encoding="utf-8"))
    territories = shapes("territories.geojson")
    for code, polygon in territories.items():
        boxes = [shapely.box(*room) for room in bounds["rooms"][code]]
        assert len(boxes) == 4 and shapely.covers(polygon, boxes).all(), code
    (land,) = shapes("neighbours.geojson").values()
    for region, frame in bounds["regions"].items():
        own = [polygon for code, polygon in territories.items() if rows("mrc")[code]["parent_code"] == region]
        assert "Fleuve Saint-Laurent" in [water["name"] for water in frame["waters"]], region
        for water in frame["waters"]:
            boxes = [shapely.box(*room) for room in water["rooms"]]
            assert shapely.intersection(boxes, shapely.union_all(own)).tolist() == [shapely.Polygon()] * len(boxes)
            middles = shapely.centroid(boxes)
            assert not shapely.covers(shapely.union_all([land, *territories.values()]), middles).any(), region


def test_frames_put_the_islands_in_an_inset_and_nothing_else():
    bounds = json.loads((GEO / "bounds.json").read_text(encoding="utf-8"))
    territories = shapes("territories.geojson")
    for code, polygon in territories.items():
        assert bounds["territories"][code] == pytest.approx(polygon.bounds)
    assert set(bounds["regions"]) == set(rows("region"))
    inset = [{"codes": ["2401"], "bounds": bounds["territories"]["2401"]}]
    assert bounds["all"]["insets"] == bounds["regions"]["11"]["insets"] == inset
    assert all(bounds["regions"][code]["insets"] == [] for code in ("01", "03", "12"))
    mainland = [polygon for code, polygon in territories.items() if code != "2401"]
    assert bounds["all"]["main"] == pytest.approx(shapely.total_bounds(mainland).tolist())
    assert bounds["all"]["bounds"] == pytest.approx(shapely.total_bounds(list(territories.values())).tolist())


def test_the_licence_of_the_source_is_shipped_and_explained():
    licence = (GEO / "LICENSE").read_text(encoding="utf-8")
    assert "Free amCharts license" in licence
    assert "include this original LICENSE file" in licence
    readme = (GEO / "README.md").read_text(encoding="utf-8")
    for item in ("@amcharts/amcharts5-geodata", "qcHigh.json", "2011", "EPSG:4326", "python -m dashboard boundaries"):
        assert item in readme


def test_neither_the_pages_nor_the_other_commands_load_a_geometry_library():
    loaded = "print(sorted({'geopandas', 'shapely', 'pyogrio'} & set(sys.modules)))"
    code = f"import sys, dashboard.cli, dashboard.ui.server.application, pages.overview; {loaded}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
