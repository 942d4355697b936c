"""Sentences: the right figures, in the typography of Québec, for every territory and every measure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from dashboard.indicators import admissions as adm
from dashboard.indicators import plan, views
from dashboard.indicators import targets as tgt
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.narrative import agreement_words, follow_up_words, plan_words, target_words
from dashboard.narrative import key_figures as kf
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare
from dashboard.narrative.standouts import standouts
from tests.french_text import faults
from tests.transcription import (
    ADMISSIONS,
    CENSUS_REGIONS,
    IMMIGRANTS,
    NBSP,
    PERMITS,
    PLAN_POPULATION,
    REGIONS,
    TOTALS,
    YEARS,
    fr,
)

DIRECTION = "DRCNEQ"


def spaced(text: str) -> str:
    """Texts below are written with « ~ » where a no-break space must stand."""
    return text.replace("~", NBSP)


def quantity(value: float | None, unit: str = "personnes", decimals: int = 0, derived: str | None = None) -> Quantity:
    return Quantity(value, unit, decimals, "essai", "01", "2019", derived=derived)


# --- Every sentence and every title -----------------------------------------------------------------------------------


def all_sentences(ds: Dataset) -> Iterator[str]:
    for code in [*REGIONS, DIRECTION, "QC"]:
        for year in YEARS:
            for measure in ("nombre", "indice", "part"):
                yield say.trend_reading(ds, code, year, measure)
    for code in ds.mrc_codes():
        yield say.mrc_reading(ds, code)
    for code in REGIONS:
        for kind in views.COMPOSITIONS:
            table = views.composition(ds, code, kind)
            yield say.composition_reading(ds, code, table, "les personnes admises en 2019")
        yield say.permits_reading(ds, code)
        yield agreement_words.place_reading(ds, code)
        yield say.unreliable_reading(ds, ds.mrc_codes(code))
        yield kf.region_lead(ds, code)
    yield say.unreliable_reading(ds, ds.mrc_codes())
    yield kf.direction_lead(ds)
    yield from standouts(ds)
    yield agreement_words.lead(ds)
    for category in ds.indicators["agreements"].categories:
        yield agreement_words.reading(ds, category.id)
    for query in ("PEQ", "MRC", "francisation", "zzz"):
        yield plan_words.found(ds, plan.search(ds.action_plan, plan.Filters(query=query)), query)
    for target in ds.targets.targets:
        yield target_words.reading(target)
        for results in ({"2021-2022": Decimal("20.5")}, {"2019-2020": Decimal(1), "2022-2023": Decimal(95)}):
            yield follow_up_words.reading(tgt.standings(target, results), target.unit)
            yield follow_up_words.road(tgt.road(target, results), target.unit) or "Rien."


def all_titles(ds: Dataset) -> Iterator[str]:
    for code in [*REGIONS, DIRECTION, "QC"]:
        yield say.trend_message(ds, code)
    for region in [None, *REGIONS]:
        table = views.by_mrc(ds, ds.mrc_codes(region), region=region)
        for measure in adm.MEASURES:
            yield say.mrc_message(ds, table, region, measure)
            yield say.mrc_title(ds, table, region, measure)
    for code in REGIONS:
        for kind, (indicator, _) in views.COMPOSITIONS.items():
            yield say.composition_message(ds, views.composition(ds, code, kind), indicator, "des personnes admises")
        yield say.composition_message(ds, views.permits(ds, code), "temporary_permits", "des permis temporaires")
        yield agreement_words.place_message(ds, code)
        for figure in kf.region(ds, code):
            yield from (figure.label, figure.value, figure.context)
    for figure in kf.direction(ds):
        yield from (figure.label, figure.value, figure.context)
    for category in ds.indicators["agreements"].categories:
        yield agreement_words.message(ds, category.id)
    for target in ds.targets.targets:
        yield target_words.message(target)
        yield target_words.reference(target).rstrip(".")


def test_every_sentence_is_written_as_in_quebec(ds: Dataset) -> None:
    found = list(all_sentences(ds))
    assert len(found) > 140
    assert [fault for text in found for fault in faults(text)] == []
    assert [text for text in found if not text.endswith(".") or text.endswith("..")] == []
    assert [text for text in found if not (text[0].isupper() or text[0].isdigit())] == []


def test_every_title_is_written_as_in_quebec(ds: Dataset) -> None:
    found = list(all_titles(ds))
    assert len(found) > 90
    assert [fault for text in found for fault in faults(text)] == []
    assert [text for text in found if text.endswith(".")] == []


def test_the_check_of_typography_sees_what_it_must() -> None:
    """Without this, an empty list of faults would prove nothing."""
    wrong = (
        "14,259 personnes", "97.1~%", "97,1 %", "97,1%", "14 259", "-16,7~%", "Québec: 3", "Québec~ : 3", "oui ;",
        "deux  mots", "None personnes", "fin..", "l'indice", "1~personnes", "the share", "Loading", "le 2019-12-31",
    )  # fmt: skip
    assert [text for text in wrong if not faults(spaced(text))] == []
    right = ("14~259 personnes; −16,7~% (2015 = 100)", "Cible 2021-2022~: s. o.", "L’Islet~: 0,04~%", "0~personne")
    assert [fault for text in right for fault in faults(spaced(text))] == []


# --- Quantities in words ----------------------------------------------------------------------------------------------


def test_not_applicable_missing_and_nil_are_three_things() -> None:
    assert [bare(None), bare(quantity(None)), bare(quantity(0))] == ["–", spaced("n.~d."), "0"]
    # Decimals asked by a column win over those of the figure.
    assert [bare(quantity(0.3122, "%", 1), 2), bare(quantity(0.0421, "%", 1), 0)] == ["0,31", "0,04"]


# --- MRC --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "measure", "title"),
    [
        (None, "nombre", "Québec (agglomération) reçoit le plus d’admissions~: 13~848"),
        (None, "part", "Québec (agglomération) reçoit 97,1~% des admissions de sa région"),
        (None, "taux", "Québec (agglomération) a le taux le plus élevé~: 24,3~pour 1~000~habitants"),
        ("12", "taux", "Beauce-Centre a le taux le plus élevé~: 4,8~pour 1~000~habitants"),
    ],
)
def test_the_title_of_the_map_names_the_first(ds: Dataset, region: str | None, measure: str, title: str) -> None:
    table = views.by_mrc(ds, ds.mrc_codes(region), region=region)
    assert say.mrc_message(ds, table, region, measure) == spaced(title)


def test_a_higher_but_unreliable_rate_does_not_take_the_title(ds: Dataset) -> None:
    """Les Etchemins, 1,03 for 1 000 on 17 admissions, against La Nouvelle-Beauce, 0,82 on 30."""
    table = views.by_mrc(ds, ["2428", "2426"])
    assert say.mrc_message(ds, table, "12", "taux").startswith("La Nouvelle-Beauce a le taux le plus élevé")


def test_quebec_is_not_compared_with_itself(ds: Dataset) -> None:
    assert "contre" not in say.trend_reading(ds, "QC", "2019", "indice")


# --- Key figures, leads, what stands out ------------------------------------------------------------------------------


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
    found, people, of_immigrants = kf.region(ds, code), fr(PLAN_POPULATION[code]), "de la population immigrée du Québec"
    expected = [
        (fr(ADMISSIONS[code][-1]), f"{change} depuis 2018; {year}~% des admissions du Québec"),
        (fr(TOTALS[code]), f"{span}~% des admissions du Québec"),
        (fr(sum(PERMITS[code])), "Valides au 31~décembre~2019; arrondis à 5 près"),
        (fr(IMMIGRANTS[code]), f"{immigrants}~% des {people} {HOUSEHOLDS}; {of_quebec}~% {of_immigrants}"),
        (people, f"Selon le plan; population totale~: {fr(CENSUS_REGIONS[code])}, Recensement de 2016"),
        (permits, f"Permis au 31~décembre~2019, {fr(ADMISSIONS[code][-1])}~admissions de l’année; 3,9 au Québec"),
    ]
    assert [(figure.value, figure.context) for figure in found] == [(value, spaced(text)) for value, text in expected]
    # No number of a context line is without its origin.
    assert all(quantity.inputs for figure in found for quantity in (figure.quantity, *figure.others))
    assert all(quantity.value is not None for figure in found for quantity in figure.others)


# --- Targets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "moves"),
    [
        ("2.1", ["+5~points", "+5~points", "+5~points"]),
        ("3.1", ["sans objet", "+10~points", "+5~points"]),
        ("4.1", ["−12,5~points (révision)", "+1~point", "+1,5~point"]),
        ("5.1-a", ["−360~entreprises (révision)", "+200~entreprises", "+400~entreprises"]),
        ("5.1-b", ["aucune", "+5~points", "aucune"]),
    ],
)
def test_progress_in_words(ds: Dataset, id_: str, moves: list[str]) -> None:
    target = next(t for t in ds.targets.targets if t.id == id_)
    assert [target_words.asked(step) for step in target_words.steps(target)] == [spaced(move) for move in moves]
    said = target_words.reading(target)
    assert all(spaced(move) in said for move in moves if move != "sans objet")
    assert "sans objet" not in said
