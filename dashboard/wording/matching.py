"""Words looked for in French text: without regard to case, accents or kind of apostrophe, from the start of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.wording.slugs import fold

LONGEST_QUERY = 100
_WORD = re.compile(r"[^\s,;:.!?()«»\"]+")


def words_of(query: str) -> tuple[str, ...]:
    """The words of a search, folded, each once."""
    return tuple(dict.fromkeys(_WORD.findall(fold(query[:LONGEST_QUERY]))))


def _pattern(term: str) -> re.Pattern[str]:
    # From the start of a word: « PAC » is not in « impact », and « employeur » is in « employeurs ».
    return re.compile(r"(?<!\w)" + r"\W+".join(map(re.escape, term.split())))


def holds(text: str, term: str) -> bool:
    """True when a folded word, or words that follow one another, are in the text."""
    return _pattern(term).search(fold(text)) is not None


def spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where the terms stand in the text, in order and without overlap, to the end of what was typed."""
    pieces = [fold(character) for character in text]
    # For each folded character, the place of the one it comes from: « œ » gives two.
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    matches = (match for term in terms for match in _pattern(term).finditer("".join(pieces)))
    found = [(places[m.start()], places[m.end() - 1] + 1) for m in matches if m.end() > m.start()]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
