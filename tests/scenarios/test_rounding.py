"""Bounds, controlled rounding and largest remainder: proven by enumeration on small tables, tried on many."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.scenarios import crossing
from dashboard.scenarios.formula import Constant
from dashboard.scenarios.result import Simulated
from dashboard.scenarios.rounding import controlled_rounding, half_up, largest_remainder, with_floors

Table = tuple[tuple[int, ...], ...]
RANDOM_CASES = 10_000


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


MARGINS = [
    (rows, columns)
    for total in range(7)
    for rows in itertools.product(range(total + 1), repeat=3)
    if sum(rows) == total
    for columns in itertools.product(range(total + 1), repeat=2)
    if sum(columns) == total
]


def test_bounds_hold_for_every_table_and_are_reached() -> None:
    """All 3 × 2 tables of at most six persons, all sets of rows and columns: none is out, each bound is met."""
    for rows, columns in MARGINS:
        every = list(tables(rows, columns))
        assert every
        for chosen, years in itertools.product(subsets(3), subsets(2)):
            row, column = sum(rows[i] for i in chosen), sum(columns[j] for j in years)
            found = [sum(table[i][j] for i in chosen for j in years) for table in every]
            assert (min(found), max(found)) == bounds(row, column, sum(rows))


def drawn(chance: random.Random) -> list[list[int]]:
    """A table like those of a region: a few large rows, many small, some empty."""
    rows, columns = chance.randint(1, 12), chance.randint(1, 6)
    most = chance.choice((1, 5, 50, 3000))
    return [[chance.randint(0, most) * chance.randint(0, 1) for _ in range(columns)] for _ in range(rows)]


def test_bounds_are_never_broken_in_ten_thousand_random_tables() -> None:
    chance = random.Random(20190331)  # noqa: S311 (a draw that can be repeated)
    for _ in range(RANDOM_CASES):
        table = drawn(chance)
        chosen = [i for i in range(len(table)) if chance.random() < 0.5]
        years = [j for j in range(len(table[0])) if chance.random() < 0.5]
        row, column = sum(sum(table[i]) for i in chosen), sum(line[j] for line in table for j in years)
        total = sum(map(sum, table))
        low, high = bounds(row, column, total)
        assert low <= sum(table[i][j] for i in chosen for j in years) <= high
        assert low <= expected(row, column, total) <= high
        assert low <= half_up(expected(row, column, total)) <= high
        whole = len(chosen) in (0, len(table)) or len(years) in (0, len(table[0]))
        assert low == high or not whole


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


def test_controlled_rounding_is_the_closest_that_keeps_the_margins() -> None:
    """Against every table of small margins whose cells are next to their estimates."""
    for rows, columns in [m for m in MARGINS if sum(m[0])]:
        total = sum(rows)
        estimates = [[expected(row, column, total) for column in columns] for row in rows]

        def gap(table: Table, estimates: list[list[Fraction]] = estimates) -> Fraction:
            return sum((abs(n - e) for line, own in zip(table, estimates, strict=True)
                        for n, e in zip(line, own, strict=True)), Fraction(0))  # fmt: skip

        near = [
            table
            for table in tables(rows, columns)
            if all(
                abs(n - e) < 1
                for line, own in zip(table, estimates, strict=True)
                for n, e in zip(line, own, strict=True)
            )
        ]
        assert gap(controlled_rounding(rows, columns)) == min(map(gap, near))


def test_controlled_rounding_is_always_the_same() -> None:
    rows, columns = (25, 58, 16, 477, 6, 110, 9, 68), (110, 149, 194, 181, 135)
    first = controlled_rounding(rows, columns)
    controlled_rounding.cache_clear()
    assert controlled_rounding(rows, columns) == first


@pytest.mark.parametrize(("rows", "columns"), [((1, 2), (1, 1)), ((-1, 3), (1, 1)), ((), (1,))])
def test_margins_that_disagree_are_refused(rows: tuple[int, ...], columns: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        controlled_rounding(rows, columns)


def test_an_empty_table_is_zero() -> None:
    assert controlled_rounding((0, 0), (0, 0, 0)) == ((0, 0, 0), (0, 0, 0))
    assert expected(0, 0, 0) == 0


def test_ties_go_to_the_larger_weight_then_to_the_first_code() -> None:
    assert largest_remainder(1, {"b": 1, "a": 1}) == {"b": 0, "a": 1}
    # Quotas 2,5 and 0,5: the same remainder, the larger weight first.
    assert largest_remainder(3, {"a": 1, "b": 5}) == {"a": 0, "b": 3}


def test_floors_are_kept_and_zero_weights_get_nothing_more() -> None:
    assert with_floors(10, {"a": 1, "b": 0, "c": 9}, {"b": 3}) == {"a": 1, "b": 3, "c": 6}
    assert with_floors(0, {"a": 1, "b": 1}, {}) == {"a": 0, "b": 0}
    assert with_floors(3, {"a": 0, "b": 0}, {"a": 1, "b": 2}) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("total", "weights", "floors"),
    [(5, {"a": 1}, {"a": 6}), (5, {"a": 0, "b": 0}, {}), (-1, {"a": 1}, {}), (5, {"a": 1}, {"a": -1})],
)
def test_what_cannot_be_shared_is_refused(total: int, weights: dict[str, int], floors: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        with_floors(total, weights, floors)


@pytest.mark.long
def test_shares_always_sum_to_the_number() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    strategies = hypothesis.strategies

    @hypothesis.settings(max_examples=400, deadline=None)
    @hypothesis.given(
        total=strategies.integers(0, 1_000_000),
        weights=strategies.lists(strategies.fractions(0, 1_000_000, max_denominator=10_000), min_size=1, max_size=31),
        data=strategies.data(),
    )
    def check(total: int, weights: list[Fraction], data: object) -> None:
        hypothesis.assume(any(weights))
        named = {f"{n:04}": weight for n, weight in enumerate(weights)}
        shared = largest_remainder(total, named)
        assert sum(shared.values()) == total
        whole = sum(weights, Fraction(0))
        assert all(abs(shared[code] - weight * total / whole) < 1 for code, weight in named.items())
        left, floors = total, {}
        for code in named:
            floors[code] = data.draw(strategies.integers(0, left // 2))  # type: ignore[attr-defined]
            left -= floors[code]
        kept = with_floors(total, named, floors)
        assert sum(kept.values()) == total
        assert all(kept[code] >= floor for code, floor in floors.items())

    check()


def test_small_estimates_are_not_written() -> None:
    assert Simulated(4, 0, 9).text("estimation") == "moins de 5"
    assert Simulated(0, 0, 9).text("estimation") == "moins de 5"
    assert Simulated(5, 0, 9).text("estimation") == "5"
    assert Simulated(3, 3, 3, exact=True).text("estimation") == "3"
    assert Simulated(3).text("scénario") == "3"
    assert Simulated(None, 290, 347).text("scénario") == "entre 290 et 347"
