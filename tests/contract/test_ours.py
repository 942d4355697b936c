"""What is ours is held by rules: names, labels, units, formulas, settings agree with what they name."""

from __future__ import annotations

import pytest

from dashboard.contract.door import check
from dashboard.scenarios.held import disagreements
from tests.broken_files import Files

TERRITORIES, DICTIONARY, PLAN = "data/territories.csv", "data/indicators.yaml", "data/action_plan.yaml"
SOURCES, REFUSALS, CONFIG, TARGETS = "data/sources.yaml", "data/refusals.yaml", "config.yaml", "data/targets.yaml"


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
