"""What the page of an MRC says where nobody was admitted, or where the source gives no figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.deck.kinds import view
from dashboard.model import Dataset, Key
from dashboard.scenarios.mrc_year import by_year
from tests.transcription import NBSP

PLACE = {"territoire": "01", "mrc": "2411"}


def counted(ds: Dataset, **counts: int) -> Dataset:
    """The same data with other admissions; those of the region still add up."""
    observations = dict(ds.observations)
    for code, value in counts.items():
        key = Key(code.removeprefix("of_"), "admissions_by_mrc", "total", "2015-2019")
        observations[key] = replace(observations[key], value=value)
    return replace(ds, observations=observations)


def test_nobody_admitted_is_a_zero(ds: Dataset) -> None:
    # 6 in Les Basques and 9 in Témiscouata, that is 15.
    empty = counted(ds, of_2411=0, of_2413=15)
    assert view(empty, "mrc-annees", PLACE).reading.endswith(f"2019{NBSP}: 0, exactement 0.")


def test_what_the_source_does_not_give_is_never_a_zero(ds: Dataset, without: Callable[..., Dataset]) -> None:
    silent = without(("2411", "admissions_by_mrc", "total", "2015-2019"))
    assert by_year(silent, "2411") == {}
    assert view(silent, "fiche", PLACE).body.items[0].value == f"n.{NBSP}d."
