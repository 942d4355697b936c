"""No text that is downloaded becomes a formula of a spreadsheet; numbers stay numbers."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.exports.observations import actions_csv, observations_csv
from dashboard.model import Dataset
from dashboard.wording.spreadsheet import harmless
from tests.broken_files import Files

FORMULAS = ["+1+cmd|' /C calc'!A1", "-2+3", "=1+1", "@SUM(A1)", "\t=1", " +33 1 23"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_guarded_whatever_its_sign(text: str) -> None:
    assert harmless([text]) == [f"'{text}"]


@pytest.mark.parametrize("number", ["-42.1", "+5", "-42,1", "−42,1", "0", "13848", ""])
def test_a_number_stays_a_number(number: str) -> None:
    assert harmless([number, 5, None, "a"]) == [number, 5, None, "a"]


def dangerous(rows: Iterable[list[str]]) -> list[str]:
    return [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell and harmless([cell]) != [cell]]


@pytest.mark.parametrize("made", [observations_csv, actions_csv])
def test_no_cell_of_a_table_is_a_formula(copy_of_data: Path, made: Callable[[Dataset], str]) -> None:
    Files(copy_of_data).edit("data/territories.csv", ",Rivière-du-Loup,", ",+1+cmd|x,")
    ds = load_dataset(copy_of_data)
    action = ds.action_plan.actions[0]
    plan = ds.action_plan.model_copy(update={"actions": [action.model_copy(update={"text": "+2+5"})]})
    text = made(dataclasses.replace(ds, action_plan=plan))
    rows = list(csv.reader(io.StringIO(text)))
    assert "'+" in text
    assert dangerous(rows) == []
