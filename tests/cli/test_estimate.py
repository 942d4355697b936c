"""``estimate``: one line of JSON, or a refusal in French and an exit code that is not 0."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from dashboard.cli.app import cli


def run(arguments: str) -> Result:
    return CliRunner().invoke(cli, ["estimate", *arguments.split()])


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ("--mrc 2410 --year 2019", (84, 0, 135, False)),
        ("--mrc 2423 --year 2019", (2222, 1877, 2288, False)),
        ("--mrc 2410 --mrc 2409 --year 2018 --year 2019", (203, 40, 316, False)),
        ("--mrc 2409 --year 2015 --year 2016 --year 2017 --year 2018 --year 2019", (16, 16, 16, True)),
        # The same option twice counts once.
        ("--mrc 2410 --mrc 2410 --year 2019 --year 2019", (84, 0, 135, False)),
    ],
)
def test_estimate_is_one_line_of_json(arguments: str, wanted: tuple[int, int, int, bool]) -> None:
    done = run(arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == dict(zip(("estimate", "low", "high", "exact"), wanted, strict=True))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("--mrc 2410 --mrc 2423 --year 2019", "régions différentes"),
        ("--mrc 2410 --year abc", "abc n’y est pas"),
        ("--year 2019", "--mrc"),
        ("--mrc 2410", "--year"),
    ],
)
def test_estimate_refuses_in_french(arguments: str, words: str) -> None:
    done = run(arguments)
    assert done.exit_code != 0 and done.stdout == ""
    assert words in done.stderr.replace("\u00a0", " ")
