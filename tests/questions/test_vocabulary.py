"""What the questions are read with: the vocabulary, whatever is added to the data, and the command that asks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.cli.app import cli
from dashboard.contract.door import load_dataset
from dashboard.model import Dataset
from dashboard.questions.asking import ask
from dashboard.questions.lexicon import lexicon
from dashboard.questions.suggesting import everywhere
from dashboard.questions.words import tokens
from tests.broken_files import Files
from tests.other_years import add_2020
from tests.quebec import MRC, REGIONS, Quebec
from tests.unkept import ESSAI, declare

VOCABULARY = "data/vocabulary.yaml"


def test_bare_names_and_empty_texts_claim_nothing(ds: Dataset) -> None:
    for text in ("", " ", "?", "???", "Lévis", "MRC", "ça va?", "2019", "135", "combien", "oui", "<b>Lévis</b>", "\0"):
        assert ask(ds, text).kind in ("refusal", "choice"), text


def test_each_line_of_the_vocabulary_is_read_whole(ds: Dataset) -> None:
    own = ds.vocabulary
    lines = [line for group in (own.ignored, own.linking, own.never_mended) for line in group]
    read = {line: [token.typed for token in tokens(line) if token.word[:1].isalpha()] for line in lines}
    assert [line for line in lines if re.findall(r"[^\W\d_]+", line) != read[line]] == []


def dictionaries(ds: Dataset) -> str:
    return ascii([sorted(part.items()) for part in vars(lexicon(ds)).values() if isinstance(part, dict)])


def test_the_words_are_read_alike_in_every_process(ds: Dataset, root: Path) -> None:
    """Whatever the order in which a process has its sets: this one has an order drawn by lot."""
    code = f"from {__name__} import dictionaries, load_dataset; import pathlib; "
    code += "print(dictionaries(load_dataset(pathlib.Path())))"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, cwd=root, capture_output=True, check=True)
    assert len(other.stdout) > 100_000
    assert other.stdout.decode().strip() == dictionaries(ds)


def test_a_topic_without_a_reason_has_that_of_a_refusal(ds: Dataset) -> None:
    refusals = {refusal.id for refusal in ds.refusals}
    assert all(topic.why or topic.id in refusals for topic in ds.vocabulary.topics)


def test_reasons_that_the_plan_states_are_its_own_words(ds: Dataset) -> None:
    texts = [*(" ".join(p.portrait) for p in ds.portraits.values()), *(d.text for d in ds.texts.definitions)]
    whole = " ".join([*texts, *ds.texts.partnership.paragraphs, *(note.text for note in ds.texts.notes)])
    quotes = [told.quote.strip() for told in ds.vocabulary.told if told.quote]
    assert quotes and [quote for quote in quotes if quote not in whole] == []
    assert all((told.quote is None) + (told.anomaly is None) + (told.text is None) == 2 for told in ds.vocabulary.told)


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
    refused = CliRunner().invoke(cli, ["ask"])
    assert refused.exit_code == 2
    assert "QUESTION" in refused.output


# --- A vocabulary that is spoilt --------------------------------------------------------------------------------------
def test_a_mistake_in_the_vocabulary_is_named(files: Files) -> None:
    files.edit(VOCABULARY, "  how_many: [", "  combien: [")
    (problem, *_) = [p for p in files.problems() if p.file == VOCABULARY]
    assert problem.line and problem.remedy


def test_a_code_that_names_nothing_is_refused(files: Files) -> None:
    unknown = {
        "9999": ('"2412": [RDL]', '"9999": [RDL]', "territoire"),
        "admissions_by_sex/mal": ("admissions_by_sex/male:", "admissions_by_sex/mal:", "catégorie"),
        "temporary_permits/ptet+pmj": ("temporary_permits/ptet+pmi:", "temporary_permits/ptet+pmj:", "catégorie"),
        "jobs_to_fil": ("  jobs_to_fill:", "  jobs_to_fil:", "chiffre"),
        "2.7": ('  "2.1": [', '  "2.7": [', "cible"),
        "admissions_by_age": ("  admissions_by_sex: [", "  admissions_by_age: [", "indicateur"),
        "portrait-99": ("    source: portrait-01", "    source: portrait-99", "section"),
    }
    for right, wrong, _ in unknown.values():
        files.edit(VOCABULARY, right, wrong)
    found = {problem.value: problem for problem in files.problems() if problem.file == VOCABULARY}
    assert set(found) == set(unknown)
    lines = files.text(VOCABULARY).splitlines()
    for value, (_, wrong, kind) in unknown.items():
        problem = found[value]
        assert wrong.strip() in lines[problem.line - 1] and wrong.strip() not in "\n".join(lines[: problem.line - 1])
        assert kind in problem.message and problem.remedy


# --- What is added to the data is understood without code -------------------------------------------------------------
def test_a_whole_quebec_of_twenty_years_is_understood(tmp_path: Path) -> None:
    """17 regions: new regions, territories and years are named at once."""
    quebec = Quebec()
    ds = load_dataset(quebec.write(tmp_path / "quebec"))
    code, name, inside, *_ = REGIONS[1]
    for year in ("2003", "2012"):
        reply = ask(ds, f"Combien de personnes admises {inside}{name} en {year}?")
        assert reply.values == (Decimal(quebec.admissions[code, year]),)
    assert ask(ds, "Combien d’admissions à Montréal en 2010?").kind in ("answer", "choice")
    assert ask(ds, f"Combien d’admissions {ds.territories[MRC[code][0]].name_in} de 2015 à 2019?").kind == "answer"


@pytest.fixture
def grown(files: Files) -> Dataset:
    """A year, an indicator and a word of the vocabulary more."""
    add_2020(files.root)
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
    files.edit(VOCABULARY, '"2425": [', '"2425": [rive sud de Québec, ')
    return load_dataset(files.root)


def test_what_is_added_to_the_data_is_understood_and_suggested(grown: Dataset, ds: Dataset) -> None:
    wanted = {
        "Combien de personnes admises au Bas-Saint-Laurent en 2020?": 96,
        "Combien de réfugiés dans la Capitale-Nationale en 2020?": 290,
        "Combien de femmes en Gaspésie?": 16,
        "Combien d’étudiants étrangers au Bas-Saint-Laurent?": 900,
        "Combien de personnes admises sur la rive sud de Québec?": 515,
        "Combien de guichets d’accueil au Bas-Saint-Laurent?": 4,
        "Quelle région a le plus de guichets d’accueil?": 19,
        "guichets d’accueil dans la direction": 33,
    }
    assert {question: int(ask(grown, question).values[0]) for question in wanted} == wanted
    assert ask(ds, "Combien de personnes admises sur la rive sud de Québec?").kind != "answer"
    for refused in ("personnes admises au Bas-Saint-Laurent en 2021", "guichets d’accueil à Lévis"):
        assert ask(grown, f"Combien de {refused}?").kind == "refusal"
    assert any("2020" in question for question in everywhere(grown))
    assert {question for question in everywhere(grown) if ask(grown, question).kind != "answer"} == set()
