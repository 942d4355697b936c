"""The coding scheme is decided for the whole column of codes."""

from __future__ import annotations

import pytest

from dashboard.boundaries import BoundaryError
from dashboard.boundaries.expected import (
    CENSUS,
    ISQ,
    SHORT_ISQ,
    Expected,
    Territory,
    clean_code,
    decide_scheme,
)

ISQ_CODES = {"2401": "010", "2410": "100", "2425": "251", "2434": "340"}
EXPECTED = Expected({code: Territory(code, code, "11", isq) for code, isq in ISQ_CODES.items()}, {"11": "Région"})


@pytest.mark.parametrize(
    ("values", "scheme"),
    [
        (["2401", "2410", "2425", "2434", "2466"], CENSUS),
        (["010", "100", "251", "340", "660"], ISQ),
        (["10", "100", "251", "340", "660"], ISQ),  # stored as numbers: the leading 0 is lost
        (["01", "10", "25", "34", "66"], SHORT_ISQ),
        (["01", "10", "251", "34", "371"], SHORT_ISQ),
        (["1", "10", "25", "34"], SHORT_ISQ),
    ],
)
def test_every_way_of_writing_codes_leads_to_the_same_territories(values, scheme):
    found, table = decide_scheme(values, EXPECTED)
    assert found == scheme
    assert {table[value] for value in values if value in table} == set(ISQ_CODES)
    assert len(table) == 4, "territories of the rest of Québec are left out"


def test_ten_means_the_islands_or_rimouski_according_to_the_column():
    assert decide_scheme(["10", "100", "251", "340"], EXPECTED)[1]["10"] == "2401"
    assert decide_scheme(["1", "10", "251", "34"], EXPECTED)[1]["10"] == "2410"


def test_two_possible_readings_are_refused_rather_than_guessed():
    values = ["1", "10", "100", "25", "34", "340"]
    with pytest.raises(BoundaryError, match=r"de deux façons.*--code-field"):
        decide_scheme(values, EXPECTED)


def test_the_same_reading_twice_is_not_an_ambiguity():
    levis = Expected({"2425": Territory("2425", "Lévis", "12", "251")}, {"12": "Région"})
    assert decide_scheme(["251"], levis)[1] == {"251": "2425"}


def test_row_numbers_do_not_pass_for_codes_when_only_census_codes_are_allowed():
    assert decide_scheme([str(number) for number in range(1, 100)], EXPECTED, (CENSUS,))[1] == {}


def test_a_territory_without_isq_code_is_found_by_its_census_code_only():
    unknown = Expected({"9901": Territory("9901", "Fictive", "99", "")}, {"99": "Région"})
    assert decide_scheme(["9901", ""], unknown)[1] == {"9901": "9901"}


@pytest.mark.parametrize(
    ("raw", "text"),
    [(10, "10"), (10.0, "10"), (" 010 ", "010"), ("10.0", "10"), (None, None), (float("nan"), None), ("", None)],
)
def test_codes_are_read_as_text_whatever_their_type(raw, text):
    assert clean_code(raw) == text
