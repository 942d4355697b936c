"""Bases, totals and missing parts of the profiles; their figures are those of the catalogue and of the tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from dashboard.indicators import profile
from dashboard.model import Dataset
from tests.transcription import PLAN_POPULATION, REGIONS, rounded

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"


def test_immigrant_population_of_quebec_and_of_its_parts(ds: Dataset) -> None:
    """950 of 88 130 is 1,08 %: the source prints 1 %."""
    own = profile.immigrant_share(ds, "11")
    assert rounded(own.value, 1) == Decimal("1.1")
    assert {row.key.indicator for row in own.inputs} == {"immigrant_population", "population_private_households"}
    assert {code: profile.plan_population(ds, code).value for code in REGIONS} == PLAN_POPULATION
    # The plan does not print the population of Québec: no share can be made of it.
    assert profile.plan_population(ds, "QC").value is None
    assert profile.immigrant_share(ds, "QC").value is None


def test_the_direction_prints_its_own_total_of_agreements(ds: Dataset) -> None:
    """Six in all, although one region is not mentioned: the printed total, not a sum of what is known."""
    total = profile.count(ds, DIRECTION, "agreements", "mission_support")
    assert total.value == 6
    assert [row.key.territory for row in total.inputs] == [DIRECTION]
    assert profile.count(ds, "11", "agreements", "mission_support").status == "not_available"


def test_a_missing_programme_leaves_no_partial_total(without: Without) -> None:
    holed = without(("12", "temporary_permits", "pmi", "2019-12-31"))
    for code in ("12", DIRECTION):
        assert profile.permits_total(holed, code).value is None
        assert profile.permits_per_admission(holed, code).value is None
        assert profile.permits_share_of_quebec(holed, code).value is None
    assert profile.permits_total(holed, "03").value == 10720
    assert profile.permits_share_of_quebec(holed, "12", "ptet").value is not None
    assert profile.permits_share_of_quebec(holed, "12", "pmi").value is None


def test_a_missing_category_leaves_the_others(without: Without) -> None:
    holed = without(("01", "admissions_by_french", "declared", "2019"))
    among_declared, among_everyone = profile.french_known_bounds(holed, "01")
    assert among_declared.value is None
    assert rounded(among_everyone.value, 1) == Decimal("72.6")
    assert profile.french_known_bounds(holed, DIRECTION)[0].value is None


def test_a_value_said_not_available_is_no_zero(ds: Dataset) -> None:
    key = next(k for k in ds.observations if k[:3] == ("11", "immigrant_population", "total"))
    row = replace(ds.observations[key], value=None, status="not_available")
    holed = replace(ds, observations={**ds.observations, key: row})
    assert profile.immigrant_population(holed, "11").value is None
    assert profile.immigrant_population(holed, DIRECTION).value is None
    assert profile.immigrant_share(holed, DIRECTION).status == "not_available"
