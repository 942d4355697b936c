"""Admissions by year and by MRC, computed here in decimals from the printed figures.

Numbers, shares, indices and rates of every territory are those of the catalogue (test_catalogue), year by year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key
from tests import transcription as src
from tests.transcription import PLAN_POPULATION, REGIONS, rounded

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"


def close(quantity: Quantity | None, expected: Decimal) -> bool:
    """Equal to the tenth digit: no rounding hides in the value."""
    return abs(Decimal(str(quantity.value)) - expected) <= abs(expected) * Decimal("1e-10")


def test_what_a_sum_and_a_rate_rest_on(ds: Dataset) -> None:
    assert {row.key.territory for row in adm.admissions(ds, DIRECTION, src.SPAN).inputs} == set(src.REGIONS)
    # The census, not the population of the plan.
    for code in (*src.REGIONS, DIRECTION):
        assert {row.key.indicator for row in adm.rate_per_1000(ds, code).inputs} == {"admissions", "population_census"}


def test_change_from_the_year_before(ds: Dataset) -> None:
    for code in (*src.REGIONS, "QC"):
        assert adm.change_pct(ds, code, "2015") is None
        for year, (before, now) in zip(src.YEARS[1:], pairwise(src.ADMISSIONS[code]), strict=True):
            assert close(adm.change_pct(ds, code, year), src.pct(now - before, before))


def test_the_share_of_an_mrc_is_the_printed_one_and_its_rate_is_reliable_from_20(ds: Dataset) -> None:
    for code, count in src.MRC_COUNT.items():
        number, share, rate = (adm.mrc_measure(ds, code, measure) for measure in adm.MEASURES)
        assert (number.value, src.rounded(share.value, 1)) == (count, Decimal(src.MRC[src.MRC_REGION[code]][code][2]))
        assert rate.reliable == (code not in src.UNRELIABLE) == (count >= 20)
        assert share.reliable and number.reliable


def test_rank_by_number(ds: Dataset) -> None:
    for own in src.MRC.values():
        ordered = sorted(own.values(), key=lambda row: -row[1])
        for code, (_, count, _) in own.items():
            place = 1 + next(n for n, row in enumerate(ordered) if row[1] == count)
            tied = [row[1] for row in ordered].count(count) > 1
            assert adm.rank_in_region(ds, code) == (place, len(own), tied)


def test_rank_by_rate_leaves_out_what_is_unreliable(ds: Dataset) -> None:
    # For 1 000: Rimouski 8,4, Rivière-du-Loup and Kamouraska 3,2 both, La Matanie 2,7, La Matapédia 1,4.
    ranks = {code: adm.rank_in_region(ds, code, "taux") for code in src.MRC["01"]}
    assert ranks == {
        "2410": (1, 5, False), "2412": (2, 5, True), "2414": (2, 5, True), "2408": (4, 5, False), "2407": (5, 5, False),
        "2409": None, "2411": None, "2413": None,
    }  # fmt: skip


def test_2019_and_what_contains_it_are_provisional(ds: Dataset) -> None:
    for code in [*src.REGIONS, "QC", DIRECTION]:
        assert [adm.admissions(ds, code, year).status for year in src.YEARS] == ["definitive"] * 4 + ["provisional"]
        assert adm.admissions(ds, code, src.SPAN).status == "provisional"
        for made in (adm.index_100, adm.change_pct):
            assert [made(ds, code, year).status for year in ("2018", "2019")] == ["definitive", "provisional"]
    # A definitive census under a provisional count.
    assert adm.rate_per_1000(ds, "2410").status == "provisional"


@pytest.mark.parametrize("status", ["estimate", "provisional", "definitive"])
def test_the_weakest_status_of_the_inputs_wins(ds: Dataset, status: str) -> None:
    key = Key("03", "admissions", "total", "2018")
    changed = replace(ds, observations={**ds.observations, key: replace(ds.observations[key], status=status)})
    assert adm.admissions(changed, DIRECTION, "2018").status == status
    assert adm.change_pct(changed, "03", "2018").status == status
    # An estimate is weaker than the provisional figure of 2019.
    assert adm.change_pct(changed, "03", "2019").status == ("estimate" if status == "estimate" else "provisional")
    assert adm.share_of_quebec(changed, "03", "2015").status == "definitive"


def test_a_missing_part_gives_no_partial_sum(ds: Dataset, without: Without) -> None:
    holed = without(("12", "admissions", "total", "2017"))
    for quantity in (
        adm.admissions(holed, "12", "2017"),
        adm.admissions(holed, DIRECTION, "2017"),
        adm.share_of_quebec(holed, DIRECTION, "2017"),
        adm.index_100(holed, DIRECTION, "2017"),
        adm.change_pct(holed, "12", "2018"),
        adm.change_pct(holed, DIRECTION, "2017"),
    ):
        assert quantity.value is None
        assert quantity.status == "not_available"
    assert adm.admissions(holed, DIRECTION, "2018").value == 3212
    assert adm.index_100(holed, "12", "2018").value is not None


def test_without_a_base_there_is_no_share_nor_rate(without: Without) -> None:
    holed = without(("2410", "population_census", "total", "2016"), ("01", "admissions_by_mrc", "total", src.SPAN))
    assert adm.rate_per_1000(holed, "2410").value is None
    assert adm.share_of_region(holed, "2410").value is None
    assert adm.rank_in_region(holed, "2410", "taux") is None
    assert adm.admissions(holed, "2410", src.SPAN).value == 477
    assert adm.population(holed, "01").value == 197385


def test_a_zero_base_divides_nothing(ds: Dataset, without: Without) -> None:
    key = next(k for k in ds.observations if k[:2] == ("11", "admissions") and k.period == "2015")
    zero = replace(ds, observations={**ds.observations, key: replace(ds.observations[key], value=0)})
    assert adm.index_100(zero, "11", "2019").value is adm.index_100(without(key), "11", "2019").value is None
    assert adm.change_pct(zero, "11", "2016").value is None
    assert adm.admissions(zero, "11", "2015").value == 0


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
