"""Each figure stands in the text of its document, at its own place: exchanges that agree among themselves are seen."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.contract import judge
from dashboard.loading.draft import Draft
from dashboard.model.rows import Key, Observation
from tests.broken_files import STOP, Files

MRC, YEARS, PERMITS = (f"data/{name}.csv" for name in ("admissions_by_mrc", "admissions_by_year", "temporary_permits"))
AGREEMENTS, CENSUS, MAP = (f"data/{name}.csv" for name in ("agreements", "populations", "immigrant_population"))
# What a coherent slip carries from one row to another.
TOGETHER = (
    ("value", "printed_pct", "quote"),
    ("value", "printed_pct", "quote", "source"),
    ("value", "printed_pct"),
    ("value",),
    ("printed_pct",),
    ("quote",),
    ("source",),
    ("base",),
    ("status",),
)


def row_of(draft: Draft, file: str, *key: str) -> Observation:
    return next(row for row in draft.observations if row.file == file and row.key == Key(*key))


def exchanged(draft: Draft, one: Observation, other: Observation, fields: tuple[str, ...]) -> Draft:
    swapped = {
        one: replace(one, **{name: getattr(other, name) for name in fields}),
        other: replace(other, **{name: getattr(one, name) for name in fields}),
    }
    return replace(draft, observations=[swapped.get(row, row) for row in draft.observations])


@pytest.mark.parametrize(
    ("file", "one", "other"),
    [
        (MRC, ("2405", "admissions_by_mrc", "total", "2015-2019"), ("2406", "admissions_by_mrc", "total", "2015-2019")),
        (MRC, ("2419", "admissions_by_mrc", "total", "2015-2019"), ("2412", "admissions_by_mrc", "total", "2015-2019")),
        (
            PERMITS,
            ("01", "temporary_permits", "ptet", "2019-12-31"),
            ("01", "temporary_permits", "pmi", "2019-12-31"),
        ),
        (
            PERMITS,
            ("01", "temporary_permits", "ptet", "2019-12-31"),
            ("03", "temporary_permits", "ptet", "2019-12-31"),
        ),
        (AGREEMENTS, ("01", "agreements", "mrc", "2021-04-01"), ("12", "agreements", "pasi", "2021-04-01")),
        (AGREEMENTS, ("11", "agreements", "pasi", "2021-04-01"), ("11", "agreements", "mrc", "2021-04-01")),
        (CENSUS, ("2405", "population_census", "total", "2016"), ("2406", "population_census", "total", "2016")),
        (
            MAP,
            ("QC", "immigrant_population_map", "unnamed_03", "2016"),
            ("QC", "immigrant_population_map", "unnamed_04", "2016"),
        ),
    ],
)
def test_two_rows_that_exchange_all_that_they_say_are_named(
    draft: Draft, file: str, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    first, second = row_of(draft, file, *one), row_of(draft, file, *other)
    fields = ("value", "printed_pct", "quote", "source")
    lines = {p.line for p in judge(exchanged(draft, first, second, fields)).problems if p.file == file}
    same = all(getattr(first, name) == getattr(second, name) for name in fields)
    assert lines & {first.line, second.line} or same


@pytest.mark.parametrize("file", [MRC, YEARS, PERMITS, AGREEMENTS, CENSUS, MAP])
def test_no_exchange_between_rows_of_a_file_passes(draft: Draft, file: str) -> None:
    """A sample of the pairs, with every set of columns that a slip may carry; all of them were tried once."""
    rows = [row for row in draft.observations if row.file == file]
    pairs = random.Random(file).sample(list(combinations(rows, 2)), 6)  # noqa: S311
    unseen = [
        (one.line, other.line, fields)
        for one, other in pairs
        for fields in TOGETHER
        if any(getattr(one, name) != getattr(other, name) for name in fields)
        and not judge(exchanged(draft, one, other, fields)).problems
    ]
    assert unseen == []


@pytest.mark.parametrize(
    ("file", "line", "old", "new", "column"),
    [
        (YEARS, 12, ",provisional,", ",definitive,", "status"),
        (YEARS, 13, ",provisional,", ",definitive,", "status"),
        (YEARS, 8, ",definitive,", ",provisional,", "status"),
        (PERMITS, 5, ",provisional,", ",definitive,", "status"),
        (CENSUS, 6, ",definitive,", ",estimate,", "status"),
        (CENSUS, 6, ",census_population,", ",private_households,", "base"),
        (AGREEMENTS, 3, "2021-04-01", "2021-03-31", "period"),
    ],
)
def test_the_status_and_the_base_of_a_period_are_stated_once(
    files: Files, file: str, line: int, old: str, new: str, column: str
) -> None:
    files.line(file, line, lambda text: text.replace(old, new, 1))
    assert [(p.file, p.line, p.column) for p in files.problems()][:1] == [(file, line, column)]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (MRC, 'La Matapédia 25 3,3"', 'La Matapedia 25 3,3"', "le document imprime « La Matapédia 25 3,3 »"),
        (PERMITS, "2 205 15 480", "2 2 205 15 480", "le document imprime « Permis de travail du PTET 2 205 15 480 »"),
        (CENSUS, '"2405,2016,17660"', '"2405,2016,17660 "', ""),
        (AGREEMENTS, "dont une au", "soit une au", "ces mots ne sont pas dans cette section du document"),
    ],
)
def test_a_quoted_line_is_the_document_s_own(files: Files, file: str, old: str, new: str, said: str) -> None:
    files.edit(file, old, new)
    assert any(said in text for text in files.said()) is bool(said)


def test_a_changed_text_is_known_by_its_fingerprint(files: Files) -> None:
    files.edit("data/source/plan-2021-2022.txt", "La Matapédia 25 3,3", "La Matapédia 26 3,4")
    assert any("n’est pas celui dont data/sources.yaml donne l’empreinte" in text for text in files.said())
    assert files.outcome() == STOP


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    text: plan-2021-2022.txt\n", "", "aucun document de data/sources.yaml ne nomme ce texte"),
        ("lines: [2094, 2230], ", "", "cette section n’a pas de lignes dans le texte de son document"),
        ("lines: [2094, 2230], ", "lines: [2285, 2423], ", "ne nomme pas"),
        ('{year: "2019", quote', '{year: "2018", quote', "ces mots ne nomment pas l’année"),
    ],
)
def test_a_section_cannot_leave_its_document_in_silence(files: Files, old: str, new: str, said: str) -> None:
    files.edit("data/sources.yaml", old, new)
    assert any(said in text for text in files.said()), files.said()
    assert files.outcome() == STOP


REGION_03, REGION_11 = "data/regions/03.yaml", "data/regions/11.yaml"
TEXTS, TARGETS, PLAN, ANOMALIES = (f"data/{name}.yaml" for name in ("texts", "targets", "action_plan", "anomalies"))


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        # A sentence, its figure and its quotation together; a word; a sentence that is lost.
        (REGION_03, [("8,9 %", "9,8 %"), ("8,9 %", "9,8 %"), ("value: 8.9", "value: 9.8")]),
        (REGION_03, [("étudiantes et étudiants internationaux dans", "travailleuses et travailleurs dans")]),
        (REGION_11, [("Le nombre de personnes immigrantes dans la région a augmenté de 15 % de 2001 à 2016. ", "")]),
        (REGION_03, [('territory: "03"', 'territory: "QC"')]),
        (REGION_11, [('period: "2001-2016"', 'period: "2016"')]),
        (REGION_11, [('unit: "postes"', 'unit: "emplois"')]),
        (REGION_11, [('period: "1980-"', 'period: "1990-"')]),
        (TEXTS, [("72\n      antennes", "75\n      antennes"), ("de 72 antennes", "de 75 antennes"), (": 72", ": 75")]),
        (TEXTS, [('period: "2021-03-31"', 'period: "2021-04-01"')]),
        (TEXTS, [("Deux d’entre elles", "Trois d’entre elles"), ("Deux d’", "Trois d’"), ("value: 2\n", "value: 3\n")]),
        (TEXTS, [('unit: "villes"', 'unit: "ententes"')]),
        (TEXTS, [("nées hors\n      du pays", "nées\n      au pays")]),
        (TEXTS, [('term: "Population immigrée"', 'term: "Population immigrante"')]),
        (TEXTS, [("PTET : Programme des travailleurs", "PTET : Programme de travailleurs")]),
        (TEXTS, [('title: "Personnes immigrantes"', 'title: "Personnes"')]),
        (TARGETS, [("50 % 55 %", "51 % 55 %"), ('"50 %", value: 50', '"51 %", value: 51')]),
        (TARGETS, [('period: "2019-2020"', 'period: "2018-2019"')]),
        (TARGETS, [('period: "2018"', 'period: "2017"')]),
        (TARGETS, [('unit: "entreprises"', 'unit: "accompagnements"')]),
        (TARGETS, [('value: 800, unit: "accompagnements"', 'value: 800, unit: "entreprises"')]),
        (TARGETS, [("dans les 3 années", "dans les 5 années")]),
        (TARGETS, [('id: "5.1-a"', 'id: "4.2-a"')]),
        (PLAN, [("Production d’un état de situation", "Production d’un état des lieux")]),
        (PLAN, [('objective: "3.1"', 'objective: "4.1"')]),
        (PLAN, [('text: "Nombre de rencontres du comité opérationnel"', 'text: "Nombre de réunions du comité"')]),
        (ANOMALIES, [("« Robert-Cliche »", "« Robert-Clichette »")]),
        (ANOMALIES, [("totalisent 1 091 320", "totalisent 1 091 325")]),
        (ANOMALIES, [("Le texte compte 2 325", "Le texte compte 2 335")]),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0][1][:24].replace("\n", " "),
)
def test_words_given_as_the_document_s_are_in_it(files: Files, file: str, changes: list[tuple[str, str]]) -> None:
    """The words are changed wherever our files repeat them: the document alone says otherwise."""
    for old, new in changes:
        files.edit(file, old, new)
    assert file in {p.file for p in files.problems()}
