"""Rules across rows: sums and equalities that must hold, and every printed percentage recomputed.

A figure is confirmed when a relation that holds would be broken by an error of 3 on it. When relations fail, the
figures that they have in common and that no other relation confirms are the suspects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.contract.findings import Findings
from dashboard.model.documents import Base
from dashboard.model.memberships import direction_at
from dashboard.model.periods import Period
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import number

_REMEDY = "comparer ces nombres à la source; un seul est sans doute mal recopié."
_REMEDY_PCT = "vérifier le nombre, le pourcentage et la base dans la source."
_REMEDY_BASE = "corriger la base, ou ajouter le nombre qui manque."
# The error that every double entry should reveal: a relation that lets it pass confirms nothing.
DETECTABLE = 3
Values = Mapping[Key, int]


def half_of_last_digit(printed: Decimal) -> Decimal:
    """What rounding may have taken from a printed number or added to it: 0,05 for one decimal."""
    return Decimal(5).scaleb(-_decimals(printed) - 1) + Decimal("1e-9")


def _decimals(printed: Decimal) -> int:
    return max(0, -int(printed.as_tuple().exponent))


# Each relation is itself alone: compared by identity, never by its fields.
@dataclass(frozen=True, slots=True, eq=False)
class CrossCheck:
    """A relation between rows: `agrees` judges their values, and `message` says what fails.

    `bearer` is the row whose printed percentage takes part: it is always a suspect.
    """

    rows: tuple[Observation, ...]
    agrees: Callable[[Values], bool]
    message: Callable[[], str]
    remedy: str = _REMEDY
    bearer: Observation | None = None

    def holds(self, key: Key | None = None, error: int = 0) -> bool:
        """True when the values agree, with that error on the figure of that key."""
        values = {row.key: row.value for row in self.rows if row.value is not None}
        return self.agrees(values | {key: values[key] + error} if key else values)

    def reveals(self, key: Key) -> bool:
        """True when the relation would fail if this figure alone were wrong by 3, one way or the other."""
        return not (self.holds(key, DETECTABLE) or self.holds(key, -DETECTABLE))


def check_arithmetic(findings: Findings) -> None:
    """Each relation confirms its figures, or names those at fault: one problem for what one error explains."""
    rules = (_category_sums, _period_sums, _sums_of_children, _equalities, _percentages)
    checks = [check for rule in rules for check in rule(findings)]
    passed, failed = list[CrossCheck](), list[CrossCheck]()
    for check in checks:
        if findings.usable(*check.rows):
            (passed if check.holds() else failed).append(check)
    for check in passed:
        keys = [row.key for row in check.rows if row.key not in findings.confirmed]
        findings.confirmed.update(key for key in keys if check.reveals(key))
    while failed:
        # Those of the most suspect figure: the one in most of them, among those that no other relation confirms. When
        # other relations confirm them all, each failed relation is a fault of its own.
        count = Counter(row.key for check in failed for row in check.rows)
        suspect = max(count, key=lambda key: (key not in findings.confirmed, count[key]))
        group = [check for check in failed if any(row.key == suspect for row in check.rows)]
        group = failed[:1] if suspect in findings.confirmed else group
        failed = [check for check in failed if check not in group]
        _blame(findings, group, passed)


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


# --- Sums -------------------------------------------------------------------------------------------------------------


def _adds_up(
    total: Observation, parts: list[Observation], before: str, after: str, *, at_most: bool = False
) -> CrossCheck:
    """The parts add up to the total, or do not exceed it; what they add up to is said between two pieces of words."""

    def agrees(values: Values) -> bool:
        found = sum(values[row.key] for row in parts)
        return found <= values[total.key] if at_most else found == values[total.key]

    return CrossCheck((total, *parts), agrees, lambda: f"{before}{sum(row.value or 0 for row in parts)}{after}")


def _sum(findings: Findings, total: Observation, keys: Iterable[Key], what: str) -> Iterator[CrossCheck]:
    """The parts that are known add up to the total; a part that the source does not give is left out."""
    parts = [findings.index.get(key) for key in keys]
    counted = [row for row in parts if row is not None and row.status != "not_available"]
    if None not in parts and counted and total.value is not None:
        yield _adds_up(total, counted, f"{what} : la somme est ", f", le total imprimé est {total.value}.")


def _category_sums(findings: Findings) -> Iterator[CrossCheck]:
    """Parts of a category add up to it (catégories, sexes, langue déclarée + non disponible)."""
    for row in findings.index.values():
        category = findings.categories.get(row.key[1:3])
        if category is not None and category.parts:
            what = f"{findings.indicators[row.key.indicator].label}, {findings.name_of(row)}, {row.key.period}"
            parts = (row.key._replace(category=part) for part in category.parts)
            yield from _sum(findings, row, parts, f"{what}, « {category.label} »")


def _period_sums(findings: Findings) -> Iterator[CrossCheck]:
    """The years of a period add up to it; those that are given never exceed it, whatever the missing ones hold."""
    for row in findings.index.values():
        period = Period.of(row.key.period)
        if not period.is_span:
            continue
        keys = [row.key._replace(period=year) for year in period.years]
        given = [year for key in keys if (year := findings.index.get(key)) is not None and year.value is not None]
        what = f"Années {row.key.period}, {findings.name_of(row)}"
        if len(given) == len(keys):
            yield from _sum(findings, row, keys, what)
        elif given and row.value is not None:
            after = f", plus que le total imprimé, {row.value}."
            yield _adds_up(row, given, f"{what} : les années connues totalisent ", after, at_most=True)


def _sums_of_children(findings: Findings) -> Iterator[CrossCheck]:
    """MRC add up to their region, and regions to the direction where the source prints its total."""
    territories, memberships = findings.draft.territories, [row for row, _ in findings.draft.memberships]
    of_level: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for territory in territories.values():
        of_level[territory.level].append((territory.code, territory.parent_code))
    for row in findings.index.values() if findings.sound_hierarchy else ():
        indicator, level = findings.indicators.get(row.key.indicator), territories[row.key.territory].level
        if indicator is None:
            continue
        found = of_level["mrc"] if level == "region" and "mrc" in indicator.levels else []
        if level == "direction" and "region" in indicator.levels and level in indicator.sum_of_children:
            # A direction is made of the regions that it has at that date.
            found = [(code, direction_at(memberships, code, row.key.period, own)) for code, own in of_level["region"]]
        parts = (row.key._replace(territory=code) for code, parent in found if parent == row.key.territory)
        yield from _sum(findings, row, parts, f"{indicator.label}, {findings.name_of(row)}, {row.key.period}")


def _equalities(findings: Findings) -> Iterator[CrossCheck]:
    """A total printed twice is the same twice (total of the MRC, of the categories, of the sexes, of the map)."""
    for row in findings.index.values():
        indicator = findings.indicators.get(row.key.indicator)
        if indicator is None or not indicator.equals or row.key.category != "total":
            continue
        twin = findings.index.get(row.key._replace(indicator=indicator.equals))
        if twin is not None:
            what = f"{findings.name_of(row)}, {row.key.period}, un même nombre : {row.value} dans {row.file}"
            yield _adds_up(row, [twin], f"{what}, ligne {row.line}, et ", f" dans {twin.file}, ligne {twin.line}.")


# --- Percentages ------------------------------------------------------------------------------------------------------


def _denominators(findings: Findings, row: Observation, base: Base, periods: list[Period]) -> list[Key]:
    """Keys of the figure that a base divides by; several when a year belongs to several periods."""
    rule, territory = base.denominator, row.key.territory
    if rule is None:
        return []
    if rule.territory == "parent":
        # The region's own total is its own base; an MRC's base is its region.
        own = findings.draft.territories[territory]
        territory = (own.parent_code or "") if own.level == "mrc" else territory
    elif rule.territory:
        territory = rule.territory
    key = Key(territory, rule.indicator or row.key.indicator, rule.category or row.key.category, row.key.period)
    own_period = Period.of(key.period)
    if rule.period != "span" or own_period.is_span:
        return [key]
    spans = [key._replace(period=p.code) for p in periods if p.is_span and own_period.years[0] in p.years]
    return [span for span in spans if span in findings.index or span in findings.absent]


def _percentages(findings: Findings) -> Iterator[CrossCheck]:
    """Every printed percentage recomputes to within half of its last printed digit (0,05 for one decimal)."""
    draft, index, expected = findings.draft, findings.index, {*findings.index, *findings.absent}
    categories = {category for _, category in findings.categories}
    present = {key.indicator for key in index}
    periods = [Period.of(code) for code in sorted({key.period for key in expected})]
    # Percentages without a base: one problem for each base, file and region.
    groundless: dict[tuple[str, str, str | None], list[Observation]] = defaultdict(list)
    for row in index.values():
        base = findings.bases.get(row.base)
        if row.printed_pct is None or row.value is None or base is None or row.key in findings.faulty:
            continue
        keys = _denominators(findings, row, base, periods)
        if any(
            k.territory not in draft.territories or k.category not in categories or k.indicator not in present
            for k in keys
        ):
            # The list of territories, the dictionary or a whole file is at fault, and says so.
            continue
        if expected.isdisjoint(keys):
            groundless[row.file, base.label, draft.region_of(row.key.territory)].append(row)
            continue
        checks = [_percentage(row, row.printed_pct, index[key]) for key in keys if key in index and index[key].value]
        yield from [check for check in checks if check.holds()][:1] or checks[:1]
    for (_, label, _), rows in groundless.items():
        message = f"ce pourcentage ne peut pas être recalculé : sa base (« {label} ») n’a pas de nombre."
        findings.row_problem(rows[0], message, _REMEDY_BASE, "printed_pct", others=rows[1:])


def _percentage(row: Observation, printed: Decimal, base: Observation) -> CrossCheck:
    tolerance = half_of_last_digit(printed)

    def agrees(values: Values) -> bool:
        return values[base.key] > 0 and abs(Decimal(100 * values[row.key]) / values[base.key] - printed) <= tolerance

    def message() -> str:
        exact, shown = Decimal(100 * (row.value or 0)) / (base.value or 1), number(printed, _decimals(printed))
        return f"{row.value} ÷ {base.value} donne {number(exact, 2)} %, et la source imprime {shown} %."

    return CrossCheck((row, base) if row.key != base.key else (row,), agrees, message, _REMEDY_PCT, bearer=row)
