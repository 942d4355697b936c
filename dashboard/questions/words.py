"""The words of a question: as typed, folded, their stem and their sound; numbers, days and ranks as we write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import digits
from typing import Final, NamedTuple

from num2words import num2words
from snowballstemmer import stemmer

from dashboard.wording.slugs import flat

LONGEST: Final = 400
_MOST_WORDS: Final = 70
# No figure is longer: a day is written « 2019-12-31 ».
_MOST_DIGITS: Final = 12
MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_MONTHS: Final = {flat(month): n for n, month in enumerate(MONTHS, 1)}
_TOKEN = re.compile(
    rf"(?<!\d)\d\d?(?:er)? (?:{'|'.join((*MONTHS, 'fevrier', 'aout', 'decembre'))}) [12]\d{{3}}(?!\d)"
    r"|(?<!\d)[12]\d{3}-\d\d-\d\d(?!\d)|(?<!\d)[12]\d{3} ?[-–/] ?(?:[12]\d{3}|\d\d)(?!\d)"
    r"|\b1(?:er|re|ère)\b|(?<!\d)\d\d?(?:e|è|ème|eme|ième|ieme|nd|nde)\b"
    r"|(?<!\d)\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:[.,]\d+)?(?:-[a-c]\b)?|[%$+=/<>]|[^\W\d_]+",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d)")
_NUMBERS: Final = {flat(num2words(n, lang="fr")): str(n) for n in (*range(2, 17), *range(20, 70, 10), 100, 1000)} | {
    "premiere": "1", "dizaine": "10", "vingtaine": "20", "cinquantaine": "50", "centaine": "100", "millier": "1000",
}  # fmt: skip
# « premier » is the highest, or the first year: a word of the vocabulary.
_FRACTIONS: Final = {"moitie": "50", "quart": "25"}
_ORDINALS: Final = {flat(num2words(n, lang="fr", to="ordinal")): n for n in range(2, 32)} | {"second": 2, "seconde": 2}
_FRENCH = stemmer("french")


class Meaning(NamedTuple):
    """What a phrase names: its kind (« territory », « subject », « category »…) and its code."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question as typed, and folded; `number` as Python reads it, for a number; where it
    begins; `ordinal` for « 3e », « troisième »."""

    typed: str
    word: str
    number: str = ""
    at: int = 0
    ordinal: int = 0

    @property
    def stem(self) -> str:
        return stem(self.word)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return word if word.isdigit() else str(_FRENCH.stemWord(word))


# What follows the root of a verb, by the ending of its infinitive: not what is to come.
_ENDINGS: Final = {
    "er": "er e es ent ez ons ant ais ait aient ions iez ee ees a erais erait eraient",
    "ir": "ir i ie is ies it irais irait iraient issent isse issant issons issez issais issait issaient",
    "re": "re s t d ent ez ons ant ais ait aient u ue us ues rais rait raient",
}


def verb_forms(infinitive: str) -> Iterator[str]:
    """The forms of a regular verb, folded."""
    verb = flat(infinitive)
    root = verb[:-2]
    twins = {"g": f"{root}e", "y": f"{root[:-1]}i", "l": f"{root}l", "t": f"{root}t"}
    for own in {root, twins.get(root[-1], root)}:
        yield from (own + ending for ending in _ENDINGS.get(verb[-2:], "").split())


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    return flat(word) or word


_SHORT_MONTH: Final = re.compile(r"\b(janv|févr?|avr|juil|sept|oct|nov|d[ée]c)\.?(?= [12]\d{3})", re.IGNORECASE)


def _month(short: re.Match[str]) -> str:
    return next(month for month in MONTHS if flat(month).startswith(flat(short[1])))


def tokens(text: str) -> list[Token]:
    """The words and numbers of a question, signs left out."""
    text = _SHORT_MONTH.sub(_month, text)
    found = []
    for match in _TOKEN.finditer(text[:LONGEST]):
        typed = match[0]
        nth = re.fullmatch(r"(\d+)[^\W\d]+", typed)
        if nth and nth[1] != "1":
            found.append(Token(typed, flat(typed), "", match.start(), int(nth[1])))
            continue
        if typed[0] in digits and not nth:
            number = _number(typed)
            found.append(Token(typed, number, number if len(number) <= _MOST_DIGITS else "", match.start()))
            continue
        word = folded(typed)
        number = _NUMBERS.get(word) or _FRACTIONS.get(word, "")
        found.append(Token(typed, word, number, match.start(), _ORDINALS.get(word, 0)))
    return found[:_MOST_WORDS]


def _number(typed: str) -> str:
    """As Python and our codes write it: « 1000 », « 22.5 », « 2015-2019 », « 2019-12-31 »."""
    day, _, rest = flat(typed).partition(" ")
    month, _, year = rest.partition(" ")
    if month in _MONTHS:
        return f"{year}-{_MONTHS[month]:02}-{int(day.removesuffix('er')):02}"
    number = _GROUPS.sub("", typed).replace(",", ".").replace("–", "-").replace("/", "-").replace(" ", "")
    span = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", number)
    return f"{span[1]}{span[2]}-{span[1]}{span[3]}" if span else number


# What sounds the same is written the same, in this order: « sible », « dentante », « estimassion ».
_SOUNDS: Final = tuple(
    (re.compile(one), other) for one, other in (
        ("emm", "am"), (r"([b-df-hj-np-tv-z])\1", r"\1"), ("ph", "f"), ("[cs]h", "C"), ("h", ""), ("[st]ion", "sion"),
        ("[cs]ion", "sion"), ("gn", "n"), ("ge(?=[ao])|g(?=[eiy])", "j"), ("sc(?=[eiy])|c(?=[eiy])|z|x", "s"),
        ("qu|q|k|c", "k"), ("eau|au", "o"), ("(?:ai|ei|i|y)[nm](?![aeiouy])", "I"), ("[ae][nm](?![aeiouy])", "A"),
        ("o[nm](?![aeiouy])", "O"), ("ai|ei|ay|ey|(?:er|ez|et)$", "e"), ("y", "i"), ("[tdpg]?e?s?$", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """How a folded word is heard."""
    for one, other in _SOUNDS:
        word = one.sub(other, word)
    return word
