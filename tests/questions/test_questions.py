"""Questions in plain French: each of the YAML files beside has its right answer, which a word more changes or takes
away, and which stays the same beside another question."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from dashboard.deck.kinds import view
from dashboard.figures.drawn import figure_of
from dashboard.model import Dataset
from dashboard.questions import parts
from dashboard.questions.asking import ask
from dashboard.questions.frame import read
from dashboard.questions.reply import Reply
from dashboard.questions.what_if import supposes
from tests import tables

HERE = Path(__file__).parent
ASKED = [
    (asked, group) for file in sorted(HERE.glob("*.yaml")) for group in tables.read(file) for asked in group["asked"]
]
EXAMS = [(asked, group) for group in tables.read(HERE / "autrement" / "examens.yaml") for asked in group["asked"]]
NUMBERED = [question for question, group in ASKED if group.get("kind", "answer") in ("answer", "estimate")]
SIMULATED = {"estimation", "scénario"}


class Answers(dict[str, Reply]):
    """What is answered to each question, asked once for all the tests."""

    def __init__(self, ds: Dataset) -> None:
        super().__init__()
        self.ds = ds

    def __missing__(self, question: str) -> Reply:
        return self.setdefault(question, ask(self.ds, question))


@pytest.fixture(scope="module")
def answers(ds: Dataset) -> Answers:
    return Answers(ds)


def faults(reply: Reply, group: dict[str, Any]) -> Iterator[str]:
    """What is not as the file says."""
    kind, sentence = group.get("kind", "answer"), reply.sentence.replace("\u00a0", " ")
    wanted = [Decimal(str(value)) for value in group.get("values", [])]
    if reply.kind != ("answer" if kind == "estimate" else kind):
        yield f"{kind} attendu, {reply.kind} obtenu : {sentence}"
    elif wanted and (reply.values[:1] != tuple(wanted[:1]) or not set(wanted) <= set(reply.values)):
        yield f"{wanted} attendus, {reply.values} obtenus : {sentence}"
    held = {*reply.values, *map(abs, reply.values)}
    if absent := [value for value in group.get("holds", []) if Decimal(str(value)) not in held]:
        yield f"{absent} absents de {reply.values} : {sentence}"
    if kind in ("answer", "estimate") and (reply.status in SIMULATED) != (kind == "estimate"):
        yield f"statut : {reply.status}"
    if group.get("said", "") not in sentence:
        yield f"« {group['said']} » manque : {sentence}"
    if group.get("reason", reply.reason) != reply.reason:
        yield f"raison : {reply.reason}"


def test_the_files_hold_what_was_asked_for() -> None:
    questions = [question for question, _ in ASKED]
    assert len(questions) == len(set(questions)) >= 300
    assert sum(group.get("kind") == "refusal" for _, group in ASKED) >= 40


def test_every_question_has_its_right_answer(answers: Answers) -> None:
    found = {question: list(faults(answers[question], group)) for question, group in (*ASKED, *EXAMS)}
    assert {question: own for question, own in found.items() if own} == {}


def test_other_wordings_have_the_same_answer(answers: Answers) -> None:
    """As people say it, type it, misspell it; the answers themselves are those of the files."""
    different = []
    for question, wordings in tables.read(HERE / "autrement" / "dit.yaml").items():
        wanted = answers[question]
        for reply in map(answers.__getitem__, wordings):
            same = reply.values[:1] == wanted.values[:1] or set(wanted.values) <= set(reply.values)
            if reply.kind != wanted.kind or not (same if wanted.values else reply.sentence == wanted.sentence):
                different.append((reply.asked, reply.sentence))
    assert different == []


def test_every_answer_has_a_source_a_status_and_a_view_that_is_drawn(ds: Dataset, answers: Answers) -> None:
    """One chart, map, card or text, on the page and over a slide: never several charts."""
    replies = [answers[question] for question, _ in ASKED]
    for reply in replies:
        if reply.kind == "answer" and reply.understood.get("operation") != ["count"]:
            assert reply.source and reply.view, reply.asked
            told = ("rovisoire", "éfinitive", "cibles, et non des résultats", "Plan 2021-2022", "vient de")
            assert any(words in reply.sentence for words in told), reply.sentence
    views = {(r.view.kind, *sorted(r.view.choices.items())): r.view for r in replies if r.view}
    for own in views.values():
        assert view(ds, own.kind, dict(own.choices)).title, own
        for alone in (False, True):
            figure_of(ds, own.kind, dict(own.choices), lambda name: name, alone=alone)


def test_a_refusal_has_its_reason_and_nearly_always_another_question_that_is_answered(answers: Answers) -> None:
    refusals = [answers[question] for question, group in ASKED if group.get("kind") == "refusal"]
    assert all(reply.reason and not reply.values for reply in refusals)
    assert sum(bool(reply.others) for reply in refusals) >= len(refusals) - 2
    offered = {other for question, _ in ASKED for other in answers[question].others}
    assert {other for other in offered if answers[other].kind == "refusal"} == set()


# --- A word more ------------------------------------------------------------------------------------------------------
def drawn(question: str, among: int) -> int:
    """A number below another, drawn by lot: the same for a question whatever the others of the files."""
    return crc32(question.encode()) % among


def test_a_word_that_is_not_understood_gives_no_figure(ds: Dataset) -> None:
    for question in NUMBERED:
        lot, place = divmod(drawn(question, 15), 3)
        if lot or "parle" in question:
            continue
        # What is said before the question does not change it.
        *before, own = re.split(r"(?<=[,:] )|(?<=savoir )|(?<=dire )", question.rstrip("?"))
        words = own.split()
        words.insert((0, len(words) // 2, len(words))[place], "zorglubique")
        reply = ask(ds, "".join(before) + " ".join(words))
        counted = "zorglub" in reply.sentence and reply.values[:1] == (Decimal(0),)
        assert reply.kind in ("refusal", "choice", "text") or counted, reply.asked


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
    "permits": "temporary_permits ratio source",
    "residents": "population",
    "population": "residents rate figure source living weight",
    "change": "difference progress revision why return",
    "agreements/mrc": "agreements",
    "rank": "highest lowest rate level nth",
    "difference": "change progress revision why return",
    "highest": "difference nth compare return objective peak",
    "nth": "rank rate",
    "peak": "highest lowest return",
    "lowest": "objective trough",
    "2.1": "numbers",
    "targets": "reference",
    "yearly": "peak change difference highest lowest progress targets level if return weight",
    "numbers": "common objective",
    "01": "rank share",
    "11": "rank share",
    "year": "peak",
    "weight": "distribute population_share_quebec",
    "share": "targets target figure mix weight source settle take_part if distribute",
    "peculiarity": "unreliable",
    "rate": "unreliable",
    "actions": "plan_indicators results planned text",
    "2016-2018": "year",
    "2018": "2016",
    "2016": "residents population population_share_quebec change year living",
    "agreements/francisation_mandataries": "agreements",
    "apart": "admissions_by_sex mix distribute level yearly breakdown permits change subject weight category objective",
    "admissions_by_category/refugee": "mix refugee_destination_cities percents",
    "admissions_by_category/economic": "mix",
    "admissions_by_french/french_not_known": "take_part 2.1",
    "temporary_permits/ptet": "settle",
    "2017": "2016",
}


def test_the_least_of_each_kind_of_agreements_where_one_is_not_mentioned(ds: Dataset) -> None:
    said = ask(ds, "Combien d’ententes au total en Gaspésie le moins?").sentence
    assert "Soutien à la mission : non mentionné en Gaspésie–Îles-de-la-Madeleine" in said.replace("\u00a0", " ")


def test_one_word_more_changes_the_answer_or_makes_it_a_refusal(ds: Dataset, answers: Answers) -> None:
    """A word that was understood serves to answer, or there is no answer: never the same figure without it."""
    unchanged = []
    for question in NUMBERED:
        lot, rank = divmod(drawn(question, 2 * len(MORE)), len(MORE))
        if lot:
            continue
        asked = f"{question.rstrip('?. ')} {MORE[rank]}?"
        before, after = answers[question], ask(ds, asked)
        if after.kind == "answer" and (after.values, after.sentence) == (before.values, before.sentence):
            frame = read(ds, question)
            held = {*frame.named, *frame.kinds, *(code.partition("/")[0] for code in frame.named)}
            held |= {"if"} if supposes(ds, frame) else set()
            held |= {year for span in frame.spans for year in span.split("-")}
            again = {code for code in set(read(ds, asked).named) - held if {*AGAIN.get(code, "").split()} & held}
            unchanged += [(asked, code) for code in set(read(ds, asked).named) - held - again]
    assert unchanged == []


# --- Two questions that each say their place and their time, asked together -------------------------------------------
LINKS = (", et ", " et ", "? ", "; ", " pis ")
# What links two things already in one question.
LINKED = re.compile(r"[?;/+&,:]|\b(?:et|pis|puis|ainsi que)\b")
COUNTED = ("subject", "category", "indicator", "breakdown")


def whole(ds: Dataset, question: str) -> bool:
    """Whether a question asks for one thing, of one place that it names, over one time that it names."""
    if LINKED.search(question.rstrip("?. ")):
        return False
    frame = read(ds, question)
    placed = len(frame.territories) == 1 and not frame.unclear and "level" not in frame.kinds
    return placed and len({*frame.years, *frame.spans, *frame.dates}) == 1 and any(map(frame.get, COUNTED))


def test_two_questions_together_have_both_figures_or_none_and_never_another_one(ds: Dataset, answers: Answers) -> None:
    asked = [q for q, group in (*ASKED, *EXAMS) if group.get("kind", "answer") == "answer" and whole(ds, q)]
    assert len(asked) > 300
    lots, pairs, answered, wrong = random.Random(1), 300, 0, []  # noqa: S311
    for _ in range(pairs):
        both = lots.sample(asked, 2)
        first, second = (question.rstrip("?. ") for question in both)
        reply = ask(ds, f"{first}{lots.choice(LINKS)}{second[0].lower()}{second[1:]}?")
        answered += reply.kind == "answer"
        alone = {abs(answers[question].values[0]) for question in both}
        if reply.kind == "answer" and not alone <= {abs(value) for value in reply.values}:
            wrong.append((reply.asked, reply.sentence))
    assert wrong == []
    assert answered > pairs * 0.9


@pytest.mark.parametrize("link", LINKS)
def test_a_long_list_of_questions_is_read_few_times(ds: Dataset, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read does not double with each thing that is asked beside the others."""
    asked = ("admissions à Lévis en 2019", "permis en Gaspésie en 2018", "femmes au Bas-Saint-Laurent en 2017")
    for several in (4, 8, 12):
        readings: list[object] = []
        monkeypatch.setattr(parts, "read", lambda *given, seen=readings: seen.append(given) or read(*given))
        ask(ds, link.join(asked[n % 3] for n in range(several)))
        assert 0 < len(readings) < 200
