"""What the rules find: problems, figures already at fault, figures that another entry confirms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dashboard.loading.draft import Draft
from dashboard.model.problems import Problem
from dashboard.model.rows import Key, Observation


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
    # Code of the province, the one territory of its level.
    province: str | None = None

    def __post_init__(self) -> None:
        self.refused += self.draft.refused
        self.sound_hierarchy = not self.draft.refused_territories
        self.province = next((t.code for t in self.draft.territories.values() if t.level == "province"), None)

    @property
    def spotless(self) -> bool:
        """True when nothing is wrong with the figures or the texts of any page."""
        return not any(p.shared or p.region for p in (*self.draft.problems, *self.problems))

    def row_problem(
        self,
        row: Observation,
        message: str,
        remedy: str,
        *,
        column: str = "value",
        value: str | None = None,
        others: Iterable[Observation] = (),
        harmless: bool = False,
    ) -> None:
        """A problem that one row bears; its figure no longer takes part in the rules across rows."""
        region, shared = self.draft.scope(row.key.territory)
        shown = value if value is not None else ("" if row.value is None else str(row.value))
        self.problems.append(
            Problem(
                row.file,
                message,
                remedy,
                row.line,
                column,
                shown,
                None if harmless else region,
                shared and not harmless,
                tuple(o.line for o in others if o.file == row.file),
            )
        )
        self.faulty.add(row.key)

    def joint_problem(
        self, suspects: list[Observation], column: str, message: str, remedy: str, region: str | None
    ) -> None:
        """A problem between rows, none of which can be singled out: all are named, one place for each file."""
        for file in dict.fromkeys(row.file for row in suspects):
            rows = [row for row in suspects if row.file == file]
            shown = rows[0].value if column == "value" else rows[0].printed_pct
            self.problems.append(
                Problem(
                    file,
                    message,
                    remedy,
                    rows[0].line,
                    column,
                    str(shown),
                    region,
                    region is None,
                    tuple(row.line for row in rows[1:]),
                )
            )
        self.faulty.update(row.key for row in suspects)

    def every_row(self) -> list[Observation]:
        """The newest value of each figure, then the former ones: what a rule on one row judges."""
        return [*self.index.values(), *(row for rows in self.revisions.values() for row in rows)]

    def usable(self, *rows: Observation | None) -> bool:
        """True when every row is there, has a value and no fault of its own (a known fault is named once)."""
        return all(row is not None and row.value is not None and row.key not in self.faulty for row in rows)
