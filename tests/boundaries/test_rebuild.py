"""Rebuilding geo/ from each kind of source; every source is made here from the shipped boundaries, without network."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from dashboard.boundaries import BoundaryError, rebuild
from dashboard.boundaries.source import list_layers, read, select

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = ("territories.geojson", "regions.geojson", "bounds.json", "hatching.json", "neighbours.geojson", "waters.csv")


def copied(folder: Path) -> Path:
    """A dashboard folder with the data and the boundaries as shipped."""
    for name in ("data/territories.csv", *(f"geo/{name}" for name in NAMES)):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, target)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path / "tableau")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One that no refused source may change."""
    folder = copied(tmp_path_factory.mktemp("refus") / "tableau")
    before = contents(folder)
    yield folder
    assert contents(folder) == before


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "geo").iterdir()}


@cache
def shipped() -> geopandas.GeoDataFrame:
    frame = geopandas.read_file(REPOSITORY / "geo" / "territories.geojson")[["code", "name", "geometry"]]
    table = pd.read_csv(REPOSITORY / "data" / "territories.csv", dtype=str).set_index("code")
    return frame.assign(isq=frame["code"].map(table["isq_code"]))


def written(root: Path) -> geopandas.GeoSeries:
    return geopandas.read_file(root / "geo" / "territories.geojson").set_index("code").geometry


@cache
def pieces() -> geopandas.GeoDataFrame:
    """Like Québec's layer mrc_s: NAD83 Lambert, Z, several features per MRC, the rest of Québec, ISQ codes."""
    frame = shipped().to_crs(32198)
    elsewhere = geopandas.GeoDataFrame(
        {"isq": ["660"], "name": ["Montréal"]}, geometry=[box(-4e5, 1e5, -3.9e5, 1.1e5)], crs=32198
    )
    frame = pd.concat([frame, elsewhere], ignore_index=True)
    west, _, east, _ = (float(value) for value in frame.total_bounds)
    strips = [frame.intersection(box(west - 1, south, east + 1, south + 4e4)) for south in range(0, 800_000, 40_000)]
    cut = pd.concat([frame.assign(geometry=strip)[strip.area > 0] for strip in strips], ignore_index=True)
    cut["geometry"] = shapely.force_3d(cut.geometry.to_numpy(), 12.0)
    return cut.rename(columns={"isq": "MRS_CO_MRC", "name": "MRS_NM_MRC"})[["MRS_CO_MRC", "MRS_NM_MRC", "geometry"]]


@cache
def census() -> geopandas.GeoDataFrame:
    frame = shipped().to_crs(3347).rename(columns={"code": "CDUID", "name": "CDNAME"})
    frame["CDNAME"] = frame["CDNAME"].str.replace("’", "'")  # so that Latin-1 can hold it
    return frame[["CDUID", "CDNAME", "geometry"]]


def neighbours(polygons: geopandas.GeoSeries) -> set[tuple[str, str]]:
    """Pairs of territories that share more than about a kilometre of border."""
    pairs = itertools.combinations(sorted(polygons.index), 2)
    return {pair for pair in pairs if polygons[pair[0]].intersection(polygons[pair[1]]).length > 0.01}


def zip_folder(folder: Path, archive: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(archive, "w") as opened:
        for path in sorted(folder.iterdir()):
            opened.write(path, inside + path.name)
    return archive


def assert_like_shipped(root: Path, tolerance: float = 0.0021) -> None:
    """Same territories, exact coverage, and borders within about two cells of the grid of the shipped ones."""
    result, reference = written(root), shipped().set_index("code").geometry
    assert list(result.index) == list(reference.index)
    assert result.is_valid.all()
    assert result.is_valid_coverage()
    assert not result.has_z.any()
    assert max(result[code].hausdorff_distance(reference[code]) for code in result.index) < tolerance
    regions = geopandas.read_file(root / "geo" / "regions.geojson").set_index("code").geometry
    for region, members in geopandas.read_file(root / "geo" / "territories.geojson").groupby("region"):
        assert regions[region].equals(members.union_all())


def test_official_geopackage(root, tmp_path):
    """Same source, same bytes, whatever the order of features."""
    source = tmp_path / "SDA.gpkg"
    frame = pieces().assign(MRS_CO_MRC=pieces()["MRS_CO_MRC"].str[:-1])
    frame.to_file(source, layer="mrc_s")
    shipped().rename(columns={"code": "MUS_CO_GEO"}).to_file(source, layer="munic_s")
    report = rebuild(source, root)
    assert_like_shipped(root)
    assert "couche mrc_s, champ MRS_CO_MRC, codes de l’ISQ sans le dernier 0 (10).\n" in report
    assert "Système de coordonnées : EPSG:32198, " in report
    assert re.search(r"Corrections : [3-9]\d entités fusionnées avec d’autres, altitudes \(Z\) retirées", report)
    before = contents(root)
    frame.sample(frac=1, random_state=3).to_file(tmp_path / "b.gpkg", layer="mrc_s")
    rebuild(tmp_path / "b.gpkg", root)
    assert contents(root) == before


def test_official_codes_stored_as_numbers_in_a_zipped_geopackage(root, tmp_path):
    (tmp_path / "d").mkdir()
    nowhere = pieces().iloc[:1].assign(MRS_CO_MRC=None)  # water without a code: numbers are then read as 10.0
    frame = pd.concat([pieces(), nowhere], ignore_index=True).astype({"MRS_CO_MRC": float})
    frame.to_file(tmp_path / "d" / "bdga.gpkg", layer="mrc_s")
    report = rebuild(zip_folder(tmp_path / "d", tmp_path / "bdga.gpkg.zip"), root)
    assert_like_shipped(root)
    assert "à trois chiffres" in report


def test_census_shapefile_in_a_zip(root, tmp_path):
    folder = tmp_path / "Données"
    folder.mkdir()
    census().to_file(folder / "lcd_000b21a_f.shp", encoding="ISO-8859-1")
    report = rebuild(zip_folder(folder, tmp_path / "lcd_000b21a_f.zip", "Géo/divisions/"), root)
    assert_like_shipped(root)
    assert "EPSG:3347" in report


def test_forced_field_wins_whatever_its_case_and_a_wrong_encoding_does_not_matter(root, tmp_path):
    source = tmp_path / "s.shp"
    census().rename(columns={"CDUID": "Division"}).assign(code="9999").to_file(source, encoding="ISO-8859-1")
    source.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(BoundaryError, match=r"absents de la source .31 sur 31.*9999"):
        rebuild(source, root)
    assert "champ Division," in rebuild(source, root, code_field="DIVISION")
    assert_like_shipped(root)


def test_json_of_the_npm_package(root, tmp_path):
    collection = json.loads((REPOSITORY / "geo" / "territories.geojson").read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"] = {"id": feature["id"], "name": "Îles", "TYPE": "TÉ"}
    source = tmp_path / "qcHigh.json"
    for encoding in ("utf-8", "utf-8-sig", "latin-1"):
        source.write_text(json.dumps(collection, ensure_ascii=False), encoding=encoding)
        layer, field, _ = select(list_layers(source), None)
        assert list(read(layer, field)["raw_code"]) == list(shipped()["code"])
    assert "champ id," in rebuild(source, root)
    assert_like_shipped(root)


def test_the_shipped_file_rebuilds_itself_to_the_byte(root):
    before = contents(root)
    rebuild(root / "geo" / "territories.geojson", root)
    assert contents(root) == before


def test_broken_rings_are_mended_and_an_enclosed_gap_is_filled(root, tmp_path):
    frame = census().set_index("CDUID")
    border = shapely.line_merge(frame.geometry["2402"].intersection(frame.geometry["2403"]))
    frame["geometry"] = frame.difference(border.interpolate(0.5, normalized=True).buffer(400))
    frame = frame.to_crs(4326)
    whole = frame.loc["2434", "geometry"]
    west, south = whole.representative_point().coords[0]
    # The ring crosses itself: it draws a bow tie inside the territory before coming back to its start.
    knot = [(west, south), (west + 0.02, south + 0.02), (west + 0.02, south), (west, south + 0.02)]
    ring = [*whole.exterior.coords[:-1], *knot]
    bow_tie = Polygon([*ring, ring[0]])
    assert not bow_tie.is_valid
    frame.loc["2434", "geometry"] = bow_tie
    frame = frame.reset_index()
    over = frame[frame["CDUID"] == "2434"].assign(geometry=box(west, south, west + 0.015, south + 0.05))
    pd.concat([frame, over]).to_file(tmp_path / "s.gpkg", layer="x")
    report = rebuild(tmp_path / "s.gpkg", root)
    assert "1 contour invalide réparé" in report
    assert "1 interstice comblé" in report
    assert written(root).is_valid.all()
    assert written(root).is_valid_coverage()
    assert shapely.get_num_interior_rings(shapely.get_parts(written(root).union_all())).sum() == 0


@pytest.mark.parametrize(("move", "mended"), [(15.0, "recouvrements supprimés"), (-15.0, "interstices comblés")])
def test_neighbours_that_overlap_or_stand_apart_are_joined(root, tmp_path, move, mended):
    frame = census().assign(geometry=census().buffer(move, join_style="mitre"))
    frame.to_file(tmp_path / "s.gpkg", layer="x")
    report = rebuild(tmp_path / "s.gpkg", root)
    many = re.search(rf"(\d+) {mended}", report)
    assert many is not None and int(many[1]) > 30
    assert_like_shipped(root, tolerance=0.01)  # thin spits of sand lose their tip when shrunk
    assert neighbours(written(root)) == neighbours(shipped().set_index("code").geometry)


def test_detailed_source_is_made_light_and_keeps_its_fit(root, tmp_path):
    frame = shipped().to_crs(32198)
    frame["geometry"] = frame.segmentize(400)  # shared borders stay shared
    islets = [box(x, 6e5, x + 90, 6e5 + 90) for x in range(200_000, 220_000, 1000)]
    extra = geopandas.GeoDataFrame({"code": ["2404"] * len(islets)}, geometry=islets, crs=32198)
    pd.concat([frame, extra]).to_file(tmp_path / "s.gpkg", layer="x")
    report = rebuild(tmp_path / "s.gpkg", root)
    assert "simplification à " in report and f"{len(islets)} îlots négligeables retirés" in report
    assert (root / "geo" / "territories.geojson").stat().st_size <= 31_000
    assert_like_shipped(root, tolerance=0.03)


def swapped(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return frame.set_geometry(
        shapely.transform(frame.geometry.to_numpy(), lambda points: points[:, ::-1]), crs=frame.crs
    )


def on(frame: geopandas.GeoDataFrame, code: str, shape: object) -> geopandas.GeoDataFrame:
    """Another shape, or none, for one territory."""
    return frame.assign(geometry=frame.geometry.where(frame["CDUID"] != code, shape))


def numbered(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Numbers of rows where codes are looked for."""
    return frame.assign(id=range(1, len(frame) + 1)).drop(columns="CDUID")


def elsewhere(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    moved = frame.to_crs(4326)
    return on(moved, "2425", moved[moved["CDUID"] == "2425"].translate(xoff=90).iloc[0])


def unsigned(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    degrees = frame.to_crs(4326)
    return degrees.set_geometry(degrees.affine_transform([-1, 0, 0, 1, 0, 0]))


UNKNOWN = "couche «\u00a0x\u00a0» : «\u00a0NUMERO\u00a0», «\u00a0CDNAME\u00a0»"


@pytest.mark.parametrize(
    ("spoil", "options", "message", "suffix"),
    [
        (numbered, {}, r"absents de la source \(31 sur 31\)", "gpkg"),
        (
            lambda f: f.query("CDUID != '2425' and CDUID != '2401'"),
            {},
            r"2 sur 31.*2401 \(Communauté maritime des Îles-de-la-Madeleine\), 2425 \(Lévis\)",
            "gpkg",
        ),
        (lambda f: on(f, "2425", None), {}, r"absents de la source \(1 sur 31\) : 2425 \(Lévis\)", "gpkg"),
        (
            lambda f: on(f, "2425", f[f["CDUID"] == "2426"].geometry.iloc[0]),
            {},
            r"2425 \(Lévis\), 2426 \(La Nouvelle-Beauce\) se recouvrent",
            "gpkg",
        ),
        (lambda f: f.rename(columns={"CDUID": "NUMERO"}), {"code_field": "CODE_MRC"}, UNKNOWN, "gpkg"),
        (lambda f: f.rename(columns={"CDUID": "NUMERO"}), {}, UNKNOWN, "gpkg"),
        (lambda f: f.set_crs(4326, allow_override=True), {}, r"ne conviennent pas.*EPSG:4326", "gpkg"),
        (lambda f: f.set_crs(None, allow_override=True), {}, r"système de coordonnées.*\.prj", "shp"),
        (
            lambda f: swapped(f.to_crs(4326)),
            {},
            r"\(31 sur 31\).*axes semblent inversés.*latitude avant longitude",
            "geojson",
        ),
        (lambda f: swapped(f.to_crs(4269)), {}, "axes semblent inversés", "shp"),
        (unsigned, {}, "sans leur signe", "gpkg"),
        (elsewhere, {}, r"\(1 sur 31\) : 2425 \(Lévis\)\. .*tracé est faux", "gpkg"),
    ],
)
@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_source_that_cannot_be_used_is_refused_and_nothing_is_written(
    untouched, tmp_path, spoil, options, message, suffix
):
    path = tmp_path / f"s.{suffix}"
    spoil(census()).to_file(path, **({"layer": "x"} if suffix == "gpkg" else {}))
    with pytest.raises(BoundaryError, match=message):
        rebuild(path, untouched, **options)


CUT = (REPOSITORY / "geo" / "territories.geojson").read_bytes()[:9000]
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("abîmé.zip", b"PK\x03\x04 n'importe quoi", "illisible.*téléchargez-la de nouveau"),
        ("vide.zip", EMPTY_ZIP, "aucune couche cartographique.*Formats lus"),
        ("abîmé.gpkg", b"n'importe quoi", "ne peut être lu.*téléchargez-le de nouveau"),
        ("coupé.geojson", CUT, "ne peut être lu"),
        ("points.geojson", b'{"type":"FeatureCollection","features":[]}', "Aucun champ de codes reconnu"),
        ("tableau.xlsx", b"", "format reconnu.*Formats lus"),
        ("absent.gpkg", None, "n’existe pas"),
    ],
)
def test_unreadable_sources_leave_the_files_untouched(untouched, tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BoundaryError, match=message):
        rebuild(tmp_path / name, untouched)


def test_all_files_are_written_or_none(root, monkeypatch):
    source = REPOSITORY / "geo" / "territories.geojson"
    before = contents(root)
    replace = Path.replace

    def fail_on_second(path, target):
        if Path(target).name == "regions.geojson":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_on_second)
    (root / "geo" / "territories.geojson").write_bytes(b"old")
    with pytest.raises(BoundaryError, match="n’ont pas été changés"):
        rebuild(source, root)
    assert contents(root) == before | {"territories.geojson": b"old"}


def test_a_fifth_region_comes_from_the_data_alone(root):
    with (root / "data" / "territories.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n98,region,DRCNEQ,Région fictive,,,Région administrative,,\n")
        stream.write("9801,mrc,98,MRC fictive,,,MRC,,\n9802,mrc,98,Voisine fictive,,,MRC,,\n")
    path = root / "geo" / "territories.geojson"
    with pytest.raises(BoundaryError, match=r"9801 \(MRC fictive\), 9802"):
        rebuild(path, root)
    collection = json.loads(path.read_text(encoding="utf-8"))
    for code, west in (("9801", -76.0), ("9802", -75.0)):
        square = [[west, 47], [west + 1, 47], [west + 1, 48], [west, 48], [west, 47]]
        geometry = {"type": "Polygon", "coordinates": [square]}
        collection["features"].append({"type": "Feature", "properties": {"code": code}, "geometry": geometry})
    path.write_text(json.dumps(collection), encoding="utf-8")
    report = rebuild(path, root)
    assert report.startswith("Limites reconstruites : 33 MRC, 5 régions.\n")
    regions = geopandas.read_file(root / "geo" / "regions.geojson").set_index("code")
    assert regions.loc["98", "name"] == "Région fictive"
    assert regions.loc["98"].geometry.equals(box(-76, 47, -74, 48))
    bounds = json.loads((root / "geo" / "bounds.json").read_text(encoding="utf-8"))
    assert bounds["regions"]["98"] == {"bounds": [-76, 47, -74, 48], "main": [-76, 47, -74, 48], "insets": []}
    assert bounds["all"]["main"][0] == -76, "a region far from the others widens the map: it is no inset"
    assert [inset["codes"] for inset in bounds["all"]["insets"]] == [["2401"]]


def test_a_territory_of_an_unknown_region_is_refused(root):
    with (root / "data" / "territories.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n9801,mrc,98,MRC fictive,,,MRC,,\n")
    with pytest.raises(BoundaryError, match=r"9801 .MRC fictive. relève de la région « 98 »"):
        rebuild(root / "geo" / "territories.geojson", root)
