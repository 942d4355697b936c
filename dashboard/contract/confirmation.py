"""What each figure rests on: the text of its document, a calculation, both, or neither (« non recoupé »)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.contract.findings import Findings
from dashboard.loading.draft import TARGETS, TEXTS, portrait_file
from dashboard.loading.yaml_files import Location
from dashboard.model.documents import TargetValue
from dashboard.wording.numbers import number

BOTH = "retrouvés dans le document et recalculés"
FOUND = "retrouvés dans le document"
RECOMPUTED = "recalculés"
NEITHER = "non recoupés"
GROUNDS = (BOTH, FOUND, RECOMPUTED, NEITHER)


@dataclass(frozen=True, slots=True)
class Rest:
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
    if findings.draft.dictionary is None:
        return ()
    return (*_series(findings), *_sentences(findings), *_targets(findings))


def counted(all_rests: tuple[Rest, ...]) -> dict[str, int]:
    """How many figures rest on each ground, the surest first."""
    found = Counter(rest.ground for rest in all_rests)
    return {ground: found[ground] for ground in GROUNDS}


def _series(findings: Findings) -> Iterator[Rest]:
    draft = findings.draft
    assert draft.dictionary is not None
    labels = {i.id: i.label for i in draft.dictionary.indicators}
    categories = {(i.id, c.id): c.named for i in draft.dictionary.indicators for c in i.categories}
    for row in findings.index.values():
        if row.value is None or row.key in findings.faulty:
            continue

        def said(key: tuple[str, str, str, str] = row.key, value: int = row.value) -> str:
            territory, indicator, category, period = key
            name = draft.territories[territory].name
            return f"{labels[indicator]}, {name}, « {categories[indicator, category]} », {period}, {number(value)}"

        placed = (row.file, row.line) in findings.places
        yield Rest(row.file, row.line, placed, row.key in findings.confirmed, said)


def _sentences(findings: Findings) -> Iterator[Rest]:
    draft = findings.draft
    documents = {TEXTS: draft.texts.figures} if draft.texts else {}
    documents |= {portrait_file(code): portrait.figures for code, portrait in draft.portraits.items()}
    for file, figures in documents.items():
        for rank, figure in enumerate(figures):
            text = f"{figure.value:.10g}".rpartition(".")
            shown = number(figure.value, len(text[2]) if text[1] else 0)
            line = draft.line_of(file, "figures", rank, "value")
            placed, again = (file, rank) in findings.places, (file, rank) in findings.confirmed_prose
            yield Rest(file, line, placed, again, lambda f=figure, s=shown: f"{f.label}, {s} ({f.unit})")  # type: ignore[misc]


def _targets(findings: Findings) -> Iterator[Rest]:
    draft = findings.draft
    for rank, target in enumerate(draft.targets.targets if draft.targets else []):
        placed = (TARGETS, rank) in findings.places
        values: list[tuple[Location, str, TargetValue]] = []
        values += [(("reference",), f"référence {target.id}", target.reference)]
        values += [
            (("targets", n), f"cible {target.id}, {value.period}", value) for n, value in enumerate(target.targets)
        ]
        for location, name, value in values:
            if value.value is not None:
                line = draft.line_of(TARGETS, "targets", rank, *location)
                yield Rest(TARGETS, line, placed, False, lambda n=name, v=value: f"{n}, {v.printed}")  # type: ignore[misc]
