"""Sentences: the right figures, in the typography of Québec, for every territory and every measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.deck.kinds import view
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset, Key
from dashboard.narrative import key_figures as kf
from dashboard.narrative.show import bare
from dashboard.scenarios.mrc_year import by_year
from tests import transcription as src
from tests.french_text import faults
from tests.transcription import NBSP


def spaced(text: str) -> str:
    """Texts below are written with « ~ » where a no-break space must stand."""
    return text.replace("~", src.NBSP)


def quantity(value: float | None, unit: str = "personnes", decimals: int = 0, derived: str | None = None) -> Quantity:
    return Quantity(value, unit, decimals, "essai", "01", "2019", derived=derived)


def test_the_check_of_typography_sees_what_it_must() -> None:
    """Without this, an empty list of faults would prove nothing."""
    wrong = (
        "14,259 personnes", "97.1~%", "97,1 %", "97,1%", "14 259", "-16,7~%", "Québec: 3", "Québec~ : 3", "oui ;",
        "deux  mots", "None personnes", "fin..", "l'indice", "1~personnes", "the share", "Loading", "le 2019-12-31",
    )  # fmt: skip
    assert [text for text in wrong if not faults(spaced(text))] == []
    right = ("14~259 personnes; −16,7~% (2015 = 100)", "Cible 2021-2022~: s. o.", "L’Islet~: 0,04~%", "0~personne")
    assert [fault for text in right for fault in faults(spaced(text))] == []


def test_not_applicable_missing_and_nil_are_three_things() -> None:
    assert [bare(None), bare(quantity(None)), bare(quantity(0))] == ["–", spaced("n.~d."), "0"]
    # Decimals asked by a column win over those of the figure.
    assert [bare(quantity(0.3122, "%", 1), 2), bare(quantity(0.0421, "%", 1), 0)] == ["0,31", "0,04"]


# By region: immigrants of its population and of Québec's, change and share of Québec in 2019, share over five years,
# permits by admission.
SHARES = {
    "01": ("1,3", "0,22", "−25,4~%", "0,33", "0,31", "11,4"),
    "03": ("5,9", "3,8", "−16,7~%", "5,6", "5,8", "4,7"),
    "12": ("1,8", "0,67", "−35,8~%", "0,39", "0,45", "14,5"),
    "11": ("1,1", "0,09", "−42,1~% (de 38 à 22)", "0,05", "0,07", "18,2"),
}


HOUSEHOLDS = "personnes des ménages privés"


@pytest.mark.parametrize("code", SHARES)
def test_key_figures_of_a_region(ds: Dataset, code: str) -> None:
    immigrants, of_quebec, change, year, span, permits = map(spaced, SHARES[code])
    found, people, of_immigrants = (
        kf.region(ds, code),
        src.fr(src.PLAN_POPULATION[code]),
        "de la population immigrée du Québec",
    )
    expected = [
        (src.fr(src.ADMISSIONS[code][-1]), f"{change} depuis 2018; {year}~% des admissions du Québec"),
        (src.fr(src.TOTALS[code]), f"{span}~% des admissions du Québec"),
        (src.fr(sum(src.PERMITS[code])), "Valides au 31~décembre~2019; arrondis à 5 près"),
        (src.fr(src.IMMIGRANTS[code]), f"{immigrants}~% des {people} {HOUSEHOLDS}; {of_quebec}~% {of_immigrants}"),
        (people, f"Selon le plan; population totale~: {src.fr(src.CENSUS_REGIONS[code])}, Recensement de 2016"),
        (
            permits,
            f"Permis au 31~décembre~2019, {src.fr(src.ADMISSIONS[code][-1])}~admissions de l’année; 3,9 au Québec",
        ),
    ]
    assert [(figure.value, figure.context) for figure in found] == [(value, spaced(text)) for value, text in expected]
    # No number of a context line is without its origin.
    assert all(quantity.inputs for figure in found for quantity in (figure.quantity, *figure.others))
    assert all(quantity.value is not None for figure in found for quantity in figure.others)


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
