"""Broken CSV files: each fault has its French sentence, costs one region or stops everything, and never more."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from tests.broken_files import STOP, Files
from tests.unkept import forget_texts

YEARS = "data/admissions_by_year.csv"
FIRST_OF_01 = "01,admissions,total,2015,110,14.3,five_year_total,definitive,annexe-2-01,"
COLUMNS = (
    "la remettre; les colonnes sont : « territory_code », « indicator », « category », « period », « value », "
    "« printed_pct », « base », « status », « source », « quote »."
)
DIGITS = "écrire le nombre en chiffres seulement, sans espace, virgule ni lettre (ex. 14259)."
COMMAS = "mettre le fichier dans un dossier et le publier avec « python -m dashboard apply DOSSIER », qui le lit."
WHOLE = f"un nombre entier est attendu. Remède : {DIGITS}"
IN_SOURCE = "vérifier le nombre dans la source."
PERCENTAGE = (
    "un pourcentage en chiffres est attendu. "
    "Remède : écrire le nombre avec un point décimal et sans signe % (ex. 97.1)."
)


def without_column(text: str, column: str) -> str:
    records = list(csv.reader(io.StringIO(text)))
    place = records[0].index(column)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([r[:place] + r[place + 1 :] for r in records])
    return out.getvalue()


@pytest.mark.parametrize("column", ["territory_code", "indicator", "category", "period", "value", "quote"])
def test_a_deleted_column(files: Files, column: str):
    files.put(YEARS, without_column(files.text(YEARS), column))
    assert files.said() == [
        f"{YEARS}, ligne 1, colonne « {column} » : la colonne « {column} » manque. Remède : {COLUMNS}"
    ]
    assert files.outcome() == STOP


@pytest.mark.parametrize("file", ["data/territories.csv", "data/agreements.csv", "data/populations.csv"])
def test_a_deleted_column_of_any_file(files: Files, file: str):
    column = files.text(file).split("\n")[0].split(",")[1]
    files.put(file, without_column(files.text(file), column))
    (said,) = files.said()
    assert said.startswith(f"{file}, ligne 1, colonne « {column} » : la colonne « {column} » manque. Remède : la ")
    assert files.outcome() == STOP


def test_an_added_column(files: Files):
    header, *rows = files.text(YEARS).rstrip("\n").split("\n")
    files.put(YEARS, "\n".join([f"{header},remarque", *(f"{row},x" for row in rows)]))
    assert files.said() == [
        (
            f"{YEARS}, ligne 1, colonne « remarque » : cette colonne n’est pas prévue. "
            "Remède : la retirer ou corriger son nom."
        )
    ]
    assert files.outcome() == STOP


def test_a_renamed_column(files: Files):
    files.edit(YEARS, "printed_pct", "pourcentage")
    assert files.said() == [
        (
            f"{YEARS}, ligne 1, colonne « pourcentage » : cette colonne n’est pas prévue. "
            "Remède : la retirer ou corriger son nom."
        ),
        f"{YEARS}, ligne 1, colonne « printed_pct » : la colonne « printed_pct » manque. Remède : {COLUMNS}",
    ]


def test_a_repeated_column(files: Files):
    files.edit(YEARS, ",quote", ",source")
    assert f"{YEARS}, ligne 1, colonne « source » : cette colonne figure deux fois. Remède : n’en garder qu’une." in (
        files.said()
    )


def _bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize(
    "rewrite",
    [
        _bom,
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: f"{text}\n{',' * text.split(chr(10))[0].count(',')}\n\n".encode(),
        lambda text: ("\n" + text).encode(),
    ],
    ids=["BOM", "CRLF", "CR", "no last line end", "blank lines at the end", "blank line at the top"],
)
@pytest.mark.parametrize("file", [YEARS, "data/territories.csv"])
def test_harmless_ways_to_save_a_file_are_accepted(files: Files, file: str, rewrite: Callable[[str], bytes]):
    files.put(file, rewrite(files.text(file)))
    assert files.said() == []
    assert files.outcome() == []


def test_line_numbers_hold_with_bom_and_crlf(files: Files):
    files.edit(YEARS, "2015,110,", "2015,1l0,")
    files.put(YEARS, _bom(files.text(YEARS).replace("\n", "\r\n")))
    assert [p.line for p in files.problems()] == [8]


@pytest.mark.parametrize(
    ("rewrite", "said"),
    [
        (
            lambda text: text.replace(",", ";").encode(),
            f", ligne 1 : les colonnes sont séparées par des points-virgules. Remède : {COMMAS}",
        ),
        (
            lambda text: text.replace(",", "\t").encode(),
            f", ligne 1 : les colonnes sont séparées par des tabulations. Remède : {COMMAS}",
        ),
        (
            lambda text: text.encode("latin-1"),
            (
                ", ligne 7 : le fichier n’est pas en UTF-8 : les accents ne se lisent pas. "
                "Remède : l’enregistrer en « CSV UTF-8 »."
            ),
        ),
        (
            lambda text: text.encode("utf-16"),
            (
                ", ligne 1 : le fichier n’est pas en UTF-8 : les accents ne se lisent pas. "
                "Remède : l’enregistrer en « CSV UTF-8 »."
            ),
        ),
        (lambda text: b"", " : le fichier est vide. Remède : remettre la ligne des noms de colonnes et les données."),
        (
            lambda text: b"\r\n \r\n",
            " : le fichier est vide. Remède : remettre la ligne des noms de colonnes et les données.",
        ),
        (
            lambda text: text.split("\n", 1)[0].encode(),
            (
                ", colonne « indicator » : il n’y a aucune ligne pour l’indicateur « admissions ». "
                "Remède : ajouter ses lignes, ou le retirer de data/indicators.yaml."
            ),
        ),
        (
            lambda text: text.split("\n", 1)[1].encode(),
            f", ligne 1 : la première ligne ne porte pas les noms des colonnes. Remède : {COLUMNS}",
        ),
        (
            lambda text: text.replace("\n", ",\n").encode(),
            ", ligne 1 : une colonne n’a pas de nom. Remède : retirer les virgules en trop.",
        ),
        (
            lambda text: ('"' + text).encode(),
            ", ligne 1 : un guillemet n’est pas refermé. Remède : vérifier les guillemets de cette ligne.",
        ),
        (
            lambda text: text.replace("2015,110,", "2015,1\x0010,").encode(),
            (
                ", ligne 8 : le fichier contient un caractère nul, illisible. "
                "Remède : retaper cette ligne, ou remettre le fichier d’origine."
            ),
        ),
        (lambda text: b"x" * 20_000_001, " : le fichier dépasse 20 Mo. Remède : vérifier que c’est le bon fichier."),
    ],
    ids=[
        "semicolons",
        "tabs",
        "Latin-1",
        "UTF-16",
        "empty",
        "blank",
        "header only",
        "no header",
        "commas in excess",
        "open quote in header",
        "NUL",
        "huge",
    ],
)
def test_a_file_that_cannot_be_used_stops_everything(files: Files, rewrite: Callable[[str], bytes], said: str):
    files.put(YEARS, rewrite(files.text(YEARS)))
    assert files.said() == [YEARS + said]
    assert files.outcome() == STOP


def test_territories_without_rows(files: Files):
    files.put("data/territories.csv", files.text("data/territories.csv").split("\n", 1)[0])
    (said,) = files.said()
    assert said == "data/territories.csv : il n’y a aucun territoire. Remède : remettre les lignes du fichier."
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("cell", "shown", "said"),
    [
        ("1l0", "« 1l0 »", WHOLE),
        ('"110,0"', "« 110,0 »", WHOLE),
        ("1 100", "« 1 100 »", WHOLE),
        ("1\u00a0100", "« 1 100 »", WHOLE),
        ("1\u202f100", "« 1 100 »", WHOLE),
        ("=1+1", "« =1+1 »", WHOLE),
        ("110.0", "« 110.0 »", WHOLE),
        ("1_100", "« 1_100 »", WHOLE),
        ("+110", "« +110 »", WHOLE),
        ("1e2", "« 1e2 »", WHOLE),
        ("NaN", "« NaN »", WHOLE),
        ("--", "« -- »", WHOLE),
        ("..", "« .. »", WHOLE),
        ("-110", "« -110 »", "ce nombre est plus petit que 0. Remède : vérifier le signe et le nombre dans la source."),
        ("99999999999", "« 99999999999 »", f"ce nombre dépasse 2\u00a0000\u00a0000\u00a0000. Remède : {IN_SOURCE}"),
        ("9" * 5000, f"« {'9' * 79}… »", f"ce nombre est démesuré. Remède : {IN_SOURCE}"),
        (
            "",
            "vide",
            (
                "la valeur est vide, mais le statut n’est pas « not_available ». "
                "Remède : écrire le nombre, ou mettre le statut « not_available » si la source ne le donne pas."
            ),
        ),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_count_that_is_not_one(files: Files, cell: str, shown: str, said: str):
    files.edit(YEARS, "2015,110,", f"2015,{cell},")
    assert files.said() == [f"{YEARS}, ligne 8, colonne « value », valeur {shown} : {said}"]
    assert files.outcome() == ["01"]


@pytest.mark.parametrize(
    ("cell", "shown", "said"),
    [
        ('"14,3"', "14,3", PERCENTAGE),
        ("14.3%", "14.3%", PERCENTAGE),
        ("1e1", "1e1", PERCENTAGE),
        ("inf", "inf", PERCENTAGE),
        ("-1.0", "-1.0", "ce nombre est plus petit que 0. Remède : vérifier le signe et le nombre dans la source."),
        ("100.1", "100.1", f"ce nombre dépasse 100. Remède : {IN_SOURCE}"),
        (
            "14.3000001",
            "14.3000001",
            "ce pourcentage a trop de chiffres. Remède : le recopier tel que la source l’imprime.",
        ),
    ],
)
def test_a_percentage_that_is_not_one(files: Files, cell: str, shown: str, said: str):
    files.edit(YEARS, "2015,110,14.3", f"2015,110,{cell}")
    assert files.said() == [f"{YEARS}, ligne 8, colonne « printed_pct », valeur « {shown} » : {said}"]
    assert files.outcome() == ["01"]


@pytest.mark.parametrize("change", [0.1, -0.1])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_printed_percentage_wrong_by_a_tenth(files: Files, change: float, quoted: bool):
    wrong = f"{14.3 + change:.1f}"
    files.edit(YEARS, "2015,110,14.3", f"2015,110,{wrong}")
    said = (
        "ce pourcentage ne suit pas le nombre dans la ligne citée de la source : « 2015 110 14,3 48 966 19,9 ». "
        "Remède : recopier le nombre, le pourcentage et la citation tels que la source les imprime."
    )
    if not quoted:
        forget_texts(files.root)  # a document that is kept wants its line
        files.line(YEARS, 8, lambda line: line.split('"')[0])
        said = (
            f"110 ÷ 769 donne 14,30 %, et la source imprime {wrong.replace('.', ',')} %. "
            "Remède : vérifier le nombre, le pourcentage et la base dans la source."
        )
    assert files.said() == [f"{YEARS}, ligne 8, colonne « printed_pct », valeur « {wrong} » : {said}"]
    assert files.outcome() == ["01"]


def test_a_value_with_the_status_not_available(files: Files):
    files.edit(YEARS, FIRST_OF_01, FIRST_OF_01.replace("definitive", "not_available"))
    assert files.said() == [
        (
            f"{YEARS}, ligne 8, colonne « value », valeur « 110 » : une valeur est inscrite, mais le statut est "
            "« not_available ». Remède : corriger le statut, ou vider la valeur."
        )
    ]
    assert files.outcome() == ["01"]


CELLS = "mettre entre guillemets les textes qui ont une virgule, et compter les colonnes."
QUOTES = "vérifier les guillemets de cette ligne."


@pytest.mark.parametrize(
    ("change", "shown", "said"),
    [
        (
            lambda line: "01,admissions,total,2015,110",
            "01,admissions,total,2015,110",
            f"la ligne a 5 colonnes au lieu de 10. Remède : {CELLS}",
        ),
        (lambda line: line + ",x,y", FIRST_OF_01 + '"2015…', f"la ligne a 12 colonnes au lieu de 10. Remède : {CELLS}"),
        (
            lambda line: line.replace('"', ""),
            FIRST_OF_01 + "2015 1…",
            f"la ligne a 12 colonnes au lieu de 10. Remède : {CELLS}",
        ),
        (lambda line: line[:-1], FIRST_OF_01 + '"2015…', f"un guillemet n’est pas refermé. Remède : {QUOTES}"),
        (lambda line: '"' + line, '"' + FIRST_OF_01 + '"2015…', f"un guillemet n’est pas refermé. Remède : {QUOTES}"),
    ],
    ids=["too few", "too many", "unquoted commas", "quote not closed", "quote opened"],
)
def test_a_line_that_does_not_split_costs_its_region_alone(
    files: Files, change: Callable[[str], str], shown: str, said: str
):
    files.line(YEARS, 8, change)
    assert files.said() == [f"{YEARS}, ligne 8, valeur « {shown} » : {said}"]
    assert files.outcome() == ["01"]


def test_a_quote_left_open_on_the_last_line(files: Files):
    files.line(YEARS, 31, lambda line: line[:-1])
    (problem,) = files.problems()
    assert (problem.line, problem.region, problem.message) == (31, "11", "un guillemet n’est pas refermé.")
    assert files.outcome() == ["11"]


def test_a_cell_on_two_lines_is_read_as_one(files: Files):
    files.edit(YEARS, '"2015 110 14,3 48 966 19,9"', '"2015 110 14,3\n48 966 19,9"')
    assert files.said() == []
    files.edit(YEARS, "2016,149,", "2016,152,")
    assert [p.line for p in files.problems()] == [10]


def test_a_fault_of_the_province_is_everyone_s(files: Files):
    files.edit(YEARS, "2015,48966,", "2015,4896b,")
    assert files.said() == [f"{YEARS}, ligne 2, colonne « value », valeur « 4896b » : {WHOLE}"]
    assert files.outcome() == STOP


def test_faults_of_two_files_are_listed_together(files: Files):
    files.edit(YEARS, "2015,110,", "2015,1l0,")
    files.line("data/admissions_by_mrc.csv", 13, lambda line: line.replace(",6,", ",-6,"))
    files.edit("data/territories.csv", "2401,mrc", "2401,mcr")
    files.put("data/targets.yaml", "a: [")
    assert [(p.file, p.line) for p in files.problems()] == [
        ("data/admissions_by_mrc.csv", 13),
        (YEARS, 8),
        ("data/targets.yaml", 1),
        ("data/territories.csv", 8),
    ]
    assert files.outcome() == STOP
