"""What is ours is held by rules: names, labels, units, formulas, settings agree with what they name."""

from __future__ import annotations

import pytest

from dashboard.contract.door import check
from dashboard.scenarios.held import disagreements
from tests.broken_files import Files

TERRITORIES, DICTIONARY, PLAN = "data/territories.csv", "data/indicators.yaml", "data/action_plan.yaml"
SOURCES, REFUSALS, CONFIG, TARGETS = "data/sources.yaml", "data/refusals.yaml", "config.yaml", "data/targets.yaml"

_EQUALS = "    equals: admissions\n"


@pytest.mark.parametrize(
    ("file", "changes", "said"),
    [
        (TERRITORIES, [("2408,mrc,01,La Matanie,", "2408,mrc,01,Matane,")], "la liste officielle dit « La Matanie »"),
        (TERRITORIES, [(",Lévis,à Lévis,", ",Lévis,en Lévis,")], ""),
        (TERRITORIES, [(",à Avignon,", ",à Bonaventure,")], "une préposition suivie du nom"),
        (TERRITORIES, [("MRC,070", "MRC,080"), ("MRC,080,Matane", "MRC,070,Matane")], "la liste officielle dit"),
        (CONFIG, [('  "2423": "Québec (agglomération)"\n', "")], "ce nom est aussi celui du territoire"),
        (CONFIG, [("slug: bas-saint-laurent", "slug: cibles")], "cette adresse est celle d’une autre page"),
        (CONFIG, [("slug: bas-saint-laurent", "slug: capitale-nationales")], ""),
        (CONFIG, [("#223654", "#1472c0")], "ne se distingue pas"),
        (CONFIG, [("#1472bf", "#f0f0a0")], "trop pâle sur du blanc"),
        (CONFIG, [('"#4a98d9", "#1472bf"', '"#1472bf", "#4a98d9"')], "de la plus pâle à la plus foncée"),
        (CONFIG, [("part: [1, 5, 10, 25]", "part: [1, 5, 10, 250]")], "ce seuil n’est pas possible"),
        (CONFIG, [("unreliable_below: 20", "unreliable_below: 2000")], "presque tout peu fiable"),
        (CONFIG, [("embed_hosts: []", 'embed_hosts: ["https://intranet"]')], "ce n’est pas un nom de site"),
        (CONFIG, [("embed_hosts: []", 'embed_hosts: ["a.qc.ca:99999"]')], "ce n’est pas un nom de site"),
        (CONFIG, [("presentation_template: null", "presentation_template: absent.pptx")], "ne s’ouvre pas"),
        (DICTIONARY, [('unit: "permis"', 'unit: "personnes"')], "la définition compte des « permis »"),
        (DICTIONARY, [("kind: flow", "kind: stock")], "la définition dit le contraire"),
        (DICTIONARY, [('label: "Femmes"', 'label: "Dames"')], "aucune ligne ne se nomme « Dames »"),
        (DICTIONARY, [('label: "Admissions permanentes"', 'label: "Établissements"')], "ne dit pas « Établissements »"),
        (DICTIONARY, [(_EQUALS, "")], "« equals » doit le dire"),
        (DICTIONARY, [("    rounded_to: 5\n", "")], "« rounded_to » doit le dire"),
        (DICTIONARY, [("parts: [female, male]", "parts: []")], "un total nomme ses parties"),
        (DICTIONARY, [('notes: ["4", "5"]', 'notes: ["4"]')], "rattache à cet indicateur : 4, 5"),
        (DICTIONARY, [('"Total de la région pour la période"', '"Total du Québec"')], "le dénominateur de cette base"),
        (TERRITORIES, [(",,Chaudières-Appalaches", ",,Chaudière-Appalaches")], "n’est pas le titre de la section"),
        (PLAN, [('period: "2021-2022"', 'period: "2020-2021"')], "le titre du document dit une autre période"),
        (PLAN, [('unit: "partenaires"', 'unit: "organismes"')], "ce n’est pas ce que compte"),
        (PLAN, [("programmes: [francisation]", "programmes: [pasi]")], "les programmes que ces textes nomment"),
        (PLAN, [("clienteles: [entreprises]", "clienteles: [personnes]")], "l’orientation et le libellé disent"),
        (PLAN, [('- id: "01-02"', '- id: "01-92"')], "dans l’ordre de lecture, ce serait « 01-02 »"),
        (PLAN, [('label: "Mandataires de francisation"', 'label: "Ententes avec des MRC"')], "ne disent pas"),
        (PLAN, [('  - id: "2"', '  - id: "6"')], ""),
        (SOURCES, [("978-2-550-89940-2", "978-2-550-89941-2")], "clé de l’ISBN"),
        (SOURCES, [("Portrait de la population immigrante du Bas", "Tableau de la population du Bas")], "ne dit pas"),
        (REFUSALS, [('page: "cibles"', 'page: "cible"')], "cette page n’existe pas"),
        (REFUSALS, [('{mrc: "2409"}', '{mrc: "2499"}')], "ce territoire est inconnu"),
        (TARGETS, [('short: "Entreprises accompagnées"', 'short: "Personnes admises"')], "l’indicateur ne dit pas"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value[0][1])[:20],
)  # fmt: skip
def test_what_is_ours_is_held(files: Files, file: str, changes: list[tuple[str, str]], said: str) -> None:
    """`said` is empty for what no rule can decide: the test then says that nothing is."""
    for old, new in changes:
        files.edit(file, old, new)
    assert any(said in p.message for p in files.problems() if said) is bool(said), files.said()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("÷ admissions du Québec × 100", "÷ admissions de sa région × 100", "cette formule se lit avec"),
        ("÷ admissions du Québec × 100", "÷ admissions du Québec", "cette formule donne"),
        ("cible de l’année − cible de l’année d’avant", "cible de l’année d’avant − cible de l’année", "donne"),
        ("2016 × 1 000", "2016 × 100", "cette formule donne"),
        ('unit: "indice", formula', 'unit: "%", formula', "le calcul est en « indice »"),
        ("id: index_100", "id: indice", "à la fois dans le dictionnaire et dans les calculs"),
    ],
)
def test_a_formula_in_french_is_the_one_that_is_computed(files: Files, old: str, new: str, said: str) -> None:
    files.edit(DICTIONARY, old, new)
    dataset = check(files.root).dataset
    assert dataset is not None
    assert any(said in problem.message for problem in disagreements(dataset))


@pytest.mark.parametrize(
    ("old", "new"),
    [("scenario: francais", "scenario: anglais"), ('taux: "60"', 'taux: "600"'), ('ans: "3"', 'an: "3"')],
)
def test_a_question_offered_instead_has_an_answer(files: Files, old: str, new: str) -> None:
    files.edit(REFUSALS, old, new)
    dataset = check(files.root).dataset
    assert dataset is not None
    assert {problem.file for problem in disagreements(dataset)} == {REFUSALS}


def test_the_files_as_shipped_disagree_with_nothing(files: Files) -> None:
    report = check(files.root)
    assert report.problems == ()
    assert report.dataset is not None
    assert disagreements(report.dataset) == []
