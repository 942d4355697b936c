"""Every figure of data/, wrong by 3, is found: with its quoted line, without it, and without any quoted line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.contract import judge
from dashboard.contract.confirmation import rests
from dashboard.contract.door import check
from dashboard.loading.draft import Draft
from dashboard.loading.geography import MapFiles
from dashboard.model.problems import Problem
from dashboard.model.rows import Observation
from tests.long_forms import first

DATA = Path(__file__).resolve().parents[2] / "data"
SERIES = sorted(
    f"data/{path.name}" for path in DATA.glob("*.csv") if path.read_text(encoding="utf-8").startswith("territory_code,")
)
PORTRAITS = [f"data/regions/{code}.yaml" for code in ("01", "03", "11", "12")]
TARGETS, TEXTS = "data/targets.yaml", "data/texts.yaml"


def names(problems: Iterable[Problem], file: str, line: int) -> bool:
    """True when a problem of that file says « ligne N », N being that line."""
    return any(p.file == file and re.search(rf"\bligne {line}\b", str(p)) for p in problems)


def not_confirmed(draft: Draft) -> set[tuple[str, int]]:
    return {(rest.file, rest.line or 0) for rest in rests(judge(draft)) if not rest.recomputed}


def judged(
    draft: Draft, file: str, error: Callable[[Observation], int], known: Collection[tuple[str, int]] = (), **other: Any
) -> Iterator[tuple[int, list[Problem]]]:
    """The line of each figure of a file, with what is said when it is wrong; those of `known` are left out."""
    draft = replace(draft, maps=MapFiles())  # of no figure
    for row in draft.observations:
        if row.file == file and row.value is not None and row.value + error(row) >= 0 and (file, row.line) not in known:
            wrong = replace(row, value=row.value + error(row), **other)
            rows = [wrong if one is row else one for one in draft.observations]
            yield row.line, judge(replace(draft, observations=rows)).problems


def unnamed(found: dict[int, list[Problem]], file: str, most: int) -> dict[int, list[Problem]]:
    """The figures of which nothing is said, or more than that many things."""
    return {n: problems for n, problems in found.items() if not names(problems, file, n) or len(problems) > most}


@pytest.mark.parametrize("file", SERIES)
def test_each_count_wrong_by_3_is_named_once(draft: Draft, file: str):
    """The row itself is named, whatever the sign: its line is quoted. Its neighbours in the sums are left in peace."""
    assert unnamed(dict(judged(draft, file, lambda row: 3 if row.line % 2 else -3)), file, 1) == {}


@pytest.mark.parametrize("error", first([3, -3]))
@pytest.mark.parametrize("file", SERIES)
def test_a_confirmed_count_wrong_by_3_is_named_without_its_own_quote(draft: Draft, file: str, error: int):
    found = dict(judged(draft, file, lambda _: error, not_confirmed(draft), quote=None))
    assert unnamed(found, file, 3) == {}


@pytest.mark.parametrize(("scope", "error"), first([("the file", 3), ("all files", -3)]))
@pytest.mark.parametrize("file", SERIES)
def test_a_confirmed_count_wrong_by_3_is_named_without_any_quote(draft: Draft, file: str, scope: str, error: int):
    """Then only sums, equalities, percentages and sentences are left: the list « non recoupé » must say so honestly."""
    rows = [replace(row, quote=None) if scope == "all files" or row.file == file else row for row in draft.observations]
    bare = replace(draft, observations=rows, archive=None)
    assert judge(bare).problems == []
    assert unnamed(dict(judged(bare, file, lambda _: error, not_confirmed(bare))), file, 1000) == {}


@pytest.mark.parametrize("file", SERIES)
def test_counts_wrong_by_3_are_named_through_the_file_itself(copy_of_data: Path, file: str):
    """All of them at once: each line is named, and the region or everything is stopped as it must be."""
    path = copy_of_data / file
    header, *records = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    value = header.index("value")
    lines = {line for line, record in enumerate(records, 2) if record[value]}
    for line in lines:
        records[line - 2][value] = str(int(records[line - 2][value]) + 3)
    with path.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows([header, *records])
    assert {problem.line for problem in check(copy_of_data).problems if problem.file == file} == lines


def test_the_list_of_unconfirmed_figures_is_not_longer_than_it_must_be(draft: Draft):
    """What the source prints twice is confirmed: only these figures of the series stand alone."""
    alone = {
        "data/immigrant_population.csv": [6, *range(7, 17), 21, 22],  # The total of the map and its nameless labels.
        "data/populations.csv": [2, 3, 4, 5],  # The population of the portraits.
        "data/temporary_permits.csv": [5, 6, 7, 10, 11, 13],  # Those that no sentence repeats.
    }
    listed = {place for place in not_confirmed(draft) if place[0].endswith(".csv")}
    assert listed == {(file, line) for file, lines in alone.items() for line in lines}


@pytest.mark.parametrize("error", [3, -3])
@pytest.mark.parametrize("file", [TARGETS, TEXTS, *PORTRAITS])
def test_each_value_of_a_document_wrong_by_3_is_named(copy_of_data: Path, file: str, error: int):
    """All of them at once: each has its words beside it."""
    path = copy_of_data / file
    sound = path.read_text(encoding="utf-8")
    pattern = r"\bvalue: (\d+(?:\.\d+)?)\b"
    lines = {sound.count("\n", 0, match.start(1)) + 1 for match in re.finditer(pattern, sound)}
    wrong = re.sub(pattern, lambda match: f"value: {float(match[1]) + error:g}", sound)
    path.write_text(wrong, encoding="utf-8")
    problems = check(copy_of_data).problems
    assert len(lines) >= 3
    assert {line for line in lines if not names(problems, file, line)} == set()


def changed(match: re.Match[str]) -> str:
    """« 1 200 » -> « 1 203 », « 21,5 » -> « 24,5 »."""
    whole, comma, decimals = re.sub(r"\s", "", match[1]).partition(",")
    return f"{int(whole) + 3:,}".replace(",", " ") + comma + decimals


def in_sentences(root: Path, file: str, pattern: str) -> list[re.Match[str]]:
    """The matches in the printed paragraphs of a document."""
    text = (root / file).read_text(encoding="utf-8")
    start = text.find("portrait:") if "portrait:" in text else text.find("partnership:")
    return [match for match in re.finditer(pattern, text) if start < match.start() < text.index("\nfigures:")]


def unseen(root: Path, file: str, wrong: Iterable[tuple[re.Match[str], str]]) -> list[tuple[int, str]]:
    """Of what each match (its first group) is changed for, what no problem of that line names."""
    path = root / file
    sound, found = path.read_text(encoding="utf-8"), []
    for match, told in wrong:
        line = sound.count("\n", 0, match.start(1)) + 1
        path.write_text(sound[: match.start(1)] + told + sound[match.end(1) :], encoding="utf-8")
        if not any(file in str(p) and re.search(rf"\bligne {line}\b", str(p)) for p in check(root).problems):
            found.append((line, match[1]))
    return found


def test_each_printed_target_wrong_by_3_is_named(copy_of_data: Path):
    sound = (copy_of_data / TARGETS).read_text(encoding="utf-8")
    # Every target, and one number of each quoted line.
    patterns = (
        r"\bprinted: \"(\d[\d ]*(?:,\d)?)", r"^    quote: .*?(\d[\d,]*) %", r"^    quote: .*\b(1 200|960)\b",
    )  # fmt: skip
    matches = [match for pattern in patterns for match in re.finditer(pattern, sound, re.MULTILINE)]
    assert len(matches) > 20
    assert unseen(copy_of_data, TARGETS, [(match, changed(match)) for match in matches]) == []


@pytest.mark.parametrize("file", [*PORTRAITS, TEXTS])
def test_each_figure_of_a_sentence_wrong_by_3_is_named(copy_of_data: Path, file: str):
    """The paragraph itself may be mistyped: the check then names the line of the paragraph."""
    # Years, dates and the number of a year's day are no statistics.
    number = r"(?<![\d,])((?:\d{1,3}(?: \d{3})+|\d{1,3})(?:,\d)?)(?![\d,]|er\b| décembre| \d{3}\b)"
    matches = in_sentences(copy_of_data, file, number)
    assert matches
    assert unseen(copy_of_data, file, [(match, changed(match)) for match in matches]) == []


def test_each_number_of_agreements_in_words_is_checked_against_the_paragraph(copy_of_data: Path):
    words = "Vingt-cinq|Vingt-six|Dix-sept|Six|huit|cinq|quatre|six|sept|neuf|une|trois|deux|un|dix"
    things = r"ententes|mandataires|au\s+Bas|dans\s+la\s+Cap|en\s+(?:Chaud|Gasp)"
    matches = in_sentences(copy_of_data, TEXTS, rf"\b({words})\s+(?={things})")
    assert len(matches) == 19
    assert unseen(copy_of_data, TEXTS, [(match, "onze") for match in matches]) == []


@pytest.mark.parametrize("error", [3, -3])
@pytest.mark.parametrize("file", PORTRAITS)
def test_a_confirmed_figure_of_a_sentence_is_caught_even_with_its_words(draft: Draft, file: str, error: int):
    """The number, the quotation and the paragraph all changed alike: the tables still disagree."""
    code = Path(file).stem
    listed, portrait, tried = not_confirmed(draft), draft.portraits[code], 0
    for rank, figure in enumerate(portrait.figures):
        line = draft.line_of(file, "figures", rank, "value") or 0
        if (file, line) in listed:
            continue
        quote = f"soit {figure.value + error:g}".replace(".", ",")
        wrong = figure.model_copy(update={"value": figure.value + error, "quote": quote})
        figures = [*portrait.figures[:rank], wrong, *portrait.figures[rank + 1 :]]
        other = portrait.model_copy(update={"figures": figures, "portrait": [*portrait.portrait, quote]})
        assert names(judge(replace(draft, portraits={**draft.portraits, code: other})).problems, file, line), figure.id
        tried += 1
    assert tried >= 2
