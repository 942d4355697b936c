"""Admissions by year and by MRC, computed here in decimals from the printed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.indicators import admissions as adm
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from tests.transcription import (
    ADMISSIONS,
    CENSUS,
    CENSUS_REGIONS,
    MRC,
    MRC_COUNT,
    MRC_REGION,
    REGIONS,
    SPAN,
    TOTALS,
    UNRELIABLE,
    YEARS,
    pct,
    rounded,
)

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"
BREAKS = (1, 2, 3, 5)
# 16 322 of 246 301, and year by year: 110 + 2 959 + 225 + 24…
DIRECTION_YEARS = (3318, 3864, 3325, 3212, 2603)


def close(quantity: Quantity | None, expected: Decimal) -> bool:
    """Equal to the tenth digit: no rounding hides in the value."""
    assert quantity is not None
    assert quantity.value is not None
    return abs(Decimal(str(quantity.value)) - expected) <= abs(expected) * Decimal("1e-10")


def test_years_and_span(ds: Dataset) -> None:
    assert adm.years(ds) == list(YEARS)
    assert adm.span(ds) == SPAN


@pytest.mark.parametrize("code", [*REGIONS, "QC"])
def test_numbers_of_each_year_and_of_the_period(ds: Dataset, code: str) -> None:
    assert [adm.admissions(ds, code, year).value for year in YEARS] == list(ADMISSIONS[code])
    assert adm.admissions(ds, code, SPAN).value == TOTALS[code]


def test_the_direction_is_the_sum_of_its_four_regions(ds: Dataset) -> None:
    assert [adm.admissions(ds, DIRECTION, year).value for year in YEARS] == list(DIRECTION_YEARS)
    whole = adm.admissions(ds, DIRECTION, SPAN)
    assert whole.value == 16322 == sum(DIRECTION_YEARS)
    assert {row.key.territory for row in whole.inputs} == set(REGIONS)


@pytest.mark.parametrize("code", REGIONS)
def test_shares_of_quebec(ds: Dataset, code: str) -> None:
    for year, count, quebec in zip(YEARS, ADMISSIONS[code], ADMISSIONS["QC"], strict=True):
        assert close(adm.share_of_quebec(ds, code, year), pct(count, quebec))
    assert close(adm.share_of_quebec(ds, code, SPAN), pct(TOTALS[code], 246301))


def test_the_direction_receives_6_63_percent_of_quebec(ds: Dataset) -> None:
    share = adm.share_of_quebec(ds, DIRECTION, SPAN)
    assert close(share, pct(16322, 246301))
    assert rounded(share.value, 2) == Decimal("6.63")


@pytest.mark.parametrize("code", [*REGIONS, "QC"])
def test_index_from_the_first_year(ds: Dataset, code: str) -> None:
    found = [adm.index_100(ds, code, year) for year in YEARS]
    first = ADMISSIONS[code][0]
    assert found[0].value == 100
    assert all(close(index, pct(count, first)) for index, count in zip(found, ADMISSIONS[code], strict=True))


@pytest.mark.parametrize(
    ("code", "index", "change"),
    [
        ("01", "122.7", "-25.4"),
        ("03", "77.3", "-16.7"),
        ("12", "70.2", "-35.8"),
        ("11", "91.7", "-42.1"),
        ("QC", "82.8", "-20.7"),
    ],
)
def test_index_and_change_of_2019_as_worked_out_on_paper(ds: Dataset, code: str, index: str, change: str) -> None:
    assert rounded(adm.index_100(ds, code, "2019").value, 1) == Decimal(index)
    assert rounded(adm.change_pct(ds, code, "2019").value, 1) == Decimal(change)


@pytest.mark.parametrize("code", [*REGIONS, "QC"])
def test_change_from_the_year_before(ds: Dataset, code: str) -> None:
    assert adm.change_pct(ds, code, "2015") is None
    counts = ADMISSIONS[code]
    for rank in range(1, 5):
        expected = pct(counts[rank] - counts[rank - 1], counts[rank - 1])
        assert close(adm.change_pct(ds, code, YEARS[rank]), expected)


# --- MRC --------------------------------------------------------------------------------------------------------------


def test_the_31_territories_of_the_four_regions(ds: Dataset) -> None:
    assert set(ds.mrc_codes()) == set(MRC_COUNT)
    assert len(ds.mrc_codes()) == 31
    for region, own in MRC.items():
        assert set(ds.mrc_codes(region)) == set(own)


@pytest.mark.parametrize("code", MRC_COUNT)
def test_number_share_and_rate_of_an_mrc(ds: Dataset, code: str) -> None:
    region = MRC_REGION[code]
    count, printed = MRC[region][code][1:]
    share, rate = adm.mrc_measure(ds, code, "part"), adm.mrc_measure(ds, code, "taux")
    assert adm.mrc_measure(ds, code, "nombre").value == count
    assert close(share, pct(count, TOTALS[region]))
    assert rounded(share.value, 1) == Decimal(printed)
    assert close(rate, Decimal(count) * 1000 / CENSUS[code])
    assert rate.reliable == (code not in UNRELIABLE)
    assert rate.reliable == (count >= 20)


def test_only_rates_can_be_unreliable(ds: Dataset) -> None:
    assert all(adm.mrc_measure(ds, code, measure).reliable for code in UNRELIABLE for measure in ("nombre", "part"))


def test_eight_territories_have_too_few_admissions_for_a_rate(ds: Dataset) -> None:
    weak = {code for code in ds.mrc_codes() if not adm.rate_per_1000(ds, code).reliable}
    assert weak == UNRELIABLE
    assert len(weak) == 8


def test_the_classes_of_the_map_hold_8_10_3_8_and_2_territories(ds: Dataset) -> None:
    classes = Counter(
        sum(1 for limit in BREAKS if adm.rate_per_1000(ds, code).value >= limit) for code in ds.mrc_codes()
    )
    assert [classes[k] for k in range(5)] == [8, 10, 3, 8, 2]
    assert list(ds.config.map_classes["taux"]) == list(BREAKS)


@pytest.mark.parametrize("code", REGIONS)
def test_rate_of_a_region_rests_on_the_census_not_on_the_plan(ds: Dataset, code: str) -> None:
    rate = adm.rate_per_1000(ds, code)
    assert close(rate, Decimal(TOTALS[code]) * 1000 / CENSUS_REGIONS[code])
    assert {row.key.indicator for row in rate.inputs} == {"admissions", "population_census"}


def test_rate_of_the_direction(ds: Dataset) -> None:
    assert adm.population(ds, DIRECTION).value == 1437775 == sum(CENSUS_REGIONS.values())
    assert close(adm.rate_per_1000(ds, DIRECTION), Decimal(16322) * 1000 / 1437775)


def test_rank_by_number(ds: Dataset) -> None:
    for own in MRC.values():
        ordered = sorted(own.values(), key=lambda row: -row[1])
        for code, (_, count, _) in own.items():
            place = 1 + next(n for n, row in enumerate(ordered) if row[1] == count)
            tied = [row[1] for row in ordered].count(count) > 1
            assert adm.rank_in_region(ds, code) == (place, len(own), tied)


def test_rank_by_rate_leaves_out_what_is_unreliable(ds: Dataset) -> None:
    # For 1 000: Rimouski 8,4, Rivière-du-Loup and Kamouraska 3,2 both, La Matanie 2,7, La Matapédia 1,4.
    ranks = {code: adm.rank_in_region(ds, code, "taux") for code in MRC["01"]}
    assert ranks == {
        "2410": (1, 5, False), "2412": (2, 5, True), "2414": (2, 5, True), "2408": (4, 5, False), "2407": (5, 5, False),
        "2409": None, "2411": None, "2413": None,
    }  # fmt: skip


def test_mrc_have_no_single_year(ds: Dataset) -> None:
    assert all(adm.admissions(ds, code, "2019").value is None for code in MRC_COUNT)


# --- Status, missing parts --------------------------------------------------------------------------------------------


def test_2019_and_what_contains_it_are_provisional(ds: Dataset) -> None:
    for code in [*REGIONS, "QC", DIRECTION]:
        assert [adm.admissions(ds, code, year).status for year in YEARS] == ["definitive"] * 4 + ["provisional"]
        assert adm.admissions(ds, code, SPAN).status == "provisional"
        assert adm.index_100(ds, code, "2019").status == "provisional"
        assert adm.index_100(ds, code, "2018").status == "definitive"
        assert adm.change_pct(ds, code, "2018").status == "definitive"
        assert adm.change_pct(ds, code, "2019").status == "provisional"
    # A definitive census under a provisional count.
    assert adm.rate_per_1000(ds, "2410").status == "provisional"


@pytest.mark.parametrize("status", ["estimate", "provisional", "definitive"])
def test_the_weakest_status_of_the_inputs_wins(ds: Dataset, status: str) -> None:
    key = next(k for k in ds.observations if k[:2] == ("03", "admissions") and k.period == "2016")
    rows = {**ds.observations, key: replace(ds.observations[key], status=status)}
    changed = replace(ds, observations=rows)
    assert adm.admissions(changed, DIRECTION, "2016").status == status
    assert adm.change_pct(changed, "03", "2017").status == status
    assert adm.share_of_quebec(changed, "03", "2015").status == "definitive"


def test_an_estimate_is_weaker_than_a_provisional_figure(ds: Dataset) -> None:
    key = next(k for k in ds.observations if k[:2] == ("03", "admissions") and k.period == "2018")
    estimated = replace(ds, observations={**ds.observations, key: replace(ds.observations[key], status="estimate")})
    assert adm.change_pct(estimated, "03", "2019").status == "estimate"
    assert adm.admissions(estimated, "03", "2019").status == "provisional"


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


def test_without_the_first_year_there_is_no_index(without: Without) -> None:
    holed = without(("11", "admissions", "total", "2015"))
    assert [adm.index_100(holed, "11", year).value for year in YEARS] == [None] * 5
    assert adm.admissions(holed, "11", "2019").value == 22


def test_without_a_base_there_is_no_share_nor_rate(without: Without) -> None:
    holed = without(("2410", "population_census", "total", "2016"), ("01", "admissions_by_mrc", "total", SPAN))
    assert adm.rate_per_1000(holed, "2410").value is None
    assert adm.share_of_region(holed, "2410").value is None
    assert adm.rank_in_region(holed, "2410", "taux") is None
    assert adm.admissions(holed, "2410", SPAN).value == 477
    assert adm.population(holed, "01").value == 197385


def test_a_zero_base_divides_nothing(ds: Dataset) -> None:
    key = next(k for k in ds.observations if k[:2] == ("11", "admissions") and k.period == "2015")
    zero = replace(ds, observations={**ds.observations, key: replace(ds.observations[key], value=0)})
    assert adm.index_100(zero, "11", "2019").value is None
    assert adm.change_pct(zero, "11", "2016").value is None
    assert adm.admissions(zero, "11", "2015").value == 0


def test_the_direction_without_a_broken_region(copy_of_data: Path) -> None:
    """Through the door: the three regions left are summed, and the fourth is nowhere in the sum."""
    file = copy_of_data / "data" / "admissions_by_sex.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count("\n12,admissions_by_sex,female,2019,81,") == 1
    file.write_text(
        text.replace("\n12,admissions_by_sex,female,2019,81,", "\n12,admissions_by_sex,female,2019,8l,"), "utf-8"
    )
    three = load_dataset(copy_of_data)
    assert set(three.unavailable) == {"12"}
    assert adm.admissions(three, DIRECTION, SPAN).value == 16322 - 1118
    assert adm.admissions(three, DIRECTION, "2019").value == 2603 - 158
    assert adm.population(three, DIRECTION).value == 1437775 - 420082
    assert "12" not in {row.key.territory for row in adm.admissions(three, DIRECTION, SPAN).inputs}
    assert len(three.mrc_codes()) == 21
