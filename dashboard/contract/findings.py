"""What the rules find: problems, figures already at fault, figures that another entry confirms."""

from __future__ import annotations

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
    confirmed_prose: set[tuple[str, str]] = field(default_factory=set)

    def value(self, key: Key) -> int | None:
        found = self.index.get(key)
        return None if found is None else found.value

    def row_problem(
        self, row: Observation, message: str, remedy: str, *, column: str = "value", value: str | None = None,
        others: tuple[Observation, ...] = (), harmless: bool = False,
    ) -> None:
        """A problem that one row bears; its figure no longer takes part in the rules across rows."""
        region, shared = self.draft.scope(row.key.territory)
        shown = value if value is not None else ("" if row.value is None else str(row.value))
        self.problems.append(Problem(
            row.file, message, remedy, row.line, column, shown, None if harmless else region, shared and not harmless,
            tuple(o.line for o in others if o.file == row.file),
        ))
        self.faulty.add(row.key)

    def sum_problem(self, suspects: list[Observation], message: str, remedy: str, region: str | None) -> None:
        """A problem between rows, none of which can be singled out: all are named, one place for each file."""
        files = sorted({row.file for row in suspects}, key=[row.file for row in suspects].index)
        for file in files:
            rows = [row for row in suspects if row.file == file]
            self.problems.append(Problem(
                file, message, remedy, rows[0].line, "value", str(rows[0].value), region, region is None,
                tuple(row.line for row in rows[1:]),
            ))

    def usable(self, *rows: Observation | None) -> bool:
        """True when every row is there, has a value and no fault of its own (a known fault is named once)."""
        return all(row is not None and row.value is not None and row.key not in self.faulty for row in rows)
