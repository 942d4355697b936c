"""The command `import`: a CSV beside the data or nothing, remarks on the error output, never a file in data/."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from openpyxl import Workbook

from dashboard.contract.door import check, load_dataset
from dashboard.contract.quotes import holds
from dashboard.loading.csv_files import read_rows
from dashboard.model.rows import Key, ObservationRow, TerritoryRow
from tests.cli import test_app as app
from tests.conftest import ROOT

SERIES = "territory_code,indicator,category,period,value,printed_pct,base,status,source,quote"


def call(*arguments: object) -> Result:
    return app.call("import", *map(str, arguments))


@pytest.fixture
def ircc(tmp_path: Path) -> Path:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    lines = ["EN_YEAR\tEN_MONTH\tEN_PROVINCE_TERRITORY\tTOTAL"]
    lines += [f"2020\t{month}\tQuebec\t2105" for month in months]
    lines += [f"2021\t{month}\tQuebec\t{'--' if month == 'Feb' else 10}" for month in months]
    lines += ["2022\tJan\tQuebec\t5"]
    path = tmp_path / "ODP-PR-PT.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def isq(tmp_path: Path) -> Path:
    workbook = Workbook()
    for row in (["Population"], ["Code", "Nom", 2020, "2021p"], ["01", "Bas-Saint-Laurent", 198003, "199 534"]):
        workbook.active.append(row)
    path = tmp_path / "population.xlsx"
    workbook.save(path)
    return path


def test_admissions_by_year_with_their_bounds(ircc: Path, tmp_path: Path) -> None:
    out = tmp_path / "admissions.csv"
    result = call("ircc", ircc, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "3 lignes écrites" in result.stderr
    assert "2022 est incomplète" in result.stderr
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ",".join(rows[0]) == f"{SERIES},low,high,rounding,months"
    found = [(r["period"], r["value"], r["low"], r["high"], r["months"], r["status"]) for r in rows]
    assert found == [
        ("2020", "25260", "25260", "25260", "12", "provisional"),
        ("2021", "", "110", "115", "12", "not_available"),
        ("2022", "", "5", "", "1", "not_available"),
    ]
    assert rows[0]["source"] == "ircc-odp-pr"
    assert holds(rows[0]["quote"], 25260)


def test_populations_are_rows_of_the_house_on_the_standard_output_or_in_a_file(isq: Path, tmp_path: Path) -> None:
    out = tmp_path / "populations.csv"
    result = call("isq", isq)
    assert result.stdout.splitlines()[0] == SERIES
    assert "Feuille lue" in result.stderr
    assert call("isq", isq, "-o", out).exit_code == 0
    assert out.read_text("utf-8") == result.stdout
    table = read_rows(out, "populations.csv", ObservationRow, lambda raw: (None, False))
    assert table.problems == []
    assert [(row.territory_code, row.period, row.value, row.status) for row, _ in table.rows] == [
        ("01", "2020", 198003, "estimate"),
        ("01", "2021", 199534, "provisional"),
    ]
    assert all(holds(row.quote or "", row.value or 0) for row, _ in table.rows)


def test_with_a_fault_the_former_output_stays(ircc: Path, tmp_path: Path) -> None:
    out = tmp_path / "admissions.csv"
    out.write_text("avant", encoding="utf-8")
    ircc.write_text(ircc.read_text(encoding="utf-8").replace("2105", "21o5", 1), encoding="utf-8")
    result = call("ircc", ircc, "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ODP-PR-PT.csv, ligne 2, colonne « TOTAL », valeur « 21o5 »" in result.stderr
    assert "Rien n’est écrit : 1 problème" in result.stderr
    assert out.read_text(encoding="utf-8") == "avant"
    assert {path.name for path in tmp_path.iterdir()} == {"ODP-PR-PT.csv", "admissions.csv"}


def test_nothing_is_ever_written_into_the_data(isq: Path, copy_of_data: Path) -> None:
    before = {path: path.read_bytes() for path in (copy_of_data / "data").rglob("*") if path.is_file()}
    (copy_of_data / "lien").symlink_to(copy_of_data / "data", target_is_directory=True)
    for out in ("data/populations.csv", "data/regions/nouveau.csv", "lien/populations.csv"):
        result = call("isq", isq, "--root", copy_of_data, "-o", copy_of_data / out)
        assert result.exit_code == 1
        assert "n’écrit jamais dans data/" in result.stderr
    assert before == {path: path.read_bytes() for path in (copy_of_data / "data").rglob("*") if path.is_file()}


def test_an_output_that_cannot_be_written_or_is_the_file_read_is_said(isq: Path, tmp_path: Path) -> None:
    raw = isq.read_bytes()
    for out, said in ((tmp_path / "absent/x.csv", "ne peut pas être écrit"), (tmp_path, "ne peut pas être écrit"),
                      (isq, "le fichier lu lui-même")):  # fmt: skip
        result = call("isq", isq, "-o", out)
        assert result.exit_code == 1
        assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == [isq.name]
    assert isq.read_bytes() == raw


def test_as_its_user_meets_it(tmp_path: Path) -> None:
    """In a process of its own: French, without a trace."""
    result = app.run("import", "ircc", str(tmp_path / "absent.csv"), root=ROOT)
    assert result.returncode == 1
    assert "absent.csv : le fichier est introuvable." in result.stderr
    assert "Traceback" not in result.stderr


def test_the_entries_that_the_guide_gives_make_the_imported_rows_pass(copy_of_data: Path, tmp_path: Path) -> None:
    root, guide = copy_of_data, (ROOT / "docs" / "importer.md").read_text(encoding="utf-8")
    for file, block in re.findall(r"```yaml\n# (data/\w+\.yaml)\n(.*?)```", guide, re.DOTALL):
        document = yaml.safe_load((root / file).read_text(encoding="utf-8"))
        for key, entries in yaml.safe_load(block).items():
            document[key] += entries
        (root / file).write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    workbook = Workbook()
    workbook.active.append(["Code", "Nom", 2020, 2021])
    territories = read_rows(root / "data/territories.csv", "territories.csv", TerritoryRow, lambda raw: (None, False))
    rows = [row for row, _ in territories.rows]
    for row in rows:
        # The check wants the MRC of a region to add up to it.
        people = 1000 * (sum(mrc.parent_code == row.code for mrc in rows) or 1)
        if row.level in ("region", "mrc"):
            workbook.active.append([row.isq_code or row.code, row.name, people, f"{people + people // 1000 * 234:,}"])
    source, out = tmp_path / "population.xlsx", tmp_path / "populations-isq.csv"
    workbook.save(source)
    assert call("isq", source, "-o", out, "--root", root).exit_code == 0
    lines = out.read_text(encoding="utf-8").partition("\n")[2]
    assert lines.count("\n") == 2 * 35
    with (root / "data" / "populations.csv").open("a", encoding="utf-8") as file:
        file.write(lines)
    assert check(root).problems == ()
    assert load_dataset(root).observations[Key("2410", "population_estimate", "total", "2021")].value == 1234
