"""Two questions that each say their place and their time, asked together: both figures, or none; never another one."""

from __future__ import annotations

import random
import re

import pytest

from dashboard.model import Dataset
from dashboard.questions import parts
from dashboard.questions.asking import ask
from dashboard.questions.frame import read
from tests.questions.asked import ASKED, EXAMS

LINKS = (", et ", " et ", "? ", "; ", " pis ")
# What links two things already in one question.
LINKED = re.compile(r"[?;/+&,:]|\b(?:et|pis|puis|ainsi que)\b")
COUNTED = ("subject", "category", "indicator", "breakdown")


def whole(ds: Dataset, question: str) -> bool:
    """Whether a question asks for one thing, of one place that it names, over one time that it names."""
    frame = read(ds, question)
    placed = len(frame.territories) == 1 and not frame.unclear and "level" not in frame.kinds
    timed = len({*frame.years, *frame.spans, *frame.dates}) == 1
    return placed and timed and any(frame.get(kind) for kind in COUNTED) and not LINKED.search(question.rstrip("?. "))


@pytest.mark.parametrize("pairs", [80, pytest.param(3000, marks=pytest.mark.long)])
def test_two_questions_together_have_both_figures_or_none(ds: Dataset, pairs: int) -> None:
    asked = [q for q, group in (*ASKED, *EXAMS) if group.get("kind", "answer") == "answer" and whole(ds, q)]
    alone = {question: ask(ds, question).values[0] for question in asked}
    drawn, answered, wrong = random.Random(1), 0, []  # noqa: S311
    for _ in range(pairs):
        both = drawn.sample(asked, 2)
        first, second = (question.rstrip("?. ") for question in both)
        reply = ask(ds, f"{first}{drawn.choice(LINKS)}{second[0].lower()}{second[1:]}?")
        answered += reply.kind == "answer"
        if reply.kind == "answer" and not {abs(alone[q]) for q in both} <= {abs(value) for value in reply.values}:
            wrong.append((reply.asked, reply.sentence))
    assert len(asked) > 300
    assert wrong == []
    assert answered > pairs * 0.9


@pytest.mark.parametrize("link", LINKS)
def test_a_long_list_of_questions_is_read_few_times(ds: Dataset, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read does not double with each thing that is asked beside the others."""
    asked = ("admissions à Lévis en 2019", "permis en Gaspésie en 2018", "femmes au Bas-Saint-Laurent en 2017")
    times = []
    for several in range(2, 13):
        readings: list[object] = []
        monkeypatch.setattr(parts, "read", lambda *given, seen=readings: seen.append(given) or read(*given))
        ask(ds, link.join(asked[n % 3] for n in range(several)))
        times.append(len(readings))
    assert times[0] > 0
    assert max(times) < 200
