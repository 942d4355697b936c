"""What each phrase of a question may name: from the data themselves, and from data/vocabulary.yaml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.questions.words import Meaning, folded, sound, stem, tokens, verb_forms
from dashboard.wording.slugs import flat

_EXACT: Final = "= "
# Letters of a word from which it may be mistyped, of one that may have two slips, of a name written as one word, of a
# word that may be heard.
MENDED_FROM: Final = 5
TWO_FROM: Final = 9
NAME_FROM: Final = 9
SHORT_NAMES: Final = 4


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
    verbs: frozenset[str]
    spelled: dict[str, str]
    sounds: dict[str, tuple[str, ...]]


def _split(phrase: str) -> list[str]:
    return [token.word for token in tokens(phrase)]


def _own(ds: Dataset) -> Iterator[tuple[Meaning, str]]:
    """The names that the data give themselves."""
    for code in (ds.config.province, *ds.directions, *ds.region_codes(), *ds.mrc_codes()):
        own = ds.territories[code]
        for name in dict.fromkeys((own.name, own.name_in_source, ds.name(code))):
            yield Meaning("territory", code), name
        if own.level == "region":
            for number in dict.fromkeys((code, code.lstrip("0"))):
                yield Meaning("territory", code), f"= région {number}"
                yield Meaning("territory", code), f"= la région {number}"
    for id_, indicator in ds.indicators.items():
        yield Meaning("indicator", id_), indicator.label
        yield Meaning("indicator", id_), indicator.short
        for category in indicator.categories:
            if category.id != "total" and not (indicator.only_total_for and category.id.startswith("unnamed")):
                for name in dict.fromkeys((category.label, category.named)):
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
        if set(code.split("+")) <= known:
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
        one = meaning.kind == "territory" and "+" not in meaning.code
        level = ds.territories[meaning.code].level if one else ""
        if level in words and not phrase.startswith(_EXACT) and flat(phrase) != province:
            yield meaning, f"{words[level]} {phrase}"


@remembered
def lexicon(ds: Dataset) -> Lexicon:
    """What each phrase names. A territory of the data comes before a topic that would say that it is not there."""
    linking = frozenset(word for phrase in ds.vocabulary.linking for word in _split(phrase))
    small = frozenset(word for phrase in ds.vocabulary.ignored for word in _split(phrase))
    forms = frozenset(form for line in ds.vocabulary.verbs for verb in line.split() for form in verb_forms(verb))
    ignored = small | linking | forms
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
        if meaning.kind == "territory" and len("".join(kept)) >= NAME_FROM:
            names["".join(kept)] = kept
    single = {
        word for phrase, named in (*exact.items(), *loose.items()) for word in phrase
        if word.isalpha() and len(word) >= (MENDED_FROM if any(m.kind != "topic" for m in named) else TWO_FROM)
    }  # fmt: skip
    unmended = {word for phrase in ds.vocabulary.never_mended for word in _split(phrase)}
    groups = (_settled(exact), _settled(loose), _settled(stems))
    fillers = frozenset(stem(word) for word in small if len(word) >= MENDED_FROM)
    spelled = {folded(short): right for right, shorts in ds.vocabulary.spelled.items() for short in shorts}
    right = frozenset(unmended | ignored)
    heard = (defaultdict[str, dict[str, str]](dict), defaultdict[str, dict[str, str]](dict))
    for known, meant in (*exact.items(), *loose.items()):
        kinds = {meaning.kind for meaning in meant} - {"topic"}
        for word in known if kinds else ():
            if word.isalpha() and len(word) >= SHORT_NAMES and word not in right:
                alone = groups[1].get((word,)) or groups[2].get((stem(word),))
                own = alone[-1].code if alone else stem(word)
                heard[kinds == {"operation"}][sound(word)].setdefault(own, word)
    # What is done comes after what is spoken of: « dentante » is « d’entente », not « entend ».
    sounds = {key: tuple(one.values()) for key, one in {**heard[1], **heard[0]}.items()}
    # Of several that sound alike, the shortest, in whatever order they come.
    long = (word for word in ignored if len(word) >= NAME_FROM)
    sounds |= {sound(word): (word,) for word in sorted(long, key=lambda word: (-len(word), word))}
    return Lexicon(*groups, linking, ignored, tuple(sorted(single)), names, right, fillers, forms, spelled, sounds)
