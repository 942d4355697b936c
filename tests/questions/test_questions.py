"""Questions in plain French: each of the YAML files beside has its right answer; nothing is claimed of the rest."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
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
from dashboard.questions.reply import Reply
from dashboard.questions.words import tokens
from tests import tables
from tests.broken_files import Files
from tests.other_years import add_2020
from tests.quebec import MRC, REGIONS, Quebec
from tests.questions.asked import ASKED, EXAMS, HERE
from tests.unkept import ESSAI, declare

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


def test_the_words_are_read_alike_in_every_process(root: Path) -> None:
    """Whatever the order in which a process has its sets."""
    code = "import pathlib, sys; from dashboard.contract.door import load_dataset as load; "
    code += "from dashboard.questions.lexicon import lexicon; own = lexicon(load(pathlib.Path(sys.argv[1]))); "
    code += "print([sorted(part.items()) for part in vars(own).values() if isinstance(part, dict)])"
    command = [sys.executable, "-c", code, str(root)]
    read = [
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=root, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert len(read[0]) > 100_000
    assert read[0] == read[1]


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
