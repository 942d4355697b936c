"""The workbook keeps both values of a revised figure, and may hold the dated memberships of the directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from dashboard.contract.door import load_dataset
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.workbook import read_workbook
from dashboard.publishing.diff import compare
from dashboard.publishing.publish import of_the_machine, publish, undo
from dashboard.publishing.words import report, summary
from tests.broken_files import Files
from tests.filled_workbook import column, edited, opened, row_of, written
from tests.transcription import ADMISSIONS
from tests.unkept import declare, declare_in_sheet, forget_texts, section

YEARS, FILE, SOURCES = "data/admissions_by_year.csv", "data/memberships.csv", "data/sources.yaml"
HEADER = b"region_code,direction_code,member_from,member_to,note\n"
SECTION = section("plan-2", "Annexe 2, édition révisée")


def revise(book: Workbook) -> None:
    """2019 of Bas-Saint-Laurent is still 135, and a former value, 131, stands beside it. One region leaves in 2022."""
    declare_in_sheet(book["sources"], SECTION)
    sheet = book["admissions_by_year"]
    row = row_of(sheet, "01", "total", "2019")
    free = max(cells[1].row for cells in sheet.iter_rows() if cells[1].value) + 1
    for n in range(2, 12):
        sheet.cell(free, n).value = sheet.cell(row, n).value
    sheet.cell(free, column("status")).value = "superseded"
    sheet.cell(free, column("value")).value = 131
    sheet.cell(free, column("printed_pct")).value = None
    sheet.cell(free, column("quote")).value = "2019 131"
    sheet.cell(row, column("source")).value = "plan-2"
    members = book["memberships"]
    for n, text in enumerate(("11", "DRCNEQ", None, "2022-03-31"), 2):
        members.cell(2, n).value = text


def test_both_are_filled_in_published_read_back_emptied_and_undone(copy_of_data: Path, tmp_path: Path) -> None:
    forget_texts(copy_of_data)
    raw = written(copy_of_data)
    book = opened(raw)
    sheet = book["memberships"]
    assert [cell.value for cell in sheet[1]][1:] == HEADER.decode().strip().split(",")
    assert str(sheet["A2"].value).startswith("Facultatif")
    path = tmp_path / "rempli.xlsx"
    path.write_bytes(edited(raw, revise))
    publish(copy_of_data, path, of_the_machine())
    assert (copy_of_data / FILE).read_bytes() == HEADER + b"11,DRCNEQ,,2022-03-31,\n"
    assert b"01,admissions,total,2019,131,," in (copy_of_data / YEARS).read_bytes()
    # What is written again is read as it was, but for a sheet emptied, which takes its file away.
    again = edited(written(copy_of_data), lambda book: book["memberships"].delete_rows(2))
    found = read_workbook(again, "x.xlsx", Tree(copy_of_data))
    assert (found.problems, list(found.files), found.files[FILE].gone) == ([], [FILE], True)
    undo(copy_of_data, of_the_machine())
    assert not (copy_of_data / FILE).exists()


def test_a_revision_is_said_in_words(files: Files) -> None:
    old = next(line for line in files.text(YEARS).splitlines() if line.startswith("01,admissions,total,2019,"))
    forget_texts(files.root)
    declare(files.root, SECTION)
    former = files.text(YEARS)
    # Before: 131, provisional. The new file says 135, and keeps 131.
    first = old.replace(",135,17.6,", ",131,,").replace("2019 135 17,6 40 565 16,5", "2019 131")
    files.put(YEARS, former.replace(old, first))
    revised = old.replace("provisional", "definitive").replace("annexe-2-01", "plan-2")
    new = former.replace(old, f"{revised}\n{first.replace('provisional', 'superseded')}").encode()
    given = {YEARS: NewFile(new)}
    after = load_dataset(Tree(files.root, given))
    diff = compare(Tree(files.root), given, after)
    said = "\n".join(report(diff, after)).replace("\u00a0", " ")
    assert "provisoire 131 → révisé 135, l’ancienne valeur est conservée (+3,1 %)" in said
    assert (diff.count("revised"), diff.count("added"), diff.count("removed")) == (1, 0, 0)
    assert summary(diff).startswith("4 cellules changées, 1 valeur révisée;")
    regions = [total for total in diff.sums if total.what == "somme des régions"]
    assert [(total.new or 0) - (total.old or 0) for total in regions] == [4]


@pytest.mark.parametrize("since", ["2018", "2019"])
def test_the_totals_of_the_direction_are_said_after_the_date_only(copy_of_data: Path, since: str) -> None:
    # Back in the direction before the printed agreements of 2021.
    rows = f"11,DRCNEQ,,{int(since) - 1},\n11,DRCNEQ,2020,,\n".encode()
    given = {FILE: NewFile(HEADER + rows)}
    after = load_dataset(Tree(copy_of_data, given))
    assert after.problems == ()
    diff = compare(Tree(copy_of_data), given, after)
    moved = {t.period: (t.new or 0) - (t.old or 0) for t in diff.sums if t.indicator == "admissions"}
    years = [str(y) for y in range(int(since), 2020)]
    assert {p: n for p, n in moved.items() if len(p) == 4} == {y: -ADMISSIONS["11"][int(y) - 2015] for y in years}
    assert diff.count("added") == 2
