"""Questions that a page suggests: built from the data, each of them answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.indicators import admissions as adm
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.questions.frame import Frame, read
from dashboard.questions.measures import ADMISSIONS, AGREEMENTS, PERMITS, Measure, measure, periods, when
from dashboard.questions.telling import instead, where
from dashboard.questions.words import Meaning


def of_territory(ds: Dataset, code: str) -> tuple[str, ...]:
    """Those on a territory, the most asked first."""
    place, last, span = where(ds, code), when(adm.years(ds)[-1]), when(adm.span(ds))
    if ds.territories[code].level == "mrc":
        return (f"Combien de personnes admises {place} {span}?",)
    return (
        f"Combien de personnes admises {place} {last}?", f"Quelle MRC a le plus d’admissions {place}?",
        f"Comment ont évolué les admissions {place}?", f"Quelle part connaît le français {place}?",
        f"Combien de personnes réfugiées {place}?", f"Combien de permis temporaires {place}?",
        f"Quelle est la population immigrée {place}?", f"Combien d’ententes {place}?",
    )  # fmt: skip


@remembered
def everywhere(ds: Dataset) -> tuple[str, ...]:
    """Those of every page: on each territory, on each target."""
    return tuple(dict.fromkeys(_all(ds)))


def _all(ds: Dataset) -> Iterator[str]:
    for code in (ds.config.direction, *ds.region_codes()):
        yield from of_territory(ds, code)
    for target in ds.targets.targets:
        yield f"Quelle est la cible {target.id}?"
    for code in ds.mrc_codes():
        yield from of_territory(ds, code)


# Small words that go with the name of a place or of a period.
_OF = frozenset(("de", "du", "des", "d"))
_PLACE = _OF | {"a", "au", "aux", "la", "l", "le", "les", "en", "dans"}
_PERIOD = _PLACE | {"entre", "depuis", "annee", "et"}


def replaced(frame: Frame, start: int, end: int, words: str, small: frozenset[str] = _PLACE) -> str:
    """The question with these words in the room of those from start to end, and of the small ones before them."""
    first, last = _opening(frame, start, small), frame.words[end - 1]
    return f"{frame.asked[: frame.words[first].at]}{words}{frame.asked[last.at + len(last.typed) :]}"


def _with_territory(ds: Dataset, frame: Frame, start: int, end: int, code: str) -> str:
    """The question with a place in the room of these words and of the small ones before them."""
    first = _opening(frame, start, _PLACE)
    if first == start:
        return replaced(frame, start, end, ds.name(code))
    of = frame.words[first].word in _OF
    return replaced(frame, start, end, ds.territories[code].name_of if of else where(ds, code))


def another_territory(ds: Dataset, asked: str, former: str, code: str) -> str:
    """The question on another territory, which is added where the question names none."""
    frame = read(ds, asked)
    for mention in frame.mentions:
        if Meaning("territory", former) in mention.meanings:
            return _with_territory(ds, frame, mention.start, mention.end, code)
    return _added(asked, where(ds, code))


def another_period(ds: Dataset, asked: str, former: str, period: str) -> str:
    """The question on another period, which is added where the question names none."""
    frame, ends = read(ds, asked), {former, *former.split("-")[: 2 if len(former) == 9 else 1]}
    named = [n for n, token in enumerate(frame.words) if token.number in ends]
    if not named:
        return _added(asked, when(period))
    return replaced(frame, named[0], named[-1] + 1, when(period), _PERIOD)


def another_family(ds: Dataset, family: str, code: str) -> str:
    """The question about another indicator, of the same territory."""
    own = measured(ds, family)
    return f"{own.asked} {where(ds, code)} {own.when}?"


def _opening(frame: Frame, start: int, small: frozenset[str]) -> int:
    while start and frame.words[start - 1].word in small:
        start -= 1
    return start


def _added(asked: str, words: str) -> str:
    return f"{asked.rstrip(' ?.')} {words}?"


@remembered
def families(ds: Dataset) -> Mapping[tuple[str, str], str]:
    """What can be asked of a territory, by indicator and category, in reading order."""
    divided = [id_ for id_ in ds.indicators if id_.startswith("admissions_by_") and ds.periods(id_)]
    kinds = [(id_, own.id) for id_ in (*divided, PERMITS, AGREEMENTS) for own in ds.indicators[id_].categories]
    named = [f"{id_}/{own}" for id_, own in kinds if own not in ("total", "declared")]
    every = [ADMISSIONS, "rate", "permits", *named, "residents", "population"]
    found = {family: measure(ds, family, periods(ds, family)[-1]) for family in every if periods(ds, family)}
    return {(own.indicator, own.category): family for family, own in found.items()}


def measured(ds: Dataset, family: str) -> Measure:
    """A family over the period that goes without saying."""
    return measure(ds, family, adm.total_span(ds) if family == ADMISSIONS else periods(ds, family)[-1])


def choices(ds: Dataset, family: str) -> list[str]:
    """The periods of a family that a question may name, the last first."""
    return [*([adm.total_span(ds)] if family == ADMISSIONS else []), *reversed(periods(ds, family))]


def nearest(ds: Dataset, frame: Frame) -> list[str]:
    """What was named asked plainly: the target; the figure, of the first territory or of the direction."""
    if frame.get("target"):
        return [f"Quelle est la cible {frame.get('target')[0]}?"]
    known, plain = {*families(ds).values()}, measured(ds, ADMISSIONS)
    family = next((code for code in (*frame.get("category"), *frame.subjects) if code in known), ADMISSIONS)
    period = next((own for own in (*frame.spans, *frame.years) if own in choices(ds, family)), "")
    return instead(ds, frame, measure(ds, family, period) if period else measured(ds, family)) or instead(
        ds, frame, plain
    )
