"""Whatever is typed: nothing is claimed, and nothing is raised."""

from __future__ import annotations

import random
import re
from decimal import Decimal

from dashboard.model import Dataset
from dashboard.questions.asking import ask
from dashboard.questions.lexicon import lexicon
from tests.hostile import NUMBERS, SIGNS, TEXTS

FOREIGN = [
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


def hostile(rng: random.Random, known: list[str]) -> str:
    """A text that is no question: foreign words, markup, numbers, signs, very long, words of ours in no order."""
    pieces = (TEXTS, NUMBERS, SIGNS, FOREIGN, known)
    words = [rng.choice(rng.choice(pieces)) for _ in range(rng.randint(1, 12))]
    return rng.choice((" ", "", "\n", "?")).join(words) * rng.choice((*[1] * 19, 200))


def test_random_and_hostile_texts_claim_nothing(ds: Dataset) -> None:
    rng, known = random.Random(16), lexicon(ds)  # noqa: S311 – nothing secret
    ours = sorted({word for phrase in (*known.exact, *known.loose) for word in phrase})
    foreign = re.compile(r"[^\W\d_]{4,}")
    for _ in range(200):
        text = hostile(rng, ours)
        reply = ask(ds, text)
        assert reply.sentence and len(reply.sentence) < 6000
        if reply.kind in ("answer", "text") and reply.values[:1] != (Decimal(0),):  # « 0 action parle de… »
            # Only what is wholly made of words of ours may be answered.
            left = set(foreign.findall(text[:400])) & {"viele", "Menschen", "cuántas", "Москва", "Berlin", "script"}
            assert not left, text


TIMES = ["en 2015", "de 2015 à 2019", "avant 2018", "au 31 décembre 2019", "en 2021", "2021-2022", "par année", "100",
         "50 %", "3e", "entre 20 et 100", "2.1", "la moitié", "5 ans"]  # fmt: skip


def test_whatever_is_asked_together_is_answered_or_refused(ds: Dataset) -> None:
    """Words of ours put together anyhow: places, periods, numbers, what is counted and what is done with it."""
    rng, own = random.Random(7), ds.vocabulary  # noqa: S311 – nothing secret
    named = [own.subjects, own.categories, own.figures, own.targets, own.breakdowns, own.levels]
    words = [[word for phrases in group.values() for word in phrases] for group in named]
    done = [word for phrases in own.operations.values() for word in phrases]
    places = [ds.territories[c].name_in for c in (*ds.mrc_codes(), *ds.region_codes(), "QC", ds.config.direction)]
    for _ in range(300):
        parts = [rng.choice(done), rng.choice(rng.choice(words)), rng.choice(places)]
        parts += [rng.choice(group) for group in (TIMES, TIMES, done, places, words[-1]) if rng.random() < 0.4]
        reply = ask(ds, " ".join(rng.sample(parts, len(parts))).replace("= ", ""))
        assert reply.sentence and (reply.values or reply.kind != "answer"), reply.asked
