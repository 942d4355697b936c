"""Deliberately bad action plans: each fault is named with its line, and takes off the screen only what it touches."""

from __future__ import annotations

import pytest

from dashboard.contract.door import load_dataset
from tests.broken_files import STOP, Files

PLAN = "data/action_plan.yaml"


def line_of(files: Files, text: str) -> int:
    """Line of the first occurrence."""
    return files.text(PLAN)[: files.text(PLAN).index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said", "outcome"),
    [
        # What the actions share is everybody's.
        ('id: "2.1"\n', 'id: "2.9"\n', "cet objectif est inconnu", STOP),
        ("source: plan-2021-2022", "source: plan-1999", "ce document est inconnu", STOP),
        ("anomalies: [action-deplacee", "anomalies: [action-placee", "cette anomalie est inconnue", STOP),
        ("indicator: admissions_by_french", "indicator: admissions_by_age", "cet indicateur est inconnu", STOP),
        ("categories: [french_not_known]", "categories: [french_unknown]", "cette catégorie est inconnue", STOP),
        ("base: declared", "base: declaree", "cette catégorie est inconnue", STOP),
        ("groups: [promotion-peq]", "groups: [promotion-pec]", "ce groupe est inconnu", STOP),
        ("  - id: pasi\n", "  - id: francisation\n", "cet identifiant figure déjà plus haut", STOP),
        ("version: 1", "version: 2", "ce nombre dépasse 1", STOP),
        ("period: \"2021-2022\"", "period: \"2021\"", "cette période n’est pas reconnue", STOP),
        # What is inside an action is its region's alone.
        ('- id: "01-02"\n', '- id: "01-01"\n', "cet identifiant figure déjà plus haut", ["01"]),
        ('- id: "12-02-I2"', '- id: "12-02-I1"', "cet identifiant figure déjà plus haut", ["12"]),
        ("group_key: etat-besoins-francisation", "group_key: etat-besoins", "ce groupe est inconnu", ["01"]),
        ("programmes: [pac]", "programmes: [pak]", "ce programme est inconnu", ["01"]),
        ("clienteles: [personnes]\n", "clienteles: [gens]\n", "cette clientèle est inconnue", ["01"]),
        (
            "group_key: acces-accompagnement-quebec", "group_key: etat-besoins-francisation",
            "deux actions d’une même région portent cette clé", ["01"],
        ),
        # A name that leads nowhere is reported, and takes nothing away.
        ('region_code: "01"', 'region_code: "98"', "n’est pas dans la liste des territoires", []),
        ("group_key: partage-reseautage", "group_key: acces-accompagnement-quebec", "", ["12"]),
        ("group_key: offre-francisation-referencement", "group_key: occasions-discussion-francais", "", ["11"]),
    ],
)  # fmt: skip
def test_a_fault_is_named_and_takes_off_only_what_it_touches(
    files: Files, old: str, new: str, said: str, outcome: list[str] | str
) -> None:
    files.edit(PLAN, old, new)
    problems = [p for p in files.problems() if p.file == PLAN]
    assert any(said in p.message for p in problems)
    assert all(p.line for p in problems)
    assert files.outcome() == outcome


def test_the_line_is_that_of_the_fault(files: Files) -> None:
    files.edit(PLAN, '- id: "12-02-I2"', '- id: "12-02-I1"')
    lines = [number for number, line in enumerate(files.text(PLAN).splitlines(), 1) if '"12-02-I1"' in line]
    (problem,) = files.problems()
    assert (problem.other_lines, problem.line) == ((lines[0],), lines[1])


def test_a_group_that_no_action_bears_is_reported_only(files: Files) -> None:
    files.edit(PLAN, "groups:\n", 'groups:\n  - key: orphelin\n    label: "Orphelin"\n    note: "Aucune action."\n')
    (problem,) = files.problems()
    assert "aucune action ne porte cette clé" in problem.message
    assert files.outcome() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: un"),
        ("programmes: []", "programmes: rien"),
        ("clienteles: [personnes]", "clienteles: []"),
        ('    text: "Déterminer', '    texte: "Déterminer'),
        ('        unit: "%"\n', ""),
        ("orientations:", "\torientations:"),
        ("groups: [promotion-peq]", "groups: [Promotion PEQ]"),
        ('region_code: "01"', "region_code: 01"),
    ],
)
def test_a_file_that_is_no_plan_stops_everything_in_french(files: Files, old: str, new: str) -> None:
    files.edit(PLAN, old, new)
    problems = files.problems()
    assert problems and all(p.file == PLAN and p.line for p in problems)
    assert files.outcome() == STOP


def test_a_missing_plan_stops_everything(files: Files) -> None:
    files.remove(PLAN)
    assert files.said() == [f"{PLAN} : le fichier manque. Remède : le remettre à cet endroit, avec ce nom."]
    assert files.outcome() == STOP


def test_the_plan_of_a_region_set_apart_is_not_shown(files: Files) -> None:
    files.edit("data/admissions_by_sex.csv", "female,2019,61,", "female,2019,6l,")
    ds = load_dataset(files.root)
    assert list(ds.unavailable) == ["01"]
    assert {a.region_code for a in ds.action_plan.actions} == {"03", "12", "11"}
    # What was followed there is still known: a file that someone loads must not lose it.
    assert ("indicateur", "01-12-I4") in ds.follow_up.known


def test_a_fifth_region_needs_no_action(files: Files) -> None:
    """An action of a region that config.yaml does not show is legal too."""
    files.drop_lines("config.yaml", lambda line: 'code: "12"' in line)
    ds = load_dataset(files.root)
    assert ds.problems == ()
    assert {a.region_code for a in ds.action_plan.actions} == {"01", "03", "11"}
