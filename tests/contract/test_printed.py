"""Each figure stands in the text of its document, at its own place: exchanges that agree among themselves are seen."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.contract import judge
from dashboard.loading.draft import Draft
from dashboard.model.rows import Key, Observation

# Figures of one file, exchanged with all that they say.
PAIRS = {
    "admissions_by_mrc": [
        ("2405 {} total 2015-2019", "2406 {} total 2015-2019"),
        ("2419 {} total 2015-2019", "2412 {} total 2015-2019"),
    ],
    "admissions_by_year": [],
    "temporary_permits": [
        ("01 {} ptet 2019-12-31", "01 {} pmi 2019-12-31"),
        ("01 {} ptet 2019-12-31", "03 {} ptet 2019-12-31"),
    ],
    "agreements": [("01 {} mrc 2021-04-01", "12 {} pasi 2021-04-01")],
    "populations": [("2405 population_census total 2016", "2406 population_census total 2016")],
    "immigrant_population": [("QC {}_map unnamed_03 2016", "QC {}_map unnamed_04 2016")],
}
WHOLE = ("value", "printed_pct", "quote", "source")
# What a coherent slip carries from one row to another.
TOGETHER = (
    ("value", "printed_pct", "quote"), WHOLE, ("value", "printed_pct"),
    ("value",), ("printed_pct",), ("quote",), ("source",), ("base",), ("status",),
)  # fmt: skip


def exchanged(draft: Draft, one: Observation, other: Observation, fields: tuple[str, ...]) -> Draft:
    swapped = {
        one: replace(one, **{name: getattr(other, name) for name in fields}),
        other: replace(other, **{name: getattr(one, name) for name in fields}),
    }
    return replace(draft, observations=[swapped.get(row, row) for row in draft.observations])


@pytest.mark.parametrize("name", PAIRS)
def test_no_exchange_between_rows_of_a_file_passes(draft: Draft, name: str) -> None:
    """Chosen pairs, of which one is named; and a sample of the others, with every set of columns that a slip may carry
    (all of them were tried once)."""
    rows = [row for row in draft.observations if row.file == f"data/{name}.csv"]
    by_key = {row.key: row for row in rows}
    for pair in PAIRS[name]:
        one, other = (by_key[Key(*key.format(name).split())] for key in pair)
        assert any(getattr(one, field) != getattr(other, field) for field in WHOLE)
        problems = judge(exchanged(draft, one, other, WHOLE)).problems
        assert {p.line for p in problems if p.file == one.file} & {one.line, other.line}, pair
    pairs = random.Random(f"data/{name}.csv").sample(list(combinations(rows, 2)), 3)  # noqa: S311
    unseen = [
        (one.line, other.line, fields)
        for one, other in pairs
        for fields in TOGETHER
        if any(getattr(one, field) != getattr(other, field) for field in fields)
        and not judge(exchanged(draft, one, other, fields)).problems
    ]
    assert unseen == []
