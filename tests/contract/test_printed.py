"""Each figure stands in the text of its document, at its own place: exchanges that agree among themselves are seen."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.contract import judge
from dashboard.loading.draft import Draft
from dashboard.model.rows import Key, Observation

MRC, YEARS, PERMITS = (f"data/{name}.csv" for name in ("admissions_by_mrc", "admissions_by_year", "temporary_permits"))
AGREEMENTS, CENSUS, MAP = (f"data/{name}.csv" for name in ("agreements", "populations", "immigrant_population"))
# What a coherent slip carries from one row to another.
TOGETHER = (
    ("value", "printed_pct", "quote"), ("value", "printed_pct", "quote", "source"), ("value", "printed_pct"),
    ("value",), ("printed_pct",), ("quote",), ("source",), ("base",), ("status",),
)  # fmt: skip


def exchanged(draft: Draft, one: Observation, other: Observation, fields: tuple[str, ...]) -> Draft:
    swapped = {
        one: replace(one, **{name: getattr(other, name) for name in fields}),
        other: replace(other, **{name: getattr(one, name) for name in fields}),
    }
    return replace(draft, observations=[swapped.get(row, row) for row in draft.observations])


@pytest.mark.parametrize(
    ("file", "one", "other"),
    [
        (MRC, "2405 admissions_by_mrc total 2015-2019", "2406 admissions_by_mrc total 2015-2019"),
        (MRC, "2419 admissions_by_mrc total 2015-2019", "2412 admissions_by_mrc total 2015-2019"),
        (PERMITS, "01 temporary_permits ptet 2019-12-31", "01 temporary_permits pmi 2019-12-31"),
        (PERMITS, "01 temporary_permits ptet 2019-12-31", "03 temporary_permits ptet 2019-12-31"),
        (AGREEMENTS, "01 agreements mrc 2021-04-01", "12 agreements pasi 2021-04-01"),
        (AGREEMENTS, "11 agreements pasi 2021-04-01", "11 agreements mrc 2021-04-01"),
        (CENSUS, "2405 population_census total 2016", "2406 population_census total 2016"),
        (MAP, "QC immigrant_population_map unnamed_03 2016", "QC immigrant_population_map unnamed_04 2016"),
    ],
)
def test_two_rows_that_exchange_all_that_they_say_are_named(draft: Draft, file: str, one: str, other: str) -> None:
    rows = {row.key: row for row in draft.observations if row.file == file}
    first, second = (rows[Key(*key.split())] for key in (one, other))
    fields = ("value", "printed_pct", "quote", "source")
    lines = {p.line for p in judge(exchanged(draft, first, second, fields)).problems if p.file == file}
    same = all(getattr(first, name) == getattr(second, name) for name in fields)
    assert lines & {first.line, second.line} or same


@pytest.mark.parametrize("file", [MRC, YEARS, PERMITS, AGREEMENTS, CENSUS, MAP])
def test_no_exchange_between_rows_of_a_file_passes(draft: Draft, file: str) -> None:
    """A sample of the pairs, with every set of columns that a slip may carry; all of them were tried once."""
    rows = [row for row in draft.observations if row.file == file]
    pairs = random.Random(file).sample(list(combinations(rows, 2)), 6)  # noqa: S311
    unseen = [
        (one.line, other.line, fields)
        for one, other in pairs
        for fields in TOGETHER
        if any(getattr(one, name) != getattr(other, name) for name in fields)
        and not judge(exchanged(draft, one, other, fields)).problems
    ]
    assert unseen == []
