"""The presentations that exist from the start: one for each region, one for the direction."""

from __future__ import annotations

from dashboard.deck.slides import Deck, Slide
from dashboard.model import Dataset

_REGION: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("chiffres", {}),
    ("admissions", {}),
    ("carte", {}),
    ("mrc", {"mesure": "nombre"}),
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
    ("mrc", {"mesure": "nombre"}),
    ("categorie", {}),
    ("francais", {}),
    ("permis", {}),
    ("cibles", None),
    ("plan", {}),
    ("sources", {}),
)


def territories(ds: Dataset) -> list[str]:
    """Whoever has a presentation from the start: the direction, then each region that can be shown."""
    return [ds.config.direction, *ds.region_codes()]


def default_deck(ds: Dataset, territory: str) -> Deck:
    """Key figures, trend, map, MRC, category, French, permits, targets or agreements, plan, sources."""
    spec = _DIRECTION if territory == ds.config.direction else _REGION
    slides = [Slide(kind, {} if own is None else {"territoire": territory, **own}) for kind, own in spec]
    if territory != ds.config.direction:
        slides.insert(8, Slide("cibles"))
    return Deck(f"Portrait de l’immigration, {ds.name(territory)}", tuple(slides))


def all_regions(ds: Dataset) -> Deck:
    """The presentations of every region, one after the other, under the direction's first slide."""
    slides = [Slide("chiffres", {"territoire": ds.config.direction})]
    for code in ds.region_codes():
        slides += [s for s in default_deck(ds, code).slides if s.kind not in ("cibles", "sources")]
    slides += [Slide("cibles"), Slide("sources", {"territoire": ds.config.direction})]
    return Deck(f"Portraits de l’immigration, {ds.config.subtitle}", tuple(slides))
