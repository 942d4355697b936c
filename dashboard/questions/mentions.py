"""What the words of a question name: the longest phrases first, a mistyped one only where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from dashboard.model import Dataset
from dashboard.questions.lexicon import MENDED_FROM, NAME_FROM, SHORT_NAMES, TWO_FROM, Lexicon, lexicon
from dashboard.questions.words import Meaning, Token, sound, stem, tokens

# The longest phrase of the vocabulary, in words.
_MOST_JOINED: Final = 14


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens that name something: several meanings where the words are ambiguous. before: the small word just before;
    mended: what was read in place of what was typed."""

    meanings: tuple[Meaning, ...]
    start: int
    end: int
    text: str
    before: str = ""
    mended: str = ""


def mentions(ds: Dataset, words: Sequence[Token]) -> tuple[list[Mention], list[int]]:
    """What the words name, longest phrases first from left to right, and the ranks of those that are not understood."""
    known = lexicon(ds)
    found: list[Mention] = []
    unknown: list[int] = []
    at = 0
    while at < len(words):
        mention = _at(known, words, at)
        if mention is not None:
            found.append(mention)
            at = mention.end
            continue
        token = words[at]
        short = at == len(words) - 1 and at and token.typed == token.word and (token.typed.upper(),) in known.exact
        if not (token.number or token.ordinal) and (not filler(known, token.word) or short):
            unknown.append(at)  # « ca », at the end: « ça », or a short name that is not in capitals
        at += 1
    return found, unknown


def _at(known: Lexicon, words: Sequence[Token], at: int) -> Mention | None:
    """The longest phrase that starts at a word; a mistyped one only where nothing else stands."""
    content = _content(known, words, at)
    found = _whole(known, words, at, content)
    if found is not None:
        if not content and at + 1 < len(words):
            # « aux Îles-de-la-Madeleine » is more than « aux Îles ».
            after = _at(known, words, at + 1)
            return None if after is not None and after.end > found.end else found
        left = [n for n in content if n >= found.end]
        if left and not names(known, words[left[0]]):
            place = found.meanings[0].kind == "territory"
            longer = (_mistyped_name if place else _mistyped)(known, words, at, content)
            return longer if longer is not None and longer.end > found.end else found
        return found
    if not content or words[at].number or words[at].ordinal:
        return None
    if words[at].word in known.ignored:
        found = _mistyped_name(known, words, at, content)  # « haute gasp. » is no « gasp. »
        return found if found is not None and found.mended.startswith(f"{words[at].word} ") else None
    return _mistyped_name(known, words, at, content) or _mistyped(known, words, at, content)


def _whole(known: Lexicon, words: Sequence[Token], at: int, content: list[int]) -> Mention | None:
    for length in range(min(_MOST_JOINED, len(words) - at), 0, -1):
        span = words[at : at + length]
        meanings = known.exact.get((span[0].typed,)) if length == 1 else None
        meanings = meanings or known.exact.get(tuple(token.word for token in span))
        if meanings is None and length > 1:
            meanings = known.exact.get(tuple(token.stem for token in span))
        own = [n for n in content if n < at + length]
        if meanings is None and own and own[-1] == at + length - 1:
            meanings = known.loose.get(tuple(words[n].word for n in own))
            if meanings is None and not (len(own) == 1 and words[at].word in known.ignored):
                meanings = known.stems.get(tuple(words[n].stem for n in own))
        if meanings is not None:
            return _mention(known, words, at, at + length, meanings)
    return None


def _content(known: Lexicon, words: Sequence[Token], at: int) -> list[int]:
    """Ranks of the words that are not small, from one that is not."""
    if words[at].word in known.linking:
        return []
    return [n for n in range(at, min(len(words), at + _MOST_JOINED)) if words[n].word not in known.linking]


def _mistyped_name(known: Lexicon, words: Sequence[Token], at: int, content: list[int]) -> Mention | None:
    for size in range(min(5, len(content)), 0, -1):
        own = content[:size]
        # The last word of a name is never one that stands by itself: « en Chaudière-Appalaches si… ».
        last = words[own[-1]]
        counted = any(words[n].number for n in own)
        if size > 1 and (counted or last.word in known.ignored or (last.word,) in known.exact):
            continue
        name = mended_name(known, [words[n].word for n in own])
        if name:
            return _mention(known, words, at, own[-1] + 1, known.loose[name], " ".join(name))
    return None


def _mistyped(known: Lexicon, words: Sequence[Token], at: int, content: list[int]) -> Mention | None:
    read: list[str] = []
    for n in content[:5]:
        right = words[n].number or names(known, words[n])
        word = words[n].word if right else mend(known, words[n].word)
        if not word:
            break
        read.append(word)
    for size in range(len(read), 0, -1):
        own = tuple(read[:size])
        meanings = known.loose.get(own) or known.stems.get(tuple(map(stem, own))) or known.exact.get(own)
        if meanings:
            return _mention(known, words, at, content[size - 1] + 1, meanings, " ".join(own))
    return None


def _mention(
    known: Lexicon, words: Sequence[Token], start: int, end: int, meanings: tuple[Meaning, ...], mended: str = ""
) -> Mention:
    first = words[start].word
    before = first if first in known.linking else words[start - 1].word if start else ""
    text = " ".join(token.typed for token in words[start:end])
    return Mention(meanings, start, end, text, before, mended)


_SUBSTITUTED_FROM: Final = 7
_HEARD_FROM: Final = 3
_ELIDED: Final = ("c", "d", "j", "l", "m", "n", "s", "t", "qu")
_PREFIX: Final = 3
_VOWELS: Final = frozenset("aeiouyh")


def mend(known: Lexicon, word: str) -> str:
    """The only word of the vocabulary that this one can be a slip for, by its sound or by its letters; empty when there
    is none, or several."""
    return _heard(known, word) or _near(known, word)


def _heard(known: Lexicon, word: str) -> str:
    if len(word) < _HEARD_FROM or word in known.unmended or not word.isalpha():
        return ""
    near = sorted((OSA.distance(word, other), other) for other in known.sounds.get(sound(word), ()))
    near = [(distance, other) for distance, other in near if distance <= len(word) // 2]
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
    return [own for token in words for own in _respelled(known, token)]


def _respelled(known: Lexicon, token: Token) -> list[Token]:
    word = token.word
    if word in known.spelled:
        return [replace(own, typed=token.typed, at=token.at) for own in tokens(known.spelled[word])]
    if not word.isalpha() or word in known.unmended or names(known, token):
        return [token]
    near = mend(known, word)
    for start in _ELIDED:
        rest = word.removeprefix(start)
        whole = rest != word and len(rest) >= MENDED_FROM and rest[0] in _VOWELS
        if whole and (rest in known.words or (stem(rest),) in known.stems or (not near and _heard(known, rest))):
            return [replace(token, word=rest)]
    return [token]


def _plain(word: str, other: str) -> bool:
    """Whether a slip is likely: in a short word a letter is lost, doubled or out of its place, never another one."""
    if min(len(word), len(other)) >= _SUBSTITUTED_FROM:
        return True
    return sorted(word) == sorted(other) or (len(word) != len(other) and Indel.distance(word, other) == 1)


def mended_name(known: Lexicon, words: Sequence[str]) -> tuple[str, ...]:
    """The words of the only territory whose name these are, letters misplaced, spaces lost, cut short; or none."""
    typed, many = "".join(words), len(words) > 1 and min(map(len, words)) >= _PREFIX
    most, right = (2 if len(typed) >= NAME_FROM + 3 else 1), set(words) & known.unmended
    near = [] if right else process.extract(typed, list(known.names), scorer=OSA.distance, score_cutoff=most, limit=3)
    keys = [key for key, _, _ in near if key[0] == typed[0] and len(typed) >= NAME_FROM]
    if not keys and many:  # « chaud. app. »
        keys = [key for key, own in known.names.items() if len(own) == len(words) and all(
            word == start or (word.startswith(start) and start not in right)
            for word, start in zip(own, words, strict=True))]  # fmt: skip
    found = {known.loose[known.names[key]]: known.names[key] for key in keys}
    return next(iter(found.values())) if len(found) == 1 else ()


# Endings that make another thing of a verb: what is to come, who does it, what is done.
_OTHERWISE: Final = ("ra", "ras", "ront", "rez", "rons", "ment", "ments", "tion", "tions", "eur", "eurs", "euse",
                     "euses", "age", "ages", "ance", "ances", "ence", "ences", "iste", "istes", "ier", "iers", "iere",
                     "ieres", "oir", "oirs", "al", "aux", "ite")  # fmt: skip


def filler(known: Lexicon, word: str) -> bool:
    """Whether a word changes nothing: one of those, or another form of its verb."""
    form = len(word) >= MENDED_FROM and not word.endswith(_OTHERWISE)
    heard = form and _heard(known, word) in known.ignored
    return word in known.ignored or heard or (form and stem(word) in known.fillers)


def names(known: Lexicon, token: Token) -> bool:
    """Whether a word is one of ours as it is."""
    return (token.word,) in known.loose or (token.stem,) in known.stems or token.word in known.words
