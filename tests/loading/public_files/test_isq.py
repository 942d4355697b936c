"""Wide workbooks of population of the ISQ: a line is ours by its code and its name; the rest is said."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from dashboard.loading.public_files.isq import read_isq
from dashboard.loading.public_files.result import Imported
from tests.broken_files import assert_french
from tests.conftest import ROOT
from tests.french_text import english_words

HEADS = ["Code", "Nom", 2019, "2020r", "2021p"]
TITLE = ["Estimations de la population des régions et des MRC au 1er juillet"]
LINES: list[list[Any]] = [
    ["01", "Bas-Saint-Laurent", 197987, 198003, 199534],
    ["070", "La Matapédia", "17 672", "17\u00a0610", 17583],
    [2410, "Rimouski-Neigette", 57211.0, 57302, "58,012"],
]


def write(
    folder: Path,
    *rows: list[Any],
    title: str = "MRC",
    more: dict[str, list[list[Any]]] | None = None,
    name: str = "population.xlsx",
) -> Path:
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    for another, lines in (more or {}).items():
        sheet = workbook.create_sheet(another)
        for row in lines:
            sheet.append(row)
    path = folder / name
    workbook.save(path)
    return path


def read(path: Path, sheet: str | None = None) -> Imported:
    found = read_isq(path, ROOT, sheet)
    for problem in found.problems:
        assert_french(str(problem))
    for remark in found.remarks:
        assert english_words(re.sub(r"« [^»]* »|EN_\w+|\([^)]*\)|[\w.-]+\.(?:csv|xlsx)", "", remark)) == []
    return found


def values(found: Imported) -> dict[tuple[str, str], int | None]:
    assert found.problems == []
    return {(row.territory_code, row.period): row.value for row in found.rows}


def test_a_line_for_each_territory_and_year(tmp_path: Path) -> None:
    found = read(write(tmp_path, TITLE, [], HEADS, *LINES, [], ["Source : Institut de la statistique du Québec"]))
    own = {"01": (197987, 198003, 199534), "2407": (17672, 17610, 17583), "2410": (57211, 57302, 58012)}
    assert values(found) == {(code, str(2019 + n)): count for code, row in own.items() for n, count in enumerate(row)}
    statuses = {row.period: row.status for row in found.rows}
    assert statuses == {"2019": "estimate", "2020": "estimate", "2021": "provisional"}
    assert {row.indicator for row in found.rows} == {"population_estimate"}
    assert any("La Mitis" in text for text in found.remarks)


def test_codes_without_their_zeros_need_the_name(tmp_path: Path) -> None:
    lines = [
        [1, "Bas-Saint-Laurent", 1], [10, "Nord-du-Québec", 5], [70, "La Matapédia", 2], ["", "Le Québec", 4],
        [23, "Québec", 3],
    ]  # fmt: skip
    found = read(write(tmp_path, ["Code", "Territoire", 2020], *lines))
    assert {code: count for (code, _), count in values(found).items()} == {"01": 1, "2407": 2, "QC": 4, "2423": 3}
    assert any("10 Nord-du-Québec" in text for text in found.remarks)


@pytest.mark.parametrize(
    ("code", "name", "ours"),
    [
        ("2408", "Matane", "2408"),
        ("270", "Robert-Cliche", "2427"),
        ("010", "Les Îles-de-la-Madeleine", "2401"),
        ("251", "Lévis (V)", "2425"),
        ("200", "L'Île-d'Orléans (MRC)", "2420"),
        ("12", "Chaudière-Appalaches", "12"),
    ],
)
def test_names_may_differ_a_little(tmp_path: Path, code: str, name: str, ours: str) -> None:
    assert values(read(write(tmp_path, ["Code", "Nom", 2020], [code, name, 5]))) == {(ours, "2020"): 5}


def test_heads_may_stand_above_the_years_and_unknown_columns_are_named(tmp_path: Path) -> None:
    heads = (["Code", "MRC", "Superficie"], [None, None, None, 2019, 2020, "Variation"])
    found = read(write(tmp_path, TITLE, *heads, ["01", "Bas-Saint-Laurent", 22000, 5, 6, 20]))
    assert values(found) == {("01", "2019"): 5, ("01", "2020"): 6}
    said = next(text for text in found.remarks if "Autres colonnes" in text)
    assert "Superficie" in said
    assert "F3 « Variation »" in said


def test_a_number_not_given_is_not_zero(tmp_path: Path) -> None:
    found = read(write(tmp_path, ["Code", "Nom", 2019, 2020], ["01", "Bas-Saint-Laurent", "..", 0]))
    assert values(found) == {("01", "2019"): None, ("01", "2020"): 0}
    assert [row.status for row in found.rows] == ["not_available", "estimate"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "c’est une formule"),
        (date(2020, 7, 1), "c’est une date"),
        ("12,5", "un nombre entier"),
        (12.5, "un nombre entier"),
        (-3, "un nombre entier"),
        (True, "un nombre entier"),
        ("#REF!", "un nombre entier"),
        ("environ 5", "un nombre entier"),
        (3e12, "un nombre entier"),
    ],
)
def test_a_cell_that_is_no_number_is_named(tmp_path: Path, cell: object, said: str) -> None:
    found = read(write(tmp_path, TITLE, ["Code", "Nom", 2019, 2020], ["01", "Bas-Saint-Laurent", 5, cell]))
    assert found.rows == []
    [problem] = found.problems
    assert said in problem.message
    assert "feuille « MRC », cellule D3 (Bas-Saint-Laurent, 2020)" in problem.message
    assert (problem.line, problem.column) == (3, "D")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Code", "Nom", 2020], ["070", "La Mitis", 5]], "le code est celui de La Matapédia"),
        ([HEADS, LINES[0], [1, *LINES[0][1:]]], "figure déjà à la ligne 2"),
        ([["Code", "Nom", 2020, "2020p"], ["01", "Bas-Saint-Laurent", 5, 6]], "l’année 2020 a plusieurs colonnes"),
        ([["Code", "Nom", 2020], ["06", "Montréal", 5]], "aucune ligne n’est celle de l’un de nos territoires"),
        ([["Nom", 2020], ["Bas-Saint-Laurent", 5]], "aucune feuille n’a de tableau"),
        ([["un", "deux", True]], "aucune feuille n’a de tableau"),
        ([], "aucune feuille n’a de tableau"),
    ],
)
def test_a_table_that_cannot_be_used_is_said(tmp_path: Path, rows: list[list[Any]], said: str) -> None:
    found = read(write(tmp_path, *rows))
    assert found.rows == []
    assert said in str(found.problems[0])


def test_of_several_tables_one_must_be_chosen(tmp_path: Path) -> None:
    path = write(
        tmp_path, HEADS, *LINES, more={"Notes": [["rien"]], "2": [HEADS, ["01", "Bas-Saint-Laurent", 1, 2, 3]]}
    )
    assert "« MRC » « 2 »" in str(read(path).problems[0])
    assert "--sheet" in str(read(path).problems[0])
    assert values(read(path, sheet="2"))["01", "2020"] == 2
    assert "n’existe pas" in str(read(path, "Hommes").problems[0])
    assert "aucune feuille" in str(read(path, "Notes").problems[0])


OURS, HEAD = ["01", "Bas-Saint-Laurent", 5], ["Code", "Nom", 2020]


def divided(name: str, value: str) -> list[list[Any]]:
    """A table that a column divides."""
    return [["Code", "Nom", name, 2020], [*OURS[:2], value, 5]]


@pytest.mark.parametrize(
    ("rows", "said", "place"),
    [
        ([HEAD, OURS], "des naissances", {"name": "isq-naissances.xlsx"}),
        ([HEAD, OURS], "des ménages", {"name": "menages.xlsx"}),
        ([HEAD, OURS], "rien ne dit que ce tableau est celui", {"name": "classeur.xlsx", "title": "Feuil1"}),
        ([HEAD, OURS], "des décès", {"title": "Décès"}),
        ([HEAD, OURS], "les hommes seulement", {"title": "Hommes"}),
        ([["Soldes migratoires"], HEAD, OURS], "des mouvements", {}),
        ([["Population de 0 à 4 ans"], HEAD, OURS], "groupe d’âge", {}),
        ([["65 ans et plus"], HEAD, OURS], "groupe d’âge", {}),
        ([["Scénario fort"], HEAD, OURS], "des projections", {}),
        (divided("Sexe", "Féminin"), "ne donne pas le total", {}),
        (divided("Âge", "0-4 ans"), "ne donne pas le total", {}),
        (divided("Groupe d’âge", "0-4"), "ne donne pas le total", {}),
        (divided("Origine", "née ici"), "rien ne dit ce que divise", {}),
        ([["Code", "Nom", 2026, 2031], [*OURS, 6]], "l’année 2031 est à venir", {}),
    ],
)
def test_what_is_not_proven_to_be_the_whole_population_is_refused(
    tmp_path: Path, rows: list[list[Any]], said: str, place: dict[str, str]
) -> None:
    found = read_isq(write(tmp_path, *rows, **place), ROOT, today=date(2026, 11, 28))
    [problem] = found.problems
    assert_french(str(problem))
    assert said in problem.message
    assert found.rows == []


def test_the_lines_of_everybody_are_taken_among_those_of_each_sex_and_age(tmp_path: Path) -> None:
    heads = ["Code", "Nom", "Statut", "Sexe", "Groupe d’âge", 2020]
    parts = [("Hommes", "Total", 1), ("Femmes", "Total", 2), ("Total", "0-4 ans", 1), ("Total", "Total", 3)]
    lines = [["2410", "Rimouski-Neigette", "MRC", *part] for part in parts]
    found = read(write(tmp_path, ["Population selon l’âge et le sexe, hommes et femmes"], heads, *lines))
    assert values(found) == {("2410", "2020"): 3}
    assert any("Lignes d’une partie des gens, laissées de côté : 3" in text for text in found.remarks)
    lacking = read(write(tmp_path, heads, *lines, ["2407", "La Matapédia", "MRC", "Hommes", "Total", 1]))
    assert "La Matapédia n’a pas de ligne de total" in str(lacking.problems[0])


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return out.getvalue()


def _laughs(folder: Path) -> bytes:
    """« A thousand million laughs »: small on the disk, without end in memory, whichever XML library is there."""
    out = io.BytesIO()
    entities = "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(write(folder, HEADS, *LINES)) as parts, zipfile.ZipFile(out, "w") as spoilt:
        for part in parts.namelist():
            raw = parts.read(part)
            if part == "xl/worksheets/sheet1.xml":
                body = raw.replace(b">Code<", b">&r9;<")
                assert body != raw
                raw = f'<!DOCTYPE worksheet [<!ENTITY r0 "rire">{entities}]>'.encode() + body
            spoilt.writestr(part, raw)
    return out.getvalue()


def test_what_is_no_workbook_or_too_large_is_said(tmp_path: Path) -> None:
    path = tmp_path / "population.xlsx"
    for raw, said in (
        (b"", "ne se lit pas"),
        (b"Code;Nom;2020", "ne se lit pas"),
        (b"PK\x03\x04" + b"\0" * 100, "ne se lit pas"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protégé par un mot de passe, ou d’un ancien format"),
        (_bomb(), "démesuré"),
        (_laughs(tmp_path), "ne se lit pas"),
    ):
        path.write_bytes(raw)
        assert said in str(read(path).problems[0])
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "20 Mo" in str(read(path).problems[0])
    assert "introuvable" in str(read(tmp_path / "absent.xlsx").problems[0])
    assert "fichier ordinaire" in str(read(tmp_path).problems[0])
    far = write(tmp_path, ["Code", "Nom", 2020, *[None] * 400, "loin"])
    assert "démesurée" in str(read(far).problems[0])
