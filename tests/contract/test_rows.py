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
        f"{YEARS}, ligne 8, colonne « territory_code », valeur « 1 » : ce code de territoire est inconnu; la "
        "ligne n’est "
        "pas utilisée. Autres lignes en cause : ligne 9, ligne 10, ligne 11, ligne 12, ligne 13. "
        "Remède : écrire « 01 » : un tableur a retiré le zéro (mettre la colonne au format Texte)."
    )
    assert "il manque toutes les lignes de Bas-Saint-Laurent" in gap
    assert files.outcome() == ["01"]


def test_a_level_that_the_indicator_does_not_have(files: Files):
    files.put(YEARS, files.text(YEARS) + "2407,admissions,total,2015,3,,five_year_total,definitive,annexe-2-01,\n")
    assert files.said() == [
        (
            f"{YEARS}, ligne 32, colonne « territory_code », valeur « 2407 » : cet indicateur n’existe pas pour "
            "ce niveau de "
            "territoire (MRC). Remède : corriger le code du territoire, ou le niveau dans data/indicators.yaml."
        )
    ]
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
    assert {p.message for p in files.problems()} == {
        (
            "ce pourcentage ne peut pas être recalculé : sa base (« Total de la période du même territoire ») n’a "
            "pas de nombre."
        )
    }
    assert len(files.problems()) == 5


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


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "said", "outcome"),
    [
        (
            SEX,
            5,
            ",61,",
            ",64,",
            [
                f"{SEX}, ligne 5, colonne « value », valeur « 64 » : Admissions permanentes selon le sexe, "
                "Bas-Saint-Laurent, "
                "2019, « Ensemble » : la somme est 138, le total imprimé est 135. 1 autre calcul échoue avec ce "
                "nombre. " + ONE,
            ],
            ["01"],
        ),
        (
            SEX,
            7,
            ",135,",
            ",138,",
            [
                f"{SEX}, ligne 7, colonne « value », valeur « 138 » : Admissions permanentes selon le sexe, "
                "Bas-Saint-Laurent, "
                "2019, « Ensemble » : la somme est 135, le total imprimé est 138. 3 autres calculs échouent avec "
                "ce nombre. " + ONE,
            ],
            ["01"],
        ),
        (
            CATEGORY,
            3,
            ",9686,",
            ",9689,",
            [
                (
                    f"{CATEGORY}, ligne 2, colonne « value », valeur « 23129 » : Admissions permanentes selon la "
                    "catégorie, Québec, "
                    "2019, « Ensemble » : la somme est 40568, le total imprimé est 40565. "
                    f"Autres lignes en cause : ligne 3, ligne 4, ligne 5. {ONE}"
                ),
            ],
            STOP,
        ),
        (
            FRENCH,
            14,
            ",2193,",
            ",2196,",
            [
                (
                    f"{FRENCH}, ligne 14, colonne « value », valeur « 2196 » : Admissions permanentes selon la "
                    "connaissance du "
                    "français, Capitale-Nationale, 2019, « Ayant déclaré une connaissance de la langue » : la "
                    "somme est 2193, le total "
                    f"imprimé est 2196. 2 autres calculs échouent avec ce nombre. {ONE}"
                ),
            ],
            ["03"],
        ),
    ],
    ids=["a part", "a total", "a part that no percentage betrays", "a sub-total"],
)
def test_without_quotes_sums_and_percentages_single_out_the_figure(
    files: Files, file: str, line: int, old: str, new: str, said: list[str], outcome: object
):
    without_quotes(files, SEX, CATEGORY, FRENCH)
    assert files.said() == []
    files.line(file, line, lambda text: text.replace(old, new, 1))
    assert files.said() == said
    assert files.outcome() == outcome


def test_without_quotes_two_wrong_figures_of_one_sum_are_both_named(files: Files):
    without_quotes(files, SEX, CATEGORY, FRENCH)
    files.line(CATEGORY, 7, lambda text: text.replace(",46,", ",49,"))
    files.line(CATEGORY, 9, lambda text: text.replace(",52,", ",49,"))
    assert {p.line for p in files.problems()} == {7, 9}
    assert files.outcome() == ["01"]
