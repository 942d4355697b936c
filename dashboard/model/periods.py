"""What the period of a figure is: a year, several years in a row, or the day of a count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

PERIOD = r"^[1-9]\d{3}(-[1-9]\d{3}|-\d{2}-\d{2})?$"


@dataclass(frozen=True, slots=True)
class Period:
    """A year, several years in a row or a day, from its code.

    >>> Period.of("2015-2019").years
    ('2015', '2016', '2017', '2018', '2019')
    >>> Period.of("2015-2019").is_span, Period.of("2019").is_year
    (True, True)
    >>> Period.of("2019-12-31").years, Period.of("2019-12-31").last.isoformat()
    (('2019',), '2019-12-31')
    >>> Period.of("2019").first.isoformat(), Period.of("2019").last.isoformat()
    ('2019-01-01', '2019-12-31')
    >>> Period.of("2019-2015")
    Traceback (most recent call last):
    ValueError: 2019-2015
    """

    code: str
    first: date
    last: date

    @staticmethod
    @lru_cache(maxsize=512)
    def of(code: str) -> Period:
        """The period of a code. Raises ValueError for what is not one: no such day, years out of order."""
        if not re.fullmatch(PERIOD, code) or (len(code) == 9 and code[:4] >= code[5:]):
            raise ValueError(code)
        if len(code) == 10:
            return Period(code, date.fromisoformat(code), date.fromisoformat(code))
        return Period(code, date(int(code[:4]), 1, 1), date(int(code[-4:]), 12, 31))

    @property
    def is_year(self) -> bool:
        return len(self.code) == 4

    @property
    def is_span(self) -> bool:
        """True for several years in a row."""
        return len(self.code) == 9

    @property
    def years(self) -> tuple[str, ...]:
        """Codes of its years; that of a day is its own."""
        return tuple(str(year) for year in range(self.first.year, self.last.year + 1))
