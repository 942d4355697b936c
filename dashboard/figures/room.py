"""How wide a label is, before it is drawn.

Plotly makes room for labels by itself (`automargin`), by drawing the chart a second time: a quarter of the time that a
page takes. With enough room from the start it has nothing to do again; with too little, it still does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from dashboard.figures.style import TEXT_SIZE
from dashboard.wording import widths

_PAD: Final = 14
_PARTS: Final = re.compile(r"<(?P<tag>[^>]*)>|(?P<text>[^<]+)")
# Room under an axis of years: one line of text.
YEARS: Final = 34
# Each line more.
LINE: Final = 18


def width(text: str, size: int = TEXT_SIZE) -> float:
    """Pixels that a line of a label takes at this size; its bold is followed."""
    total, bold = 0.0, False
    for part in _PARTS.finditer(text):
        tag = part["tag"]
        if tag is None:
            total += widths.arial(part["text"], size, bold=bold)
        elif tag in ("b", "/b"):
            bold = tag == "b"
    return total


def broken(text: str, room: float, size: int = TEXT_SIZE) -> list[str]:
    """Lines of a name that hold in so many pixels, cut after its spaces, hyphens and dashes; a longer word is whole."""
    return widths.broken(text, room, lambda part: width(part, size))


def left_of(labels: Iterable[str]) -> int:
    """Margin, in pixels, that holds the longest line of labels written at the left of the bars."""
    lines = (line for label in labels for line in label.split("<br>"))
    return round(max((width(line) for line in lines), default=0)) + _PAD
