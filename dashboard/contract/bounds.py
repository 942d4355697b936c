"""A file that repeats one fault a thousand times says it fifty times, then how many more there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dashboard.model.problems import Problem
from dashboard.wording.numbers import number

MOST = 50


def _kind(problem: Problem) -> tuple[object, ...]:
    """File, rule and field. Each region is still set apart by its own problems."""
    return problem.file, problem.region, problem.shared, problem.rule, problem.fields or problem.column


def bounded(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems in their order, at most fifty of a kind; the last of them tells how many more there are."""
    many, seen = Counter(map(_kind, problems)), Counter[object]()
    kept: list[Problem] = []
    for problem in problems:
        kind = _kind(problem)
        seen[kind] += 1
        more = many[kind] - MOST
        if seen[kind] == MOST and more > 0:
            s = "s" * (more > 1)
            said = f"{problem.message} Il y a {number(more)} autre{s} problème{s} de ce genre."
            kept.append(replace(problem, message=said))
        elif seen[kind] <= MOST:
            kept.append(problem)
    return tuple(kept)
