"""Questions in plain French: each of the YAML files beside has its right answer; nothing is claimed of the rest."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.cli.app import cli
from dashboard.contract.door import check, load_dataset
from dashboard.deck.kinds import view
from dashboard.figures.drawn import figure_of
from dashboard.model import Dataset
from dashboard.questions.asking import ask
from dashboard.questions.frame import read
from dashboard.questions.lexicon import lexicon
from dashboard.questions.reply import Reply
from dashboard.questions.what_if import supposes
from dashboard.questions.words import tokens
from tests import tables
from tests.broken_files import Files
from tests.hostile import NUMBERS, SIGNS, TEXTS
from tests.other_years import add_2020
from tests.quebec import MRC, REGIONS, Quebec
from tests.unkept import ESSAI, declare

HERE = Path(__file__).parent
GROUPS = [g for file in sorted(HERE.glob("*.yaml")) for g in tables.read(file)]
ASKED = [(question, group) for group in GROUPS for question in group["asked"]]
EXAMS = [(question, group) for group in tables.read(HERE / "autrement" / "examens.yaml") for question in group["asked"]]
SIMULATED = {"estimation", "scénario"}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def faults(reply: Reply, group: dict[str, Any]) -> Iterator[str]:
    """What is not as the file says."""
    kind = group.get("kind", "answer")
    wanted = [Decimal(str(value)) for value in group.get("values", [])]
    if reply.kind != ("answer" if kind == "estimate" else kind):
        yield f"{kind} attendu, {reply.kind} obtenu : {reply.sentence}"
    elif wanted and (reply.values[:1] != tuple(wanted[:1]) or not set(wanted) <= set(reply.values)):
        yield f"{wanted} attendus, {reply.values} obtenus : {reply.sentence}"
    absent = [
        value for value in group.get("holds", []) if Decimal(str(value)) not in {*reply.values, *map(abs, reply.values)}
    ]
    if absent:
        yield f"{absent} absents de {reply.values} : {reply.sentence}"
    if kind in ("answer", "estimate") and (reply.status in SIMULATED) != (kind == "estimate"):
        yield f"statut : {reply.status}"
    if group.get("said", "") not in plain(reply.sentence):
        yield f"« {group['said']} » manque : {reply.sentence}"
    if group.get("reason", reply.reason) != reply.reason:
        yield f"raison : {reply.reason}"


def test_the_files_hold_what_was_asked_for() -> None:
    questions = [question for question, _ in ASKED]
    refused = [question for question, group in ASKED if group.get("kind") == "refusal"]
    assert len(questions) == len(set(questions)) >= 300
    assert len(refused) >= 40


def test_every_question_has_its_right_answer(ds: Dataset) -> None:
    found = {question: list(faults(ask(ds, question), group)) for question, group in (*ASKED, *EXAMS)}
    assert {question: own for question, own in found.items() if own} == {}


def test_other_wordings_have_the_same_answer(ds: Dataset) -> None:
    """As people say it, type it, misspell it; the answers themselves are those of the files."""
    different = []
    for question, wordings in tables.read(HERE / "autrement" / "dit.yaml").items():
        wanted = ask(ds, question)
        for wording in wordings:
            reply = ask(ds, wording)
            same = reply.values[:1] == wanted.values[:1] or set(wanted.values) <= set(reply.values)
            if reply.kind != wanted.kind or not (same if wanted.values else reply.sentence == wanted.sentence):
                different.append((wording, reply.sentence))
    assert different == []


def test_every_answer_has_a_view_a_source_and_a_status(ds: Dataset) -> None:
    for question, _ in ASKED:
        reply = ask(ds, question)
        if reply.view is not None:
            assert view(ds, reply.view.kind, dict(reply.view.choices)).title, question
        if reply.kind != "answer" or reply.understood.get("operation") == ["count"]:
            continue
        assert reply.source and reply.view, question
        told = ("rovisoire", "éfinitive", "cibles, et non des résultats", "Plan 2021-2022", "vient de")
        assert any(words in reply.sentence for words in told), reply.sentence


def test_the_view_of_every_answer_is_drawn(ds: Dataset) -> None:
    """One chart, map, card or text, on the page and over a slide: never several charts."""
    views = {(r.view.kind, *sorted(r.view.choices.items())): r.view for r in (ask(ds, q) for q, _ in ASKED) if r.view}
    for own in views.values():
        for alone in (False, True):
            figure_of(ds, own.kind, dict(own.choices), lambda name: name, alone=alone)


def test_what_is_offered_instead_has_an_answer(ds: Dataset) -> None:
    offered = {other for question, _ in ASKED for other in ask(ds, question).others}
    assert {other for other in offered if ask(ds, other).kind == "refusal"} == set()


def test_a_refusal_has_its_reason_and_nearly_always_another_question(ds: Dataset) -> None:
    refusals = [ask(ds, question) for question, group in ASKED if group.get("kind") == "refusal"]
    assert all(reply.reason and not reply.values for reply in refusals)
    assert sum(bool(reply.others) for reply in refusals) >= len(refusals) - 2


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
    "yearly": {"peak", "change", "difference", "highest", "lowest", "progress", "targets", "level", "if", "return"},
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
    "admissions_by_category/refugee": {"mix", "refugee_destination_cities"},
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


def hostile(rng: random.Random, known: list[str]) -> str:
    """A text that is no question: foreign words, markup, numbers, signs, very long, words of ours in no order."""
    foreign = [
        "the",
        "of",
        "what",
        "where",
        "population",
        "Berlin",
        "viele",
        "Menschen",
        "cuántas",
        "hay",
        "東京",
        "Москва",
    ]
    pieces = (TEXTS, NUMBERS, SIGNS, foreign, known)
    words = [rng.choice(rng.choice(pieces)) for _ in range(rng.randint(1, 12))]
    return rng.choice((" ", "", "\n", "?")).join(words) * rng.choice((1, 1, 1, 200))


@pytest.mark.parametrize("many", [500, pytest.param(10_000, marks=pytest.mark.long)])
def test_random_and_hostile_texts_claim_nothing(ds: Dataset, many: int) -> None:
    rng, known = random.Random(16), lexicon(ds)  # noqa: S311 – nothing secret
    ours = sorted({word for phrase in (*known.exact, *known.loose) for word in phrase})
    foreign = re.compile(r"[^\W\d_]{4,}")
    for _ in range(many):
        text = hostile(rng, ours)
        reply = ask(ds, text)
        assert reply.sentence and len(reply.sentence) < 6000
        if reply.kind in ("answer", "text") and reply.values[:1] != (Decimal(0),):  # « 0 action parle de… »
            # Only what is wholly made of words of ours may be answered.
            left = set(foreign.findall(text[:400])) & {"viele", "Menschen", "cuántas", "Москва", "Berlin", "script"}
            assert not left, text


TIMES = ["en 2015", "de 2015 à 2019", "avant 2018", "au 31 décembre 2019", "en 2021", "2021-2022", "par année", "100",
         "50 %", "3e", "entre 20 et 100", "2.1", "la moitié", "5 ans"]  # fmt: skip


@pytest.mark.parametrize("many", [500, pytest.param(20_000, marks=pytest.mark.long)])
def test_whatever_is_asked_together_is_answered_or_refused(ds: Dataset, many: int) -> None:
    """Words of ours put together anyhow: places, periods, numbers, what is counted and what is done with it."""
    rng, own = random.Random(7), ds.vocabulary  # noqa: S311 – nothing secret
    named = [own.subjects, own.categories, own.figures, own.targets, own.breakdowns, own.levels]
    words = [[word for phrases in group.values() for word in phrases] for group in named]
    done = [word for phrases in own.operations.values() for word in phrases]
    places = [ds.territories[c].name_in for c in (*ds.mrc_codes(), *ds.region_codes(), "QC", ds.config.direction)]
    for _ in range(many):
        parts = [rng.choice(done), rng.choice(rng.choice(words)), rng.choice(places)]
        parts += [rng.choice(group) for group in (TIMES, TIMES, done, places, words[-1]) if rng.random() < 0.4]
        reply = ask(ds, " ".join(rng.sample(parts, len(parts))).replace("= ", ""))
        assert reply.sentence and (reply.values or reply.kind != "answer"), reply.asked


def test_bare_names_and_empty_texts_claim_nothing(ds: Dataset) -> None:
    for text in ("", " ", "?", "???", "Lévis", "MRC", "ça va?", "2019", "135", "combien", "oui", "<b>Lévis</b>", "\0"):
        assert ask(ds, text).kind in ("refusal", "choice"), text


def test_a_word_added_to_the_vocabulary_is_understood(files: Files, ds: Dataset) -> None:
    path = files.root / "data" / "vocabulary.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2425": [', '"2425": [rive sud de Québec, '), encoding="utf-8")
    asked = "Combien de personnes admises sur la rive sud de Québec?"
    assert ask(ds, asked).kind != "answer"
    assert ask(load_dataset(files.root), asked).values == (Decimal(515),)


def test_each_line_of_the_vocabulary_is_read_whole(ds: Dataset) -> None:
    own = ds.vocabulary
    lines = [line for group in (own.ignored, own.linking, own.never_mended) for line in group]
    read = {line: [token.typed for token in tokens(line) if token.word[:1].isalpha()] for line in lines}
    assert [line for line in lines if re.findall(r"[^\W\d_]+", line) != read[line]] == []


def test_a_mistake_in_the_vocabulary_is_named(files: Files) -> None:
    path = files.root / "data" / "vocabulary.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  how_many: [", "  combien: ["), encoding="utf-8")
    (problem, *_) = [p for p in check(files.root).problems if p.file == "data/vocabulary.yaml"]
    assert problem.line and problem.remedy


def test_the_command_prints_a_line_of_json_for_each_question(tmp_path: Path) -> None:
    asked = tmp_path / "questions.txt"
    asked.write_text("Combien d’admissions au BSL en 2019?\n\nadmissions québec 2018\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["ask", "--file", str(asked)])
    first, second = map(json.loads, done.output.splitlines())
    assert {"kind", "sentence", "values", "understood", "source", "address"} <= set(first)
    assert (first["kind"], first["values"], first["address"]) == ("answer", [135], "/bas-saint-laurent?annee=2019")
    assert "2019 135 17,6" in first["source"]
    assert second["kind"] == "choice"
    alone = CliRunner().invoke(cli, ["ask", "Combien d’admissions à Lévis?"])
    assert json.loads(alone.output)["values"] == [515]


def test_the_command_refuses_in_french() -> None:
    done = CliRunner().invoke(cli, ["ask"])
    assert done.exit_code == 2
    assert "QUESTION" in done.output


UNKNOWN = {
    '"2412": [RDL]': ('"9999": [RDL]', "9999", "territoire"),
    "admissions_by_sex/male:": ("admissions_by_sex/mal:", "admissions_by_sex/mal", "catégorie"),
    "temporary_permits/ptet+pmi:": ("temporary_permits/ptet+pmj:", "temporary_permits/ptet+pmj", "catégorie"),
    "  jobs_to_fill:": ("  jobs_to_fil:", "jobs_to_fil", "chiffre"),
    '  "2.1": [': ('  "2.7": [', "2.7", "cible"),
    "  admissions_by_sex: [": ("  admissions_by_age: [", "admissions_by_age", "indicateur"),
    "    source: portrait-01": ("    source: portrait-99", "portrait-99", "section"),
}


@pytest.mark.parametrize("right", UNKNOWN)
def test_a_code_that_names_nothing_is_refused(files: Files, right: str) -> None:
    wrong, value, kind = UNKNOWN[right]
    path = files.root / "data" / "vocabulary.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    problem, *_ = (p for p in check(files.root).problems if p.file == "data/vocabulary.yaml")
    line = next(n for n, own in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if wrong.strip() in own)
    assert (problem.value, problem.line) == (value, line)
    assert kind in problem.message and problem.remedy


def test_passages_hold_the_words_and_lead_to_their_place(ds: Dataset) -> None:
    reply = ask(ds, "Que dit le plan de la main-d’œuvre?")
    assert reply.kind == "text" and len(reply.passages) > 1
    assert all("main-d’œuvre" in own.text and own.source for own in reply.passages)
    assert (reply.page, reply.params) == (reply.passages[0].page, reply.passages[0].params)
    (own,) = (p for p in ask(ds, "Que dit le plan sur le vieillissement?").passages if p.page == "bas-saint-laurent")
    assert own.params == {"lieu": "portrait"}
    # In the plan, the words are looked for where they stand.
    found = ask(ds, "Que dit le plan sur les préjugés?").passages
    assert {own.params["q"] for own in found if own.page == "plan-d-action"} == {"préjugés"}


def test_a_topic_without_a_reason_has_that_of_a_refusal(ds: Dataset) -> None:
    refusals = {refusal.id for refusal in ds.refusals}
    assert all(topic.why or topic.id in refusals for topic in ds.vocabulary.topics)


def test_reasons_that_the_plan_states_are_its_own_words(ds: Dataset) -> None:
    texts = [*(" ".join(p.portrait) for p in ds.portraits.values()), *(d.text for d in ds.texts.definitions)]
    whole = " ".join([*texts, *ds.texts.partnership.paragraphs, *(note.text for note in ds.texts.notes)])
    quotes = [told.quote.strip() for told in ds.vocabulary.told if told.quote]
    assert quotes and [quote for quote in quotes if quote not in whole] == []
    assert all((told.quote is None) + (told.anomaly is None) + (told.text is None) == 2 for told in ds.vocabulary.told)


def test_new_data_are_understood_without_code(tmp_path: Path) -> None:
    """A whole Québec of 17 regions and twenty years: new regions, territories and years are named at once."""
    quebec = Quebec()
    ds = load_dataset(quebec.write(tmp_path / "quebec"))
    code, name, inside, *_ = REGIONS[1]
    for year in ("2003", "2012"):
        reply = ask(ds, f"Combien de personnes admises {inside}{name} en {year}?")
        assert reply.values == (Decimal(quebec.admissions[code, year]),)
    montreal = ask(ds, "Combien d’admissions à Montréal en 2010?")
    assert montreal.kind in ("answer", "choice")
    mrc = MRC[code][0]
    assert ask(ds, f"Combien d’admissions {ds.territories[mrc].name_in} de 2015 à 2019?").kind == "answer"


def test_a_year_that_is_added_is_understood(copy_of_data: Path) -> None:
    add_2020(copy_of_data)
    ds = load_dataset(copy_of_data)
    wanted = {
        "Combien de personnes admises au Bas-Saint-Laurent en 2020?": 96,
        "Combien de réfugiés dans la Capitale-Nationale en 2020?": 290,
        "Combien de femmes en Gaspésie?": 16,
        "Combien d’étudiants étrangers au Bas-Saint-Laurent?": 900,
    }
    assert {question: int(ask(ds, question).values[0]) for question in wanted} == wanted
    assert ask(ds, "Combien de personnes admises au Bas-Saint-Laurent en 2021?").kind == "refusal"


def test_an_indicator_that_is_added_is_understood(files: Files) -> None:
    declare(files.root)
    entry = """  - id: settlement_desks
    label: "Guichets d’accueil"
    short: "Guichets d’accueil"
    unit: "guichets"
    kind: stock
    file: settlement_desks.csv
    base: jobs
    levels: [region]
    categories: [{id: total, label: "Ensemble"}]
    definition: "Guichets d’accueil, nombre de guichets ouverts; postes et personnes cités dans le portrait, sans base."
# Indicateurs calculés"""
    files.edit("data/indicators.yaml", "# Indicateurs calculés", entry)
    head = "territory_code,indicator,category,period,value,printed_pct,base,status,source,quote\n"
    counts = {"01": 4, "03": 19, "12": 7, "11": 3}
    rows = [f"{code},settlement_desks,total,2021,{n},,jobs,definitive,{ESSAI},\n" for code, n in counts.items()]
    files.put("data/settlement_desks.csv", head + "".join(rows))
    ds = load_dataset(files.root)
    assert ask(ds, "Combien de guichets d’accueil au Bas-Saint-Laurent?").values == (Decimal(4),)
    assert ask(ds, "Quelle région a le plus de guichets d’accueil?").values == (Decimal(19),)
    assert ask(ds, "guichets d’accueil dans la direction").values == (Decimal(33),)
    assert ask(ds, "Combien de guichets d’accueil à Lévis?").kind == "refusal"
