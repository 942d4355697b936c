"""Every figure of data/, wrong by 3, is found: with its quoted line, without it, and without any quoted line.

Figures are made wrong several at a time, where what is said of one hides nothing of another.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import pytest

from dashboard.contract import judge
from dashboard.contract.confirmation import rests
from dashboard.contract.door import check
from dashboard.loading.draft import Draft
from dashboard.loading.files import NewFile, Tree
from dashboard.loading.geography import MapFiles
from dashboard.model.problems import Problem
from dashboard.model.rows import Observation
from tests.conftest import ROOT

SERIES = sorted(
    f"data/{path.name}"
    for path in (ROOT / "data").glob("*.csv")
    if path.read_text(encoding="utf-8").startswith("territory_code,")
)
PORTRAITS = [f"data/regions/{code}.yaml" for code in ("01", "03", "11", "12")]
TARGETS, TEXTS = "data/targets.yaml", "data/texts.yaml"


def text_of(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def at(line: int) -> re.Pattern[str]:
    return re.compile(rf"\bligne {line}\b")


def names(problems: Iterable[Problem], file: str, line: int) -> bool:
    """True when a problem of that file says « ligne N », N being that line."""
    return any(p.file == file and at(line).search(str(p)) for p in problems)


def not_confirmed(draft: Draft) -> set[tuple[str, int]]:
    return {(rest.file, rest.line or 0) for rest in rests(judge(draft)) if not rest.recomputed}


def figures(draft: Draft, known: Collection[tuple[str, int]] = ()) -> list[Observation]:
    return [row for row in draft.observations if row.value is not None and (row.file, row.line) not in known]


def judged(draft: Draft, errors: dict[Observation, int], **other: Any) -> list[Problem]:
    """What is said when these figures are wrong by so much; no map is of any."""
    told = {row: replace(row, value=(row.value or 0) + error, **other) for row, error in errors.items()}
    rows = [told.get(row, row) for row in draft.observations]
    return judge(replace(draft, maps=MapFiles(), observations=rows)).problems


def unnamed(rows: Iterable[Observation], problems: list[Problem]) -> list[tuple[str, int]]:
    return [(row.file, row.line) for row in rows if not names(problems, row.file, row.line)]


def test_each_count_wrong_by_3_is_named_once(draft: Draft):
    """The row itself is named, whatever the sign: its line is quoted. Its neighbours in the sums are left in peace."""
    rows = figures(draft)
    for rank in range(5):
        wrong = {row: 3 if row.line % 2 or (row.value or 0) < 3 else -3 for row in rows[rank::5]}
        problems = judged(draft, wrong)
        assert (unnamed(wrong, problems), len(problems)) == ([], len(wrong))


def apart(draft: Draft, rows: list[Observation]) -> Iterable[list[Observation]]:
    """The figures of a file, one of each region at a time: those above the regions, one by one."""
    groups: dict[tuple[str, bool, int], list[Observation]] = defaultdict(list)
    seen = Counter[tuple[str, str | None]]()
    for row in rows:
        region = draft.region_of(row.key.territory)
        groups[row.file, region is None, seen[row.file, region]].append(row)
        seen[row.file, region] += 1
    return groups.values()


@pytest.mark.parametrize("bare", [False, True], ids=["without its own quote", "without any quote"])
def test_a_confirmed_count_wrong_by_3_is_named(draft: Draft, bare: bool):
    """Without any, only sums, equalities, percentages and sentences are left: « non recoupé » must say so honestly."""
    if bare:
        draft = replace(draft, observations=[replace(row, quote=None) for row in draft.observations], archive=None)
        assert judge(draft).problems == []
    for rank, rows in enumerate(apart(draft, figures(draft, not_confirmed(draft)))):
        # On one side, or they would make up for each other.
        error = 3 if rank % 2 or min(row.value or 0 for row in rows) < 3 else -3
        problems = judged(draft, dict.fromkeys(rows, error), quote=None)
        assert unnamed(rows, problems) == []
        assert bare or len(problems) <= 3 * len(rows)


@pytest.mark.parametrize("file", SERIES)
def test_counts_wrong_by_3_are_named_through_the_file_itself(file: str):
    """All of them at once: each line is named."""
    header, *records = csv.reader(io.StringIO(text_of(file)))
    value, lines = header.index("value"), set()
    for line, record in enumerate(records, 2):
        if record[value]:
            record[value] = str(int(record[value]) + 3)
            lines.add(line)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *records])
    problems = check(Tree(ROOT, {file: NewFile(out.getvalue().encode())})).problems
    assert {problem.line for problem in problems if problem.file == file} == lines


def test_the_list_of_unconfirmed_figures_is_not_longer_than_it_must_be(draft: Draft):
    """What the source prints twice is confirmed: only these figures of the series stand alone."""
    alone = {
        "data/immigrant_population.csv": [6, *range(7, 17), 21, 22],  # The total of the map and its nameless labels.
        "data/populations.csv": [2, 3, 4, 5],  # The population of the portraits.
        "data/temporary_permits.csv": [5, 6, 7, 10, 11, 13],  # Those that no sentence repeats.
    }
    listed = {place for place in not_confirmed(draft) if place[0].endswith(".csv")}
    assert listed == {(file, line) for file, lines in alone.items() for line in lines}


# A file, a number of it (the first group), and what it is changed for.
Slip = tuple[str, re.Match[str], str]


def assert_each_is_named(slips: Iterable[Slip]) -> None:
    """What is changed is named by its line."""
    changed: dict[str, list[tuple[re.Match[str], str]]] = defaultdict(list)
    for file, match, told in slips:
        changed[file].append((match, told))
    texts, lines = {file: text_of(file) for file in changed}, []
    for file, own in changed.items():
        lines += [(file, texts[file].count("\n", 0, match.start(1)) + 1) for match, _ in own]
        for match, told in sorted(own, key=lambda one: one[0].start(1), reverse=True):
            texts[file] = texts[file][: match.start(1)] + told + texts[file][match.end(1) :]
    problems = check(
        Tree(ROOT, {file: NewFile(text.encode(), suffix=".yaml") for file, text in texts.items()})
    ).problems
    said = [str(problem) for problem in problems]
    assert [place for place in lines if not any(place[0] in one and at(place[1]).search(one) for one in said)] == []


@pytest.mark.parametrize("error", [3, -3])
def test_each_value_of_a_document_wrong_by_3_is_named(error: int):
    """All of them at once: each has its words beside it."""
    for file in (TARGETS, TEXTS, *PORTRAITS):
        matches = list(re.finditer(r"\bvalue: (\d+(?:\.\d+)?)\b", text_of(file)))
        assert len(matches) >= 3
        assert_each_is_named((file, match, f"{float(match[1]) + error:g}") for match in matches)


def three_more(match: re.Match[str]) -> str:
    """« 1 200 » -> « 1 203 », « 21,5 » -> « 24,5 »."""
    whole, comma, decimals = re.sub(r"\s", "", match[1]).partition(",")
    return f"{int(whole) + 3:,}".replace(",", " ") + comma + decimals


def test_each_printed_target_wrong_by_3_is_named():
    patterns = (
        r"\bprinted: \"(\d[\d ]*(?:,\d)?)", r"^    quote: .*?(\d[\d,]*) %", r"^    quote: .*\b(1 200|960)\b",
    )  # fmt: skip
    found = [list(re.finditer(pattern, text_of(TARGETS), re.MULTILINE)) for pattern in patterns]
    assert sum(map(len, found)) > 20
    for matches in found:
        assert_each_is_named((TARGETS, match, three_more(match)) for match in matches)


def in_sentences(file: str, pattern: str) -> list[re.Match[str]]:
    """The matches in the printed paragraphs of a document."""
    text = text_of(file)
    start = text.find("portrait:") if "portrait:" in text else text.find("partnership:")
    return [match for match in re.finditer(pattern, text) if start < match.start() < text.index("\nfigures:")]


def test_each_figure_of_a_sentence_wrong_by_3_is_named():
    """The paragraph itself may be mistyped: the check then names its line. One of each document at a time."""
    # Years, dates and the number of a year's day are no statistics.
    number = r"(?<![\d,])((?:\d{1,3}(?: \d{3})+|\d{1,3})(?:,\d)?)(?![\d,]|er\b| décembre| \d{3}\b)"
    found = [[(file, one, three_more(one)) for one in in_sentences(file, number)] for file in (*PORTRAITS, TEXTS)]
    assert all(found)
    for slips in zip_longest(*found):
        assert_each_is_named(slip for slip in slips if slip)


def test_each_number_of_agreements_in_words_is_checked_against_the_paragraph():
    words = "Vingt-cinq|Vingt-six|Dix-sept|Six|huit|cinq|quatre|six|sept|neuf|une|trois|deux|un|dix"
    things = r"ententes|mandataires|au\s+Bas|dans\s+la\s+Cap|en\s+(?:Chaud|Gasp)"
    matches = in_sentences(TEXTS, rf"\b({words})\s+(?={things})")
    assert len(matches) == 19
    for match in matches:
        assert_each_is_named([(TEXTS, match, "onze")])


@pytest.mark.parametrize("error", [3, -3])
@pytest.mark.parametrize("file", PORTRAITS)
def test_a_confirmed_figure_of_a_sentence_is_caught_even_with_its_words(draft: Draft, file: str, error: int):
    """The number, the quotation and the paragraph all changed alike: the tables still disagree."""
    listed, portrait = not_confirmed(draft), draft.portraits[file[-7:-5]]
    places = [(rank, draft.line_of(file, "figures", rank, "value") or 0) for rank in range(len(portrait.figures))]
    tried = [(rank, line) for rank, line in places if (file, line) not in listed]
    assert len(tried) >= 2
    for rank, line in tried:
        figure, others = portrait.figures[rank], list(portrait.figures)
        quote = f"soit {figure.value + error:g}".replace(".", ",")
        others[rank] = figure.model_copy(update={"value": figure.value + error, "quote": quote})
        other = portrait.model_copy(update={"figures": others, "portrait": [*portrait.portrait, quote]})
        portraits = {**draft.portraits, file[-7:-5]: other}
        assert names(judge(replace(draft, portraits=portraits)).problems, file, line), figure.id
