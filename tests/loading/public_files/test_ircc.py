"""Monthly files of IRCC: summed by year with their bounds; what is unknown, missing or broken is said in French."""

from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.loading.public_files.ircc import read_ircc
from dashboard.loading.public_files.result import Imported, ImportedRow
from dashboard.wording.numbers import number
from tests.broken_files import assert_french
from tests.conftest import ROOT
from tests.french_text import english_words

# As IRCC writes them, the misplaced accent of « ANNEÉ » included.
TIME = ["EN_YEAR", "EN_QUARTER", "EN_MONTH", "FR_ANNEÉ", "FR_TRIMESTRE", "FR_MOIS"]
PLACE = ["EN_PROVINCE_TERRITORY", "FR_PROVINCE_TERRITOIRE"]
CATEGORY = ["EN_IMMIGRATION_CATEGORY-MAIN_CATEGORY", "FR_CATÉGORIE_D'IMMIGRATION-CATÉGORIE_PRINCIPALE"]
CMA = ["EN_CENSUS_METROPOLITAN_AREA", "FR_RÉGION_MÉTROPOLITAINE_DE_RECENSEMENT"]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FRENCH = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]


def dated(year: int, month: int) -> list[str]:
    quarter = (month + 2) // 3
    return [str(year), f"Q{quarter}", ENGLISH[month - 1], str(year), f"T{quarter}", FRENCH[month - 1]]


def line(year: int, month: int, total: str, *middle: str, place: str = "Quebec") -> list[str]:
    return [*dated(year, month), place, "Québec" if place == "Quebec" else place, *middle, total]


def year(of: int, totals: list[str]) -> list[list[str]]:
    return [line(of, month, total) for month, total in enumerate(totals, 1)]


GOOD = year(2020, ["10"] * 12)


def write(
    folder: Path, header: list[str], lines: list[list[str]], *,
    encoding: str = "utf-8-sig", end: str = "\r\n", name: str = "ODP-PR-PT.csv",
) -> Path:  # fmt: skip
    path = folder / name
    path.write_bytes("".join("\t".join(cells) + end for cells in [header, *lines]).encode(encoding))
    return path


def read(path: Path) -> Imported:
    found = read_ircc(path, ROOT)
    for problem in found.problems:
        assert_french(str(problem))
    for remark in found.remarks:
        assert english_words(re.sub(r"« [^»]* »|EN_\w+|\([^)]*\)|[\w.-]+\.(?:csv|xlsx)", "", remark)) == []
    return found


def only(found: Imported) -> ImportedRow:
    assert found.problems == []
    [row] = found.rows
    return row


@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_months_in_any_order_make_a_year(tmp_path: Path, encoding: str, end: str) -> None:
    lines = year(2020, ["1000", "2005", "500", "10", "20", "30", "40", "50", "60", "70", "80", "90"])
    lines = lines[7:] + lines[:7]
    row = only(read(write(tmp_path, [*TIME, *PLACE, "TOTAL"], lines, encoding=encoding, end=end)))
    assert (row.territory_code, row.indicator, row.category, row.period) == ("QC", "admissions", "total", "2020")
    assert (row.value, row.low, row.high, row.rounding, row.months) == (3955, 3955, 3955, 24, 12)
    assert row.status == "provisional"
    assert "3\u00a0955" in row.quote


def test_a_year_without_all_its_months_has_no_total(tmp_path: Path) -> None:
    lines = year(2020, ["10"] * 12) + year(2021, ["100"] * 7)
    found = read(write(tmp_path, [*TIME, *PLACE, "TOTAL"], lines))
    rows = [(row.period, row.value, row.low, row.high, row.months) for row in found.rows]
    assert rows == [("2020", 120, 120, 120, 12), ("2021", None, 700, None, 7)]
    said = next(text for text in found.remarks if "2021" in text)
    assert "août, septembre, octobre, novembre, décembre" in said
    assert not any("2020 est incomplète" in text for text in found.remarks)


def test_metropolitan_areas_add_up_to_quebec_and_are_no_region_of_ours(tmp_path: Path) -> None:
    lines = []
    for month in range(1, 13):
        for area, total in (("Montréal", "1000"), ("Québec", "100"), ("Rimouski", "--")):
            lines.append([*dated(2020, month), area, area, "Quebec", "Québec", total])
    found = read(write(tmp_path, [*TIME, *CMA, *PLACE, "TOTAL"], lines))
    row = only(found)
    assert (row.value, row.low, row.high) == (None, 13200, 13260)
    assert any("n’est pas une région administrative" in text for text in found.remarks)


def test_categories_and_sexes_are_ours_and_the_unknown_is_said(tmp_path: Path) -> None:
    known = {
        "Economic": "économique",
        "Sponsored Family": "Regroupement familial",
        "Resettled Refugee & Protected Person in Canada": "Réfugiés",
        "All Other Immigration": "Autres",
        "Martians": "Martiens",
    }
    lines = [line(2020, m, str(10 * n), *pair) for m in range(1, 13) for n, pair in enumerate(known.items(), 1)]
    found = read(write(tmp_path, [*TIME, *PLACE, *CATEGORY, "TOTAL"], lines))
    assert found.problems == []
    parts = {"total": 1800, "economic": 120, "family": 240, "refugee": 360, "other": 480}
    assert {(row.indicator, row.category): row.value for row in found.rows} == {
        ("admissions", "total"): 1800, **{("admissions_by_category", name): n for name, n in parts.items()}
    }  # fmt: skip
    assert any("Martians" in text for text in found.remarks)


def test_a_line_of_total_is_not_counted_and_other_places_are_named_and_counted(tmp_path: Path) -> None:
    lines = [line(2020, month, "10", age, age) for month in range(1, 13) for age in ("0-14", "15-29", "Total")]
    lines += [line(2020, 1, "500", "0-14", "0-14", place="Ontario")]
    lines += [line(2020, 2, "oups", "0-14", "0-14", place="Province not stated")]
    found = read(write(tmp_path, [*TIME, *PLACE, "EN_AGE", "FR_ÂGE", "TOTAL"], lines))
    assert only(found).value == 240
    assert any("Lignes de total" in text for text in found.remarks)
    assert any("2 lignes (Ontario, Province not stated)" in text for text in found.remarks)


# The real names and heads of IRCC's monthly files, by what they count.
NOT_ALL = [
    ("ODP-TR-Work-TFWP-PT_program.csv", ["EN_PROGRAM", "FR_PROGRAMME"], "des permis de travail"),
    ("ODP-TR-Work-IMP-PT_NOC4.csv", ["EN_OCCUPATION", "FR_PROFESSION"], "des permis de travail"),
    ("permis.csv", ["EN_OCCUPATION", "FR_PROFESSION"], "des permis de travail"),
    ("ODP-TR-Study-IS_PT_study.csv", ["EN_STUDY_LEVEL", "FR_NIVEAU_D'ÉTUDES"], "des permis d’études"),
    ("donnees.csv", ["EN_STUDY_LEVEL", "FR_NIVEAU_D'ÉTUDES"], "des permis d’études"),
    ("ODP-Asylum-PT_Office.csv", ["EN_OFFICE_TYPE", "FR_TYPE_DE_BUREAU"], "des demandes d’asile"),
    ("ODP-TR-PR-Transition-PT.csv", ["EN_PROGRAM", "FR_PROGRAMME"], "des transitions"),
    ("ODP-PR-EE_PT.csv", [], "par Entrée express seulement"),
    ("ODP-PR-FRE_SP_IMMCAT.csv", CATEGORY, "les francophones seulement"),
    ("ODP-PR-Ref_PT.csv", ["EN_SPONSORSHIP", "FR_PARRAINAGE"], "les personnes réfugiées seulement"),
    ("ODP-PR-PT_NOC4.csv", ["EN_OCCUPATION", "FR_PROFESSION"], "dont la profession est connue"),
    ("ODP-PR-PT.csv", ["EN_EXPRESS_ENTRY_PROGRAM", "FR_PROGRAMME_ENTRÉE_EXPRESS"], "par Entrée express seulement"),
    ("ODP-PR-PT.csv", ["EN_COLOUR"], "rien ne dit que l’on peut additionner"),
    ("ODP-PR-Autre.csv", [], "pas celui d’un fichier de toutes les admissions"),
    ("quebec.csv", [], "rien dans le nom de ce fichier"),
]


@pytest.mark.parametrize(("name", "columns", "said"), NOT_ALL)
def test_what_does_not_prove_that_it_counts_all_the_admissions_is_refused(
    tmp_path: Path, name: str, columns: list[str], said: str
) -> None:
    lines = [line(2020, month, "10", *(["x"] * len(columns))) for month in range(1, 13)]
    found = read(write(tmp_path, [*TIME, *PLACE, *columns, "TOTAL"], lines, name=name))
    [problem] = found.problems
    assert said in problem.message
    assert "ODP-PR-PT_IMMCAT.csv" in problem.remedy
    assert found.rows == []


def test_a_file_under_its_own_name_is_taken(tmp_path: Path) -> None:
    for name in ("odp-pr-pt_immcat.csv", "ODP-PR-PT_IMMCAT (2).csv", "ODP-PR-Gender - Copie.csv"):
        assert only(read(write(tmp_path, [*TIME, *PLACE, "TOTAL"], GOOD, name=name))).value == 120


@pytest.mark.parametrize(
    ("columns", "values", "said"),
    [
        (CATEGORY, ["Economic"], "il y manque regroupement familial, personnes réfugiées"),
        (CATEGORY, ["Economic", "Sponsored Family"], "il y manque personnes réfugiées"),
        (["EN_GENDER"], ["Female"], "il y manque hommes"),
        (["EN_AGE"], ["15-29"], "une seule valeur"),
        (CMA, ["Rimouski"], "une seule valeur"),
    ],
)
def test_a_file_cut_down_to_a_part_is_refused(tmp_path: Path, columns: list[str], values: list[str], said: str) -> None:
    lines = [line(2020, m, "10", *([value] * len(columns))) for m in range(1, 13) for value in values]
    [problem] = read(write(tmp_path, [*TIME, *PLACE, *columns, "TOTAL"], lines)).problems
    assert "2020 ne compte qu’une partie" in problem.message
    assert said in problem.message


@pytest.mark.parametrize("head", [[*TIME, *PLACE], [*TIME[:3], PLACE[0]], [*TIME, *PLACE, *CATEGORY]])
def test_a_file_without_its_line_of_heads_has_one_problem(tmp_path: Path, head: list[str]) -> None:
    cells = dict(zip([*TIME, *PLACE], line(2020, 1, "10"), strict=False))
    lines = [[*(cells.get(one, "Economic") for one in head), "10"]] * 3
    [problem] = read(write(tmp_path, lines[0], lines[1:])).problems
    assert "il n’y a pas de ligne de titres" in problem.message
    assert problem.line == 1


def test_french_columns_alone_are_enough(tmp_path: Path) -> None:
    lines = [["2020", FRENCH[m - 1], "Québec", "1\u00a0005"] for m in range(1, 13)]
    row = only(read(write(tmp_path, ["FR_ANNÉE", "FR_MOIS", "FR_PROVINCE_TERRITOIRE", "TOTAL"], lines)))
    assert (row.value, row.months) == (12060, 12)


def test_a_file_by_year_says_that_nothing_shows_it_complete(tmp_path: Path) -> None:
    found = read(write(tmp_path, ["EN_YEAR", *PLACE, "TOTAL"], [["2020", "Quebec", "Québec", "1000"]]))
    assert (only(found).value, only(found).months) == (1000, None)
    assert any("rien n’y montre" in text for text in found.remarks)


def changed(number: int, place: int, cell: str) -> list[list[str]]:
    return [[cell if (n, p) == (number, place) else c for p, c in enumerate(cells)] for n, cells in enumerate(GOOD)]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (changed(3, 8, "abc"), "ligne 5, colonne « TOTAL », valeur « abc »"),
        (changed(3, 8, "-5"), "ligne 5, colonne « TOTAL », valeur « -5 »"),
        (changed(3, 8, "1,5"), "ligne 5, colonne « TOTAL », valeur « 1,5 »"),
        (changed(3, 8, ""), "ligne 5, colonne « TOTAL », valeur vide"),
        (changed(0, 2, "Smarch"), "ligne 2, colonne « EN_MONTH », valeur « Smarch »"),
        (changed(0, 5, "févr."), "ligne 2, colonne « EN_MONTH », valeur « Jan »"),
        (changed(0, 0, "20"), "ligne 2, colonne « EN_YEAR », valeur « 20 »"),
        (changed(0, 3, "2021"), "ligne 2, colonne « EN_YEAR », valeur « 2020 »"),
        (changed(0, 7, "Ontario"), "ligne 2, colonne « EN_PROVINCE_TERRITORY », valeur « Quebec »"),
        ([*GOOD, GOOD[4]], "ligne 14 : cette ligne répète la ligne 6"),
        ([*GOOD, GOOD[4][:-1]], "ligne 14 : la ligne a 8 colonnes au lieu de 9"),
        ([*GOOD[:2], ["x" * 70_000]], "ligne 4 : cette ligne est démesurée"),
        ([line(2020, 1, "10", place="Ontario")], "aucune ligne ne parle du Québec"),
        ([], "aucune ligne ne parle du Québec"),
    ],
)
def test_a_fault_is_placed_and_nothing_is_given(tmp_path: Path, lines: list[list[str]], where: str) -> None:
    found = read(write(tmp_path, [*TIME, *PLACE, "TOTAL"], lines))
    assert found.rows == []
    assert any(where in str(problem) for problem in found.problems), found.problems
    assert all("Remède" in str(problem) for problem in found.problems)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "le fichier est vide"),
        (b"PK\x03\x04rien", "c’est un classeur"),
        ("EN_YEAR\tTOTAL".encode("utf-16"), "UTF-16"),
        ("EN_YEAR\tEN_PROVINCE_TERRITORY\tTOTAL\n2020\tQuébec\t5\n".encode("cp1252"), "ligne 2"),
        (b"<!DOCTYPE html><html></html>", "une page Web"),
        (b"un\tdeux\n1\t2\n", "ne porte pas les noms de colonnes"),
        (b"EN_YEAR\tTOTAL\n2020\t5\n", "la colonne « EN_PROVINCE_TERRITORY » manque"),
        (b"EN_YEAR\tEN_YEAR\tEN_PROVINCE_TERRITORY\tTOTAL\n", "figure deux fois"),
        (b'EN_YEAR\tEN_PROVINCE_TERRITORY\tTOTAL\n2020\t"Quebec\t5\n', "guillemet"),
        (b"EN_YEAR\tEN_PROVINCE_TERRITORY\tTOTAL\n2020\tQue\0bec\t5\n", "caractère nul"),
    ],
)
def test_what_is_no_file_of_ircc_is_said(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "ODP-PR-PT.csv"
    path.write_bytes(raw)
    found = read(path)
    assert found.rows == []
    assert said in str(found.problems[0])
    assert "introuvable" in str(read(tmp_path / "absent.csv").problems[0])
    assert "fichier ordinaire" in str(read(tmp_path).problems[0])


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "ODP-PR-Citz.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join([*TIME, *PLACE, "EN_COUNTRY_OF_CITIZENSHIP", "TOTAL"]) + "\n")
        for month in range(1, 13):
            ontario = "\t".join(line(2020, month, "10", "x" * 900, place="Ontario")) + "\n"
            file.writelines(ontario for _ in range(1500))
            for country in ("France", "Maroc"):
                file.write("\t".join(line(2020, month, "5", country)) + "\n")
    assert path.stat().st_size > 15_000_000
    tracemalloc.start()
    begin = time.process_time()
    row = only(read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert row.value == 120
    assert peak < 5_000_000
    assert time.process_time() - begin < 10


def test_a_thousand_faults_are_not_a_thousand_messages(tmp_path: Path) -> None:
    found = read(write(tmp_path, [*TIME, *PLACE, "TOTAL"], [line(2020, 1, f"x{n}") for n in range(1000)]))
    assert len(found.problems) == 30
    assert any("970" in text for text in found.remarks)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.just("--"), st.integers(0, 400).map(lambda n: str(5 * n))), min_size=12, max_size=12))
def test_the_bounds_hold_every_true_number(tmp_path_factory: pytest.TempPathFactory, totals: list[str]) -> None:
    path = write(tmp_path_factory.getbasetemp(), [*TIME, *PLACE, "TOTAL"], year(2020, totals))
    row = only(read(path))
    printed = [int(total) for total in totals if total != "--"]
    assert row.low == sum(printed)
    assert row.high == sum(printed) + 5 * totals.count("--")
    assert row.rounding == 2 * len(printed)
    hidden = "--" in totals
    assert (row.value, row.status) == ((None, "not_available") if hidden else (row.low, "provisional"))
    assert (f"de {number(row.low)} à {number(row.high)}" in row.quote) == hidden
