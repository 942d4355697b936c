"""How wide a text is in Arial: the advance widths of the font itself, in thousandths of its size.

Helvetica, Arimo and Liberation Sans share them. Accents take no room; a character that is not here is as wide as the
widest of Latin letters.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from typing import Final

_REGULAR: Final = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " \u00a0\u202f!,./:;\\[]ftI", 333: "()-`“”r", 334: "{}", 350: "•", 355: '"',
    365: "ºª", 389: "*", 400: "°", 469: "^", 500: "cksvxyzJ", 556: "0123456789#$?_abdeghnopquL€†‡–«»", 584: "+<=>~−×÷±",
    611: "FTZß", 667: "ABEKPSVXY&", 722: "CDHNRUw", 737: "©®", 778: "GOQ", 833: "Mm", 889: "%æ", 944: "Wœ",
    1000: "—…‰ŒÆ", 1015: "@",
}  # fmt: skip
_BOLD: Final = {
    238: "'", 278: " \u00a0\u202f,./\\Iijl‘’", 280: "|", 333: "!()-:;[]`ft", 350: "•", 365: "ºª", 389: "*{}r", 400: "°",
    474: '"', 500: "“”z", 556: "0123456789#$_aceksvxyJ€†‡–«»", 584: "+<=>^~−×÷±", 611: "?bdghnopquFLTZß",
    667: "EPSVXY", 722: "ABCDHKNRU&", 737: "©®", 778: "wGOQ", 833: "M", 889: "%mæ", 944: "Wœ", 975: "@", 1000: "—…‰ŒÆ",
}  # fmt: skip
_TABLES: Final = tuple({char: wide for wide, chars in found.items() for char in chars} for found in (_REGULAR, _BOLD))
_OTHER: Final = 1050
_PIECES: Final = re.compile(r"[^ –-]+[ –-]*|[ –-]+")


def arial(text: str, size: float, *, bold: bool = False) -> float:
    """Room that a text takes on one line, in the unit of `size`; no kerning."""
    table = _TABLES[bold]
    plain = unicodedata.normalize("NFD", text)
    return sum(table.get(char, _OTHER) for char in plain if not unicodedata.combining(char)) * size / 1000


def pieces(text: str) -> list[str]:
    """What a line is never broken within: words and parts of hyphenated ones, each with what follows it."""
    return _PIECES.findall(text)


def broken(text: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Lines of a text that hold in so much room, cut after its spaces, hyphens and dashes; a longer word is whole."""
    lines: list[str] = []
    for piece in pieces(text):
        if lines and width((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines] or [""]


def lines(text: str, room: float, width: Callable[[str], float]) -> int:
    """How many lines a text takes in so much room, where a longer word is cut anywhere."""
    return sum(max(1, math.ceil(width(line) / room)) for part in text.split("\n") for line in broken(part, room, width))
