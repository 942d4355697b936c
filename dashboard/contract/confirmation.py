"""What each figure rests on: the text of its document, a calculation, both, or neither (« non recoupé »)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from dashboard.contract.findings import Findings, Place
from dashboard.contract.sentences import of_portraits, of_texts
from dashboard.loading.draft import TARGETS
from dashboard.model.documents import ProseFigure
from dashboard.model.rows import Observation
from dashboard.wording.numbers import number

BOTH = "retrouvés dans le document et recalculés"
FOUND = "retrouvés dans le document"
RECOMPUTED = "recalculés"
NEITHER = "non recoupés"
GROUNDS = (BOTH, FOUND, RECOMPUTED, NEITHER)


class Rest(NamedTuple):
    """A figure of a line of our files, and what it rests on. `said` writes it in French, when it is asked for."""

    file: str
    line: int | None
    found: bool
    recomputed: bool
    said: Callable[[], str]

    @property
    def ground(self) -> str:
        return GROUNDS[2 * (not self.found) + (not self.recomputed)]

    def __str__(self) -> str:
        return f"{self.file}, ligne {self.line} : {self.said()}"


def rests(findings: Findings) -> tuple[Rest, ...]:
    """Every figure that no problem touches, in the order of the files."""
    return (*_series(findings), *_sentences(findings), *_targets(findings)) if findings.draft.dictionary else ()


def counted(all_rests: tuple[Rest, ...]) -> dict[str, int]:
    """How many figures rest on each ground, the surest first."""
    found = Counter(rest.ground for rest in all_rests)
    return {ground: found[ground] for ground in GROUNDS}


def _series(findings: Findings) -> Iterator[Rest]:
    def said(row: Observation) -> str:
        label, category = findings.indicators[row.key.indicator].label, findings.categories[row.key[1:3]].named
        return f"{label}, {findings.name_of(row)}, « {category} », {row.key.period}, {number(row.value)}"

    for row in findings.index.values():
        if row.value is not None and row.key not in findings.faulty:
            placed = (row.file, row.line) in findings.places
            yield Rest(row.file, row.line, placed, row.key in findings.confirmed, partial(said, row))


def _sentences(findings: Findings) -> Iterator[Rest]:
    def said(figure: ProseFigure) -> str:
        decimals = f"{figure.value:.10g}".partition(".")[2]
        return f"{figure.label}, {number(figure.value, len(decimals))} ({figure.unit})"

    for document in (*of_texts(findings.draft), *of_portraits(findings.draft)):
        for rank, figure in enumerate(document.figures):
            line, place = findings.draft.line_of(document.file, "figures", rank, "value"), (document.file, rank)
            placed, again = place in findings.places, place in findings.confirmed_prose
            yield Rest(document.file, line, placed, again, partial(said, figure))


def _targets(findings: Findings) -> Iterator[Rest]:
    for rank, (at, target) in enumerate(findings.each(TARGETS, "targets")):
        values = [(f"cible {target.id}, {v.period}", place, v) for place, v in at.each("targets", target.targets)]
        reference = Place(TARGETS, (*at.location, "reference"))
        for name, place, value in ((f"référence {target.id}", reference, target.reference), *values):
            if value.value is not None:
                line, placed = findings.draft.line_of(TARGETS, *place.location), (TARGETS, rank) in findings.places
                yield Rest(TARGETS, line, placed, recomputed=False, said=partial("{}, {}".format, name, value.printed))
