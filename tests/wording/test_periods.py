"""Dates in words: written, and read back as they are typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.wording.periods import DAY_TYPED, period, read_day


def test_every_day_of_a_year_reads_back_as_it_is_written() -> None:
    days = [(date(2020, 1, 1) + timedelta(days=n)).isoformat() for n in range(366)]
    assert [read_day(period(day)) for day in days] == days
    assert read_day(DAY_TYPED) == "2022-03-31"


@pytest.mark.parametrize(
    ("typed", "read"),
    [(" 1er  Avril 2021 ", "2021-04-01"), ("1 aout 2021", "2021-08-01"), ("31 FÉVRIER 2022", "2022-02-31")],
)
def test_capitals_accents_and_spaces_do_not_count(typed: str, read: str) -> None:
    """A day that does not exist is left to whoever judges it."""
    assert read_day(typed) == read


@pytest.mark.parametrize("typed", ["", "31 mars", "mars 2022", "2022-03-31", "31 marz 2022", "31/03/2022"])
def test_what_is_no_date_in_words_is_left_as_typed(typed: str) -> None:
    assert read_day(typed) == typed
