"""Rules across rows: sums and equalities that must hold, and every printed percentage recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial

from dashboard.contract.crosschecks import CrossCheck, Values, confirm_or_blame, half_of_last_digit
from dashboard.contract.findings import Findings
from dashboard.model.documents import Base
from dashboard.model.memberships import direction_at
from dashboard.model.periods import Period
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import number

_REMEDY = "comparer ces nombres à la source; un seul est sans doute mal recopié."
_MORE = "{} : les années connues totalisent {}, plus que le total imprimé, {total}."
_OTHERWISE = "{0}, et {3} dans {1}, ligne {2}."
_REMEDY_PCT = "vérifier le nombre, le pourcentage et la base dans la source."


def check_arithmetic(findings: Findings) -> None:
    """Each relation confirms its figures, or names those at fault."""
    rules = (_category_sums, _period_sums, _sums_of_children, _equalities, _percentages)
    confirm_or_blame(findings, [check for rule in rules for check in rule(findings)])


# --- Sums -------------------------------------------------------------------------------------------------------------


def _adds_up(
    total: Observation, parts: list[Observation], message: Callable[[int], str], *, at_most: bool = False
) -> CrossCheck:
    """The parts add up to the total, or do not exceed it; `message` says what they add up to."""

    def agrees(values: Values) -> bool:
        found = sum(values[row.key] for row in parts)
        return found <= values[total.key] if at_most else found == values[total.key]

    return CrossCheck((total, *parts), agrees, lambda: message(sum(row.value or 0 for row in parts)), _REMEDY)


def _sum(findings: Findings, total: Observation, keys: Iterable[Key], *what: str) -> Iterator[CrossCheck]:
    """The parts that are known add up to the total; a part that the source does not give is left out."""
    parts = [findings.index.get(key) for key in keys]
    counted = [row for row in parts if row is not None and row.status != "not_available"]
    if None not in parts and counted and total.value is not None:
        said = f"le total imprimé est {total.value}."
        yield _adds_up(total, counted, lambda found: f"{', '.join(what)} : la somme est {found}, {said}")


def _category_sums(findings: Findings) -> Iterator[CrossCheck]:
    """Parts of a category add up to it (catégories, sexes, langue déclarée + non disponible)."""
    for row in findings.index.values():
        category = findings.categories.get(row.key[1:3])
        if category is not None and category.parts:
            label, name = findings.indicators[row.key.indicator].label, findings.name_of(row)
            parts = (row.key._replace(category=part) for part in category.parts)
            yield from _sum(findings, row, parts, label, name, row.key.period, f"« {category.label} »")


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
            yield _adds_up(row, given, partial(_MORE.format, what, total=row.value), at_most=True)


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
        yield from _sum(findings, row, parts, indicator.label, findings.name_of(row), row.key.period)


def _equalities(findings: Findings) -> Iterator[CrossCheck]:
    """A total printed twice is the same twice (total of the MRC, of the categories, of the sexes, of the map)."""
    for row in findings.index.values():
        indicator = findings.indicators.get(row.key.indicator)
        if indicator is None or not indicator.equals or row.key.category != "total":
            continue
        twin = findings.index.get(row.key._replace(indicator=indicator.equals))
        if twin is not None:
            what = f"{findings.name_of(row)}, {row.key.period}"
            said = f"{what}, un même nombre : {row.value} dans {row.file}, ligne {row.line}"
            yield _adds_up(row, [twin], partial(_OTHERWISE.format, said, twin.file, twin.line))


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
