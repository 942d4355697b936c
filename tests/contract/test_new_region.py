"""A fictional fifth region is rows, one YAML entry, its document and its boundaries; the contract needs no more."""

from __future__ import annotations

import json

import pytest

from dashboard.contract.door import load_dataset
from tests.broken_files import Files
from tests.unkept import declare, section

MRC = {"2495": ("La Fictive", 30), "2496": ("L’Imaginaire", 10)}
YEARS = {"2015": 5, "2016": 6, "2017": 7, "2018": 8, "2019": 14}
SPLITS = {
    "admissions_by_category": {"economic": 7, "family": 4, "refugee": 3, "other": 0, "total": 14},
    "admissions_by_sex": {"female": 6, "male": 8, "total": 14},
    "admissions_by_french": {"french_known": 9, "french_not_known": 3, "declared": 12, "not_available": 2, "total": 14},
}


def add_rows(files: Files, name: str, *rows: str) -> None:
    file = f"data/{name}.csv"
    files.put(file, files.text(file).rstrip("\n") + "\n" + "".join(f"{row}\n" for row in rows))


def add_shapes(files: Files) -> None:
    """Two squares side by side make the region; what lies south of the others moves the frame of all."""
    boxes = {"09": (-66, 45, -64, 45.5), "2495": (-66, 45, -65, 45.5), "2496": (-65, 45, -64, 45.5)}
    for file, codes in (("geo/territories.geojson", [*MRC]), ("geo/regions.geojson", ["09"])):
        content = json.loads(files.text(file))
        for code in codes:
            w, s, e, n = boxes[code]
            square = {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}
            content["features"].append({"type": "Feature", "id": code, "properties": {}, "geometry": square})
        files.put(file, json.dumps(content))
    bounds = json.loads(files.text("geo/bounds.json"))
    bounds["regions"]["09"] = {"bounds": boxes["09"], "main": boxes["09"], "insets": []}
    bounds["all"]["bounds"][1] = 45
    files.put("geo/bounds.json", json.dumps(bounds))
    hatching = json.loads(files.text("geo/hatching.json"))
    hatching |= {code: [[boxes[code][0], boxes[code][2]], [45, 45.5]] for code in MRC}
    files.put("geo/hatching.json", json.dumps(hatching))
    add = "".join(f"{code},{n},9\n" for n, code in enumerate(MRC, 10))
    files.put("geo/tiles.csv", files.text("geo/tiles.csv").rstrip("\n") + "\n" + add)


@pytest.fixture
def fifth(files: Files) -> Files:
    entry = '  - {code: "09", slug: cote-nord, color: "#6b4fa1"}\n'
    files.edit("config.yaml", "# Mesure montrée", f"{entry}# Mesure montrée")
    add_rows(
        files,
        "territories",
        "09,region,DRCNEQ,Côte-Nord,sur la Côte-Nord,de la Côte-Nord,Région administrative,,Côte-Nord",
        *(f"{code},mrc,09,{name},à {name},de {name},MRC,,{name}" for code, (name, _) in MRC.items()),
    )
    add_rows(
        files,
        "admissions_by_year",
        *(f"09,admissions,total,{year},{n},,five_year_total,provisional,annexe-2-09," for year, n in YEARS.items()),
        "09,admissions,total,2015-2019,40,,five_year_total,provisional,annexe-2-09,",
    )
    add_rows(
        files,
        "admissions_by_mrc",
        *(
            f"{c},admissions_by_mrc,total,2015-2019,{n},,region_total,provisional,annexe-2-09,"
            for c, (_, n) in MRC.items()
        ),
        "09,admissions_by_mrc,total,2015-2019,40,100.0,region_total,provisional,annexe-2-09,",
    )
    for name, split in SPLITS.items():
        bases = dict.fromkeys(("french_known", "french_not_known", "declared"), "declared")
        rows = (
            f"09,{name},{c},2019,{n},,{bases.get(c, 'year_total')},provisional,annexe-2-09," for c, n in split.items()
        )
        add_rows(files, name, *rows)
    permits = {"students": 20, "ptet": 10, "pmi": 5}
    rows = (
        f"09,temporary_permits,{c},2019-12-31,{n},,permits_valid,provisional,annexe-2-09," for c, n in permits.items()
    )
    add_rows(files, "temporary_permits", *rows)
    add_rows(
        files,
        "populations",
        "09,population_private_households,total,2016,90000,,private_households,definitive,annexe-2-09,",
        "09,population_census,total,2016,92000,,census_population,definitive,annexe-2-09,",
        "2495,population_census,total,2016,50000,,census_population,definitive,annexe-2-09,",
        "2496,population_census,total,2016,42000,,census_population,definitive,annexe-2-09,",
    )
    add_rows(
        files,
        "immigrant_population",
        "09,immigrant_population,total,2016,1000,1.1,population_private_households,definitive,annexe-2-09,",
        "09,immigrant_population_map,total,2016,1000,0.1,immigrant_population_quebec,definitive,annexe-2-09,",
    )
    add_rows(
        files,
        "agreements",
        *(
            f"09,agreements,{category},2021-04-01,,,agreements_in_force,not_available,annexe-2-09,"
            for category in ("mrc", "pasi", "mission_support", "francisation_mandataries")
        ),
    )
    declare(files.root, section("annexe-2-09", "Région fictive"))
    files.put(
        "data/regions/09.yaml", 'region_code: "09"\nsource: annexe-2-09\nportrait: ["Région fictive."]\nfigures: []\n'
    )
    add_shapes(files)
    return files


def test_it_is_accepted_and_read(fifth: Files):
    assert fifth.said() == []
    assert fifth.outcome() == []
    dataset = load_dataset(fifth.root)
    assert dataset.region_codes()[-1] == "09"
    assert dataset.mrc_codes("09") == ["2495", "2496"]
    found = dataset.get("2495", "admissions_by_mrc", period="2015-2019")
    assert found is not None
    assert found.value == 30


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("admissions_by_year", "09,admissions,total,2017,7,", "09,admissions,total,2017,10,"),
        (
            "admissions_by_mrc",
            "2496,admissions_by_mrc,total,2015-2019,10,",
            "2496,admissions_by_mrc,total,2015-2019,13,",
        ),
        ("admissions_by_sex", "female,2019,6,", "female,2019,9,"),
        ("admissions_by_french", "not_available,2019,2,", "not_available,2019,5,"),
        ("populations", "2496,population_census,total,2016,42000,", "2496,population_census,total,2016,42003,"),
        (
            "immigrant_population",
            "09,immigrant_population,total,2016,1000,1.1,",
            "09,immigrant_population,total,2016,1000,1.2,",
        ),
    ],
)
def test_its_faults_are_its_own(fifth: Files, file: str, old: str, new: str):
    """Its rows have no quoted line: sums and percentages alone find the fault."""
    fifth.edit(f"data/{file}.csv", old, new)
    line = fifth.text(f"data/{file}.csv").rpartition(new)[0].count("\n") + 1
    assert any(p.file == f"data/{file}.csv" and f"ligne {line}" in str(p) for p in fifth.problems())
    assert fifth.outcome() == ["09"]
