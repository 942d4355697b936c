"""The words of a question, and what each may name: from the data themselves, and from data/vocabulary.yaml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from string import digits
from typing import Final, NamedTuple

from num2words import num2words
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel
from snowballstemmer import stemmer

from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.wording.slugs import flat

LONGEST: Final = 400
_MOST_WORDS: Final = 70
# No figure is longer: a day is written « 2019-12-31 ».
_MOST_DIGITS: Final = 12
_EXACT: Final = "= "
# The longest phrase of the vocabulary, in words.
_MOST_JOINED: Final = 14
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


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    return word if word.isdigit() else str(_FRENCH.stemWord(word))


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
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
        word = _folded(typed)
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


@dataclass(frozen=True)
class Lexicon:
    """exact: phrases whose small words count; loose: phrases without them, as they are and by their stems; `words` for
    those that may be mistyped; `names` of territories without spaces."""

    exact: dict[tuple[str, ...], tuple[Meaning, ...]]
    loose: dict[tuple[str, ...], tuple[Meaning, ...]]
    stems: dict[tuple[str, ...], tuple[Meaning, ...]]
    linking: frozenset[str]
    ignored: frozenset[str]
    words: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    unmended: frozenset[str]
    fillers: frozenset[str]
    spelled: dict[str, str]
    sounds: dict[str, tuple[str, ...]]


def _split(phrase: str) -> list[str]:
    return [token.word for token in tokens(phrase)]


def _own(ds: Dataset) -> Iterator[tuple[Meaning, str]]:
    """The names that the data give themselves."""
    for code in (ds.config.province, *ds.directions, *ds.region_codes(), *ds.mrc_codes()):
        own = ds.territories[code]
        for name in {own.name, own.name_in_source, ds.name(code)}:
            yield Meaning("territory", code), name
        if own.level == "region":
            for number in {code, code.lstrip("0")}:
                yield Meaning("territory", code), f"= région {number}"
                yield Meaning("territory", code), f"= la région {number}"
    for id_, indicator in ds.indicators.items():
        yield Meaning("indicator", id_), indicator.label
        yield Meaning("indicator", id_), indicator.short
        for category in indicator.categories:
            if category.id != "total" and not (indicator.only_total_for and category.id.startswith("unnamed")):
                for name in {category.label, category.named}:
                    for part in re.split(r"[()]", name):
                        if part.strip():
                            yield Meaning("category", f"{id_}/{category.id}"), part
    for target in ds.targets.targets:
        yield Meaning("target", target.id), target.short
    for programme in ds.action_plan.programmes:
        for name in programme.terms:
            yield Meaning("programme", programme.id), name
    for definition in ds.texts.definitions:
        yield Meaning("definition", definition.id), definition.term


def _everyday(ds: Dataset) -> Iterator[tuple[Meaning, str]]:
    """Those of data/vocabulary.yaml, of what the data have."""
    own = ds.vocabulary
    for kind, groups in (
        *(("subject", own.subjects), ("category", own.categories), ("indicator", own.indicators)),
        *(("breakdown", own.breakdowns), ("figure", own.figures), ("target", own.targets)),
        *(("level", own.levels), ("operation", own.operations)),
    ):
        for code, phrases in groups.items():
            for phrase in phrases:
                yield Meaning(kind, code), phrase
    known = {*ds.region_codes(), *ds.mrc_codes(), *ds.directions, ds.config.province}
    for code, phrases in own.territories.items():
        if code in known:
            for phrase in phrases:
                yield Meaning("territory", code), phrase
    for topic in own.topics:
        for phrase in topic.words:
            yield Meaning("topic", topic.id), phrase


def _settled(group: Mapping[tuple[str, ...], Iterable[Meaning]]) -> dict[tuple[str, ...], tuple[Meaning, ...]]:
    return {phrase: tuple(meanings) for phrase, meanings in group.items()}


def _with_level(ds: Dataset, named: Iterable[tuple[Meaning, str]]) -> Iterator[tuple[Meaning, str]]:
    """The same, and « région de… », « MRC de… » before the name of one; « MRC du Québec » is all of them."""
    words, province = {"region": "région", "mrc": "MRC"}, flat(ds.territories[ds.config.province].name)
    for meaning, phrase in named:
        yield meaning, phrase
        level = ds.territories[meaning.code].level if meaning.kind == "territory" else ""
        if level in words and not phrase.startswith(_EXACT) and flat(phrase) != province:
            yield meaning, f"{words[level]} {phrase}"


@remembered
def lexicon(ds: Dataset) -> Lexicon:
    """What each phrase names. A territory of the data comes before a topic that would say that it is not there."""
    linking = frozenset(word for phrase in ds.vocabulary.linking for word in _split(phrase))
    ignored = frozenset(word for phrase in ds.vocabulary.ignored for word in _split(phrase)) | linking
    exact, loose, stems = (defaultdict[tuple[str, ...], dict[Meaning, None]](dict) for _ in range(3))
    names: dict[str, tuple[str, ...]] = {}
    for meaning, phrase in _with_level(ds, (*_own(ds), *_everyday(ds))):
        words = _split(phrase.removeprefix(_EXACT))
        if phrase.isupper() and set(words) <= ignored:
            exact[phrase,][meaning] = None  # a short name that is a small word too: only in capitals
            continue
        kept = tuple(word for word in words if word not in linking)
        if meaning.kind == "topic" and any(known.kind == "territory" for known in loose.get(kept, ())):
            continue
        if not kept or phrase.startswith(_EXACT) or (meaning.kind == "operation" and len(words) > 1):
            # « de plus au Bas-Saint-Laurent » is not « plus bas ».
            exact[tuple(words)][meaning] = None
            if len(words) > 1:
                exact[tuple(map(stem, words))][meaning] = None
            continue
        loose[kept][meaning] = None
        stems[tuple(map(stem, kept))][meaning] = None
        if meaning.kind == "territory" and len("".join(kept)) >= _NAME_FROM:
            names["".join(kept)] = kept
    single = {
        word for phrase, named in (*exact.items(), *loose.items()) for word in phrase
        if word.isalpha() and len(word) >= (_MENDED_FROM if any(m.kind != "topic" for m in named) else _TWO_FROM)
    }  # fmt: skip
    unmended = {word for phrase in ds.vocabulary.never_mended for word in _split(phrase)}
    groups = (_settled(exact), _settled(loose), _settled(stems))
    fillers = frozenset(stem(word) for word in ignored if len(word) >= _MENDED_FROM)
    spelled = {_folded(short): right for right, shorts in ds.vocabulary.spelled.items() for short in shorts}
    right = frozenset(unmended | ignored)
    heard = (defaultdict[str, dict[str, str]](dict), defaultdict[str, dict[str, str]](dict))
    for known, meant in (*exact.items(), *loose.items()):
        kinds = {meaning.kind for meaning in meant} - {"topic"}
        for word in known if kinds else ():
            if word.isalpha() and len(word) >= _SHORT_NAMES and word not in right:
                alone = groups[1].get((word,)) or groups[2].get((stem(word),))
                own = alone[-1].code if alone else stem(word)
                heard[kinds == {"operation"}][sound(word)].setdefault(own, word)
    # What is done comes after what is spoken of: « dentante » is « d’entente », not « entend ».
    sounds = {key: tuple(one.values()) for key, one in {**heard[1], **heard[0]}.items()}
    sounds |= {sound(word): (word,) for word in ignored if len(word) >= _NAME_FROM}
    return Lexicon(*groups, linking, ignored, tuple(sorted(single)), names, right, fillers, spelled, sounds)


# --- Mistyped words: one letter in a short one, two in a long one, never the first ------------------------------------

_MENDED_FROM: Final = 5
_SUBSTITUTED_FROM: Final = 7
_TWO_FROM: Final = 9
_NAME_FROM: Final = 9
_SHORT_NAMES: Final = 4
_HEARD_FROM: Final = 3
_ELIDED: Final = ("c", "d", "j", "l", "m", "n", "s", "t", "qu")
_VOWELS: Final = frozenset("aeiouyh")


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
    if len(word) < _SHORT_NAMES or word in known.unmended or not word.isalpha():
        return ""
    most = 2 if len(word) >= _TWO_FROM else 1
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
    if not word.isalpha() or word in known.unmended or _names(known, token):
        return token
    near = mend(known, word)
    for start in _ELIDED:
        rest = word.removeprefix(start)
        whole = rest != word and len(rest) >= _MENDED_FROM and rest[0] in _VOWELS
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
    if len(typed) < _NAME_FROM or set(words) & known.unmended:
        return ()
    most = 2 if len(typed) >= _NAME_FROM + 3 else 1
    near = process.extract(typed, list(known.names), scorer=OSA.distance, score_cutoff=most, limit=3)
    found = {known.loose[known.names[key]]: known.names[key] for key, _, _ in near if key[0] == typed[0]}
    return next(iter(found.values())) if len(found) == 1 else ()


# Endings that make another thing of a verb: what is to come, who does it, what is done.
_OTHERWISE: Final = (
    *("ra", "ras", "ront", "rez", "rons", "ment", "ments", "tion", "tions", "eur", "eurs", "euse", "euses", "age"),
    *("ages", "ance", "ances", "ence", "ences", "iste", "istes", "ier", "iers", "iere", "ieres", "oir", "oirs", "al"),
    *("aux", "ite"),
)  # fmt: skip


def _filler(known: Lexicon, word: str) -> bool:
    """Whether a word changes nothing: one of those, or another form of its verb."""
    form = len(word) >= _MENDED_FROM and not word.endswith(_OTHERWISE)
    heard = form and _heard(known, word) in known.ignored
    return word in known.ignored or heard or (form and stem(word) in known.fillers)


# --- What a question names --------------------------------------------------------------------------------------------


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
        if not (token.number or token.ordinal) and (not _filler(known, token.word) or short):
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
        if left and not _names(known, words[left[0]]):
            place = found.meanings[0].kind == "territory"
            longer = (_mistyped_name if place else _mistyped)(known, words, at, content)
            return longer if longer is not None and longer.end > found.end else found
        return found
    if not content or words[at].number or words[at].ordinal or words[at].word in known.ignored:
        return None
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
        right = words[n].number or _names(known, words[n])
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


def _names(known: Lexicon, token: Token) -> bool:
    return (token.word,) in known.loose or (token.stem,) in known.stems or token.word in known.words


def _mention(
    known: Lexicon, words: Sequence[Token], start: int, end: int, meanings: tuple[Meaning, ...], mended: str = ""
) -> Mention:
    first = words[start].word
    before = first if first in known.linking else words[start - 1].word if start else ""
    text = " ".join(token.typed for token in words[start:end])
    return Mention(meanings, start, end, text, before, mended)
