"""Codes, duplicates and gaps: what is said, how many times, and which region it costs."""

from __future__ import annotations

import pytest

from tests.broken_files import STOP, Files
from tests.unkept import ESSAI, declare, forget_texts

YEARS = "data/admissions_by_year.csv"
MRC = "data/admissions_by_mrc.csv"


def test_a_base_that_counts_nothing(files: Files):
    files.put(YEARS, files.text(YEARS).replace(",five_year_total,", ",jobs,"))
    files.edit("data/indicators.yaml", "base: five_year_total", "base: jobs")
    assert all("ce pourcentage ne peut pas être recalculé : sa base (« Postes" in said for said in files.said())
    assert files.outcome() == STOP


def test_a_code_that_a_spreadsheet_has_shortened_is_said_once_a_file(files: Files):
    files.put(YEARS, files.text(YEARS).replace("\n01,", "\n1,"))
    unknown, gap = files.said()
    assert unknown == (
        f"{YEARS}, ligne 8, colonne « territory_code », valeur « 1 » : ce code de territoire est inconnu; la ligne "
        "n’est pas utilisée. Autres lignes en cause : ligne 9, ligne 10, ligne 11, ligne 12, ligne 13. "
        "Remède : écrire « 01 » : un tableur a retiré le zéro (mettre la colonne au format Texte)."
    )
    assert "il manque toutes les lignes de Bas-Saint-Laurent" in gap
    assert files.outcome() == ["01"]


def test_a_level_that_the_indicator_does_not_have(files: Files):
    files.put(YEARS, files.text(YEARS) + "2407,admissions,total,2015,3,,five_year_total,definitive,annexe-2-01,\n")
    (said,) = files.said()
    assert said == (
        f"{YEARS}, ligne 32, colonne « territory_code », valeur « 2407 » : cet indicateur n’existe pas pour ce niveau "
        "de territoire (MRC). Remède : corriger le code du territoire, ou le niveau dans data/indicators.yaml."
    )
    assert files.outcome() == ["01"]


def test_a_region_without_any_row_in_a_file_is_said_once(files: Files):
    files.drop_lines(MRC, lambda line: "annexe-2-12" in line)
    (problem,) = files.problems()
    assert problem.message == "il manque toutes les lignes de Chaudière-Appalaches (indicateur « admissions_by_mrc »)."
    assert files.outcome() == ["12"]


def test_a_year_missing_everywhere_is_missed(files: Files):
    """The years of a five-year total are expected, although no territory has this one any more."""
    files.drop_lines(YEARS, lambda line: ",2017," in line)
    assert [p.region for p in files.problems()] == [None, "01", "03", "12", "11"]
    assert all("période 2017" in p.message for p in files.problems())
    assert files.outcome() == STOP


def test_a_total_missing_everywhere_is_missed(files: Files):
    files.drop_lines(YEARS, lambda line: ",2015-2019," in line)
    base = "sa base (« Total de la période du même territoire ») n’a pas de nombre"
    assert [p.message for p in files.problems()] == [f"ce pourcentage ne peut pas être recalculé : {base}."] * 5


def test_a_new_year_for_every_territory_is_welcome(files: Files):
    rows = "".join(
        f"{code},admissions,total,2020,0,,five_year_total,provisional,{ESSAI},\n"
        for code in ("QC", "01", "03", "11", "12")
    )
    declare(files.root)
    files.put(YEARS, files.text(YEARS) + rows)
    assert files.said() == []
    assert files.outcome() == []


def test_a_new_year_given_to_one_region_only(files: Files):
    files.put(YEARS, files.text(YEARS) + "01,admissions,total,2020,9,,five_year_total,provisional,annexe-2-01,\n")
    assert [(p.line, p.column, p.value) for p in files.problems()] == [(32, "period", "2020")]
    assert files.outcome() == ["01"]


def without_quotes(files: Files, *names: str) -> None:
    forget_texts(files.root)
    for file in names:
        header, *rows = files.text(file).rstrip("\n").split("\n")
        files.put(file, "\n".join([header, *(",".join(row.split(",")[:9]) + "," for row in rows)]))


SEX, CATEGORY, FRENCH = (f"data/admissions_by_{name}.csv" for name in ("sex", "category", "french"))
ONE = "Remède : comparer ces nombres à la source; un seul est sans doute mal recopié."


DECLARED = "« Ayant déclaré une connaissance de la langue »"
OTHERS = "autres calculs échouent avec ce nombre."
WHOLE = "2019, « Ensemble »"
THE_SEX, BSL = "Admissions permanentes selon le sexe", "Bas-Saint-Laurent"
THE_FRENCH = "Admissions permanentes selon la connaissance du français"
THE_CATEGORY = "Admissions permanentes selon la catégorie"


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "place", "sums", "more", "outcome"),
    [
        (SEX, 5, 61, 64, f"{THE_SEX}, {BSL}, {WHOLE}", (138, 135), "1 autre calcul échoue avec ce nombre.", ["01"]),
        (SEX, 7, 135, 138, f"{THE_SEX}, {BSL}, {WHOLE}", (135, 138), f"3 {OTHERS}", ["01"]),
        (
            FRENCH, 14, 2193, 2196, f"{THE_FRENCH}, Capitale-Nationale, 2019, {DECLARED}", (2193, 2196),
            f"2 {OTHERS}", ["03"],
        ),
        # A part that no percentage betrays: the whole sum is named.
        (
            CATEGORY, 3, 9686, 9689, f"{THE_CATEGORY}, Québec, {WHOLE}", (40568, 40565),
            "Autres lignes en cause : ligne 3, ligne 4, ligne 5.", STOP,
        ),
    ],
    ids=["a part", "a total", "a sub-total", "a part that no percentage betrays"],
)  # fmt: skip
def test_without_quotes_sums_and_percentages_single_out_the_figure(
    files: Files,
    file: str,
    line: int,
    old: int,
    new: int,
    place: str,
    sums: tuple[int, int],
    more: str,
    outcome: object,
):
    without_quotes(files, SEX, CATEGORY, FRENCH)
    assert files.said() == []
    files.line(file, line, lambda text: text.replace(f",{old},", f",{new},", 1))
    first, value = (2, 23129) if outcome == STOP else (line, new)
    where = f"{file}, ligne {first}, colonne « value », valeur « {value} »"
    told = f"la somme est {sums[0]}, le total imprimé est {sums[1]}. {more} {ONE}"
    assert files.said() == [f"{where} : {place} : {told}"]
    assert files.outcome() == outcome


def test_without_quotes_two_wrong_figures_of_one_sum_are_both_named(files: Files):
    without_quotes(files, SEX, CATEGORY, FRENCH)
    files.line(CATEGORY, 7, lambda text: text.replace(",46,", ",49,"))
    files.line(CATEGORY, 9, lambda text: text.replace(",52,", ",49,"))
    assert {p.line for p in files.problems()} == {7, 9}
    assert files.outcome() == ["01"]
