"""What the rules find: problems, figures already at fault, figures that another entry confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from dashboard.loading.draft import Draft
from dashboard.loading.yaml_files import Location, field_name, names_of
from dashboard.model.documents import Base, Category, Indicator, Section
from dashboard.model.problems import Problem, shortened
from dashboard.model.rows import Key, Observation

T = TypeVar("T")

# What every rule on the words of a document says.
NOT_THERE = "ces mots ne sont pas à cette place dans le texte du document."


class Fault(NamedTuple):
    """What is wrong with a field of a document.

    region: the only one concerned; None when everybody is. harmless: it takes nothing off the screen. column: the name
    of the field for people, when its place does not say it. others: lines that are at fault too.
    """

    file: str
    location: Location
    value: str | None
    message: str
    region: str | None = None
    remedy: str = ""
    harmless: bool = False
    column: str | None = None
    others: tuple[int | None, ...] = ()


class Place(NamedTuple):
    """An entry of a document, and where it stands. region: the only one that it concerns."""

    file: str
    location: Location = ()
    held: object = None
    region: str | None = None

    def each(self, name: str, entries: Iterable[T]) -> Iterator[tuple[Place, T]]:
        """The entries of one of its lists, each with its place."""
        for n, entry in enumerate(entries):
            yield self._replace(location=(*self.location, name, n), held=entry), entry

    def fault(self, name: str, message: str, value: str | None = None, **more: Any) -> Fault:
        """A fault of one of its fields, or of the entry itself without a name. `value`: what is shown instead of it."""
        held = getattr(self.held, name) if value is None and name else self.held
        if value is None:
            value = ", ".join(held) if isinstance(held, list) else "" if held is None else str(held)
        return Fault(self.file, (*self.location, name) if name else self.location, value, message, self.region, **more)

    def faults(self, *rules: tuple[object, str, str]) -> Iterator[Fault]:
        """A fault for each rule that is broken: whether it is, the field, and what is said."""
        return (self.fault(name, message) for broken, name, message in rules if broken)


@dataclass
class Findings:
    """Collector shared by the rules, in their order: rules on one row first, then those across rows."""

    draft: Draft
    index: dict[Key, Observation] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[Key] = field(default_factory=set)
    confirmed: set[Key] = field(default_factory=set)
    confirmed_prose: set[tuple[str, int]] = field(default_factory=set)
    # Where the text of its document holds a figure, first and last line: of a row by its file and line, of a figure of
    # a sentence or of a target by its file and rank.
    places: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    # Keys of the rows that were refused, at reading or by a rule: each explains one gap.
    refused: list[Key] = field(default_factory=list)
    # Figures that should be there and are not, whether a gap is named or a refused row explains it.
    absent: set[Key] = field(default_factory=set)
    # Former values of a figure, the oldest first: they are read and shown, and take part in no rule across rows.
    revisions: dict[Key, tuple[Observation, ...]] = field(default_factory=dict)
    # False when the list of territories has a fault: who adds up to whom is then unknown.
    sound_hierarchy: bool = True

    def __post_init__(self) -> None:
        self.refused += self.draft.refused
        self.sound_hierarchy = not self.draft.refused_territories

    @cached_property
    def province(self) -> str | None:
        """Code of the province, the one territory of its level."""
        return next((t.code for t in self.draft.territories.values() if t.level == "province"), None)

    # An identifier given twice is a problem of the dictionary: the first one is meant.
    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {i.id: i for i in reversed(self.draft.dictionary.indicators)} if self.draft.dictionary else {}

    @cached_property
    def categories(self) -> dict[tuple[str, str], Category]:
        return {(i.id, c.id): c for i in self.indicators.values() for c in reversed(i.categories)}

    @cached_property
    def bases(self) -> dict[str, Base]:
        return {base.id: base for base in self.draft.dictionary.bases} if self.draft.dictionary else {}

    @cached_property
    def sections(self) -> dict[str, Section]:
        return {section.id: section for section in self.draft.sources.sections} if self.draft.sources else {}

    def each(self, file: str, name: str) -> Iterator[tuple[Place, Any]]:
        """The entries of a list of a document, each with its place; none when the document could not be read."""
        document = self.draft.documents.get(file)
        return Place(file, held=document).each(name, getattr(document, name) if document else ())

    def name_of(self, row: Observation) -> str:
        """The name of the territory of a row."""
        return self.draft.territories[row.key.territory].name

    @property
    def spotless(self) -> bool:
        """True when nothing is wrong with the figures or the texts of any page."""
        return not any(p.shared or p.region for p in (*self.draft.problems, *self.problems))

    def at_fault(self, file: str) -> bool:
        """True when a rule has found something in a file."""
        return any(problem.file == file for problem in self.problems)

    def say(self, *faults: Fault) -> None:
        """Each fault becomes a problem, at the line of its field."""
        for fault in faults:
            region, shared = (None, False) if fault.harmless else (fault.region, fault.region is None)
            place = self.draft.line_of(fault.file, *fault.location), fault.column or field_name(fault.location)
            value, others = None if fault.value is None else shortened(fault.value, 160), filter(None, fault.others)
            said = Problem(fault.file, fault.message, fault.remedy, *place, value, region, shared, tuple(others))
            self.problems.append(replace(said, fields=names_of(fault.location)))

    def report(self, faults: Iterable[Fault], remedy: str, *, harmless: bool = False) -> None:
        """Says the faults, but for those of an item (figure, paragraph, target) that another rule has already named."""
        known = [(p.file, {p.line, *p.other_lines}) for p in self.problems]
        for fault in faults:
            file, line = fault.file, self.draft.line_of(fault.file, *fault.location) or 0
            name, *rest = fault.location
            own = range(line, line + 1)
            if rest and isinstance(rest[0], int):
                after = self.draft.lines.get(file, {}).get((name, rest[0] + 1))
                own = range(self.draft.line_of(file, name, rest[0]) or line, after or line + 1)
            if not any(other == file and not lines.isdisjoint(own) for other, lines in known):
                self.say(fault._replace(remedy=remedy, harmless=harmless))

    def row_problem(
        self,
        row: Observation,
        message: str,
        remedy: str,
        column: str = "value",
        *,
        others: Iterable[Observation] = (),
        harmless: bool = False,
    ) -> None:
        """A problem that a row bears, with others of its file: the rules across rows leave its figure out."""
        region, shared = (None, False) if harmless else self.draft.scope(row.key.territory)
        self.say_rows([row, *others], column, message, remedy, region, shared=shared)
        self.faulty.add(row.key)

    def joint_problem(
        self, rows: list[Observation], column: str, message: str, remedy: str, region: str | None
    ) -> None:
        """A problem between rows, none of which can be singled out: all are named, and judged no more."""
        self.say_rows(rows, column, message, remedy, region, shared=region is None)
        self.faulty.update(row.key for row in rows)

    def say_rows(
        self, rows: Iterable[Observation], column: str, message: str, remedy: str, region: str | None, *, shared: bool
    ) -> None:
        """One problem for each file of the rows, at the line of the first."""
        of_files: dict[str, list[Observation]] = {}
        for row in rows:
            of_files.setdefault(row.file, []).append(row)
        for file, (first, *others) in of_files.items():
            value, lines = shortened(first.cell(column), 160), tuple(row.line for row in others)
            self.problems.append(Problem(file, message, remedy, first.line, column, value, region, shared, lines))

    def every_row(self) -> list[Observation]:
        """The newest value of each figure, then the former ones: what a rule on one row judges."""
        return [*self.index.values(), *(row for rows in self.revisions.values() for row in rows)]

    def usable(self, *rows: Observation | None) -> bool:
        """True when every row is there, has a value and no fault of its own (a known fault is named once)."""
        return all(row is not None and row.value is not None and row.key not in self.faulty for row in rows)
