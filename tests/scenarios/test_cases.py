"""The cases that a policy officer can check (tests/cases/simulateur.yaml), run one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.contract.door import load_dataset
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.scenarios.result import ImpossibleError, Line, Outcome
from tests import tables

ROOT = Path(__file__).resolve().parents[2]
CASES: list[dict[str, Any]] = tables.read(ROOT / "tests/cases/simulateur.yaml")


@pytest.fixture(scope="module")
def ds() -> Dataset:
    return load_dataset(ROOT)


def outcome(ds: Dataset, case: dict[str, Any]) -> Outcome:
    simulation = SIMULATIONS[case["scenario"]]
    try:
        return simulation.run(ds, simulation.model.model_validate(case["parametres"]))
    except ImpossibleError as error:
        raise ValueError(error.message) from error


def line_of(found: Outcome, id_: str) -> Line | None:
    return next((line for line in (*found.lines, *found.more) if line.id == id_), None)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["cas"])
def test_case(ds: Dataset, case: dict[str, Any]) -> None:
    if "refus" in case:
        with pytest.raises(ValueError) as refused:
            outcome(ds, case)
        assert case["refus"] in plain(str(refused.value))
        return
    found = outcome(ds, case)
    for id_, wanted in case["attendu"].items():
        line = line_of(found, id_)
        assert line is not None and line.simulated is not None, id_
        bounds = [line.simulated.low, line.simulated.high]
        if isinstance(wanted, dict):
            assert bounds == wanted["bornes"], id_
            assert "valeur" not in wanted or line.simulated.value == wanted["valeur"], id_
        elif isinstance(wanted, list):
            assert bounds == wanted, id_
        else:
            assert line.simulated.value == wanted, id_
    for id_, wanted in case.get("observe", {}).items():
        line = line_of(found, id_)
        assert line is not None and line.observed is not None and line.observed.value == wanted
    if "somme" in case:
        assert sum(ln.simulated.value or 0 for ln in found.lines if ln.simulated and not ln.total) == case["somme"]
    assert case.get("message", "") in plain(found.message)


def test_every_simulation_has_a_case() -> None:
    assert {case["scenario"] for case in CASES} == set(SIMULATIONS)
