"""The colours of everything that is drawn or written, on the screen and in the files, by what they are for."""

from __future__ import annotations

from typing import Final

from dashboard.model import Dataset
from dashboard.model.colours import contrast

WHITE: Final = "#ffffff"
# Texts: what is read first, and what stands beside it.
INK: Final = "#223654"
SOFT: Final = "#4e5662"
# Lines and grounds.
OUTLINE: Final = "#6b778a"
RULE: Final = "#c5cad2"
GRID: Final = "#e3e7ec"
GROUND: Final = "#f3f5f8"
HEAD: Final = "#dae6f0"
# Marks: the territory that is looked at, what it is compared to, what is above the regions, what is chosen.
SUBJECT: Final = "#095797"
REFERENCE: Final = "#8893a2"
NEUTRAL: Final = OUTLINE
CHOSEN: Final = INK
# Maps: no figure, not reliable (hatched), land under circles, the circles.
MISSING: Final = "#f1f1f2"
UNRELIABLE: Final = "#d9dce2"
NEIGHBOUR: Final = "#f0f1f3"
WATER_INK: Final = "#3f6790"
PLAIN_LAND: Final = "#e9edf2"
CIRCLE: Final = "#1472bf"
CIRCLE_EDGE: Final = "#19406c"
# What is estimated, and its words.
ESTIMATED: Final = "#ad781c"
ESTIMATED_INK: Final = "#7a5210"


def strokes_on(color: str) -> str:
    """The colour of the hatching over a ground: white where it is seen (3 to 1), else that of texts."""
    return WHITE if contrast(color, WHITE) >= 3 else SOFT


def ink_on(color: str) -> str:
    """The ink that is read on a colour (4,5 to 1 and more): ours, else white, else black, which one of the two is."""
    return next((ink for ink in (INK, WHITE) if contrast(ink, color) >= 4.5), "#000000")


def color_of(ds: Dataset, code: str, above: str = NEUTRAL) -> str:
    """The colour of a territory's region; `above` for what is above the regions."""
    region = ds.region_of(code)
    return next((r.color for r in ds.config.regions if r.code == region), above)
