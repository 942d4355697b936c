"""Bounds, controlled rounding and largest remainder: proven by enumeration on small tables, tried on many."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.scenarios import crossing
from dashboard.scenarios.formula import Constant
from dashboard.scenarios.result import Simulated
from dashboard.scenarios.rounding import controlled_rounding, half_up, largest_remainder, with_floors

Table = tuple[tuple[int, ...], ...]


def bounds(row: int, column: int, total: int) -> tuple[int, int]:
    low, high = crossing.bounds(Constant(row), Constant(column), Constant(total))
    return int(low.value or 0), int(high.value or 0)


def expected(row: int, column: int, total: int) -> Fraction:
    value = crossing.expected(Constant(row), Constant(column), Constant(total)).value
    assert isinstance(value, Fraction)
    return value


def tables(rows: tuple[int, ...], columns: tuple[int, ...]) -> Iterator[Table]:
    """Every table of non-negative whole numbers with these margins."""
    if not rows:
        if not any(columns):
            yield ()
        return
    for line in itertools.product(*(range(min(rows[0], column) + 1) for column in columns)):
        if sum(line) == rows[0]:
            left = tuple(column - cell for column, cell in zip(columns, line, strict=True))
            for rest in tables(rows[1:], left):
                yield (line, *rest)


def subsets(count: int) -> Iterator[tuple[int, ...]]:
    return itertools.chain.from_iterable(itertools.combinations(range(count), n) for n in range(count + 1))


# All the margins of 3 × 2 tables of at most six persons.
MARGINS = [
    (rows, columns)
    for rows in itertools.product(range(7), repeat=3)
    for columns in itertools.product(range(7), repeat=2)
    if sum(rows) == sum(columns) <= 6
]


def test_bounds_hold_for_every_table_and_are_reached() -> None:
    """For all sets of rows and columns: none is out, each bound is met."""
    for rows, columns in MARGINS:
        every = list(tables(rows, columns))
        assert every
        for chosen, years in itertools.product(subsets(3), subsets(2)):
            row, column = sum(rows[i] for i in chosen), sum(columns[j] for j in years)
            found = [sum(table[i][j] for i in chosen for j in years) for table in every]
            low, high = bounds(row, column, sum(rows))
            assert (min(found), max(found)) == (low, high)
            assert low <= expected(row, column, sum(rows)) <= high
            assert low <= half_up(expected(row, column, sum(rows))) <= high


def drawn(chance: random.Random) -> list[list[int]]:
    """A table like those of a region: a few large rows, many small, some empty."""
    rows, columns = chance.randint(1, 12), chance.randint(1, 6)
    most = chance.choice((1, 5, 50, 3000))
    return [[chance.randint(0, most) * chance.randint(0, 1) for _ in range(columns)] for _ in range(rows)]


def test_controlled_rounding_keeps_both_margins_and_stays_next_to_each_estimate() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        table = drawn(chance)
        rows, columns = tuple(map(sum, table)), tuple(map(sum, zip(*table, strict=True)))
        found = controlled_rounding(rows, columns)
        assert tuple(map(sum, found)) == rows
        assert tuple(map(sum, zip(*found, strict=True))) == columns
        for i, j in itertools.product(range(len(rows)), range(len(columns))):
            estimate = expected(rows[i], columns[j], sum(rows))
            assert found[i][j] in (int(estimate), -int(-estimate // 1))
            low, high = bounds(rows[i], columns[j], sum(rows))
            assert low <= found[i][j] <= high


def test_controlled_rounding_is_the_closest_that_keeps_the_margins_and_always_the_same() -> None:
    """Against every table of small margins whose cells are next to their estimates."""
    for rows, columns in [m for m in MARGINS if sum(m[0])]:
        estimates = [expected(row, column, sum(rows)) for row in rows for column in columns]

        def gaps(table: Table, estimates: list[Fraction] = estimates) -> list[Fraction]:
            return [abs(n - e) for n, e in zip(itertools.chain(*table), estimates, strict=True)]

        near = [own for table in tables(rows, columns) if max(own := gaps(table)) < 1]
        found = controlled_rounding(rows, columns)
        assert sum(gaps(found)) == min(map(sum, near))
        assert controlled_rounding.__wrapped__(rows, columns) == found


def test_ties_go_to_the_larger_weight_then_to_the_first_code() -> None:
    assert largest_remainder(1, {"b": 1, "a": 1}) == {"b": 0, "a": 1}
    # Quotas 2,5 and 0,5: the same remainder, the larger weight first.
    assert largest_remainder(3, {"a": 1, "b": 5}) == {"a": 0, "b": 3}


def test_floors_are_kept_and_zero_weights_get_nothing_more() -> None:
    assert with_floors(10, {"a": 1, "b": 0, "c": 9}, {"b": 3}) == {"a": 1, "b": 3, "c": 6}
    assert with_floors(0, {"a": 1, "b": 1}, {}) == {"a": 0, "b": 0}
    assert with_floors(3, {"a": 0, "b": 0}, {"a": 1, "b": 2}) == {"a": 1, "b": 2}


def test_an_empty_table_is_zero() -> None:
    assert controlled_rounding((0, 0), (0, 0, 0)) == ((0, 0, 0), (0, 0, 0))
    assert expected(0, 0, 0) == 0


@pytest.mark.parametrize(
    ("share", "given"),
    [
        (controlled_rounding, ((1, 2), (1, 1))), (controlled_rounding, ((-1, 3), (1, 1))),
        (controlled_rounding, ((), (1,))), (with_floors, (5, {"a": 1}, {"a": 6})),
        (with_floors, (5, {"a": 0, "b": 0}, {})), (with_floors, (-1, {"a": 1}, {})),
        (with_floors, (5, {"a": 1}, {"a": -1})),
    ],
)  # fmt: skip
def test_margins_that_disagree_and_what_cannot_be_shared_are_refused(
    share: Callable[..., object], given: tuple[object, ...]
) -> None:
    with pytest.raises(ValueError):
        share(*given)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 1_000_000),
    st.lists(st.fractions(0, 1_000_000, max_denominator=10_000), min_size=1, max_size=31).filter(any),
    st.data(),
)
def test_shares_always_sum_to_the_number(total: int, weights: list[Fraction], data: st.DataObject) -> None:
    named = {f"{n:04}": weight for n, weight in enumerate(weights)}
    shared = largest_remainder(total, named)
    assert sum(shared.values()) == total
    whole = sum(weights, Fraction(0))
    assert all(abs(shared[code] - weight * total / whole) < 1 for code, weight in named.items())
    left, floors = total, {}
    for code in named:
        floors[code] = data.draw(st.integers(0, left // 2))
        left -= floors[code]
    kept = with_floors(total, named, floors)
    assert sum(kept.values()) == total
    assert all(kept[code] >= floor for code, floor in floors.items())


def test_small_estimates_are_not_written() -> None:
    for own, status, text in (
        (Simulated(4, 0, 9), "estimation", "moins de 5"), (Simulated(0, 0, 9), "estimation", "moins de 5"),
        (Simulated(5, 0, 9), "estimation", "5"), (Simulated(3, 3, 3, exact=True), "estimation", "3"),
        (Simulated(3), "scénario", "3"), (Simulated(None, 290, 347), "scénario", "entre 290 et 347"),
    ):  # fmt: skip
        assert own.text(status) == text
