"""What a rule finds wrong in a field of a document, and how it is said: once for each item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboard.contract.findings import Findings
from dashboard.loading.draft import Draft
from dashboard.loading.yaml_files import Location, field_name
from dashboard.model.problems import Problem, shortened

# What every rule on the words of a document says and asks.
NOT_THERE = "ces mots ne sont pas à cette place dans le texte du document."
RECOPY = "recopier les mots tels que le document les imprime (data/source)."


class Fault(NamedTuple):
    """`region`: the only one concerned; None when everybody is."""

    file: str
    location: Location
    value: str
    message: str
    region: str | None = None


def report(findings: Findings, faults: Iterable[Fault], remedy: str, *, harmless: bool = False) -> None:
    """Says the faults, but for those of an item (figure, paragraph, target) that another rule has already named.

    harmless: they take nothing off the screen.
    """
    draft = findings.draft
    known = [(p.file, {p.line, *p.other_lines}) for p in findings.problems]
    for fault in faults:
        line = draft.line_of(fault.file, *fault.location)
        own = _lines_of(draft, fault, line or 0)
        if any(file == fault.file and not lines.isdisjoint(own) for file, lines in known):
            continue
        shown, column = shortened(fault.value, 160), field_name(fault.location)
        region, shared = (None, False) if harmless else (fault.region, fault.region is None)
        findings.problems.append(Problem(fault.file, fault.message, remedy, line, column, shown, region, shared))


def _lines_of(draft: Draft, fault: Fault, line: int) -> range:
    """Lines of the item (figure, paragraph, target) that the fault is about."""
    name, *rest = fault.location
    if not rest or not isinstance(rest[0], int):
        return range(line, line + 1)
    after = draft.lines.get(fault.file, {}).get((name, rest[0] + 1))
    return range(draft.line_of(fault.file, name, rest[0]) or line, after or line + 1)
