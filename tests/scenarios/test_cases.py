"""The cases that a policy officer can check (tests/cases/simulateur.yaml), run one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.scenarios.result import ImpossibleError
from tests import tables

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
