"""What the box suggests, and what the chips of an answer ask: questions that are answered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard.model import Dataset
from dashboard.questions import suggesting
from dashboard.questions.asking import ask
from dashboard.questions.suggesting import everywhere


def test_every_question_that_is_suggested_is_answered(ds: Dataset) -> None:
    assert len(everywhere(ds)) > 70
    assert {question for question in everywhere(ds) if ask(ds, question).kind != "answer"} == set()


@pytest.mark.parametrize(
    ("asked", "former", "code", "wanted"),
    [
        ("Combien au Bas-Saint-Laurent en 2019?", "01", "12", "Combien en Chaudière-Appalaches en 2019?"),
        ("rang de Lévis", "2425", "2410", "rang de Rimouski-Neigette"),
        ("admissions levis", "2425", "2410", "admissions Rimouski-Neigette"),
        ("admissions en 2019?", "DRCNEQ", "01", "admissions en 2019 au Bas-Saint-Laurent?"),
        # What is written short is read in full words, of another length.
        ("immigrant·e·s admis·es au BSL en 2019", "01", "12", "immigrant admis en Chaudière-Appalaches en 2019"),
        ("admissions avant 2017 au BSL?", "01", "12", "admissions de 2015 à 2016 en Chaudière-Appalaches?"),
        ("permis fin 2019 BSL svp", "01", "12", "permis 31 décembre 2019 Chaudière-Appalaches svp"),
        ("admissions 15-19 levis svp", "2425", "2410", "admissions 2015-2019 Rimouski-Neigette svp"),
    ],
)
def test_another_territory(ds: Dataset, asked: str, former: str, code: str, wanted: str) -> None:
    found = suggesting.another_territory(ds, asked, former, code)
    assert found == wanted
    assert ask(ds, found).understood["territory"] == [code]


@pytest.mark.parametrize(
    ("asked", "former", "period", "wanted", "value"),
    [
        ("admissions au BSL en 2019", "2019", "2018", "admissions au BSL en 2018", 181),
        ("admissions de 2015 à 2019 au BSL", "2015-2019", "2017", "admissions en 2017 au BSL", 194),
        ("BSL 2015-2019 admissions", "2015-2019", "2018", "BSL en 2018 admissions", 181),
        ("admissions bsl?", "2015-2019", "2018", "admissions bsl en 2018?", 181),
        ("admissions bsl 2018", "2018", "2015-2019", "admissions bsl de 2015 à 2019", 769),
    ],
)
def test_another_period(ds: Dataset, asked: str, former: str, period: str, wanted: str, value: int) -> None:
    found = suggesting.another_period(ds, asked, former, period)
    assert found == wanted
    assert ask(ds, found).values[0] == Decimal(value)


def test_every_indicator_that_a_chip_offers_is_answered_for_a_region(ds: Dataset) -> None:
    known = suggesting.families(ds)
    assert len(known) > 15
    asked = {id_: suggesting.another_family(ds, family, "01") for id_, family in known.items()}
    replies = {id_: ask(ds, question) for id_, question in asked.items()}
    assert {asked[id_]: reply.sentence for id_, reply in replies.items() if reply.kind != "answer"} == {}
    # The answer offers the same chips again.
    assert {id_ for id_, reply in replies.items() if reply.understood["subject"] != [id_[0]]} == set()
