"""The same question with another territory, period or indicator: what the chips of an answer ask."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.questions import subjects as sub
from dashboard.questions.frame import Frame, read
from dashboard.questions.subjects import Subject, when
from dashboard.questions.telling import where
from dashboard.questions.words import Meaning
from dashboard.wording.periods import period as period_words

# Small words that go with the name of a place or of a period.
_BEFORE = frozenset(
    ("a", "au", "aux", "de", "du", "des", "d", "la", "l", "le", "les", "en", "dans", "entre", "depuis", "annee", "et")
)
_OF = frozenset(("de", "du", "des", "d"))


def with_territory(ds: Dataset, frame: Frame, start: int, end: int, code: str) -> str:
    """The question with a place in the room of these words and of the small ones before them."""
    first = _opening(frame, start)
    if first == start:
        return _with(frame, first, end, ds.name(code))
    of = frame.words[first].word in _OF
    return _with(frame, first, end, ds.territories[code].name_of if of else where(ds, code))


def another_territory(ds: Dataset, asked: str, former: str, code: str) -> str:
    """The question on another territory, which is added where the question names none."""
    frame = read(ds, asked)
    for mention in frame.mentions:
        if Meaning("territory", former) in mention.meanings:
            return with_territory(ds, frame, mention.start, mention.end, code)
    return _added(asked, where(ds, code))


def another_period(ds: Dataset, asked: str, former: str, period: str) -> str:
    """The question on another period, which is added where the question names none."""
    frame, ends = read(ds, asked), {former, *former.split("-")[: 2 if len(former) == 9 else 1]}
    named = [n for n, token in enumerate(frame.words) if token.number in ends]
    if not named:
        return _added(asked, when(period))
    return _with(frame, _opening(frame, named[0]), named[-1] + 1, when(period))


def another_subject(ds: Dataset, subject: Subject, code: str) -> str:
    """The question about another indicator, of the same territory."""
    return f"{subject.asked} {where(ds, code)} {subject.when}?"


def _opening(frame: Frame, start: int) -> int:
    while start and frame.words[start - 1].word in _BEFORE:
        start -= 1
    return start


def _with(frame: Frame, start: int, end: int, words: str) -> str:
    last = frame.words[end - 1]
    return f"{frame.asked[: frame.words[start].at]}{words}{frame.asked[last.at + len(last.typed) :]}"


def _added(asked: str, words: str) -> str:
    return f"{asked.rstrip(' ?.')} {words}?"


@remembered
def subjects(ds: Dataset) -> Mapping[tuple[str, str], Subject]:
    """What can be asked of a territory, by indicator and category, in reading order."""
    every = [sub.of_admissions(ds, adm.total_span(ds)), sub.of_rate(ds)]
    for id_, indicator in ds.indicators.items():
        if id_ == "temporary_permits":
            every.append(sub.of_permits(ds, profile.permits_date(ds)))
        if indicator.categories and ds.periods(id_) and (id_.startswith("admissions_by_") or id_ in _DIVIDED):
            named = [c.id for c in indicator.categories if c.id not in ("total", "declared")]
            every += [sub.of_category(ds, id_, name, ds.periods(id_)[-1]) for name in named]
    every += [sub.of_residents(ds), sub.of_population(ds)]
    return {(own.indicator, own.category): own for own in every}


_DIVIDED = ("temporary_permits", "agreements")


def name_of(subject: Subject) -> str:
    """What a list calls a subject: its label without its period."""
    return subject.label.removesuffix(f", {period_words(subject.period)}")


def periods(ds: Dataset, indicator: str) -> list[str]:
    """The periods of a subject that a question may name, the last first; none where it has but one."""
    if indicator == sub.ADMISSIONS:
        return list(dict.fromkeys([adm.total_span(ds), *reversed(adm.years(ds))]))
    found = list(reversed(ds.periods(indicator))) if indicator in ds.indicators else []
    return found if len(found) > 1 else []
