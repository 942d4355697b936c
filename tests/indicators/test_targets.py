"""Annexe 1: what is asked from one year to the next, worked out by hand from the printed targets."""

from __future__ import annotations

import pytest

from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.model.documents import Target
from tests.transcription import TARGET_YEARS, TARGETS


@pytest.fixture
def target(ds: Dataset, request: pytest.FixtureRequest) -> Target:
    return next(t for t in ds.targets.targets if t.id == request.param)


def test_every_printed_target_in_its_year(ds: Dataset) -> None:
    printed = {
        t.id: (t.reference.printed.replace("\u00a0", " "), *(v.printed.replace("\u00a0", " ") for v in t.targets))
        for t in ds.targets.targets
    }
    assert printed == TARGETS
    assert all(tuple(v.period for v in t.targets) == TARGET_YEARS for t in ds.targets.targets)


@pytest.mark.parametrize(
    ("target", "comparable"),
    [("2.1", True), ("3.1", False), ("4.1", True), ("5.1-a", False), ("5.1-b", False)],
    indirect=["target"],
)
def test_the_reference_is_compared_only_in_the_unit_of_the_targets(target: Target, comparable: bool) -> None:
    """« s. o. » is no number, and « 800 accompagnements » counts no enterprises."""
    assert tgt.reference_comparable(target) is comparable


@pytest.mark.parametrize("target", ["5.1-a"], indirect=True)
@pytest.mark.parametrize("told", [{"value": None, "printed": "s. o."}, {"unit": "accompagnements"}])
def test_no_step_leads_to_a_word_nor_joins_two_units(target: Target, told: dict[str, str | None]) -> None:
    other = target.targets[1].model_copy(update=told)
    changed = target.model_copy(update={"targets": [target.targets[0], other, *target.targets[2:]]})
    assert [step.asked for step in tgt.steps(changed)] == [None, None, 400]
