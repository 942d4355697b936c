"""The files of geo/ as shipped.

That their codes, names and frames are those of the data and of their shapes is what the check holds
(tests/contract/test_maps.py); that each is made from the others, what rebuilding them shows (test_rebuild.py).
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import shapely
from shapely.geometry import shape

from tests.conftest import ROOT

GEO = ROOT / "geo"
BOUNDS = json.loads((GEO / "bounds.json").read_text(encoding="utf-8"))


def shapes(name: str) -> dict:
    return {one["id"]: shape(one["geometry"]) for one in json.loads((GEO / name).read_text("utf-8"))["features"]}


@pytest.mark.parametrize(("name", "many", "most"), [("territories", 31, 31_000), ("regions", 4, 16_000)])
def test_shapes_fit_without_gap_or_overlap_flat_rounded_light_and_the_right_way_round(name, many, most):
    found = shapes(f"{name}.geojson")
    polygons = list(found.values())
    assert len(found) == many
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
    assert (GEO / f"{name}.geojson").stat().st_size < most


def test_the_neighbours_are_light_and_beside_the_territories():
    """Land of the same source, drawn under the territories: it covers none of them, and touches them."""
    (land,) = shapes("neighbours.geojson").values()
    own = shapely.union_all(list(shapes("territories.geojson").values()))
    assert shapely.intersection(land, own).area < 0.001 * own.area
    assert land.dwithin(own, 0.002) and land.area > own.area
    assert (GEO / "neighbours.geojson").stat().st_size < 8_000


def test_names_have_room_inside_their_territory_and_on_the_water_and_only_the_islands_an_inset():
    territories, regions = shapes("territories.geojson"), shapes("regions.geojson")
    for code, polygon in territories.items():
        boxes = [shapely.box(*room) for room in BOUNDS["rooms"][code]]
        assert len(boxes) == 4 and shapely.covers(polygon, boxes).all(), code
    (land,) = shapes("neighbours.geojson").values()
    for region, frame in BOUNDS["regions"].items():
        assert "Fleuve Saint-Laurent" in [water["name"] for water in frame["waters"]], region
        for water in frame["waters"]:
            boxes = [shapely.box(*room) for room in water["rooms"]]
            assert shapely.intersection(boxes, regions[region]).tolist() == [shapely.Polygon()] * len(boxes)
            middles = shapely.centroid(boxes)
            assert not shapely.covers(shapely.union_all([land, *territories.values()]), middles).any(), region
    inset = [{"codes": ["2401"], "bounds": BOUNDS["territories"]["2401"]}]
    assert BOUNDS["all"]["insets"] == BOUNDS["regions"]["11"]["insets"] == inset
    assert all(BOUNDS["regions"][code]["insets"] == [] for code in ("01", "03", "12"))


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
