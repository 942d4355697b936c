"""Hundreds of coherent changes of the files: each is named by `check`, or is of a kind that nothing can decide.

The kinds that may pass are listed in tests/cases/coherent_lies.yaml, with why: one that passes and is not listed is a
hole of the check. Those of the maps are in test_maps.
"""

from __future__ import annotations

import fnmatch
from pathlib import Path

from dashboard.contract.door import check
from dashboard.loading.files import NewFile, Tree
from dashboard.model.problems import Problem
from dashboard.scenarios.held import disagreements
from tests import tables
from tests.broken_files import Files
from tests.coherent_lies import ROOT, WORDS, Lie, lies

# Why nothing can decide, then the kinds of change (file, field), with « * » for any.
UNDECIDED: dict[str, list[str]] = tables.read(ROOT / "tests/cases/coherent_lies.yaml")


def passes(lie: Lie) -> bool:
    """True when nothing names the change."""
    files = {file: NewFile(raw, suffix=Path(file).suffix) for file, raw in lie.files.items()}
    report = check(Tree(ROOT, files))
    return not report.problems and report.dataset is not None and not disagreements(report.dataset)


def listed(kind: str) -> bool:
    return any(
        fnmatch.fnmatchcase(kind, pattern.replace("?", "[*]")) for kinds in UNDECIDED.values() for pattern in kinds
    )


def test_each_coherent_lie_is_named_or_cannot_be_decided() -> None:
    tried = lies()[3::8]
    assert len(tried) > 100
    unseen = [f"{lie.kind} ({lie.name})" for lie in tried if not listed(lie.kind) and passes(lie)]
    assert unseen == []


def test_every_file_and_every_column_is_tried() -> None:
    tried = lies()
    files = {file for lie in tried for file in lie.files}
    shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").glob("*.csv")} - {"data/suivi.csv"}
    shipped |= {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").rglob("*.yaml")} - {WORDS}
    assert shipped | {"config.yaml"} <= files
    columns = "territory_code indicator period value printed_pct status source quote"
    assert {f"data/admissions_by_mrc.csv, {column}" for column in columns.split()} <= {lie.kind for lie in tried}


def test_no_figure_of_a_series_may_pass() -> None:
    """Of what may pass, nothing is a number, a unit, a period, a status or a quoted line of the annexes."""
    figures = ("data/admissions", "data/temporary", "data/popul")
    assert not [kind for kinds in UNDECIDED.values() for kind in kinds if kind.startswith(figures)]


# --- What is ours against the calculations ----------------------------------------------------------------------------


def disagree(files: Files) -> list[Problem]:
    dataset = files.report().dataset
    assert dataset is not None
    return disagreements(dataset)


def test_a_formula_in_french_is_the_one_that_is_computed(files: Files) -> None:
    assert (files.problems(), disagree(files)) == ((), [])
    slips = [
        ("÷ admissions du Québec × 100", "÷ admissions de sa région × 100", "cette formule se lit avec"),
        ("cible de l’année − cible de l’année d’avant", "cible de l’année d’avant − cible de l’année", "formule donne"),
        ("2016 × 1 000", "2016 × 100", "cette formule donne"),
        ('unit: "indice", formula', 'unit: "%", formula', "le calcul est en « indice »"),
    ]
    for old, new, _ in slips:
        files.edit("data/indicators.yaml", old, new)
    found = [problem.message for problem in disagree(files)]
    assert len(found) == len(slips)
    assert [said for _, _, said in slips if not any(said in message for message in found)] == []
    files.edit("data/indicators.yaml", "id: index_100", "id: indice")
    assert any("à la fois dans le dictionnaire et dans les calculs" in problem.message for problem in disagree(files))


def test_a_question_offered_instead_has_an_answer(files: Files) -> None:
    for old, new in (
        ("scenario: francais", "scenario: anglais"),
        ('taux: "60"', 'taux: "600"'),
        ('ans: "3"', 'an: "3"'),
    ):
        files.edit("data/refusals.yaml", old, new)
    assert [problem.file for problem in disagree(files)] == ["data/refusals.yaml"] * 3
