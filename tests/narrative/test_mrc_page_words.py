"""What the page of an MRC says where nobody was admitted, or where the source gives no figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dashboard.deck.kinds import view
from dashboard.model import Dataset, Key
from dashboard.narrative import mrc_page_words as words
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
    assert (
        words.title(empty, "2411")
        == f"Les Basques{NBSP}: aucune personne admise de 2015 à 2019, 8e des 8 MRC de la région"
    )
    assert words.lead(empty, "2411") == "De 2015 à 2019, Les Basques n’ont reçu aucune admission."
    assert view(empty, "mrc-annees", PLACE).reading.endswith(f"2019{NBSP}: 0, exactement 0.")


def test_what_the_source_does_not_give_is_never_a_zero(ds: Dataset, without: Callable[..., Dataset]) -> None:
    silent = without(("2411", "admissions_by_mrc", "total", "2015-2019"))
    assert words.title(silent, "2411") == "Les Basques"
    assert words.lead(silent, "2411") == "De 2015 à 2019, le nombre d’admissions de cette MRC n’est pas donné."
    assert by_year(silent, "2411") == {}
    assert view(silent, "fiche", PLACE).body.items[0].value == f"n.{NBSP}d."  # type: ignore[union-attr]


def test_its_message_says_its_two_ranks_and_among_what(ds: Dataset) -> None:
    said = words.lead(ds, "2427").replace(NBSP, " ")
    assert "a reçu 92 admissions, soit 8,2 % de celles de Chaudière-Appalaches (4e des 10 MRC)" in said
    assert said.endswith("et 4,8 pour 1 000 habitants (1re des 8 MRC dont le taux est fiable).")
