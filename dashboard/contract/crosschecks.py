"""Relations between figures that must agree, and which figure to blame when some do not.

A figure is confirmed when a relation that holds would be broken by an error of 3 on it. When relations fail, the
figures that they have in common and that no other relation confirms are the suspects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.contract.findings import Findings
from dashboard.model.rows import Key, Observation

# The error that every double entry should reveal: a relation that lets it pass confirms nothing.
DETECTABLE = 3
Values = Mapping[Key, int]


def half_of_last_digit(printed: Decimal) -> Decimal:
    """What rounding may have taken from a printed number or added to it: 0,05 for one decimal."""
    places = max(0, -int(printed.as_tuple().exponent))
    return Decimal(5).scaleb(-places - 1) + Decimal("1e-9")


# Each relation is itself alone: compared by identity, never by its fields.
@dataclass(frozen=True, slots=True, eq=False)
class CrossCheck:
    """A relation between rows: `agrees` judges their values, and `message` says what fails.

    `bearer` is the row whose printed percentage takes part: it is always a suspect.
    """

    rows: tuple[Observation, ...]
    agrees: Callable[[Values], bool]
    message: Callable[[], str]
    remedy: str
    bearer: Observation | None = None

    @property
    def holds(self) -> bool:
        return self.agrees(self.values())

    def values(self) -> dict[Key, int]:
        return {row.key: row.value for row in self.rows if row.value is not None}

    def reveals(self, key: Key) -> bool:
        """True when the relation would fail if this figure alone were wrong by 3, one way or the other."""
        values = self.values()
        return not any(self.agrees({**values, key: values[key] + error}) for error in (-DETECTABLE, DETECTABLE))


def confirm_or_blame(findings: Findings, checks: list[CrossCheck]) -> None:
    """Figures that the relations confirm, and one problem for each group of relations that one error explains."""
    usable = [check for check in checks if findings.usable(*check.rows)]
    passed = [check for check in usable if check.holds]
    failed = [check for check in usable if check not in set(passed)]
    for check in passed:
        findings.confirmed.update(row.key for row in check.rows if check.reveals(row.key))
    while failed:
        group = _explained_by_one(findings, failed)
        failed = [check for check in failed if check not in group]
        _blame(findings, group, passed)


def _explained_by_one(findings: Findings, failed: list[CrossCheck]) -> list[CrossCheck]:
    """The failed relations of the most suspect figure: the one in most of them, among those that no other confirms.

    When other relations confirm them all, each failed relation is a fault of its own.
    """
    count = Counter(row.key for check in failed for row in check.rows)
    suspect = max(count, key=lambda key: (key not in findings.confirmed, count[key]))
    if suspect in findings.confirmed:
        return failed[:1]
    return [check for check in failed if any(row.key == suspect for row in check.rows)]


def _blame(findings: Findings, group: list[CrossCheck], passed: list[CrossCheck]) -> None:
    first = group[0]
    common = [row for row in first.rows if all(row in check.rows for check in group)]
    suspects = [row for row in common if row.key not in findings.confirmed or row is first.bearer] or list(first.rows)
    # Those that the fewest sound relations use come first, and decide whose figures are unusable.
    sound = {row.key: sum(row in check.rows for check in passed) for row in suspects}
    suspects.sort(key=lambda row: sound[row.key])
    prime = [row for row in suspects if sound[row.key] == sound[suspects[0].key]]
    regions = {findings.draft.region_of(row.key.territory) for row in prime}
    message, others = first.message(), len(group) - 1
    if others:
        s, nt = ("s", "nt") if others > 1 else ("", "")
        message += f" {others} autre{s} calcul{s} échoue{nt} avec ce nombre."
    column = "printed_pct" if prime[0] is first.bearer and prime[0].key in findings.confirmed else "value"
    findings.joint_problem(suspects, column, message, first.remedy, regions.pop() if len(regions) == 1 else None)
