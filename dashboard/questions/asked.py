"""What is left to do with the figures of a question, and what has served already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from dashboard.deck.slides import Slide
from dashboard.indicators.quantity import Quantity
from dashboard.model import Dataset
from dashboard.questions.frame import Frame
from dashboard.questions.measures import Measure
from dashboard.questions.reply import Reply
from dashboard.questions.telling import tell

# What changes nothing to a figure.
HARMLESS: Final = frozenset({"courtesy", "define", "how_many", "list", "apart", "last", "first", "speak", "yearly"})
ENDS: Final = frozenset({"highest", "lowest"})
TESTS: Final[Mapping[str, tuple[str, Callable[[Decimal, Decimal], bool]]]] = {
    "more": ("plus de", Decimal.__gt__), "less": ("moins de", Decimal.__lt__), "at_least": ("au moins", Decimal.__ge__),
    "at_most": ("au plus", Decimal.__le__), "exactly": ("exactement", Decimal.__eq__),
}  # fmt: skip
MOST_LISTED: Final = 12


@dataclass
class Asked:
    """What is left to do (ops), of which territories; what has served already, by its code."""

    ds: Dataset
    frame: Frame
    ops: set[str]
    codes: list[str]
    spent: set[str] = field(default_factory=set)
    of_years: bool = False

    def swap(self, out: Iterable[str], into: Iterable[str] = ()) -> None:
        """Some operations stand for others here."""
        gone = self.ops & set(out)
        self.ops, self.spent = (self.ops - gone) | (set(into) if gone else set()), self.spent | gone

    def stems(self, of: frozenset[str]) -> bool:
        return any(token.stem in of or token.word in of for token in self.frame.words)

    def tell(
        self, said: str, figures: Sequence[Quantity], values: Iterable[Decimal | int | None], found: Sequence[Measure],
        view: Slide, *ops: str, codes: Sequence[str] | None = None,
    ) -> Reply:  # fmt: skip
        own = self.codes if codes is None else codes
        return tell(
            self.ds, self.frame, said, figures, values=list(values), view=view, codes=own, measures=found, ops=ops
        )
