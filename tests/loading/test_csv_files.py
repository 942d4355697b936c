"""Broken CSV files: each fault has its French sentence, costs one region or stops everything, and never more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from dashboard.loading.csv_files import FileRows, read_rows
from dashboard.loading.files import NewFile
from dashboard.model.rows import ObservationRow
from tests.broken_files import STOP, Files, assert_french
from tests.conftest import ROOT

YEARS = "data/admissions_by_year.csv"
TEXT = (ROOT / YEARS).read_text(encoding="utf-8")
COLUMNS = (
    "la remettre; les colonnes sont : « territory_code », « indicator », « category », « period », « value », "
    "« printed_pct », « base », « status », « source », « quote »."
)
COMMAS = "mettre le fichier dans un dossier et le publier avec « python -m dashboard apply DOSSIER », qui le lit."


def read(raw: bytes) -> FileRows[ObservationRow]:
    return read_rows(NewFile(raw), YEARS, ObservationRow, lambda _: ("01", False))


def _bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


# How a program may save a file (BOM, ends of lines, blank lines), without harm.
HARMLESS: list[Callable[[str], bytes]] = [
    _bom,
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.replace("\n", "\r").encode(),
    lambda text: text.rstrip("\n").encode(),
    lambda text: f"{text}\n{',' * text.split(chr(10))[0].count(',')}\n\n".encode(),
    lambda text: ("\n" + text).encode(),
]


@pytest.mark.parametrize("rewrite", HARMLESS)
def test_harmless_ways_to_save_a_file_are_accepted(rewrite: Callable[[str], bytes]):
    table, sound = read(rewrite(TEXT)), read(TEXT.encode())
    assert (table.problems, [row for row, _ in table.rows]) == ([], [row for row, _ in sound.rows])


def test_line_numbers_hold_with_bom_and_crlf():
    found = read(_bom(TEXT.replace("2015,110,", "2015,1l0,").replace("\n", "\r\n")))
    assert [p.line for p in found.problems] == [8]


def _without(text: str, column: str) -> bytes:
    records = list(csv.reader(io.StringIO(text)))
    place, out = records[0].index(column), io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([r[:place] + r[place + 1 :] for r in records])
    return out.getvalue().encode()


UTF_8 = "le fichier n’est pas en UTF-8 : les accents ne se lisent pas. Remède : l’enregistrer en « CSV UTF-8 »."
NO_ROW = "il n’y a aucune ligne pour l’indicateur « admissions »."
EMPTY = "le fichier est vide. Remède : remettre la ligne des noms de colonnes et les données."
NUL = "le fichier contient un caractère nul, illisible. Remède : retaper cette ligne, ou remettre le fichier d’origine."
UNUSABLE: dict[str, tuple[Callable[[str], bytes], str]] = {
    "semicolons": (
        lambda text: text.replace(",", ";").encode(),
        f", ligne 1 : les colonnes sont séparées par des points-virgules. Remède : {COMMAS}",
    ),
    "tabs": (
        lambda text: text.replace(",", "\t").encode(),
        f", ligne 1 : les colonnes sont séparées par des tabulations. Remède : {COMMAS}",
    ),
    "Latin-1": (lambda text: text.encode("latin-1"), f", ligne 7 : {UTF_8}"),
    "UTF-16": (lambda text: text.encode("utf-16"), f", ligne 1 : {UTF_8}"),
    "empty": (lambda text: b"", f" : {EMPTY}"),
    "blank": (lambda text: b"\r\n \r\n", f" : {EMPTY}"),
    "no header": (
        lambda text: text.split("\n", 1)[1].encode(),
        f", ligne 1 : la première ligne ne porte pas les noms des colonnes. Remède : {COLUMNS}",
    ),
    "commas in excess": (
        lambda text: text.replace("\n", ",\n").encode(),
        ", ligne 1 : une colonne n’a pas de nom. Remède : retirer les virgules en trop.",
    ),
    "column in excess": (
        lambda text: text.rstrip("\n").replace("\n", ",x\n").replace(",x", ",remarque", 1).encode() + b",x",
        ", ligne 1, colonne « remarque » : cette colonne n’est pas prévue. Remède : la retirer ou corriger son nom.",
    ),
    "open quote in header": (
        lambda text: ('"' + text).encode(),
        ", ligne 1 : un guillemet n’est pas refermé. Remède : vérifier les guillemets de cette ligne.",
    ),
    "NUL": (lambda text: text.replace("2015,110,", "2015,1\x0010,").encode(), f", ligne 8 : {NUL}"),
    "column deleted": (
        lambda text: _without(text, "value"),
        f", ligne 1, colonne « value » : la colonne « value » manque. Remède : {COLUMNS}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_file_that_cannot_be_used_is_said_once(kind: str):
    rewrite, said = UNUSABLE[kind]
    found = read(rewrite(TEXT))
    assert ([str(problem) for problem in found.problems], found.rows) == ([YEARS + said], [])
    assert (found.readable, found.problems[0].shared) == (False, True)
    assert_french(str(found.problems[0]))


@pytest.mark.parametrize(
    ("file", "rewrite", "said"),
    [
        (YEARS, UNUSABLE["semicolons"][0], UNUSABLE["semicolons"][1]),
        (
            YEARS,
            lambda text: b"x" * 20_000_001,
            " : le fichier dépasse 20 Mo. Remède : vérifier que c’est le bon fichier.",
        ),
        (
            YEARS,
            lambda text: text.split("\n", 1)[0].encode(),
            f", colonne « indicator » : {NO_ROW} Remède : ajouter ses lignes, ou le retirer de data/indicators.yaml.",
        ),
        (
            "data/territories.csv",
            lambda text: text.split("\n", 1)[0].encode(),
            " : il n’y a aucun territoire. Remède : remettre les lignes du fichier.",
        ),
    ],
    ids=["unusable", "huge", "no row", "no territory"],
)
def test_a_file_without_its_rows_stops_everything(files: Files, file: str, rewrite: Callable[[str], bytes], said: str):
    files.put(file, rewrite(files.text(file)))
    assert (files.said(), files.outcome()) == ([file + said], STOP)


def test_a_count_of_thousands_of_digits():
    (problem,) = read(TEXT.replace("2015,110,", f"2015,{'9' * 5000},").encode()).problems
    place = f"{YEARS}, ligne 8, colonne « value », valeur « {'9' * 79}… »"
    assert str(problem) == f"{place} : ce nombre est démesuré. Remède : vérifier le nombre dans la source."
    assert problem.region == "01"


def test_a_cell_on_two_lines_is_read_as_one(files: Files):
    files.edit(YEARS, '"2015 110 14,3 48 966 19,9"', '"2015 110 14,3\n48 966 19,9"')
    assert files.said() == []
    files.edit(YEARS, "2016,149,", "2016,152,")
    assert [p.line for p in files.problems()] == [10]


def test_faults_of_two_files_are_listed_together(files: Files):
    files.edit(YEARS, "2015,110,", "2015,1l0,")
    files.line("data/admissions_by_mrc.csv", 13, lambda line: line.replace(",6,", ",-6,"))
    files.edit("data/territories.csv", "2401,mrc", "2401,mcr")
    files.put("data/targets.yaml", "a: [")
    found = [(p.file.removeprefix("data/"), p.line) for p in files.problems()]
    assert found[:2] == [("admissions_by_mrc.csv", 13), ("admissions_by_year.csv", 8)]
    assert found[2:] == [("targets.yaml", 1), ("territories.csv", 8)]
    assert files.outcome() == STOP
