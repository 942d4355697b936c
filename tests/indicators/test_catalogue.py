"""The catalogue: each indicator where the source has it, the right figure, and a reason in French where it has not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.indicators.catalogue import ALL, Entry, entries, has, reason
from dashboard.model import Dataset, Key
from tests import transcription as src
from tests.french_text import faults

DIRECTION = "DRCNEQ"
PLACES = {"mrc": tuple(src.MRC_COUNT), "region": tuple(src.REGIONS), "direction": (DIRECTION,), "province": ("QC",)}
# What the source does not cross, in its words: the sentences that a director reads.
NOT_CROSSED = {
    "categorie": "le plan ne croise pas MRC et catégorie",
    "sexe": "le plan ne croise pas MRC et sexe",
    "francais": "le plan ne croise pas MRC et connaissance du français",
    "langue": "le plan ne croise pas MRC et connaissance du français",
    "admissions-annee": "le plan ne croise pas MRC et année",
    "indice": "le plan ne croise pas MRC et année",
    "permis": "le plan ne donne les permis que par région",
    "population-immigree": "le plan ne donne la population immigrée que par région",
    "part-immigree": "le plan ne donne la population immigrée que par région",
    "ententes": "le plan ne donne les ententes que par région",
}


@pytest.fixture(scope="module")
def catalogue(ds: Dataset) -> dict[str, Entry]:
    return entries(ds)


def summed(table: dict[str, tuple[int, ...]], rank: int | None = None) -> dict[str, int]:
    """One column of a table of the transcription (or the sum of all), with the direction added."""
    own = {code: sum(row) if rank is None else row[rank] for code, row in table.items()}
    return {**own, DIRECTION: sum(own[code] for code in src.REGIONS)}


def share(part: dict[str, int], whole: dict[str, int]) -> dict[str, Decimal]:
    return {code: src.pct(part[code], whole[code]) for code in part}


TOTAL = {**src.TOTALS, DIRECTION: sum(src.TOTALS[code] for code in src.REGIONS), **src.MRC_COUNT}
PEOPLE = {**src.CENSUS_REGIONS, DIRECTION: sum(src.CENSUS_REGIONS.values()), **src.CENSUS}
OF_2019 = summed(src.ADMISSIONS, 4)
IMMIGRANT = {**src.IMMIGRANTS, DIRECTION: sum(src.IMMIGRANTS[code] for code in src.REGIONS)}
HOUSEHOLDS = {**src.PLAN_POPULATION, DIRECTION: sum(src.PLAN_POPULATION.values())}
DECLARED = summed(src.FRENCH, 2)

EXPECTED: dict[str, dict[str, int] | dict[str, Decimal]] = {
    "admissions": TOTAL,
    "taux": {code: Decimal(TOTAL[code]) * 1000 / PEOPLE[code] for code in PEOPLE},
    "part-region": {code: src.pct(src.MRC_COUNT[code], src.TOTALS[src.MRC_REGION[code]]) for code in src.MRC_COUNT},
    "part-quebec": {code: src.pct(count, src.TOTALS["QC"]) for code, count in TOTAL.items()},
    "admissions-annee": OF_2019,
    "indice": share(OF_2019, summed(src.ADMISSIONS, 0)),
    "population": PEOPLE,
    "population-immigree": IMMIGRANT,
    "part-immigree": share({code: IMMIGRANT[code] for code in HOUSEHOLDS}, HOUSEHOLDS),
    "permis": summed(src.PERMITS),
    "permis-etudes": summed(src.PERMITS, 0),
    "permis-ptet": summed(src.PERMITS, 1),
    "permis-pmi": summed(src.PERMITS, 2),
    "permis-par-admission": {code: Decimal(n) / OF_2019[code] for code, n in summed(src.PERMITS).items()},
    **{
        f"categorie-{name}": share(summed(src.CATEGORIES, rank), OF_2019)
        for rank, name in enumerate(("economique", "familial", "refugies", "autres"))
    },
    **{f"sexe-{name}": share(summed(src.SEXES, rank), OF_2019) for rank, name in enumerate(("femmes", "hommes"))},
    "francais": share(summed(src.FRENCH, 0), DECLARED),
    "francais-tous": share(summed(src.FRENCH, 0), OF_2019),
    "francais-non-connu": share(summed(src.FRENCH, 1), DECLARED),
    "langue-inconnue": share(summed(src.FRENCH, 3), OF_2019),
    **{
        f"ententes-{name}": {code: row[rank] for code, row in src.AGREEMENTS.items()}
        for rank, name in enumerate(("mrc", "pasi", "soutien-mission", "mandataires"))
    },
}


def test_the_catalogue_holds_the_indicators_of_the_source_and_no_other(catalogue: dict[str, Entry]) -> None:
    assert set(catalogue) == set(EXPECTED)
    assert all(id_ == entry.id for id_, entry in catalogue.items())
    assert len({entry.label for entry in catalogue.values()}) == len(catalogue)


@pytest.mark.parametrize("id_", EXPECTED)
def test_each_territory_has_the_figure_of_the_source(ds: Dataset, catalogue: dict[str, Entry], id_: str) -> None:
    entry = catalogue[id_]
    # Every territory of the transcription, and none that the source says nothing of.
    assert {code for code in ds.territories if has(ds, entry, code)} == set(EXPECTED[id_])
    for code, wanted in EXPECTED[id_].items():
        found = entry.compute(ds, code)
        assert (found.territory, found.unit, found.decimals) == (code, entry.unit, entry.decimals)
        if wanted is None:
            assert (found.value, found.status) == (None, "not_available"), code
        else:
            assert abs(Decimal(str(found.value)) - Decimal(wanted)) < Decimal("1e-9"), code


def test_the_yearly_indicators_follow_the_year(ds: Dataset) -> None:
    for rank, year in enumerate(src.YEARS):
        found = entries(ds, year)
        count, index = found["admissions-annee"], found["indice"]
        for code, row in summed(src.ADMISSIONS, rank).items():
            assert count.compute(ds, code).value == row
            wanted = src.pct(row, summed(src.ADMISSIONS, 0)[code])
            assert abs(Decimal(str(index.compute(ds, code).value)) - wanted) < Decimal("1e-9")
        assert count.label == f"Admissions permanentes, {year}"
        # What is not yearly does not move.
        assert found["admissions"].compute(ds, "2410").value == 477


def test_an_indicator_is_drawn_and_named_after_its_unit(catalogue: dict[str, Entry]) -> None:
    for id_, entry in catalogue.items():
        assert entry.drawn == {"%": "share"}.get(entry.unit, entry.drawn), id_
        # A count is whole and drawn as circles; anything else has decimals and is drawn as colours.
        assert (entry.drawn == "count") == (entry.decimals == 0), id_
        assert faults(entry.label) == [], id_
        assert entry.unit == "%" or faults(entry.unit) == [], id_


def test_every_missing_level_has_its_reason_in_french(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    for id_, entry in catalogue.items():
        for level, why in entry.reasons.items():
            # It is set after a colon, and closed by the page.
            assert faults(why) == [] and why[0].islower() and not why.endswith("."), (id_, level)
            assert {reason(ds, entry, code) for code in PLACES[level]} == {why}
        for level in entry.levels:
            assert {reason(ds, entry, code) for code in PLACES[level]} == {""}, (id_, level)
        if "mrc" not in entry.levels:
            # The longest name of the family wins: « population-immigree », « part-immigree ».
            family = max((name for name in NOT_CROSSED if id_.startswith(name)), key=len)
            assert entry.reasons["mrc"] == NOT_CROSSED[family], id_


def test_the_nearest_questions_lead_to_one_that_everyone_can_answer(catalogue: dict[str, Entry]) -> None:
    for entry in catalogue.values():
        seen, last = [entry.id], entry
        while last.nearest is not None:
            last = catalogue[last.nearest]
            assert last.id not in seen, seen  # the questions do not turn in a circle
            seen.append(last.id)
        assert last.levels == ALL or last.id == "population", seen
        # Nothing of the MRC is left without a nearest question, and each can be asked where this one cannot.
        assert entry.nearest or "mrc" not in entry.reasons
        assert entry.nearest is None or catalogue[entry.nearest].levels & set(entry.reasons)


def test_a_missing_figure_does_not_stop_the_others(
    without: Callable[..., Dataset], catalogue: dict[str, Entry]
) -> None:
    poor = without(("01", "admissions", "total", "2019"), ("2410", "admissions_by_mrc", "total", "2015-2019"))
    found = entries(poor)
    for id_, entry in found.items():
        for code in poor.territories:
            if has(poor, entry, code):
                entry.compute(poor, code)
        assert set(entry.levels) == set(catalogue[id_].levels)
    # A sum with a hole would lie: it is missing too.
    assert [found["admissions-annee"].compute(poor, code).value for code in ("01", DIRECTION)] == [None, None]
    assert found["taux"].compute(poor, "2410").value is None
    assert found["taux"].compute(poor, "2412").value is not None


def test_an_indicator_added_to_the_dictionary_is_in_the_catalogue_without_code(ds: Dataset) -> None:
    """Only its `levels`, its categories and its rows decide; nothing of it is written in the program."""
    census = ds.indicators["population_census"]
    of = {"total": "total", "part_of_it": "total"}
    categories = [census.categories[0].model_copy(update={"id": id_, "label": id_}) for id_ in of]
    added = census.model_copy(
        update={"id": "made_up", "label": "Entreprises", "categories": categories, "only_total_for": ["region"]}
    )
    rows = {
        Key(key.territory, "made_up", category, key.period): row
        for key, row in ds.observations.items()
        if key.indicator == "population_census"
        for category in of
    }
    catalogue = entries(
        replace(ds, indicators={**ds.indicators, "made_up": added}, observations={**ds.observations, **rows})
    )
    assert set(catalogue) - set(entries(ds)) == {"made-up", "made-up-part-of-it"}
    whole, part = catalogue["made-up"], catalogue["made-up-part-of-it"]
    assert whole.label == "Entreprises, 2016"
    assert whole.levels == {"mrc", "region", "direction"}
    assert part.levels == {"mrc"}
    # Without any row, it is not there.
    assert set(entries(replace(ds, indicators={**ds.indicators, "made_up": added}))) == set(entries(ds))
