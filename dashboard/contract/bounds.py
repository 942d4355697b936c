"""A file that repeats one fault a thousand times says it fifty times, then how many more there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dashboard.model.problems import Problem
from dashboard.wording.numbers import number

MOST = 50
# File, region, shared, words and column.
_Kind = tuple[str, str | None, bool, str, str]
# What differs between two problems of a kind: what the file holds, lines and numbers.
_OWN = re.compile(r"«[^»]*»|\d+")


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in their order, at most fifty of a kind (same file, region and words), then the count of the rest.

    Problems of several regions are of several kinds: each region is still set apart by its own.
    """
    kept: list[Problem] = []
    seen: dict[_Kind, int] = {}
    last: dict[_Kind, int] = {}
    for problem in problems:
        words = problem.message if len(problem.message) < 2_000 else problem.message[:2_000]
        kind = (problem.file, problem.region, problem.shared, _OWN.sub("", words), _OWN.sub("", problem.column or ""))
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= MOST:
            last[kind] = len(kept)
            kept.append(problem)
    for kind, place in last.items():
        more = seen[kind] - MOST
        if more > 0:
            s = "s" * (more > 1)
            said = f"{kept[place].message} Il y a {number(more)} autre{s} problème{s} de ce genre."
            kept[place] = replace(kept[place], message=said)
    return tuple(kept)
