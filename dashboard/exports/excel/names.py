"""Names of sheets: French, at most 31 characters, each once, without what Excel forbids."""

from __future__ import annotations

import re

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class SheetNames:
    """Gives each sheet a name of its own, without regard to case, as Excel compares them."""

    def __init__(self) -> None:
        # Excel keeps this one, in French as in English, for itself.
        self._taken = {"history", "historique"}

    def give(self, wanted: str) -> str:
        """`wanted` made fit: cut at a word where it can be, then numbered."""
        clean = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "Feuille"
        name = _cut(clean, LONGEST)
        n = 1
        while name.casefold() in self._taken:
            n += 1
            mark = f" ({n})"
            name = _cut(clean, LONGEST - len(mark)) + mark
        self._taken.add(name.casefold())
        return name


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    short = text[: longest - 1]
    word, space, _ = short.rpartition(" ")
    kept = word if space and len(word) >= longest // 2 else short
    return kept.rstrip(" ,;–-'") + "…"


def quoted(name: str) -> str:
    """The name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"
