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
YEARS = "data/admissions_by_year.csv"
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("file", "start", "line", "times", "said"),
    [
        ("geo/tiles.csv", None, "2407,1,1\n", MILLION, "plus de 50000 lignes"),
        ("geo/tiles.csv", "code,column,row\n", "2407,1,1\n", 30_000, "plus de 3000 territoires"),
        (YEARS, None, ",\n", MILLION, "plus de 50000 lignes"),
        ("data/suivi.csv", None, ",\n", MILLION, "lignes"),
        (TARGETS, None, "- a\n", MILLION, "plus de 20000 lignes"),
        ("data/texts.yaml", "x: [", "a, ", MILLION, "le fichier est démesuré"),
    ],
)
def test_a_million_rows_are_refused_whole(
    files: Files, file: str, start: str | None, line: str, times: int, said: str
) -> None:
    """One problem, and nothing of the rows is read."""
    files.put(file, (files.text(file) if start is None else start) + line * times)
    (problem,) = files.problems()
    assert problem.file == file
    assert said in problem.message


def test_a_repeated_file_is_told_in_a_page(files: Files) -> None:
    file = "data/admissions_by_mrc.csv"
    header, *rows = files.text(file).rstrip("\n").split("\n")
    files.put(file, "\n".join([header, *rows * 300]) + "\n")
    said = files.said()
    # Each region has its own fifty, so that each is set apart.
    assert {p.region for p in files.problems()} == {"01", "03", "12", "11"}
    assert len(said) == 4 * MOST
    assert sum(len(text) for text in said) < 100_000
    left = re.findall(r"Il y a ([\d\u00a0]+) autres problèmes de ce genre", "\n".join(said))
    assert sum(int(many.replace("\u00a0", "")) for many in left) + len(said) == len(rows) * 299
    assert files.outcome() == STOP


def test_what_one_rule_says_of_one_field_is_of_a_kind() -> None:
    """Whatever the words, the values and the ranks; what another rule or field has is said beside."""
    like = [
        Problem(TARGETS, f"« {n} » manque.", "…", n, f"targets, nº {n}, id", rule="check", fields=("targets", "id"))
        for n in range(1, MOST + 11)
    ]
    one = like[0]
    others = [replace(one, fields=("targets", "unit")), replace(one, rule="other"), replace(one, region="01")]
    *kept, unit, rule, region = bounded([*like, *others])
    assert [unit, rule, region] == others
    assert kept[:-1] == like[: MOST - 1]
    assert kept[-1].message == f"« {MOST} » manque. Il y a 10 autres problèmes de ce genre."


def test_other_lines_of_one_problem_are_bounded(files: Files) -> None:
    files.put(YEARS, files.text(YEARS) + "21,admissions,total,2015,1,,five_year_total,definitive,annexe-2-01,\n" * 400)
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
