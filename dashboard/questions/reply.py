"""What a question gets: an answer with its figures, view, source and place; a refusal, a choice, or a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal
from urllib.parse import urlencode

from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import Quantity
from dashboard.wording.numbers import typographic

Kind = Literal["answer", "refusal", "choice", "text"]
# Why there is no figure: the source does not give it, the question is about something else, a word is not understood.
Reason = Literal["", "missing", "elsewhere", "not_understood"]
Name = Literal["territory", "subject", "category", "period", "operation", "mended"]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood: its field, its code, and how it reads."""

    name: Name
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that holds the words: what it is of, its words, its source, and the page and choices that show it."""

    title: str
    text: str
    source: str
    page: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """sentence: with status and period. values: the figures that it says, those asked for first. view: what draws it.
    page and params: where it stands. source: documents; quotes: the lines that hold the figures. others: questions that
    can be asked instead, or that this one can mean. quantities: the figures, with all that they rest on.
    passages: the texts that hold the words, the best first. used: the codes of what was understood that the answer
    rests on; whatever else was understood makes it no answer."""

    kind: Kind
    sentence: str
    values: tuple[Decimal, ...] = ()
    status: str = ""
    period: str = ""
    chips: tuple[Chip, ...] = ()
    view: Slide | None = None
    source: str = ""
    quotes: tuple[str, ...] = ()
    page: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    reason: Reason = ""
    asked: str = ""
    quantities: tuple[Quantity, ...] = ()
    passages: tuple[Passage, ...] = ()
    used: frozenset[str] = frozenset()

    def using(self, *codes: str) -> Reply:
        """The same, which these codes of what was understood have served to make."""
        return replace(self, used=self.used.union(codes))

    @property
    def address(self) -> str:
        """The place of the answer, as a link of ours."""
        return f"/{self.page}" + (f"?{urlencode(self.params)}" if self.params else "")

    @property
    def understood(self) -> dict[str, list[str]]:
        """The chips by field."""
        found: dict[str, list[str]] = {}
        for chip in self.chips:
            found.setdefault(chip.name, []).append(chip.value)
        return found


def refusal(sentence: str, *others: str, reason: Reason = "missing") -> Reply:
    return Reply("refusal", typographic(sentence), others=tuple(dict.fromkeys(others)), reason=reason)


def choice(sentence: str, *others: str) -> Reply:
    return Reply("choice", typographic(sentence), others=tuple(dict.fromkeys(others)))


def joined(replies: Sequence[Reply]) -> Reply:
    """One answer made of several, at the place of the first that has figures."""
    first = next((reply for reply in replies if reply.values), replies[0])
    return replace(
        first, sentence=" ".join(reply.sentence for reply in replies),
        values=tuple(v for r in replies for v in r.values), quotes=tuple(q for r in replies for q in r.quotes),
        chips=tuple(dict.fromkeys(c for r in replies for c in r.chips)),
        quantities=tuple(q for r in replies for q in r.quantities), used=frozenset().union(*(r.used for r in replies)),
    )  # fmt: skip
