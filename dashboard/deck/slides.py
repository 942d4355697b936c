"""A slide is a kind of view with its choices; a deck is slides in order; the presentations that exist from the start.

Nothing here is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from dashboard.model import Dataset

# The name of the presentation of the person, beside those of the territories.
OWN: Final = "ma"
OWN_TITLE: Final = "Ma présentation"
LONGEST_TITLE = 160
LONGEST_NOTES = 2_000
MOST_SLIDES = 60


@dataclass(frozen=True)
class Slide:
    """kind: id of `kinds.KINDS`; choices: what an address would hold (territoire, mrc, mesure, annee…).

    title and notes are the presenter's own; an empty title leaves the message of the view.
    """

    kind: str
    choices: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    notes: str = ""

    def choosing(self, **choices: str | None) -> Slide:
        """The same slide with other choices; None takes one out."""
        kept = {**self.choices, **choices}
        return replace(self, choices={name: value for name, value in kept.items() if value is not None})


@dataclass(frozen=True)
class Deck:
    """title: of the whole presentation; slides in the order they are shown."""

    title: str
    slides: tuple[Slide, ...]

    def putting(self, place: int, slide: Slide) -> Deck:
        return replace(self, slides=(*self.slides[:place], slide, *self.slides[place + 1 :]))

    def without(self, place: int) -> Deck:
        return replace(self, slides=(*self.slides[:place], *self.slides[place + 1 :]))

    def moving(self, place: int, by: int) -> Deck:
        """One slide moved up (by < 0) or down; out of bounds changes nothing."""
        to = place + by
        if not (0 <= place < len(self.slides) and 0 <= to < len(self.slides)):
            return self
        order = list(self.slides)
        order.insert(to, order.pop(place))
        return replace(self, slides=tuple(order))


def territories(ds: Dataset) -> list[str]:
    """Whoever has a presentation from the start: the direction, then each region that can be shown."""
    return [ds.config.direction, *ds.region_codes()]


def deck_names(ds: Dataset) -> list[str]:
    """Names of the presentations: the direction, the regions, then the person's own."""
    return [*territories(ds), OWN]


def deck_label(ds: Dataset, name: str) -> str:
    """What a presentation is called in a list."""
    return {OWN: OWN_TITLE, ds.config.direction: "Direction régionale"}.get(name) or ds.name(name)
