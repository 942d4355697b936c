"""Rules between documents: sentences, targets, names, config.yaml and the list of territories."""

from __future__ import annotations

import re

import pytest

from tests.broken_files import STOP, Files
from tests.unkept import forget_texts

PORTRAIT = "data/regions/03.yaml"
TERRITORIES = "data/territories.csv"
DICTIONARY = "data/indicators.yaml"
DECLARE = "Remède : ajouter ce qui manque; si la source ne donne pas un nombre, laisser sa valeur vide avec le statut "


def test_the_document_of_another_region(files: Files):
    files.put(PORTRAIT, files.text("data/regions/01.yaml"))
    said = "ce fichier est celui de la région 03, et il porte un autre code. Remède : corriger le code."
    assert files.said() == [f"{PORTRAIT}, ligne 6, champ « region_code », valeur « 01 » : {said}"]
    assert files.outcome() == ["03"]


def test_a_sentence_and_a_table_that_disagree_are_both_named(files: Files):
    forget_texts(files.root)
    file = "data/regions/12.yaml"
    told = {"1 220 personnes": "1 230 personnes", "value: 1220": "value: 1230"}
    files.put(file, re.sub("|".join(told), lambda match: told[match[0]], files.text(file)))
    table, remedy = "data/temporary_permits.csv", "Remède : comparer le texte et les tableaux à la source."
    gap, places = "le texte dit 1230, et le calcul donne 1220", (f"{file}, ligne 22", f"{table}, ligne 12")
    assert files.said() == [
        f"{places[0]}, champ « ptet_in_text, value », valeur « 1230 » : {gap} ({places[1]}). {remedy}",
        f"{places[1]}, colonne « value », valeur « 1220 » : {gap} ({places[0]}). {remedy}",
    ]
    assert files.outcome() == ["12"]


@pytest.mark.parametrize(
    ("regions", "line", "said"),
    [
        (
            "",
            3,
            "cette information est obligatoire et elle manque. Remède : l’ajouter, comme dans les entrées voisines.",
        ),
        ("regions:\n", 7, "une liste est attendue. Remède : mettre un tiret devant chaque élément."),
        ("regions: []\n", 7, "cette liste est trop courte. Remède : la compléter; il en faut au moins 1."),
    ],
)
def test_config_without_regions(files: Files, regions: str, line: int, said: str):
    files.put("config.yaml", re.sub(r"regions:\n(  - .*\n)+", regions, files.text("config.yaml")))
    assert files.said() == [f"config.yaml, ligne {line}, champ « regions » : {said}"]
    assert files.outcome() == STOP


def test_a_region_without_any_data_leaves_the_four_others(files: Files):
    region = '  - {code: "09", slug: cote-nord, color: "#000000"}\n'
    files.edit("config.yaml", '  - {code: "11"', f'{region}  - {{code: "11"')
    row = "09,region,DRCNEQ,Côte-Nord,sur la Côte-Nord,de la Côte-Nord,Région administrative,,Côte-Nord\n"
    files.put(TERRITORIES, files.text(TERRITORIES).rstrip("\n") + "\n" + row)
    problems = files.problems()
    gaps = [p for p in problems if p.file.endswith(".csv")]
    # One for each of the indicators that regions have.
    assert {p.message for p in gaps} == {
        f"il manque toutes les lignes de Côte-Nord (indicateur « {name} »)."
        for name in re.findall(r"^  - id: (\w+)$", files.text(DICTIONARY).split("\nderived:")[0], re.MULTILINE)
    }
    assert all(str(p).endswith(f"{DECLARE}« not_available ».") for p in gaps)
    assert {p.region for p in problems if not p.file.startswith("geo/")} == {"09"}
    assert files.outcome() == ["09"]


def test_what_can_be_judged_is_judged_although_a_shared_document_is_broken(files: Files):
    files.put("data/texts.yaml", "network: [")
    files.edit("data/admissions_by_year.csv", "2015,110,", "2015,113,")
    files.edit(PORTRAIT, "value: 8.9", "value: 8.7")
    assert [(p.file, p.line) for p in files.problems()] == [
        ("data/admissions_by_year.csv", 8),
        (PORTRAIT, 25),
        ("data/texts.yaml", 1),
    ]
