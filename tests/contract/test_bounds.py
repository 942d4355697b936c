"""What is too long is refused before it is read row by row; what repeats one fault says it fifty times."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dashboard.contract.confirmation import BOTH, FOUND, NEITHER, RECOMPUTED, counted
from dashboard.contract.door import MOST, bounded, check
from dashboard.model.problems import Problem
from tests.broken_files import STOP, Files
from tests.unkept import forget_texts

TARGETS = "data/targets.yaml"
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("geo/tiles.csv", "2407,1,1\n", "plus de 50000 lignes"),
        ("data/territories.csv", "x\n", "plus de 50000 lignes"),
        ("data/admissions_by_year.csv", ",\n", "plus de 50000 lignes"),
        ("data/suivi.csv", ",\n", "lignes"),
        ("data/targets.yaml", "- a\n", "plus de 20000 lignes"),
        ("config.yaml", "#\n", "plus de 20000 lignes"),
        ("data/texts.yaml", "- a, ", "le fichier est démesuré"),
    ],
)
def test_a_million_rows_are_refused_whole(files: Files, file: str, line: str, said: str) -> None:
    """One problem, and nothing of the rows is read."""
    text = "x: [" + "a, " * MILLION + "]" if "," in line and line.endswith(" ") else files.text(file) + line * MILLION
    files.put(file, text)
    (problem,) = files.problems()
    assert problem.file == file
    assert said in problem.message


def test_shapes_without_number_are_refused(files: Files) -> None:
    files.put("geo/tiles.csv", "code,column,row\n" + "2407,1,1\n" * 30_000)
    (problem,) = files.problems()
    assert "plus de 3000 territoires" in problem.message


def test_a_repeated_file_is_told_in_a_page(files: Files) -> None:
    file = "data/admissions_by_mrc.csv"
    header, *rows = files.text(file).rstrip("\n").split("\n")
    files.put(file, "\n".join([header, *rows * 300]) + "\n")
    said = files.said()
    # Each region has its own fifty, so that each is set apart.
    assert {p.region for p in files.problems()} == {"01", "03", "12", "11"}
    assert len(said) == 4 * MOST
    assert sum(len(text) for text in said) < 100_000
    left = [
        int(found[1].replace("\u00a0", ""))
        for text in said
        if (found := re.search(r"Il y a ([\d\u00a0]+) autres problèmes de ce genre", text))
    ]
    assert sum(left) + len(said) == len(rows) * 299
    assert files.outcome() == STOP


def test_what_one_rule_says_of_one_field_is_of_a_kind() -> None:
    """Whatever the words, the values and the ranks; what another rule or field has is said beside."""
    like = [
        Problem(TARGETS, f"« {n} » manque.", "…", n, f"targets, nº {n}, id", rule="check", fields=("targets", "id"))
        for n in range(1, MOST + 11)
    ]
    others = [
        replace(like[0], fields=("targets", "unit")),
        replace(like[0], rule="other"),
        replace(like[0], region="01"),
    ]
    *kept, unit, rule, region = bounded([*like, *others])
    assert [unit, rule, region] == others
    assert kept[:-1] == like[: MOST - 1]
    assert kept[-1].message == f"« {MOST} » manque. Il y a 10 autres problèmes de ce genre."


def test_other_lines_of_one_problem_are_bounded(files: Files) -> None:
    file = "data/admissions_by_year.csv"
    files.put(file, files.text(file) + "21,admissions,total,2015,1,,five_year_total,definitive,annexe-2-01,\n" * 400)
    (text,) = [text for text in files.said() if "ce code de territoire est inconnu" in text]
    assert text.count("ligne ") < 60
    assert "et 349 autres" in text


def test_what_each_figure_rests_on(files: Files) -> None:
    shipped = counted(check(files.root).rests)
    assert shipped[NEITHER] == shipped[RECOMPUTED] == 0
    assert shipped[BOTH] > 200 > shipped[FOUND] > 50
    forget_texts(files.root)
    bare = counted(check(files.root).rests)
    assert (bare[RECOMPUTED], bare[NEITHER]) == (shipped[BOTH], shipped[FOUND])
    assert bare[BOTH] == bare[FOUND] == 0
