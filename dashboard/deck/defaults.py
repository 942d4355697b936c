"""The presentations that exist from the start: one for each region, one for the direction."""

from __future__ import annotations

from typing import Final

from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset
from dashboard.wording import query

_REGION: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("chiffres", {}),
    ("admissions", {}),
    ("carte", {}),
    ("mrc", {query.MEASURE: "nombre"}),
    ("categorie", {}),
    ("francais", {}),
    ("permis", {}),
    ("ententes", {}),
    ("plan", {}),
    ("sources", {}),
)
_DIRECTION: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("chiffres", {}),
    ("ressort", None),
    ("regions", None),
    ("admissions", {}),
    ("carte", {}),
    ("mrc", {query.MEASURE: "nombre"}),
    ("categorie", {}),
    ("francais", {}),
    ("permis", {}),
    ("cibles", None),
    ("plan", {}),
    ("sources", {}),
)


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
    spec = _DIRECTION if territory == ds.config.direction else _REGION
    slides = [Slide(kind, {} if own is None else {query.TERRITORY: territory, **own}) for kind, own in spec]
    if territory != ds.config.direction:
        slides.insert(8, Slide("cibles"))
    return Deck(f"Portrait de l’immigration, {ds.name(territory)}", tuple(slides))


def all_regions(ds: Dataset) -> Deck:
    """The presentations of every region, one after the other, under the direction's first slide."""
    slides = [Slide("chiffres", {query.TERRITORY: ds.config.direction})]
    for code in ds.region_codes():
        slides += [s for s in default_deck(ds, code).slides if s.kind not in ("cibles", "sources")]
    slides += [Slide("cibles"), Slide("sources", {query.TERRITORY: ds.config.direction})]
    return Deck(f"Portraits de l’immigration, {ds.config.subtitle}", tuple(slides))
