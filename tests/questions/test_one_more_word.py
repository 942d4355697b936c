"""A word that is not understood gives no figure; one that is understood serves, or there is no answer."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from dashboard.model import Dataset
from dashboard.questions.asking import ask
from dashboard.questions.frame import read
from dashboard.questions.what_if import supposes
from tests.questions.asked import ASKED


def test_a_word_that_is_not_understood_gives_no_figure(ds: Dataset) -> None:
    """Whatever the question of the files, one word more that nobody knows, and no number is given."""
    for question, group in ASKED:
        if group.get("kind", "answer") in ("answer", "estimate") and "parle" not in question:
            # What is said before the question does not change it.
            *before, own = re.split(r"(?<=[,:] )|(?<=savoir )|(?<=dire )", question.rstrip("?"))
            words = own.split()
            for at in (0, len(words) // 2, len(words)):
                reply = ask(ds, "".join(before) + " ".join([*words[:at], "zorglubique", *words[at:]]))
                counted = "zorglub" in reply.sentence and reply.values[:1] == (Decimal(0),)
                assert reply.kind in ("refusal", "choice", "text") or counted, question


# One word more that changes what is asked: what is counted, of whom, where, when, how many, what is done with it.
MORE = [
    "femmes", "réfugiés", "immigration économique", "ne connaissant pas le français", "permis d’études", "PTET",
    "permis temporaires", "pour 1 000 habitants", "population", "ententes avec des MRC", "mandataires", "antennes",
    "postes à pourvoir", "cible de francisation", "actions", "en moyenne", "indice", "fois plus", "quel rang", "part",
    "le plus", "le moins", "plus de 40", "exactement 12", "40", "30 %", "au troisième rang", "à Lévis", "en Gaspésie",
    "au Bas-Saint-Laurent", "en 2016", "de 2016 à 2018", "au 31 décembre 2018", "par année", "sans Lévis",
    "année record", "écart", "variation", "répartition", "revenir au sommet", "particularité",
    "au prorata de la population",
]  # fmt: skip


# Where a word says again what the question says already, by its code: what the question holds then.
AGAIN = {
    "permits": {"temporary_permits", "ratio", "source"},
    "residents": {"population"},
    "population": {"residents", "rate", "figure", "source", "living", "weight"},
    "change": {"difference", "progress", "revision", "why", "return"},
    "agreements/mrc": {"agreements"},
    "rank": {"highest", "lowest", "rate", "level", "nth"},
    "difference": {"change", "progress", "revision", "why", "return"},
    "highest": {"difference", "nth", "compare", "return", "objective", "peak"},
    "nth": {"rank", "rate"},
    "peak": {"highest", "lowest", "return"},
    "lowest": {"objective", "trough"},
    "2.1": {"numbers"},
    "targets": {"reference"},
    "yearly": {
        "peak",
        "change",
        "difference",
        "highest",
        "lowest",
        "progress",
        "targets",
        "level",
        "if",
        "return",
        "weight",
    },
    "numbers": {"common", "objective"},
    "01": {"rank", "share"},
    "11": {"rank", "share"},
    "year": {"peak"},
    "weight": {"distribute", "population_share_quebec"},
    "share": {"targets", "target", "figure", "mix", "weight", "source", "settle", "take_part", "if", "distribute"},
    "peculiarity": {"unreliable"},
    "rate": {"unreliable"},
    "actions": {"plan_indicators", "results", "planned", "text"},
    "2016-2018": {"year"},
    "2018": {"2016"},
    "2016": {"residents", "population", "population_share_quebec", "change", "year", "living"},
    "agreements/francisation_mandataries": {"agreements"},
    "apart": {
        "admissions_by_sex",
        "mix",
        "distribute",
        "level",
        "yearly",
        "breakdown",
        "permits",
        "change",
        "subject",
        "weight",
        "category",
        "objective",
    },
    "admissions_by_category/refugee": {"mix", "refugee_destination_cities", "percents"},
    "admissions_by_category/economic": {"mix"},
    "admissions_by_french/french_not_known": {"take_part", "2.1"},
    "temporary_permits/ptet": {"settle"},
    "2017": {"2016"},
}


@pytest.mark.parametrize("every", [19, pytest.param(3, marks=pytest.mark.long)])
def test_one_word_more_changes_the_answer_or_makes_it_a_refusal(ds: Dataset, every: int) -> None:
    """A word that was understood serves to answer, or there is no answer: never the same figure without it."""
    answered = [q for q, group in ASKED if group.get("kind", "answer") in ("answer", "estimate")][::every]
    unchanged = []
    for question in answered:
        before, frame = ask(ds, question), read(ds, question)
        held = {*frame.named, *frame.kinds, *(code.partition("/")[0] for code in frame.named)}
        held |= {"if"} if supposes(ds, frame) else set()
        held |= {year for span in frame.spans for year in span.split("-")}
        for words in MORE:
            asked = f"{question.rstrip('?. ')} {words}?"
            after = ask(ds, asked)
            if after.kind == "answer" and (after.values, after.sentence) == (before.values, before.sentence):
                unchanged += [asked for code in set(read(ds, asked).named) - held if not AGAIN.get(code, set()) & held]
    assert unchanged == []
