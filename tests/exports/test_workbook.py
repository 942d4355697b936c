"""The workbook of all the data: what it holds, what it locks, and that reading it back changes nothing."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dashboard.exports.workbook import next_period
from dashboard.loading.workbook_cells import RefusedError, text_of
from dashboard.loading.workbook_layout import data_files, sheet_names
from dashboard.publishing.incoming import receive, receive_bytes
from tests.conftest import ROOT
from tests.filled_workbook import COLUMNS, YEAR, column, edited, opened, row_of, written

SERIES = [path.stem for path in sorted((ROOT / "data").glob("admissions_*.csv"))] + ["temporary_permits"]


@pytest.fixture(scope="module")
def raw() -> bytes:
    return written(ROOT)


@pytest.fixture(scope="module")
def book(raw: bytes) -> Workbook:
    return opened(raw)


def test_every_file_of_the_data_has_a_sheet(book: Workbook) -> None:
    folder = ROOT / "data"
    files = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in (".csv", ".yaml")]
    # The text of the documents is not to be filled in; the dated memberships are, though their file is not there.
    expected = {f.rpartition(".")[0].replace("/", "-") for f in files if not f.startswith("source/")} | {"memberships"}
    assert expected | {"LISEZMOI", "Codes"} == set(book.sheetnames)
    assert book.sheetnames[0] == "LISEZMOI"
    assert "data/regions/01.yaml" in [cell.value for cell in book["LISEZMOI"]["B"]]


def test_reading_the_workbook_back_changes_no_byte(raw: bytes) -> None:
    found = receive_bytes(ROOT, raw, "donnees.xlsx")
    assert (found.problems, found.files, found.notes) == ((), {}, ())
    assert found.dataset is not None


def test_every_cell_of_a_series_is_that_of_the_file(book: Workbook) -> None:
    with (ROOT / "data" / "admissions_by_mrc.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    sheet = book["admissions_by_mrc"]
    for number, row in enumerate(rows, 2):
        for name in COLUMNS[1:]:
            cell, text = sheet.cell(number, column(name)).value, row[name]
            assert cell == (int(text) if name == "value" else float(text) if name == "printed_pct" else text), name
    # A hundred is printed « 100,0 »: the decimals are those of the format.
    total = row_of(sheet, "01", "total", "2015-2019")
    assert (sheet.cell(total, 7).value, sheet.cell(total, 7).number_format) == (100, "0.0")
    assert sheet.cell(5, 1).value == "Rimouski-Neigette, Admissions par MRC, 2015-2019"


def test_next_year_is_ready_and_its_keys_are_locked(book: Workbook) -> None:
    periods = {"temporary_permits": ("2019-12-31", "2020-12-31"), "admissions_by_mrc": ("2015-2019", "2016-2020")}
    for title in SERIES:
        sheet = book[title]
        assert sheet.protection.sheet
        last, following = periods.get(title, ("2019", YEAR))
        rows = list(sheet.iter_rows(min_row=2))
        ready = [row for row in rows if row[4].value == following]
        former = [tuple(cell.value for cell in row[1:4]) for row in rows if row[4].value == last]
        assert [tuple(cell.value for cell in row[1:4]) for row in ready] == former, title
        for row in ready:
            assert [cell.protection.locked for cell in row[1:11]] == [True] * 4 + [False] * 6
            assert [row[n].value for n in (5, 6, 8, 9, 10)] == [None] * 5
    # A census has none.
    for title in ("populations", "immigrant_population"):
        assert {row[4].value for row in book[title].iter_rows(min_row=2)} == {"2016"}


def test_known_codes_are_offered(book: Workbook) -> None:
    sheet, codes = book["admissions_by_category"], book["Codes"]
    lists = {str(rule.sqref).partition("2")[0]: rule for rule in sheet.data_validations.dataValidation}

    def offered(letter: str) -> list[Any]:
        place = lists[letter].formula1.partition("!")[2].replace("$", "")
        return [cell.value for row in codes[place] for cell in row]

    assert offered("D") == ["economic", "family", "refugee", "other", "total"]
    assert offered("C") == ["admissions_by_category"]
    assert {"definitive", "provisional", "not_available"} <= set(offered("I"))
    assert "annexe-2-03" in offered("J")
    assert {"QC", "01", "2410"} <= set(offered("B"))
    assert lists["F"].type == "whole"
    assert lists["D"].error.startswith("Choisissez un code de la liste")


def test_columns_are_explained(book: Workbook) -> None:
    assert all(book["admissions_by_sex"].cell(1, n).comment is not None for n in range(1, len(COLUMNS) + 1))


def test_moved_columns_wide_sheets_and_numbers_of_any_look_are_read_as_well(raw: bytes) -> None:
    def change(book: Workbook) -> None:
        sheet = book["admissions_by_sex"]
        sheet.move_range("I1:I60", cols=12)  # status goes far right
        sheet.delete_cols(9)
        book["targets"]["A500"].value = None
        sheet = book["admissions_by_mrc"]
        sheet["F5"].value = "477"  # digits alone, as text
        sheet["G5"].value = "62.0"
        sheet["B5"].value = 2410  # a code as a number
        sheet["F2"].value = 25.0

    found = receive_bytes(ROOT, edited(raw, change), "x.xlsx")
    assert (found.problems, found.files) == ((), {})


@pytest.mark.parametrize(
    ("value", "shape", "column_name", "text"),
    [
        (100, "0.0", "printed_pct", "100.0"), (12.35, "0.0", "printed_pct", "12.35"), (1, "0", "printed_pct", "1"),
        (0.1 + 0.2, "General", "printed_pct", "0.3"), (14259, "#,##0", "value", "14259"),
        (1e15, "General", "value", "1000000000000000"), (21.5, "General", "resultat", "21.5"),
        ("  Matane 58 7,5 ", "@", "quote", "Matane 58 7,5"), (2020, "@", "period", "2020"), (None, "@", "quote", ""),
    ],
)  # fmt: skip
def test_a_cell_is_read_exactly(value: Any, shape: str, column_name: str, text: str) -> None:
    cell = Workbook().active["A1"]
    cell.value, cell.number_format = value, shape
    assert text_of(cell, column_name) == text


@pytest.mark.parametrize("text", ["1 234", "1\u202f234", "1.234.567", "1,5", "12 %", "1'234"])
def test_a_doubtful_number_is_never_guessed(text: str) -> None:
    cell = Workbook().active["A1"]
    cell.value = text
    with pytest.raises(RefusedError):
        text_of(cell, "value")


@pytest.mark.parametrize(
    ("period", "following"),
    [("2019", "2020"), ("2015-2019", "2016-2020"), ("2019-12-31", "2020-12-31"), ("2020-02-29", "2021-02-28")],
)
def test_the_next_period(period: str, following: str) -> None:
    assert next_period(period) == following


def test_rows_left_yellow_are_not_read_and_started_ones_are(raw: bytes) -> None:
    def start(book: Workbook) -> None:
        sheet = book["admissions_by_year"]
        sheet.cell(row_of(sheet, "01", "total", YEAR), column("quote")).value = "à venir"

    (first, *_) = receive_bytes(ROOT, edited(raw, start), "x.xlsx").problems
    assert first.file == "feuille « admissions_by_year »"


def test_a_workbook_of_other_data_says_so(raw: bytes, copy_of_data: Path) -> None:
    path = copy_of_data / "data" / "suivi.csv"
    path.write_bytes(path.read_bytes() + b"cible,4.1,2021-2022,,,12,%,2022-03-31,,\n")
    found = receive_bytes(copy_of_data, raw, "x.xlsx")
    assert "autre version des données" in "".join(found.notes)
    assert list(found.files) == ["data/suivi.csv"]


def test_a_folder_of_csv_is_judged_alike(tmp_path: Path) -> None:
    for name in ("admissions_by_mrc.csv", "admissions_by_sex.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    assert receive(ROOT, tmp_path).files == {}
    path = tmp_path / "admissions_by_mrc.csv"
    path.write_text(path.read_text("utf-8").replace("total,2015-2019,477", "total,2015-2019,478"), "utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (problem,) = receive(ROOT, tmp_path).problems
    assert (problem.file, problem.line, problem.value) == ("data/admissions_by_mrc.csv", 5, "478")
    (tmp_path / "notes.txt").write_text("x")
    (problem,) = receive(ROOT, tmp_path).problems
    assert problem.file == "notes.txt"


def test_sheet_names_are_those_that_excel_allows(tmp_path: Path) -> None:
    names = [f"{'x' * 30}-{n}.csv" for n in range(12)] + ["codes.csv"]
    for name in names:
        (tmp_path / name).touch()
    titles = list(sheet_names(data_files(tmp_path)).values())
    assert len({title.lower() for title in titles}) == len(names) + 1  # and the optional memberships
    assert max(map(len, titles)) <= 31
