"""Rules between documents: sentences, targets, names, config.yaml and the list of territories."""

from __future__ import annotations

import re

import pytest

from tests.broken_files import STOP, Files
from tests.unkept import forget_texts

PORTRAIT = "data/regions/03.yaml"
TARGETS = "data/targets.yaml"
TERRITORIES = "data/territories.csv"
DICTIONARY = "data/indicators.yaml"
NAME = "Remède : corriger le nom, ou l’ajouter là où il doit être déclaré."
CODE = f"Remède : corriger le code, ou l’ajouter dans {TERRITORIES}."
COPY = "Remède : recopier la citation et le texte tels que la source les imprime."
TARGET = "Remède : recopier la cible et la ligne citée telles que la source les imprime."
DECLARE = "Remède : ajouter ce qui manque; si la source ne donne pas un nombre, laisser sa valeur vide avec le statut "


def test_the_document_of_another_region(files: Files):
    files.put(PORTRAIT, files.text("data/regions/01.yaml"))
    assert files.said() == [
        (
            f"{PORTRAIT}, ligne 6, champ « region_code », valeur « 01 » : ce fichier est celui de la région 03, et il "
            "porte un autre code. Remède : corriger le code."
        )
    ]
    assert files.outcome() == ["03"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('quote: "la région comptait 8,9 %', 'quote: "la région comptait 8,7 %'),
        ("la région comptait 8,9 % de", "la région comptait 8,7 % de"),
    ],
    ids=["the quotation", "the paragraph"],
)
def test_a_quotation_that_is_not_in_the_paragraphs(files: Files, old: str, new: str):
    files.edit(PORTRAIT, old, new)
    (problem,) = files.problems()
    assert problem.message == "la citation ne se trouve pas mot pour mot dans le texte du même fichier."
    assert (problem.line, problem.column, problem.other_lines) == (28, "population_share_quebec, quote", (10,))
    assert files.outcome() == ["03"]


def test_the_section_of_another_region_costs_that_other_region_nothing(files: Files):
    files.edit(PORTRAIT, "source: portrait-03", "source: portrait-01")
    assert files.said() == [
        (
            f"{PORTRAIT}, ligne 7, champ « source », valeur « portrait-01 » : "
            "cette section est celle d’une autre région. Remède : corriger la section."
        )
    ]
    assert files.outcome() == ["03"]


def test_a_number_that_is_not_in_its_quotation(files: Files):
    files.edit(PORTRAIT, "value: 8.9", "value: 8.7")
    assert files.said() == [
        (
            f"{PORTRAIT}, ligne 25, champ « population_share_quebec, value », valeur « 8.7 » : le nombre ne se trouve "
            "pas dans les mots cités : « la région comptait 8,9 % de la population totale du Québec ». Remède : "
            "recopier le nombre tel que la source l’imprime."
        )
    ]
    assert files.outcome() == ["03"]


def test_a_sentence_and_a_table_that_disagree_are_both_named(files: Files):
    forget_texts(files.root)
    file = "data/regions/12.yaml"
    files.put(
        file, files.text(file).replace("1 220 personnes", "1 230 personnes").replace("value: 1220", "value: 1230")
    )
    table = "data/temporary_permits.csv"
    assert files.said() == [
        (
            f"{file}, ligne 22, champ « ptet_in_text, value », valeur « 1230 » : le texte dit 1230, et le calcul "
            f"donne 1220 ({table}, ligne 12). Remède : comparer le texte et les tableaux à la source."
        ),
        (
            f"{table}, ligne 12, colonne « value », valeur « 1220 » : le texte dit 1230, et le calcul donne 1220 "
            f"({file}, ligne 22). Remède : comparer le texte et les tableaux à la source."
        ),
    ]
    assert files.outcome() == ["12"]


@pytest.mark.parametrize(
    "reference", ["03/immigrant_population/total/2017", "99/immigrant_population/total/2016", "rien"]
)
def test_a_reference_that_leads_nowhere(files: Files, reference: str):
    files.edit(PORTRAIT, '"03/immigrant_population/total/2016"', f'"{reference}"')
    assert files.said() == [
        (
            f"{PORTRAIT}, ligne 37, champ « immigrant_population_share_quebec, confirmed_by », valeur « {reference} » "
            ": cette référence ne mène à aucun chiffre. Remède : corriger « confirmed_by »."
        )
    ]
    assert files.outcome() == ["03"]


def test_a_refused_row_does_not_make_the_sentences_wrong(files: Files):
    """The portrait adds up the three permits: without one of them it is not compared."""
    files.edit("data/temporary_permits.csv", ",365,", ",3b5,")
    assert [(p.file, p.line) for p in files.problems()] == [("data/temporary_permits.csv", 7)]
    assert files.outcome() == ["01"]


def test_a_figure_given_twice_in_a_document(files: Files):
    file = "data/regions/11.yaml"
    files.line(file, 39, lambda line: line.replace('"QC"', '"11"'))
    assert files.said() == [
        (
            f"{file}, ligne 38, champ « id », valeur « sponsored_share » : ce chiffre figure déjà plus haut, pour le "
            "même territoire. Autres lignes en cause : ligne 30. Remède : n’en garder qu’un."
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'base: "population_quebec"',
            'base: "rien"',
            ", ligne 27, champ « figures, nº 1, base », valeur « rien » : cette base est inconnue. " + NAME,
        ),
        (
            '["cn-minorites-visibles"]',
            '["cn"]',
            ", ligne 46, champ « figures, nº 3, anomalies, nº 1 », valeur « cn » : "
            "cette anomalie est inconnue, ou n’est qu’une remarque. " + NAME,
        ),
        (
            "source: portrait-03",
            "source: portrait-33",
            ", ligne 7, champ « source », valeur « portrait-33 » : cette section de source est inconnue. " + NAME,
        ),
        (
            'territory: "03"',
            'territory: "99"',
            (
                ", ligne 22, champ « population_share_quebec, territory », valeur « 99 » : ce territoire est "
                "inconnu. Remède : corriger le code."
            ),
        ),
    ],
)
def test_a_name_that_nothing_declares_in_a_region_s_document(files: Files, old: str, new: str, said: str):
    files.edit(PORTRAIT, old, new)
    assert files.said() == [PORTRAIT + said]
    assert files.outcome() == ["03"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            DICTIONARY,
            "equals: admissions",
            "equals: admission",
            "champ « indicators, nº 2, equals », valeur « admission » : cet indicateur est inconnu.",
        ),
        (
            DICTIONARY,
            "{category: declared}",
            "{category: declare}",
            "champ « bases, nº 4, denominator, category », valeur « declare » : cette catégorie est inconnue.",
        ),
        (
            DICTIONARY,
            "{territory: QC,",
            "{territory: QX,",
            "champ « bases, nº 6, denominator, territory », valeur « QX » : ce territoire est inconnu.",
        ),
        (
            DICTIONARY,
            "{period: span}",
            "{period: spam}",
            "champ « bases, nº 1, denominator, period », valeur « spam » : seul « span » est possible ici.",
        ),
        (
            DICTIONARY,
            'notes: ["4"]',
            'notes: ["44"]',
            "champ « indicators, nº 1, notes, nº 1 », valeur « 44 » : cette note est inconnue.",
        ),
        (
            "data/sources.yaml",
            "document: plan-2021-2022",
            "document: plan-2021",
            "champ « sections, nº 1, document », valeur « plan-2021 » : ce document est inconnu.",
        ),
        (
            "data/texts.yaml",
            "source: reseau",
            "source: resau",
            "champ « network, source », valeur « resau » : cette section de source est inconnue.",
        ),
        (
            "data/anomalies.yaml",
            "indicators: [temporary_permits], derived",
            "indicators: [permits], derived",
            (
                "champ « anomalies, nº 13, touches, nº 1, indicators, nº 1 », valeur « permits » : "
                "cet indicateur est inconnu."
            ),
        ),
        (
            TARGETS,
            "[cible-4-1-rupture]",
            "[cible-4-1]",
            (
                "champ « targets, nº 3, anomalies, nº 1 », valeur « cible-4-1 » : "
                "cette anomalie est inconnue, ou n’est qu’une remarque."
            ),
        ),
    ],
)
def test_a_name_that_nothing_declares_in_a_shared_document(files: Files, file: str, old: str, new: str, said: str):
    files.edit(file, old, new)
    found = [problem for problem in files.problems() if problem.file == file]
    assert len(found) == 1
    assert f"{said} {NAME}" in str(found[0])
    assert files.outcome() == STOP


def test_an_anomaly_of_a_figure_that_is_gone_takes_nothing_off_the_screen(files: Files):
    files.edit("data/anomalies.yaml", "figures: [manufacturing_share]", "figures: [manufacture]")
    (problem,) = files.problems()
    assert (problem.message, problem.value) == ("ce chiffre ou cette cible est inconnu.", "manufacture")
    assert files.outcome() == []


def test_an_identifier_declared_twice(files: Files):
    files.edit("data/sources.yaml", "id: offre-de-service", "id: reseau")
    twice, *_ = files.problems()
    assert str(twice) == (
        "data/sources.yaml, ligne 42, champ « sections, nº 2, id », valeur « reseau » : cet identifiant figure "
        "déjà plus haut. Autres lignes en cause : ligne 41. Remède : n’en garder qu’un."
    )
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'printed: "50 %", value: 50',
            'printed: "53 %", value: 53',
            "ligne 17, champ « 2.1, 2019-2020 », valeur « 53 % » : la ligne citée n’imprime pas cette cible à "
            "cette place : « 45 % 50 % 55 % 60 % 65 % ». Autres lignes en cause : ligne 14. " + TARGET,
        ),
        (
            'printed: "50 %", value: 50',
            'printed: "50 %", value: 53',
            "ligne 17, champ « 2.1, 2019-2020 », valeur « 50 % » : le nombre inscrit (53) n’est pas celui qui "
            "est imprimé. " + TARGET,
        ),
        (
            'printed: "50 %", value: 50',
            'printed: "50 %"',
            "ligne 17, champ « 2.1, 2019-2020 », valeur « 50 % » : un nombre est imprimé, et « value » manque. "
            + TARGET,
        ),
        (
            'printed: "50 %", value: 50',
            'printed: "60 %", value: 60',
            "ligne 18, champ « 2.1, 2020-2021 », valeur « 55 % » : la ligne citée n’imprime pas cette cible à "
            "cette place : « 45 % 50 % 55 % 60 % 65 % ». Autres lignes en cause : ligne 14. " + TARGET,
        ),
        (
            '"2020-2021", printed: "55',
            '"2019-2020", printed: "55',
            (
                "ligne 16, champ « 2.1 » : chaque cible doit avoir sa période, une seule fois. Remède : compléter « "
                "period »."
            ),
        ),
    ],
)
def test_a_target_that_its_quoted_line_does_not_print(files: Files, old: str, new: str, said: str):
    files.edit(TARGETS, old, new)
    assert f"{TARGETS}, {said}" in files.said()
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cible de 34 % en", "cible de 37 % en", "ce texte ne cite pas la cible « 34 % »."),
        ("puis de 21,5 %", "puis de 24,5 %", "ce texte ne cite pas la cible « 21,5 % »."),
        ("cible de 960 entreprises", "cible de 963 entreprises", "ce texte ne cite pas la cible « 960 »."),
        ("puis de 600 en", "puis de 603 en", "ce texte ne cite pas la cible « 600 »."),
        ('after: "2019-2020"', 'after: "2022-2023"', "aucune cible ne suit cette période."),
    ],
)
def test_a_break_that_cites_other_targets(files: Files, old: str, new: str, message: str):
    files.edit(TARGETS, old, new)
    (problem,) = files.problems()
    assert problem.message == message
    assert files.text(TARGETS).split("\n")[(problem.line or 0) - 1].strip().startswith("- {after:")
    assert files.outcome() == STOP


CONFIG_CASES = [
    (
        "slug: capitale-nationale",
        "slug: bas-saint-laurent",
        (
            "ligne 9, champ « regions, nº 2, slug », valeur « bas-saint-laurent » : deux régions ont cette valeur "
            "(l’autre, ligne 8). Remède : n’en garder qu’une."
        ),
    ),
    (
        'code: "03"',
        'code: "01"',
        (
            "ligne 9, champ « regions, nº 2, code », valeur « 01 » : deux régions ont cette valeur (l’autre, ligne "
            "8). Remède : n’en garder qu’une."
        ),
    ),
    (
        'code: "03"',
        "code: 03",
        (
            "ligne 9, champ « regions, nº 2, code », valeur « 3 » : un texte est attendu. Remède : mettre la valeur "
            'entre guillemets (ex. « "01" »).'
        ),
    ),
    (
        'code: "03"',
        'code: "../../secret"',
        (
            "ligne 9, champ « regions, nº 2, code », valeur « ../../secret » : ce code n’est pas reconnu. Remède : "
            "n’utiliser que des chiffres et des majuscules (ex. 2410)."
        ),
    ),
    (
        "#1472bf",
        "bleu",
        (
            "ligne 8, champ « regions, nº 1, color », valeur « bleu » : cette couleur n’est pas reconnue. Remède : "
            "écrire « # » et six chiffres ou lettres (ex. #1472bf)."
        ),
    ),
    (
        "slug: capitale-nationale",
        "slug: Capitale",
        (
            "ligne 9, champ « regions, nº 2, slug », valeur « Capitale » : cette adresse n’est pas reconnue. Remède "
            ": n’utiliser que a-z, 0-9 et le trait d’union."
        ),
    ),
    (
        "  taux: [1, 2, 3, 5]",
        "  taux: [2, 1, 3, 5]",
        (
            "ligne 17, champ « map_classes, taux », valeur « 2, 1, 3, 5 » : les seuils doivent croître. Remède : les "
            "mettre en ordre."
        ),
    ),
    (
        "  taux: [1, 2, 3, 5]\n",
        "",
        "ligne 16, champ « map_classes », valeur « taux » : les seuils de cette mesure manquent. Remède : les ajouter.",
    ),
    (
        "  taux: [1, 2, 3, 5]",
        "  taux: [1, 2, 3, 4, 5]",
        (
            "ligne 17, champ « map_classes, taux », valeur « 1, 2, 3, 4, 5 » : il faut une couleur de plus que de "
            "seuils. Remède : ajouter une couleur."
        ),
    ),
    (
        "  taux: [",
        "  tau: [",
        (
            "ligne 17, champ « map_classes, tau », valeur « tau » : cette valeur n’est pas prévue; sont possibles : "
            "« nombre », « part », « taux ». Remède : choisir l’une d’elles."
        ),
    ),
    (
        "direction: DRCNEQ",
        "direction: DRC",
        f"ligne 5, champ « direction », valeur « DRC » : ce code est inconnu à ce niveau. {CODE}",
    ),
    (
        "province: QC",
        'province: "01"',
        f"ligne 6, champ « province », valeur « 01 » : ce code est inconnu à ce niveau. {CODE}",
    ),
    (
        '"2423":',
        '"2499":',
        f"ligne 23, champ « display_names, 2499 », valeur « 2499 » : ce territoire est inconnu. {CODE}",
    ),
    (
        "unreliable_below: 20",
        "unreliable_below: vingt",
        (
            "ligne 15, champ « unreliable_below », valeur « vingt » : un nombre entier est attendu. Remède : écrire "
            "un nombre entier, sans guillemets."
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), CONFIG_CASES, ids=[case[1].strip()[:24] for case in CONFIG_CASES])
def test_config_stops_everything_when_it_is_wrong(files: Files, old: str, new: str, said: str):
    files.edit("config.yaml", old, new)
    assert files.said() == [f"config.yaml, {said}"]
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        (
            "",
            (
                "ligne 3, champ « regions » : cette information est obligatoire et elle manque. Remède : l’ajouter, "
                "comme dans les entrées voisines."
            ),
        ),
        (
            "regions:\n",
            "ligne 7, champ « regions » : une liste est attendue. Remède : mettre un tiret devant chaque élément.",
        ),
        (
            "regions: []\n",
            "ligne 7, champ « regions » : cette liste est trop courte. Remède : la compléter; il en faut au moins 1.",
        ),
    ],
)
def test_config_without_regions(files: Files, regions: str, said: str):
    files.put("config.yaml", re.sub(r"regions:\n(  - .*\n)+", regions, files.text("config.yaml")))
    assert files.said() == [f"config.yaml, {said}"]
    assert files.outcome() == STOP


def add_region(files: Files) -> None:
    region = '  - {code: "09", slug: cote-nord, color: "#000000"}\n'
    files.edit("config.yaml", '  - {code: "11"', f'{region}  - {{code: "11"')


def test_a_region_of_config_without_a_territory(files: Files):
    add_region(files)
    assert files.said() == [
        (
            "config.yaml, ligne 11, champ « regions, nº 4, code », valeur « 09 » : cette région n’est pas dans la "
            f"liste des territoires. {CODE}"
        ),
        "data/regions/09.yaml : le fichier manque. Remède : le remettre à cet endroit, avec ce nom.",
    ]
    assert files.outcome() == STOP


def test_a_region_without_any_data_leaves_the_four_others(files: Files):
    add_region(files)
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


@pytest.mark.parametrize("region", ["01", "03", "11", "12"])
def test_a_region_taken_out_of_config_is_no_fault(files: Files, region: str):
    files.drop_lines("config.yaml", lambda line: f'code: "{region}"' in line)
    assert files.said() == []
    assert files.outcome() == []


def test_every_region_at_fault_stops_everything(files: Files):
    for region in ("01", "03", "11", "12"):
        files.remove(f"data/regions/{region}.yaml")
    assert len(files.problems()) == 4
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "2407,mrc",
            "2407,mcr",
            (
                "ligne 14, colonne « level », valeur « mcr » : cette valeur n’est pas prévue; sont possibles : « "
                "province », « direction », « region », « mrc ». Remède : choisir l’une d’elles."
            ),
        ),
        (
            "2407,mrc,01",
            "2407,mrc,09",
            (
                "ligne 14, colonne « parent_code », valeur « 09 » : le territoire qui le contient est inconnu. "
                "Remède : corriger « parent_code »."
            ),
        ),
        (
            "2407,mrc,01",
            "2407,mrc,",
            (
                "ligne 14, colonne « parent_code », valeur vide : le territoire qui le contient est inconnu. Remède "
                ": corriger « parent_code »."
            ),
        ),
        (
            "2407,mrc",
            "24o7,mrc",
            (
                "ligne 14, colonne « code », valeur « 24o7 » : ce code n’est pas reconnu. Remède : n’utiliser que "
                "des chiffres et des majuscules (ex. 2410)."
            ),
        ),
        (
            "01,region",
            "01,regoin",
            (
                "ligne 4, colonne « level », valeur « regoin » : cette valeur n’est pas prévue; sont possibles : « "
                "province », « direction », « region », « mrc ». Remède : choisir l’une d’elles."
            ),
        ),
        (
            "QC,province",
            "QC,provinces",
            (
                "ligne 2, colonne « level », valeur « provinces » : cette valeur n’est pas prévue; sont possibles : "
                "« province », « direction », « region », « mrc ». Remède : choisir l’une d’elles."
            ),
        ),
        (",La Matapédia,à", ",,à", "ligne 14, colonne « name », valeur vide : ce texte est vide. Remède : le remplir."),
    ],
)
def test_a_fault_of_the_list_of_territories_is_not_repeated_by_every_file(files: Files, old: str, new: str, said: str):
    files.edit(TERRITORIES, old, new)
    assert files.said() == [f"{TERRITORIES}, {said}"]
    assert files.outcome() == STOP


def test_a_territory_given_twice(files: Files):
    files.line(TERRITORIES, 14, lambda line: f"{line}\n{line}")
    assert files.said() == [
        (
            f"{TERRITORIES}, ligne 15, colonne « code », valeur « 2407 » : ce code figure déjà plus haut. Autres "
            "lignes en cause : ligne 14. Remède : n’en garder qu’une ligne."
        )
    ]
    assert files.outcome() == STOP


def test_a_word_of_the_dictionary_changed_is_said_once_for_each_region(files: Files):
    files.edit(DICTIONARY, "{id: female,", "{id: femme,")
    found = files.problems()
    assert [(p.file, p.value, p.region) for p in found] == [
        *[("data/admissions_by_sex.csv", "female", region) for region in (None, "01", "03", "12", "11")],
        (DICTIONARY, "female", None),
    ]
    assert files.outcome() == STOP


def test_what_can_be_judged_is_judged_although_a_shared_document_is_broken(files: Files):
    files.put("data/texts.yaml", "network: [")
    files.edit("data/admissions_by_year.csv", "2015,110,", "2015,113,")
    files.edit(PORTRAIT, "value: 8.9", "value: 8.7")
    assert [(p.file, p.line) for p in files.problems()] == [
        ("data/admissions_by_year.csv", 8),
        (PORTRAIT, 25),
        ("data/texts.yaml", 1),
    ]
