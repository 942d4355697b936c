"""The examples of the period type are true."""

from __future__ import annotations

import doctest

import pytest

from dashboard.model import periods
from dashboard.model.periods import Period


def test_the_examples_are_true() -> None:
    done = doctest.testmod(periods)
    assert (done.failed, done.attempted > 4) == (0, True)


@pytest.mark.parametrize("code", ["", "19", "2019-13-01", "2019-02-30", "2019-2019", "2019-2018", "2019-", "0999"])
def test_what_is_no_period(code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$|day|month"):
        Period.of(code)
