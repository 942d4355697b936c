"""A quantity keeps everything of what it was made from: unit, decimals, place, period, inputs, formula, base."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.indicators.quantity import SUM, Quantity, add, observed, ratio, share_pct
from dashboard.model import Dataset, Key
from dashboard.wording.periods import period, status
from tests.transcription import NBSP


@pytest.fixture
def pair(ds: Dataset) -> tuple[Quantity, Quantity]:
    """Admissions of a region and of Québec in 2019."""
    here = observed(ds, "03", "admissions", period="2019")
    whole = observed(ds, "QC", "admissions", period="2019")
    assert (here.value, whole.value) == (2288, 40565)
    return here, whole


def test_an_observed_quantity_says_where_it_stands(ds: Dataset) -> None:
    found = observed(ds, "03", "admissions", period="2019")
    row = ds.observations[Key("03", "admissions", "total", "2019")]
    assert (found.territory, found.period, found.decimals, found.inputs) == ("03", "2019", 0, (row,))
    assert (found.unit, found.label) == ("personnes", ds.indicators["admissions"].label)
    assert (found.base, found.status, found.observed, found.operands) == (row.base, "provisional", True, ())
    assert observed(ds, "03", "admissions", period="2019", label="Ici").label == "Ici"
    women = observed(ds, "03", "admissions_by_sex", "female", "2019")
    named = next(c.label for c in ds.indicators["admissions_by_sex"].categories if c.id == "female")
    assert women.label == f"{ds.indicators['admissions_by_sex'].short}{NBSP}: {named}"


def test_what_the_source_does_not_give_has_a_place_all_the_same(ds: Dataset) -> None:
    found = observed(ds, "03", "admissions", period="1999")
    assert (found.value, found.territory, found.period, found.decimals) == (None, "03", "1999", 0)
    assert (found.unit, found.status, found.inputs) == ("personnes", "not_available", ())


def test_a_ratio_keeps_both_provenances(pair: tuple[Quantity, Quantity]) -> None:
    here, whole = pair
    found = ratio(here, whole, 1000, "pour 1 000", "Taux", "rate", "personnes", reliable=False)
    assert found.value == float(Decimal(2288) * 1000 / 40565)
    assert (found.unit, found.decimals, found.label, found.formula) == ("pour 1 000", 1, "Taux", "{a} ÷ {b} × 1 000")
    assert (found.territory, found.period, found.derived, found.base) == ("03", "2019", "rate", "personnes")
    assert (found.inputs, found.operands) == (here.inputs + whole.inputs, (here, whole))
    assert (found.reliable, found.observed, found.status) == (False, False, "provisional")


def test_a_share_is_a_percentage_of_its_base(pair: tuple[Quantity, Quantity]) -> None:
    here, whole = pair
    found = share_pct(here, whole, "Part")
    assert found.value == float(Decimal(2288) * 100 / 40565)
    assert (found.unit, found.decimals, found.label, found.derived) == ("%", 1, "Part", "share")
    assert (found.formula, found.base, found.reliable) == ("{a} ÷ {b} × 100", whole.label, True)
    other = share_pct(here, whole, "Part", "share_of_quebec", "autre base")
    assert (other.derived, other.base) == ("share_of_quebec", "autre base")


def test_nothing_is_divided_by_nothing(pair: tuple[Quantity, Quantity]) -> None:
    here, whole = pair
    zero = Quantity(0, "personnes", 0, "zéro", "QC", "2019")
    absent = Quantity(None, "personnes", 0, "absent", "QC", "2019")
    assert share_pct(here, zero, "").value is None
    assert share_pct(here, absent, "").value is None
    assert share_pct(absent, whole, "").value is None
    assert share_pct(zero, whole, "").value == 0


def test_a_sum_is_whole_or_nothing(ds: Dataset, pair: tuple[Quantity, Quantity]) -> None:
    here, _ = pair
    other = observed(ds, "12", "admissions", period="2019")
    found = add([here, other], "Somme", "DRCNEQ", period="2019-2020")
    assert found.value == 2288 + (other.value or 0)
    assert (found.unit, found.decimals, found.label, found.territory) == ("personnes", 0, "Somme", "DRCNEQ")
    assert (found.period, found.formula, found.base) == ("2019-2020", SUM, here.base)
    assert (found.inputs, found.operands) == (here.inputs + other.inputs, (here, other))
    assert add([here, other], "Somme", "DRCNEQ").period == "2019"
    absent = observed(ds, "12", "admissions", period="1999")
    partial = add([here, absent], "Somme", "DRCNEQ")
    assert (partial.value, partial.label, partial.territory, partial.period) == (None, "Somme", "DRCNEQ", "2019")
    assert (partial.unit, partial.decimals, partial.formula, partial.operands) == ("personnes", 0, SUM, (here, absent))
    assert (partial.inputs, add([here, absent], "", "", period="2020").period) == (here.inputs, "2020")


def test_periods_and_statuses_in_words() -> None:
    assert period("2019") == "2019"
    assert period("2015-2019") == "2015-2019"
    assert period("2019-12-31") == f"31{NBSP}décembre{NBSP}2019"
    assert period("2021-04-01") == f"1er{NBSP}avril{NBSP}2021"
    assert period("2021-04-11") == f"11{NBSP}avril{NBSP}2021"
    words = {code: status(code) for code in ("definitive", "provisional", "estimate", "not_available", "autre")}
    assert list(words.values()) == ["définitive", "provisoire", "estimée", "non disponible", "autre"]
