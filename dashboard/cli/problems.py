"""How the commands say what is wrong with the data."""

from __future__ import annotations

from collections.abc import Iterable

import click

from dashboard.model.problems import Problem


def echo_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """One block per problem: place (file, line, column, value), message and remedy."""
    for problem in problems:
        click.echo(f"{problem}\n", err=err)


def count(number: int, singular: str, plural: str) -> str:
    """« 0 problème », « 1 problème », « 2 problèmes »."""
    return f"{number} {plural if number > 1 else singular}"
