"""Mistyped words: one letter in a short one, two in a long one, never the first; or what sounds the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from dashboard.questions.lexicon import MENDED_FROM, NAME_FROM, SHORT_NAMES, TWO_FROM, Lexicon
from dashboard.questions.words import Token, sound, stem, tokens

_SUBSTITUTED_FROM: Final = 7
_HEARD_FROM: Final = 3
_ELIDED: Final = ("c", "d", "j", "l", "m", "n", "s", "t", "qu")
_VOWELS: Final = frozenset("aeiouyh")


def mend(known: Lexicon, word: str) -> str:
    """The only word of the vocabulary that this one can be a slip for, by its sound or by its letters; empty when there
    is none, or several."""
    return _heard(known, word) or _near(known, word)


def _heard(known: Lexicon, word: str) -> str:
    if len(word) < _HEARD_FROM or word in known.unmended or not word.isalpha():
        return ""
    near = sorted((OSA.distance(word, other), other) for other in known.sounds.get(sound(word), ()))
    return "" if not near or [distance for distance, _ in near[:2]].count(near[0][0]) > 1 else near[0][1]


def _near(known: Lexicon, word: str) -> str:
    if len(word) < SHORT_NAMES or word in known.unmended or not word.isalpha():
        return ""
    most = 2 if len(word) >= TWO_FROM else 1
    near = process.extract(word, known.words, scorer=OSA.distance, score_cutoff=most, limit=8)
    good = [(distance, other) for other, distance, _ in near if other[0] == word[0] and _plain(word, other)]
    if not good:
        return ""
    best = min(distance for distance, _ in good)
    stems = {stem(other): other for distance, other in good if distance == best}
    return next(iter(stems.values())) if len(stems) == 1 else ""


def respelled(known: Lexicon, words: Iterable[Token]) -> list[Token]:
    """The same words, short forms and lost apostrophes (« dadmissions ») written in full."""
    return [_respelled(known, token) for token in words]


def _respelled(known: Lexicon, token: Token) -> Token:
    word = token.word
    if word in known.spelled:
        return replace(tokens(known.spelled[word])[0], typed=token.typed, at=token.at)
    if not word.isalpha() or word in known.unmended or names(known, token):
        return token
    near = mend(known, word)
    for start in _ELIDED:
        rest = word.removeprefix(start)
        whole = rest != word and len(rest) >= MENDED_FROM and rest[0] in _VOWELS
        if whole and (rest in known.words or (stem(rest),) in known.stems or (not near and _heard(known, rest))):
            return replace(token, word=rest)
    return token


def _plain(word: str, other: str) -> bool:
    """Whether a slip is likely: in a short word a letter is lost, doubled or out of its place, never another one."""
    if min(len(word), len(other)) >= _SUBSTITUTED_FROM:
        return True
    return sorted(word) == sorted(other) or (len(word) != len(other) and Indel.distance(word, other) == 1)


def mended_name(known: Lexicon, words: Sequence[str]) -> tuple[str, ...]:
    """The words of the only territory whose name these are, letters misplaced or spaces lost; none otherwise."""
    typed = "".join(words)
    if len(typed) < NAME_FROM or set(words) & known.unmended:
        return ()
    most = 2 if len(typed) >= NAME_FROM + 3 else 1
    near = process.extract(typed, list(known.names), scorer=OSA.distance, score_cutoff=most, limit=3)
    found = {known.loose[known.names[key]]: known.names[key] for key, _, _ in near if key[0] == typed[0]}
    return next(iter(found.values())) if len(found) == 1 else ()


# Endings that make another thing of a verb: what is to come, who does it, what is done.
_OTHERWISE: Final = (
    *("ra", "ras", "ront", "rez", "rons", "ment", "ments", "tion", "tions", "eur", "eurs", "euse", "euses", "age"),
    *("ages", "ance", "ances", "ence", "ences", "iste", "istes", "ier", "iers", "iere", "ieres", "oir", "oirs", "al"),
    *("aux", "ite"),
)  # fmt: skip


def filler(known: Lexicon, word: str) -> bool:
    """Whether a word changes nothing: one of those, or another form of its verb."""
    form = len(word) >= MENDED_FROM and not word.endswith(_OTHERWISE)
    heard = form and _heard(known, word) in known.ignored
    return word in known.ignored or heard or (form and stem(word) in known.fillers)


def names(known: Lexicon, token: Token) -> bool:
    """Whether a word is one of ours as it is."""
    return (token.word,) in known.loose or (token.stem,) in known.stems or token.word in known.words
