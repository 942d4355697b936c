"""Sentences about the plan, the agreements and the follow-up: figures typed here, and the typography of Québec."""

from __future__ import annotations

from decimal import Decimal

from dashboard.indicators import plan
from dashboard.indicators import targets as tgt
from dashboard.indicators.plan import Filters
from dashboard.model import Dataset
from dashboard.narrative import agreement_words, follow_up_words, plan_words
from tests.french_text import faults


def sentences(ds: Dataset) -> list[str]:
    said = [agreement_words.lead(ds)]
    for category in ds.indicators["agreements"].categories:
        said += [agreement_words.message(ds, category.id), agreement_words.reading(ds, category.id)]
    for query in ("", "PEQ", "MRC", "francisation", "concertation", "zzz"):
        said.append(plan_words.found(ds, plan.search(ds.action_plan, Filters(query=query)), query))
    for target in ds.targets.targets:
        for results in ({}, {"2021-2022": Decimal("20.5")}, {"2019-2020": Decimal(1), "2022-2023": Decimal(95)}):
            standings = tgt.standings(target, results)
            said.append(follow_up_words.reading(standings, target.unit))
            said.append(follow_up_words.road(tgt.road(target, results), target.unit))
    return [text for text in said if text]


def test_every_sentence_is_well_written(ds: Dataset) -> None:
    found = {text: wrong for text in sentences(ds) if (wrong := faults(text))}
    assert found == {}


def test_a_gap_of_the_source_is_not_mentioned_rather_than_zero(ds: Dataset) -> None:
    said = agreement_words.reading(ds, "mission_support")
    assert "non mentionnées en Gaspésie–Îles-de-la-Madeleine" in said
    assert "0 en" not in said
