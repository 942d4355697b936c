"""The follow-up computed and said: a refused field, gaps, what remains to a target, what separates two states."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dashboard.contract.follow_up import checked
from dashboard.indicators import follow_up as fu
from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.model.follow_up import FollowUpEntry, FollowUpKey, by_key
from dashboard.narrative import follow_up_words as words
from tests.transcription import TARGET_YEARS, TARGETS

RESULT = FollowUpKey("cible", "4.1", "2021-2022")


def entry(**fields: Any) -> FollowUpEntry:
    given: dict[str, Any] = {"kind": "cible", "id": "4.1", "period": "2021-2022", **fields}
    return FollowUpEntry(**given)


def test_a_field_is_refused_with_the_reason(ds: Dataset) -> None:
    raw = {"type": "cible", "identifiant": "4.1", "periode": "2021-2022", "resultat": "20", "unite": "entreprises"}
    refused, reasons = checked(raw, ds.follow_up.known)
    assert refused is None and list(reasons) == ["unite"]
    assert reasons["unite"].startswith("Cette cible se mesure en « % », et non en « entreprises ». Donner")
    kept, reasons = checked({**raw, "unite": "%"}, ds.follow_up.known)
    assert kept == entry(value=Decimal(20), unit="%") and reasons == {}


@pytest.mark.parametrize(
    ("id_", "period", "result", "said"),
    [
        ("4.1", "2021-2022", "20", "−2,5 points, sous la cible"), ("4.1", "2020-2021", "21.5", "cible atteinte"),
        ("5.1-a", "2021-2022", "840", "+40 entreprises, cible atteinte"), ("3.1", "2019-2020", "10", "sans objet"),
    ],
)  # fmt: skip
def test_the_gap_of_a_result(ds: Dataset, id_: str, period: str, result: str, said: str) -> None:
    target = next(t for t in ds.targets.targets if t.id == id_)
    found = {s.period: s for s in tgt.standings(target, {period: Decimal(result)})}
    assert words.standing(found.pop(period), target.unit).replace("\u00a0", " ") == said
    assert all(s.gap is None and words.standing(s, target.unit) == "non saisi" for s in found.values())


def test_what_separates_two_states(ds: Dataset) -> None:
    shared = by_key([entry(note="partagée"), entry(period="2020-2021", note="gardée")])
    wanted = by_key([entry(value=Decimal(20), unit="%"), entry(id="2.1", note="neuve")])
    found = fu.changes(shared, wanted)
    assert [len(found.added), len(found.changed), len(found.removed)] == [1, 1, 1]
    assert [text.partition("\u00a0")[0] for text in words.change(found)] == [
        "1 saisie ajoutée", "1 saisie remplacée", "1 saisie retirée",
    ]  # fmt: skip
    assert not fu.changes(shared, shared)


def test_every_printed_target_in_its_year(ds: Dataset) -> None:
    printed = {
        t.id: (t.reference.printed.replace("\u00a0", " "), *(v.printed.replace("\u00a0", " ") for v in t.targets))
        for t in ds.targets.targets
    }
    assert printed == TARGETS
    assert all(tuple(v.period for v in t.targets) == TARGET_YEARS for t in ds.targets.targets)
    # « s. o. » is no number, and « 800 accompagnements » counts no enterprises.
    assert {t.id for t in ds.targets.targets if tgt.reference_comparable(t)} == {"2.1", "4.1"}


@pytest.mark.parametrize("told", [{"value": None, "printed": "s. o."}, {"unit": "accompagnements"}])
def test_no_step_leads_to_a_word_nor_joins_two_units(ds: Dataset, told: dict[str, str | None]) -> None:
    target = next(t for t in ds.targets.targets if t.id == "5.1-a")
    other = target.targets[1].model_copy(update=told)
    changed = target.model_copy(update={"targets": [target.targets[0], other, *target.targets[2:]]})
    assert [step.asked for step in tgt.steps(changed)] == [None, None, 400]
