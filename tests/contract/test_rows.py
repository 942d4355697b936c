"""Codes, duplicates and gaps: what is said, how many times, and which region it costs."""

from __future__ import annotations

import pytest

from tests.broken_files import STOP, Files
from tests.unkept import ESSAI, declare, forget_texts

YEARS = "data/admissions_by_year.csv"
MRC = "data/admissions_by_mrc.csv"
ROW = "01,admissions,total,2015,110,14.3,five_year_total,definitive,annexe-2-01"
ADD = (
    "Remède : ajouter ce qui manque; si la source ne donne pas un nombre, laisser sa valeur vide avec le statut "
    "« not_available »."
)
UNKNOWN = (
    "ce code de territoire est inconnu; la ligne n’est pas utilisée. "
    "Remède : corriger le code, ou ajouter le territoire dans data/territories.csv."
)
TWICE = "cette ligne est en double : même territoire, indicateur, catégorie et période."


@pytest.mark.parametrize(
    ("column", "old", "new", "said"),
    [
        (
            "indicator",
            ",admissions,",
            ",admission,",
            (
                "cet indicateur n’est pas attendu dans ce fichier. "
                "Remède : corriger, ou déclarer « admission » dans data/indicators.yaml."
            ),
        ),
        (
            "indicator",
            ",admissions,",
            ",agreements,",
            (
                "cet indicateur n’est pas attendu dans ce fichier. "
                "Remède : corriger, ou déclarer « agreements » dans data/indicators.yaml."
            ),
        ),
        (
            "category",
            ",total,",
            ",totale,",
            ("cette catégorie est inconnue. Remède : corriger, ou déclarer « totale » dans data/indicators.yaml."),
        ),
        (
            "base",
            ",five_year_total,",
            ",five_years,",
            ("cette base est inconnue. Remède : corriger, ou déclarer « five_years » dans data/indicators.yaml."),
        ),
        (
            "source",
            ",annexe-2-01",
            ",annexe-9",
            (
                "cette section de source est inconnue. "
                "Remède : corriger, ou déclarer « annexe-9 » dans data/sources.yaml."
            ),
        ),
        (
            "status",
            ",definitive,",
            ",certain,",
            (
                "cette valeur n’est pas prévue; sont possibles : « definitive », "
                "« provisional », « estimate », « not_available », « superseded ». Remède : choisir l’une d’elles."
            ),
        ),
        (
            "period",
            ",2015,",
            ",2051,",
            (
                "cette période n’a de lignes que pour 1 territoire sur 5. "
                "Remède : corriger la période, ou ajouter les lignes des autres territoires."
            ),
        ),
        (
            "period",
            ",2015,",
            ",2015-2016,",
            (
                "cette période n’a de lignes que pour 1 territoire sur 5. "
                "Remède : corriger la période, ou ajouter les lignes des autres territoires."
            ),
        ),
        (
            "period",
            ",2015,",
            ",20015,",
            (
                "cette période n’est pas reconnue. "
                "Remède : écrire une année (2019), deux (2015-2019) ou une date (2019-12-31)."
            ),
        ),
    ],
    ids=lambda value: value[:24],
)
def test_a_code_that_nothing_declares_is_said_once(files: Files, column: str, old: str, new: str, said: str):
    files.edit(YEARS, ROW, ROW.replace(old, new, 1))
    value = new.strip(",")
    assert files.said() == [f"{YEARS}, ligne 8, colonne « {column} », valeur « {value} » : {said}"]
    assert files.outcome() == ["01"]


def test_a_base_that_is_not_the_category_s(files: Files):
    files.edit(YEARS, ROW, ROW.replace("five_year_total", "jobs"))
    assert files.said() == [
        (
            f"{YEARS}, ligne 8, colonne « base », valeur « jobs » : la base de cette catégorie est "
            "« five_year_total ». "
            "Remède : corriger la base, ou celle de la catégorie dans data/indicators.yaml."
        )
    ]
    assert files.outcome() == ["01"]


def test_a_base_that_counts_nothing(files: Files):
    files.put(YEARS, files.text(YEARS).replace(",five_year_total,", ",jobs,"))
    files.edit("data/indicators.yaml", "base: five_year_total", "base: jobs")
    assert all("ce pourcentage ne peut pas être recalculé : sa base (« Postes" in said for said in files.said())
    assert files.outcome() == STOP


def test_an_unknown_mrc_costs_the_region_that_lacks_one(files: Files):
    files.edit(MRC, "2407,", "2499,")
    assert files.said() == [
        f"{MRC}, ligne 2, colonne « territory_code », valeur « 2499 » : {UNKNOWN}",
        (
            f"{MRC}, ligne 10, colonne « territory_code », valeur « 2407 » : il manque toutes les lignes de La "
            "Matapédia "
            f"(indicateur « admissions_by_mrc »). {ADD}"
        ),
    ]
    assert files.outcome() == ["01"]


def test_an_unknown_region(files: Files):
    files.edit(YEARS, ROW, ROW.replace("01,", "21,", 1))
    assert files.said() == [
        f"{YEARS}, ligne 8, colonne « territory_code », valeur « 21 » : {UNKNOWN}",
        (
            f"{YEARS}, ligne 13, colonne « period », valeur « 2015 » : il manque une ligne pour "
            "Bas-Saint-Laurent, catégorie "
            f"« total », période 2015. {ADD}"
        ),
    ]
    assert files.outcome() == ["01"]


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


def test_the_code_of_another_mrc_makes_a_duplicate_and_a_gap(files: Files):
    files.edit(MRC, "2407,", "2408,")
    assert files.said() == [
        (
            f"{MRC}, ligne 3, colonne « period », valeur « 2015-2019 » : {TWICE} Autres lignes en cause : ligne 2. "
            "Remède : n’en garder qu’une."
        ),
        (
            f"{MRC}, ligne 10, colonne « territory_code », valeur « 2407 » : il manque toutes les lignes de La "
            "Matapédia "
            f"(indicateur « admissions_by_mrc »). {ADD}"
        ),
    ]
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


@pytest.mark.parametrize(("line", "region", "outcome"), [(8, "01", ["01"]), (2, None, STOP)])
def test_a_row_given_twice(files: Files, line: int, region: str | None, outcome: object):
    files.line(YEARS, line, lambda text: f"{text}\n{text}")
    (problem,) = files.problems()
    assert problem.message == TWICE
    assert (problem.line, problem.other_lines, problem.region) == (line + 1, (line,), region)
    assert files.outcome() == outcome


@pytest.mark.parametrize(
    ("file", "line", "said", "outcome"),
    [
        (
            YEARS,
            8,
            (
                f"{YEARS}, ligne 12, colonne « period », valeur « 2015 » : il manque une ligne pour Bas-Saint-Laurent, "
                f"catégorie « total », période 2015. {ADD}"
            ),
            ["01"],
        ),
        (
            YEARS,
            2,
            (
                f"{YEARS}, ligne 6, colonne « period », valeur « 2015 » : il manque une ligne pour Québec, catégorie "
                f"« total », période 2015. {ADD}"
            ),
            STOP,
        ),
        (
            MRC,
            19,
            (
                f"{MRC}, ligne 28, colonne « territory_code », valeur « 2417 » : il manque toutes les lignes de "
                "L’Islet "
                f"(indicateur « admissions_by_mrc »). {ADD}"
            ),
            ["12"],
        ),
        (
            "data/temporary_permits.csv",
            8,
            (
                "data/temporary_permits.csv, ligne 9, colonne « period », valeur « 2019-12-31 » : "
                f"il manque une ligne pour Capitale-Nationale, catégorie « students », période 2019-12-31. {ADD}"
            ),
            ["03"],
        ),
    ],
)
def test_a_row_that_is_missing(files: Files, file: str, line: int, said: str, outcome: object):
    files.drop(file, line)
    assert files.said() == [said]
    assert files.outcome() == outcome


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


def test_a_count_that_its_source_does_not_round_so(files: Files):
    files.line("data/temporary_permits.csv", 5, lambda line: line.replace("970", "973"))
    assert files.said() == [
        (
            "data/temporary_permits.csv, ligne 5, colonne « value », valeur « 973 » : la source arrondit ces "
            "nombres à 5 près, "
            "et celui-ci n’est pas un multiple de 5. Remède : vérifier le nombre dans la source."
        )
    ]
    assert files.outcome() == ["01"]


def test_a_region_never_exceeds_the_province(files: Files):
    forget_texts(files.root)
    file = "data/temporary_permits.csv"
    files.line(file, 5, lambda line: line.replace("970", "90000").split(",Étud")[0] + ",")
    assert files.said() == [
        (
            f"{file}, ligne 5, colonne « value », valeur « 90000 » : ce nombre dépasse celui du Québec (87285, "
            f"{file}, ligne 2). "
            "Remède : vérifier les deux nombres dans la source."
        )
    ]
    assert files.outcome() == ["01"]


def test_regions_together_never_exceed_the_province(files: Files):
    forget_texts(files.root)
    file = "data/temporary_permits.csv"
    files.line(file, 5, lambda line: line.replace("970", "85000").split(",Étud")[0] + ",")
    (problem,) = files.problems()
    assert problem.message == "les régions totalisent 92170, plus que le Québec (87285)."
    assert (problem.line, problem.other_lines) == (2, (5, 8, 11, 14))
    assert files.outcome() == STOP


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


def test_the_province_printed_otherwise_beside_one_region(files: Files):
    files.line(YEARS, 14, lambda text: text.replace("48 966", "48 969"))
    assert files.said() == [
        (
            f"{YEARS}, ligne 14, colonne « quote », valeur « 2015 2 959 20,8 48 969 19,9 » : la ligne citée imprime "
            "« 48 969 19,9 » pour le Québec, et les autres régions 48966. Remède : vérifier la citation dans la source."
        )
    ]
    assert files.outcome() == ["03"]


def test_the_province_wrong_and_without_its_own_quote(files: Files):
    file = "data/temporary_permits.csv"
    files.line(file, 2, lambda text: text.replace("87285", "87290").split(",Étud")[0] + ",")
    assert files.said() == [
        (
            f"{file}, ligne 2, colonne « value », valeur « 87290 » : les lignes citées des régions impriment un "
            "autre nombre pour "
            "le Québec (« 87 285 »). Remède : vérifier le nombre et le pourcentage du Québec dans la source."
        )
    ]
    assert files.outcome() == STOP
