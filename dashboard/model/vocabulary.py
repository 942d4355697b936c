"""data/vocabulary.yaml: the words of a question beside those that the data have already (names, labels, years)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dashboard.model.documents import Code, Document, Slug
from dashboard.model.rows import Text

Words = Annotated[list[Text], Field(min_length=1)]
# What the questions can be about besides the indicators of the dictionary, and what can be asked of it.
Subject = Literal[
    "admissions", "people", "residents", "rate", "permits", "ratio", "population", "agreements", "targets", "actions",
    "results", "plan_indicators", "french", "living",
]  # fmt: skip
Operation = Literal[
    "share", "rank", "highest", "lowest", "more", "less", "at_least", "at_most", "change", "index", "compare",
    "difference", "times", "sum", "mean", "yearly", "list", "define", "source", "peculiarity", "why", "if", "except",
    "speak", "common", "partly", "own", "objective", "reference", "revision", "progress", "last", "first", "result",
    "return", "distribute", "weight", "settle", "take_part", "mix", "unreliable", "apart", "how_many", "text", "peak",
    "courtesy", "belongs", "exactly", "gain", "without", "trough", "side", "planned", "really",
]  # fmt: skip
Level = Literal["mrc", "region", "direction", "year"]


class Topic(Document):
    """What the source does not give. why: None for that of the refusal of the same id. instead: questions with an
    answer, `{in}` for the territory that was named. alone: its words are about immigration whatever stands beside."""

    id: Slug
    words: Words
    why: Text | None = None
    instead: Words
    alone: bool = False


class Told(Document):
    """What a text answers: the words that ask for it, one of each group; and the text: words of the source, quoted, a
    particularity of the source, or our own. `region`: the one that must be named, if any."""

    words: Annotated[list[Words], Field(min_length=1)]
    quote: Text | None = None
    source: Code | None = None
    region: Code | None = None
    anomaly: Code | None = None
    text: Text | None = None


class Vocabulary(Document):
    """Everyday words of each thing that a question may name, by its code; « = » before words that must stand so."""

    linking: Words
    ignored: Words
    verbs: Words
    never_mended: list[Text]
    spelled: dict[Text, Words]
    territories: dict[Code, Words]
    subjects: dict[Subject, Words]
    categories: dict[Text, Words]
    indicators: dict[Code, Words]
    breakdowns: dict[Code, Words]
    figures: dict[Code, Words]
    targets: dict[Code, Words]
    levels: dict[Level, Words]
    operations: dict[Operation, Words]
    topics: Annotated[list[Topic], Field(min_length=1)]
    told: list[Told]
