"""Whole numbers that keep their totals: largest remainder for a list, controlled rounding for a table.

Exact arithmetic throughout (fractions and whole numbers): a tie is a tie, and the same input gives the same output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache


def half_up(value: Fraction | int) -> int:
    """The nearest whole number, halves going up (the values here are never negative)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True, slots=True)
class Share:
    """What one receives: whole part of its quota, what remains of it (over the sum of the weights), rank, part."""

    quota: int
    rest: Fraction | int
    rank: int
    part: int


def shares(total: int, weights: Mapping[str, Fraction | int]) -> dict[str, Share]:
    """Share `total` in proportion to the weights; the sum of the parts is always `total`.

    Each gets the whole part of its quota, and what is left goes one by one to the largest remainders (Hamilton). Ties:
    the larger weight first, then the order of the codes. Raises ValueError without any positive weight, unless total
    is 0, or when a weight or the total is negative.
    """
    if total < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("nombre négatif")
    whole = sum(weights.values())
    if total and not whole:
        raise ValueError("poids tous nuls")
    quotas = {code: divmod(weight * total, whole or 1) for code, weight in weights.items()}
    order = sorted(quotas, key=lambda code: (-quotas[code][1], -weights[code], code))
    left = total - sum(quota for quota, _ in quotas.values())
    ranks = {code: rank for rank, code in enumerate(order, start=1)}
    return {code: Share(q, rest, ranks[code], q + (ranks[code] <= left)) for code, (q, rest) in quotas.items()}


def largest_remainder(total: int, weights: Mapping[str, Fraction | int]) -> dict[str, int]:
    """The parts of `shares` alone."""
    return {code: share.part for code, share in shares(total, weights).items()}


def with_floors(total: int, weights: Mapping[str, Fraction | int], floors: Mapping[str, int]) -> dict[str, int]:
    """Largest remainder where each code gets at least its floor.

    Whoever would get less than its floor is given exactly its floor, and the others share the rest again, until all
    are served: those left always have a weight, since the floors fit in the total. Raises ValueError when the floors
    exceed the total, when something is left and no weight is positive, or for a negative number.
    """
    if sum(floors.values()) > total or any(floor < 0 for floor in floors.values()):
        raise ValueError("planchers")
    fixed: dict[str, int] = {}
    while True:
        free = {code: Fraction(weight) for code, weight in weights.items() if code not in fixed}
        rest, whole = total - sum(fixed.values()), sum(free.values(), Fraction(0))
        if whole == 0 and rest == sum(floors.values()) - sum(fixed.values()):
            return {code: floors.get(code, 0) for code in weights}
        if whole == 0:
            raise ValueError("poids tous nuls")
        short = {code: floors[code] for code, weight in free.items() if weight * rest / whole < floors.get(code, 0)}
        if not short:
            shared = fixed | largest_remainder(rest, free)
            return {code: shared[code] for code in weights}
        fixed |= short


@lru_cache(maxsize=64)
def controlled_rounding(rows: tuple[int, ...], columns: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Whole numbers that stand for row x column ÷ total and keep both margins exactly.

    Each cell is its estimate rounded down or up (the estimate itself when it is whole), and among all such tables this
    one is closest to the estimates (least sum of the gaps). It always exists: it is a flow of least cost, where the
    fractional parts are already a feasible flow (Bacharach 1966; Causey, Cox and Ernst 1985). See docs/simulateur.md.

    rows and columns: non-negative margins with the same sum; raises ValueError otherwise.
    """
    total = sum(rows)
    if total != sum(columns) or any(n < 0 for n in (*rows, *columns)):
        raise ValueError("marges")
    floors = [[row * column // (total or 1) for column in columns] for row in rows]
    if total == 0:
        return tuple(map(tuple, floors))
    # Loaded when it serves: the pages that round nothing do not wait for it.
    import networkx as nx

    graph = nx.DiGraph()
    for i, row in enumerate(rows):
        graph.add_node(("ligne", i), demand=sum(floors[i]) - row)
    for j, column in enumerate(columns):
        graph.add_node(("colonne", j), demand=column - sum(line[j] for line in floors))
        for i, row in enumerate(rows):
            if rest := row * column % total:
                # Rounding up instead of down changes the gap by (1 − f) − f; in whole numbers, total − 2 × rest.
                graph.add_edge(("ligne", i), ("colonne", j), capacity=1, weight=total - 2 * rest)
    for (_, i), ends in nx.min_cost_flow(graph).items():
        for (_, j), units in ends.items():
            floors[i][j] += units
    return tuple(map(tuple, floors))
