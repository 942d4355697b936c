"""Rules across rows: sums and equalities that must hold, and every printed percentage recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dashboard.contract.crosschecks import CrossCheck, Values, confirm_or_blame, half_of_last_digit
from dashboard.contract.findings import Findings
from dashboard.model.documents import Base
from dashboard.model.memberships import direction_at
from dashboard.model.periods import Period
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import number

_REMEDY = "comparer ces nombres à la source; un seul est sans doute mal recopié."
_REMEDY_PCT = "vérifier le nombre, le pourcentage et la base dans la source."


def check_arithmetic(findings: Findings) -> None:
    """Each relation confirms its figures, or names those at fault."""
    rules = (_category_sums, _period_sums, _sums_of_children, _equalities, _percentages)
    confirm_or_blame(findings, [check for rule in rules for check in rule(findings)])


# --- Sums -------------------------------------------------------------------------------------------------------------


def _sum(
    findings: Findings, total: Observation, parts: Iterable[Key], *what: str, years: bool = False
) -> list[CrossCheck]:
    """The parts that are known add up to the total; a part that the source does not give is left out.

    years: the parts are those of a period, and those that are given never exceed it, whatever the missing ones hold.
    """
    keys = list(parts)
    rows = [row for key in keys if (row := findings.index.get(key)) is not None]
    counted = [row for row in rows if (row.value is not None if years else row.status != "not_available")]
    at_most = years and len(counted) < len(keys)
    if (len(rows) < len(keys) and not years) or not counted or total.value is None:
        return []
    said, found = ", ".join(what), sum(row.value or 0 for row in counted)

    def agrees(values: Values) -> bool:
        added = sum(values[row.key] for row in counted)
        return added <= values[total.key] if at_most else added == values[total.key]

    def message() -> str:
        if at_most:
            return f"{said} : les années connues totalisent {found}, plus que le total imprimé, {total.value}."
        return f"{said} : la somme est {found}, le total imprimé est {total.value}."

    return [CrossCheck((total, *counted), agrees, message, _REMEDY)]


def _category_sums(findings: Findings) -> Iterator[CrossCheck]:
    """Parts of a category add up to it (catégories, sexes, langue déclarée + non disponible)."""
    for row in findings.index.values():
        category = findings.categories.get(row.key[1:3])
        if category is not None and category.parts:
            label, name = (
                findings.indicators[row.key.indicator].label,
                findings.draft.territories[row.key.territory].name,
            )
            parts = (row.key._replace(category=part) for part in category.parts)
            yield from _sum(findings, row, parts, label, name, row.key.period, f"« {category.label} »")


def _period_sums(findings: Findings) -> Iterator[CrossCheck]:
    """The years of a period add up to it."""
    for row in findings.index.values():
        period = Period.of(row.key.period)
        if period.is_span:
            name = findings.draft.territories[row.key.territory].name
            parts = (row.key._replace(period=year) for year in period.years)
            yield from _sum(findings, row, parts, f"Années {row.key.period}", name, years=True)


def _sums_of_children(findings: Findings) -> Iterator[CrossCheck]:
    """MRC add up to their region, and regions to the direction where the source prints its total."""
    territories = findings.draft.territories
    memberships = [row for row, _ in findings.draft.memberships]
    of_level: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for territory in territories.values():
        of_level[territory.level].append((territory.code, territory.parent_code))
    for row in findings.index.values() if findings.sound_hierarchy else ():
        indicator, level = findings.indicators.get(row.key.indicator), territories[row.key.territory].level
        child_level = {"region": "mrc", "direction": "region"}.get(level)
        if indicator is None or child_level not in indicator.levels:
            continue
        if level == "direction":
            if level not in indicator.sum_of_children:
                continue
            # A direction is made of the regions that it has at that date.
            found = [(code, direction_at(memberships, code, row.key.period, own)) for code, own in of_level["region"]]
        else:
            found = of_level["mrc"]
        parts = (row.key._replace(territory=code) for code, parent in found if parent == row.key.territory)
        yield from _sum(findings, row, parts, indicator.label, territories[row.key.territory].name, row.key.period)


def _equalities(findings: Findings) -> Iterator[CrossCheck]:
    """A total printed twice is the same twice (total of the MRC, of the categories, of the sexes, of the map)."""
    for row in findings.index.values():
        indicator = findings.indicators.get(row.key.indicator)
        if indicator is None or not indicator.equals or row.key.category != "total":
            continue
        twin = findings.index.get(row.key._replace(indicator=indicator.equals))
        if twin is not None:
            yield _equality(row, twin, findings.draft.territories[row.key.territory].name)


def _equality(row: Observation, twin: Observation, name: str) -> CrossCheck:
    return CrossCheck(
        (row, twin),
        lambda values: values[row.key] == values[twin.key],
        lambda: (
            f"{name}, {row.key.period}, un même nombre : {row.value} dans {row.file}, ligne {row.line}, "
            f"et {twin.value} dans {twin.file}, ligne {twin.line}."
        ),
        _REMEDY,
    )


# --- Percentages ------------------------------------------------------------------------------------------------------


def _denominators(findings: Findings, row: Observation, base: Base, periods: list[str]) -> list[Key]:
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
    longer = [Period.of(code) for code in periods]
    spans = [key._replace(period=p.code) for p in longer if p.is_span and own_period.years[0] in p.years]
    return [span for span in spans if span in findings.index or span in findings.absent]


def _percentages(findings: Findings) -> Iterator[CrossCheck]:
    """Every printed percentage recomputes to within half of its last printed digit (0,05 for one decimal)."""
    draft, index, expected = findings.draft, findings.index, {*findings.index, *findings.absent}
    categories = {category for _, category in findings.categories}
    present = {key.indicator for key in index}
    periods = sorted({key.period for key in expected})
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
        yield from [check for check in checks if check.holds][:1] or checks[:1]
    for (_, label, _), rows in groundless.items():
        message = f"ce pourcentage ne peut pas être recalculé : sa base (« {label} ») n’a pas de nombre."
        remedy = "corriger la base, ou ajouter le nombre qui manque."
        findings.row_problem(rows[0], message, remedy, "printed_pct", others=rows[1:])


def _percentage(row: Observation, printed: Decimal, base: Observation) -> CrossCheck:
    tolerance = half_of_last_digit(printed)

    def agrees(values: Values) -> bool:
        return values[base.key] > 0 and abs(Decimal(100 * values[row.key]) / values[base.key] - printed) <= tolerance

    def message() -> str:
        exact = number(Decimal(100 * (row.value or 0)) / (base.value or 1), 2)
        shown = number(printed, max(0, -int(printed.as_tuple().exponent)))
        return f"{row.value} ÷ {base.value} donne {exact} %, et la source imprime {shown} %."

    return CrossCheck((row, base) if row.key != base.key else (row,), agrees, message, _REMEDY_PCT, bearer=row)
