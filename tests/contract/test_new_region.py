"""A region is rows, one YAML entry, its document and its boundaries: thirteen more are accepted as they are."""

from __future__ import annotations

import re

import pytest

from dashboard.contract.door import load_dataset
from tests.broken_files import Files
from tests.quebec import CODES, MRC, OLD, Quebec


@pytest.fixture(scope="module")
def wider(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(Quebec(2015).write(tmp_path_factory.mktemp("quebec") / "copie"))


def test_they_are_accepted_and_read(wider: Files) -> None:
    assert (wider.said(), wider.outcome()) == ([], [])
    dataset = load_dataset(wider.root)
    assert dataset.region_codes() == [*OLD, *CODES]
    assert dataset.mrc_codes("09") == list(MRC["09"])


def test_the_faults_of_one_are_its_own(wider: Files) -> None:
    """Its rows have no quoted line: sums alone find a figure wrong by 3."""
    for name, row in (
        ("admissions_by_year", "09,admissions,total,2017,"),
        ("admissions_by_mrc", "0952,admissions_by_mrc,total,2015-2019,"),
        ("admissions_by_sex", "09,admissions_by_sex,female,2019,"),
        ("admissions_by_french", "09,admissions_by_french,not_available,2019,"),
        ("populations", "0952,population_census,total,2016,"),
    ):
        file = f"data/{name}.csv"
        sound = wider.text(file)
        line, text = next((n, text) for n, text in enumerate(sound.split("\n"), 1) if text.startswith(row))
        cells = text.split(",")
        wider.put(file, sound.replace(text, ",".join([*cells[:4], str(int(cells[4]) + 3), *cells[5:]])))
        assert any(p.file == file and f"ligne {line}" in str(p) for p in wider.problems())
        assert wider.outcome() == ["09"]
        wider.put(file, sound)


def test_a_region_without_any_data_leaves_the_four_others(files: Files) -> None:
    region = '  - {code: "09", slug: cote-nord, color: "#000000"}\n'
    files.edit("config.yaml", '  - {code: "11"', f'{region}  - {{code: "11"')
    row = "09,region,DRCNEQ,Côte-Nord,sur la Côte-Nord,de la Côte-Nord,Région administrative,,Côte-Nord\n"
    files.put("data/territories.csv", files.text("data/territories.csv").rstrip("\n") + "\n" + row)
    problems, dictionary = files.problems(), files.text("data/indicators.yaml").split("\nderived:")[0]
    # One for each of the indicators that regions have.
    assert {p.message for p in problems if p.file.endswith(".csv")} == {
        f"il manque toutes les lignes de Côte-Nord (indicateur « {name} »)."
        for name in re.findall(r"^  - id: (\w+)$", dictionary, re.MULTILINE)
    }
    assert {p.region for p in problems if not p.file.startswith("geo/")} == {"09"}
    assert files.outcome() == ["09"]
