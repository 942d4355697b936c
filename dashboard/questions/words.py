"""The words of a question: as typed, folded, their stem and their sound; numbers, days and ranks as we write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
MONTHS: Final = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                 "novembre", "décembre")  # fmt: skip
_MONTHS: Final = {flat(month): n for n, month in enumerate(MONTHS, 1)}
_TOKEN = re.compile(
    rf"(?i)(?<!\d)\d\d?(?:er)? (?:{'|'.join((*MONTHS, 'fevrier', 'aout', 'decembre'))}) [12]\d{{3}}(?!\d)"
    r"|(?<!\d)[12]\d{3}-\d\d-\d\d(?!\d)|(?<!\d)[12]\d{3} ?[-–/] ?(?:[12]\d{3}|\d\d)(?!\d)"
    r"|\b1(?:er|re|ère)\b|(?<!\d)\d\d?(?:e|è|ème|eme|ième|ieme|nd|nde)\b"
    r"|(?<!\d)\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:[.,]\d+)?(?:-[a-c]\b)?|[%$+=/<>]|[^\W\d_]+"
)
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d)")
_NUMBERS: Final = {flat(num2words(n, lang="fr")): str(n) for n in (*range(2, 17), *range(20, 70, 10), 100, 1000)} | {
    "cents": "100", "premiere": "1", "dizaine": "10", "vingtaine": "20", "cinquantaine": "50", "centaine": "100",
    "millier": "1000",
}  # fmt: skip
_THOUSAND: Final = 1000
# What a part is said of, what « sur » counts otherwise, and up to where a rank is no part of anything.
_PARTS: Final = frozenset({"2", "3", "4", "5", "6", "8", "10", "12", "15", "20", "25", "50", "100"})
_COUNTED: Final = frozenset(("an", "categories", "mrc", "ans", "actions", "cibles", "regions", "mois", "jours",
                             "annees"))  # fmt: skip
_FOURTH: Final = 4
_OF: Final = ("des", "de", "du", "d")
# « premier » is the highest, or the first year: a word of the vocabulary.
_FRACTIONS: Final = {"moitie": 2, "quart": 4}
# Numbers of several words: « dix-sept », « soixante et onze », « cinq cents ».
_COMPOUND: Final = {
    tuple(word.removesuffix("s") for word in re.findall("[a-z]+", flat(num2words(n, lang="fr")))): n
    for n in (*range(17, 100), *range(200, 1000, 100))
}
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


# « 21-22 », « 15-19 »: years written short, where no age is meant.
_SHORT_YEARS: Final = re.compile(r"(?<![\d-])(1[5-9]|2\d)[-–/](1[5-9]|2\d)(?![\d-]| ?%| ?ans)")
# « immigrant·e·s », « étudiant(e)s », « admis-es »: the word without its other endings.
_INCLUSIVE: Final = re.compile(
    r"(?<=[^\W\d])(?:[·•.](?:[nltvs]?es?|[iè]?ères?|euses?|ales?|elles?|[rt]rices?)(?:[·•.]s)?\b|-e-s\b|-es\b"
    r"|\((?:[nltvs]?es?|i?ères?|euses?|ales?|elles?|trices?)\)s?)",
    re.IGNORECASE,
)
_SHORT_MONTH: Final = re.compile(r"\b(janv|févr?|avr|juil|sept|oct|nov|d[ée]c)\.?(?= [12]\d{3})", re.IGNORECASE)


def _month(short: re.Match[str]) -> str:
    return next(month for month in MONTHS if flat(month).startswith(flat(short[1])))


def plain(text: str) -> str:
    """The same text in full words: months and years written short, words without their other endings, no arrows."""
    text = _SHORT_MONTH.sub(_month, _INCLUSIVE.sub("", text))
    return _SHORT_YEARS.sub(r"20\1-20\2", re.sub(r"[-=]+>", " ", text))


def tokens(text: str) -> list[Token]:
    """The words and numbers of a question, signs left out."""
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
        number = _NUMBERS.get(word, "")
        found.append(Token(typed, word, number, match.start(), _ORDINALS.get(word, 0)))
    return _fractions(_written(found))[:_MOST_WORDS]


def _written(found: list[Token]) -> list[Token]:
    """« soixante-dix mille », « deux mille dix-neuf », « 50 k »: as figures would write them."""
    read: list[Token] = []
    while found:
        words = [token.word.removesuffix("s").replace("une", "un") for token in found[:4]]
        size = next((n for n in (4, 3, 2) if tuple(words[:n]) in _COMPOUND), 1)
        number = str(_COMPOUND[tuple(words[:size])]) if size > 1 else found[0].number
        if number.isdigit() and int(number) < _THOUSAND and words[size : size + 1] in (["mille"], ["k"]):
            number, size = str(int(number) * _THOUSAND), size + 1
            rest = _written(found[size:])
            if rest and rest[0].typed[0] not in digits and rest[0].number.isdigit() and int(rest[0].number) < _THOUSAND:
                number, size = str(int(number) + int(rest[0].number)), len(found) - len(rest) + 1
        typed = " ".join(token.typed for token in found[:size])
        read.append(found[0] if size == 1 else replace(found[0], typed=typed, word=number, number=number))
        found = found[size:]
    return read


def _fractions(words: list[Token]) -> list[Token]:
    """« un étudiant sur cinq », « le dixième des permis »: « 20 % étudiant », « 10 % des permis »."""
    for n, token in enumerate(words):
        if token.word in _FRACTIONS:
            return _fractions([*words[:n], *_percent(token, 1, _FRACTIONS[token.word]), *words[n + 1 :]])
        count = "1" if token.word in ("un", "une") else token.number
        ahead = [other.word for other in words[n + 1 : n + 8]]
        at = n + 1 + ahead.index("sur") if count.isdigit() and "sur" in ahead[:-1] else 0
        of, after = (words[at + 1].number if at else ""), (words[at + 2].word if at and at + 2 < len(words) else "")
        if of in _PARTS and int(count) < int(of) and after not in _COUNTED:
            return [*words[:n], *_percent(token, int(count), int(of)), *words[n + 1 : at], *words[at + 2 :]]
        if token.word == "un" and (ahead[:1] == ["%"] or ahead[:2] == ["pour", "cent"]):
            return [*words[:n], replace(token, word="1", number="1"), *words[n + 1 :]]
        part = {"tiers": 3, "quarts": 4}.get(ahead[0], 0) if ahead else 0
        if ahead and not part and token.word in ("le", "un", "du", "au") and words[n + 1].ordinal > _FOURTH:
            part = words[n + 1].ordinal
        count = "1" if token.word in ("le", "du", "au") else count
        if str(part) in _PARTS and count.isdigit() and int(count) < part and ahead[1:2] and ahead[1] in _OF:
            of_it = [replace(token, word="de")] if token.word == "du" else []  # « plus du tiers »
            return [*words[:n], *of_it, *_percent(words[n + 1], int(count), part), *words[n + 2 :]]
    return words


def _percent(token: Token, part: int, of: int) -> list[Token]:
    number = f"{part * 100 / of:.2f}".rstrip("0").rstrip(".")
    own = replace(token, word=number, number=number, ordinal=0)
    return [own, replace(own, typed="%", word="%", number="")]


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
