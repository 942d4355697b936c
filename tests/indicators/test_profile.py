"""Categories, sexes, French, permits, immigrant population and agreements, against the printed tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.indicators import profile
from dashboard.model import Dataset
from tests.transcription import (
    ADMISSIONS,
    AGREEMENTS,
    CATEGORIES,
    CATEGORY_PCT,
    FRENCH,
    FRENCH_PCT,
    IMMIGRANTS,
    PERMITS,
    PLAN_POPULATION,
    REGIONS,
    SEX_PCT,
    SEXES,
    pct,
    rounded,
)

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"
PLACES = [*REGIONS, "QC"]


def counts(ds: Dataset, code: str, indicator: str, categories: Sequence[str]) -> list[float | None]:
    return [profile.count(ds, code, indicator, category).value for category in categories]


def shares(ds: Dataset, code: str, indicator: str, categories: Sequence[str], base: str) -> list[Decimal]:
    found = (profile.category_share(ds, code, indicator, category, base).value for category in categories)
    return [rounded(value, 1) for value in found]


KINDS = ("economic", "family", "refugee", "other")


@pytest.mark.parametrize("code", PLACES)
def test_categories(ds: Dataset, code: str) -> None:
    assert counts(ds, code, "admissions_by_category", KINDS) == list(CATEGORIES[code])
    assert shares(ds, code, "admissions_by_category", KINDS, "total") == [Decimal(p) for p in CATEGORY_PCT[code]]


@pytest.mark.parametrize("code", PLACES)
def test_sexes(ds: Dataset, code: str) -> None:
    assert counts(ds, code, "admissions_by_sex", ("female", "male")) == list(SEXES[code])
    assert shares(ds, code, "admissions_by_sex", ("female", "male"), "total") == [Decimal(p) for p in SEX_PCT[code]]


@pytest.mark.parametrize("code", PLACES)
def test_french_on_the_printed_bases(ds: Dataset, code: str) -> None:
    known, not_known, unknown = (Decimal(p) for p in FRENCH_PCT[code])
    indicator = "admissions_by_french"
    kinds = ("french_known", "french_not_known", "declared", "not_available")
    assert counts(ds, code, indicator, kinds) == list(FRENCH[code])
    assert shares(ds, code, indicator, ("french_known", "french_not_known"), "declared") == [known, not_known]
    assert shares(ds, code, indicator, ("not_available",), "total") == [unknown]


@pytest.mark.parametrize("code", PLACES)
def test_french_known_lies_between_its_share_of_everyone_and_of_the_declared(ds: Dataset, code: str) -> None:
    known, _, declared, unknown = FRENCH[code]
    among_declared, among_everyone = profile.french_known_bounds(ds, code)
    assert declared + unknown == ADMISSIONS[code][-1]
    assert rounded(among_declared.value, 6) == rounded(pct(known, declared), 6)
    assert rounded(among_everyone.value, 6) == rounded(pct(known, declared + unknown), 6)
    assert among_everyone.value < among_declared.value
    assert among_declared.base != among_everyone.base


def test_the_direction_sums_its_regions_category_by_category(ds: Dataset) -> None:
    expected = [sum(CATEGORIES[code][k] for code in REGIONS) for k in range(4)]
    assert expected == [1538, 642, 408, 15]
    assert counts(ds, DIRECTION, "admissions_by_category", KINDS) == expected
    assert counts(ds, DIRECTION, "admissions_by_sex", ("female", "male")) == [1294, 1309]
    # 1 943 of the 2 488 who declared a language.
    assert rounded(profile.french_known_bounds(ds, DIRECTION)[0].value, 1) == Decimal("78.1")


# --- Permits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "total", "per_admission"),
    [("01", 1540, "11.4"), ("03", 10720, "4.7"), ("12", 2290, "14.5"), ("11", 400, "18.2"), ("QC", 158965, "3.9"),
     (DIRECTION, 14950, "5.7")],
)  # fmt: skip
def test_permits(ds: Dataset, code: str, total: int, per_admission: str) -> None:
    if code in PERMITS:
        assert counts(ds, code, "temporary_permits", ("students", "ptet", "pmi")) == list(PERMITS[code])
    assert profile.permits_total(ds, code).value == total
    ratio = profile.permits_per_admission(ds, code)
    assert rounded(ratio.value, 1) == Decimal(per_admission)
    assert ratio.status == "provisional"


@pytest.mark.parametrize("code", REGIONS)
def test_permits_as_a_share_of_quebec(ds: Dataset, code: str) -> None:
    for rank, kind in enumerate(("students", "ptet", "pmi")):
        share = profile.permits_share_of_quebec(ds, code, kind)
        assert rounded(share.value, 6) == rounded(pct(PERMITS[code][rank], PERMITS["QC"][rank]), 6)
    assert rounded(profile.permits_share_of_quebec(ds, code).value, 6) == rounded(pct(sum(PERMITS[code]), 158965), 6)


def test_chaudiere_appalaches_holds_a_thirteenth_of_the_ptet(ds: Dataset) -> None:
    assert rounded(profile.permits_share_of_quebec(ds, "12", "ptet").value, 1) == Decimal("7.9")


# --- Immigrant population, agreements ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "share", "of_quebec"),
    [("01", "1.3", "0.2"), ("03", "5.9", "3.8"), ("12", "1.8", "0.7"), ("11", "1.1", "0.1")],
)
def test_immigrant_population(ds: Dataset, code: str, share: str, of_quebec: str) -> None:
    """950 of 88 130 is 1,08 %: the source prints 1 %."""
    assert profile.immigrant_population(ds, code).value == IMMIGRANTS[code]
    assert profile.plan_population(ds, code).value == PLAN_POPULATION[code]
    own = profile.immigrant_share(ds, code)
    assert rounded(own.value, 1) == Decimal(share) == rounded(pct(IMMIGRANTS[code], PLAN_POPULATION[code]), 1)
    assert {row.key.indicator for row in own.inputs} == {"immigrant_population", "population_private_households"}
    assert rounded(profile.immigrant_share_of_quebec(ds, code).value, 1) == Decimal(of_quebec)


def test_immigrant_population_of_the_direction_and_of_quebec(ds: Dataset) -> None:
    assert profile.immigrant_population(ds, DIRECTION).value == 52615
    assert profile.immigrant_population(ds, "QC").value == 1091310
    assert rounded(profile.immigrant_share_of_quebec(ds, DIRECTION).value, 1) == Decimal("4.8")
    # The plan does not print the population of Québec: no share can be made of it.
    assert profile.plan_population(ds, "QC").value is None
    assert profile.immigrant_share(ds, "QC").value is None


@pytest.mark.parametrize("code", AGREEMENTS)
def test_agreements(ds: Dataset, code: str) -> None:
    kinds = ("mrc", "pasi", "mission_support", "francisation_mandataries")
    assert counts(ds, code, "agreements", kinds) == list(AGREEMENTS[code])


def test_the_direction_prints_its_own_total_of_agreements(ds: Dataset) -> None:
    """Six in all, although one region is not mentioned: the printed total, not a sum of what is known."""
    total = profile.count(ds, DIRECTION, "agreements", "mission_support")
    assert total.value == 6
    assert [row.key.territory for row in total.inputs] == [DIRECTION]
    assert profile.count(ds, "11", "agreements", "mission_support").status == "not_available"


# --- Missing parts ----------------------------------------------------------------------------------------------------


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
