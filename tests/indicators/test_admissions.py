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
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key
from tests import transcription as src

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"


def close(quantity: Quantity | None, expected: Decimal) -> bool:
    """Equal to the tenth digit: no rounding hides in the value."""
    return abs(Decimal(str(quantity.value)) - expected) <= abs(expected) * Decimal("1e-10")


def test_years_and_span(ds: Dataset) -> None:
    assert adm.years(ds) == list(src.YEARS)
    assert adm.span(ds) == src.SPAN


def test_what_a_sum_and_a_rate_rest_on(ds: Dataset) -> None:
    assert {row.key.territory for row in adm.admissions(ds, DIRECTION, src.SPAN).inputs} == set(src.REGIONS)
    # The census, not the population of the plan.
    for code in (*src.REGIONS, DIRECTION):
        assert {row.key.indicator for row in adm.rate_per_1000(ds, code).inputs} == {"admissions", "population_census"}


@pytest.mark.parametrize("code", [*src.REGIONS, "QC"])
def test_change_from_the_year_before(ds: Dataset, code: str) -> None:
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


def test_mrc_have_no_single_year(ds: Dataset) -> None:
    assert all(adm.admissions(ds, code, "2019").value is None for code in src.MRC_COUNT)


def test_2019_and_what_contains_it_are_provisional(ds: Dataset) -> None:
    for code in [*src.REGIONS, "QC", DIRECTION]:
        assert [adm.admissions(ds, code, year).status for year in src.YEARS] == ["definitive"] * 4 + ["provisional"]
        assert adm.admissions(ds, code, src.SPAN).status == "provisional"
        assert adm.index_100(ds, code, "2019").status == "provisional"
        assert adm.index_100(ds, code, "2018").status == "definitive"
        assert adm.change_pct(ds, code, "2018").status == "definitive"
        assert adm.change_pct(ds, code, "2019").status == "provisional"
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
