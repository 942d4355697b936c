"""The presentations that exist from the start: one for each region, one for the direction."""

from __future__ import annotations

from typing import Final

from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset
from dashboard.wording import query

_REGION = (
    *("chiffres", "admissions", "carte", "mrc", "categorie", "francais", "permis", "ententes", "cibles", "plan"),
    "sources",
)
_DIRECTION = (
    *("chiffres", "ressort", "regions", "admissions", "carte", "mrc", "categorie", "francais", "permis", "cibles"),
    *("plan", "sources"),
)
# Views of the direction as a whole, or of Québec: no territory is chosen.
_OF_ALL = frozenset({"ressort", "regions", "cibles"})


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
    """Key figures, trend, map, MRC, category, French, permits, targets or agreements, plan, sources."""
    kinds = _DIRECTION if territory == ds.config.direction else _REGION
    slides = [Slide(kind, {} if kind in _OF_ALL else {query.TERRITORY: territory}) for kind in kinds]
    counted = {query.MEASURE: "nombre"}
    slides = [slide.choosing(**counted) if slide.kind == "mrc" else slide for slide in slides]
    return Deck(f"Portrait de l’immigration, {ds.name(territory)}", tuple(slides))
