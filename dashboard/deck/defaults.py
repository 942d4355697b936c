"""The presentations that exist from the start: one for the direction, for each region and for each MRC."""

from __future__ import annotations

from typing import Final

from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset
from dashboard.wording import query

# The presentations that a view may be in from the start (kinds.py says which).
REGION: Final = "region"
DIRECTION: Final = "direction"
MRC: Final = "mrc"
# The name of the presentation of the person, beside those of the territories.
OWN: Final = "ma"
OWN_TITLE: Final = "Ma présentation"


def territories(ds: Dataset) -> list[str]:
    """Whoever has a presentation from the start: the direction, then each region that can be shown."""
    return [ds.config.direction, *ds.region_codes()]


def deck_names(ds: Dataset) -> list[str]:
    """Names of the presentations: the direction, the regions, then the person's own."""
    return [*territories(ds), OWN]


def deck_label(ds: Dataset, name: str) -> str:
    """What a presentation is called in a list."""
    if name == OWN:
        return OWN_TITLE
    return "Direction régionale" if name == ds.config.direction else ds.name(name)


def default_deck(ds: Dataset, territory: str) -> Deck:
    """The views that start in it (kinds.py), each about this territory where it is about one."""
    from dashboard.deck.kinds import KINDS  # which imports what the views are made with, and this module

    about, whose = {query.TERRITORY: territory}, DIRECTION if territory == ds.config.direction else REGION
    if ds.territories[territory].level == "mrc":
        about, whose = {query.TERRITORY: ds.region_of(territory) or territory, query.MRC: territory}, MRC
    slides = [
        Slide(kind.id, {name: code for name, code in about.items() if name in kind.choices})
        for kind in KINDS.values()
        if whose in kind.starts
    ]
    counted = {query.MEASURE: "nombre"}
    slides = [slide.choosing(**counted) if slide.kind == "mrc" else slide for slide in slides]
    return Deck(f"Portrait de l’immigration, {ds.name(territory)}", tuple(slides))
