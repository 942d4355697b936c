"""The cases that a policy officer can check (tests/cases/simulateur.yaml), run one by one."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dashboard.model import Dataset
from dashboard.scenarios import formula as f
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import ImpossibleError
from tests import tables
from tests.calculator import Calculator

CASES: list[dict[str, Any]] = tables.read(Path(__file__).parents[1] / "cases/simulateur.yaml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["cas"])
def test_case(ds: Dataset, case: dict[str, Any]) -> None:
    simulation = SIMULATIONS[case["scenario"]]
    try:
        found = simulation.run(ds, simulation.model.model_validate(case["parametres"]))
    except ValueError as error:
        said = error.message if isinstance(error, ImpossibleError) else str(error)
        assert "refus" in case and case["refus"] in said.replace("\u00a0", " ")
        return
    assert "refus" not in case
    lines = {line.id: line for line in (*found.more, *found.lines)}
    for id_, wanted in case["attendu"].items():
        own = lines[id_].simulated
        assert own is not None, id_
        if isinstance(wanted, dict):
            assert [own.low, own.high] == wanted["bornes"], id_
            assert "valeur" not in wanted or own.value == wanted["valeur"], id_
        else:
            assert ([own.low, own.high] if isinstance(wanted, list) else own.value) == wanted, id_
    for id_, wanted in case.get("observe", {}).items():
        seen = lines[id_].observed
        assert seen is not None and seen.value == wanted
    if "somme" in case:
        assert sum(ln.simulated.value or 0 for ln in found.lines if ln.simulated and not ln.total) == case["somme"]
    assert case.get("message", "") in found.message.replace("\u00a0", " ")


def test_every_simulation_has_a_case() -> None:
    assert {case["scenario"] for case in CASES} == set(SIMULATIONS)


A, B, RATE = f.Input("a", "A", 477), f.Input("b", "B", 769), f.Input("taux", "Taux", Decimal("12.5"), "%")
EMPTY = f.Input("vide", "Vide", None, "%")


def place(column: f.Column, line: str) -> str:
    return f"{column}!{line}"


@pytest.mark.parametrize(
    ("expression", "value", "words", "cells"),
    [
        (A * f.Constant(135) / B, Fraction(477 * 135, 769), "477 × 135 ÷ 769", "a*135/b"),
        ((A + B) * A, (477 + 769) * 477, "(477 + 769) × 477", "(a+b)*a"),
        (A - (B - A), 477 - (769 - 477), "477 − (769 − 477)", "a-(b-a)"),
        (f.percent_of(RATE, A + B), Fraction(1246, 8), "12,5 % × (477 + 769)", "taux*(a+b)/100"),
        (f.rounded(f.percent_of(RATE, A)), 60, "12,5 % × 477", "ROUND(taux*a/100,0)"),
        (f.highest(f.Constant(0), A - B), 0, "le plus grand de 0 et de 477 − 769", "MAX(0,a-b)"),
        (A / f.Constant(0), 0, "477 ÷ 0", "a/0"),
        (f.when_equal(f.Cell("low", "x", A), f.Cell("high", "x", B)), None, "477", 'IF(low!x=high!x,low!x,"")'),
        (f.when_given(EMPTY, f.rounded(f.percent_of(EMPTY, A))), None, "", 'IF(vide="","",ROUND(vide*a/100,0))'),
    ],
)
def test_an_expression_is_computed_written_and_put_in_cells(
    expression: f.Expression, value: Fraction | int | None, words: str, cells: str
) -> None:
    assert expression.value == value
    assert expression.cells(place) == cells
    if expression.value is not None:
        assert expression.words().replace("\u00a0", " ") == words


def test_what_is_left_empty_counts_for_nothing_in_a_sum() -> None:
    assert (f.percent_of(EMPTY, A) + f.percent_of(RATE, A)).value == f.percent_of(RATE, A).value
    assert f.rounded(f.percent_of(EMPTY, A)).whole is None


def test_a_sharing_comes_after_the_one_that_it_shares() -> None:
    regions = f.Sharing("regions", "", A, (("01", "x", 1), ("03", "y", 2)))
    mrcs = f.Sharing("mrc", "", f.Cell("value", "01", regions.part("01")), (("2410", "z", 1),))
    assert [own.id for own in f.sharings([mrcs.part("2410"), regions.part("03"), None])] == ["regions", "mrc"]
    assert mrcs.part("2410").whole == 159 and mrcs.part("2410").cells(place) == "part!mrc:2410"


@pytest.mark.parametrize("kind", SIMULATIONS)
def test_the_printed_formulas_come_out_with_a_calculator(ds: Dataset, kind: str) -> None:
    """« 477 × 135 ÷ 769 = 83,7 »: what is left of « = », done again, is what is right of it, to the digits printed."""
    typed = {"etudes": "10"} if kind == "permis" else {}
    outcome = answer(ds, kind, {**SIMULATIONS[kind].defaults(ds), **typed}).outcome
    done = 0
    for text in outcome.formula:
        # « (2017) » and « (part de 2019) » say what a number is.
        left, _, right = re.sub(r" \((\d{4}|[a-z][^()]*)\)", "", text).rpartition(" = ")
        worked = left.rpartition("\u00a0: ")[2].rpartition(" = ")[2]
        if worked and set(worked) <= set("0123456789 ,\u00a0()+−×÷%"):
            found = Calculator(worked.replace("\u00a0%", "")).value / 100 ** worked.count("%")
            shown = re.match(r"[\d\u00a0]+", right)
            assert shown is not None and abs(found - int(shown[0].replace("\u00a0", ""))) <= 1, text
            done += 1
    assert done
