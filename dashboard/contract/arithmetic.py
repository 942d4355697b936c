"""Rules across rows: sums and equalities that must hold, and every printed percentage recomputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from dashboard.contract.crosschecks import CrossCheck, Values, confirm_or_blame
from dashboard.contract.findings import Findings
from dashboard.model.documents import Base
from dashboard.model.memberships import direction_at
from dashboard.model.periods import Period
from dashboard.model.rows import Key, Observation
from dashboard.wording.numbers import number

_REMEDY = "comparer ces nombres à la source; un seul est sans doute mal recopié."
_REMEDY_PCT = "vérifier le nombre, le pourcentage et la base dans la source."


def check_arithmetic(findings: Findings) -> None:
    confirm_or_blame(
        findings,
        [
            *_category_sums(findings),
            *_period_sums(findings),
            *_sums_of_children(findings),
            *_equalities(findings),
            *_percentages(findings),
        ],
    )


def _sum(total: Observation, parts: list[Observation | None], what: str) -> Iterator[CrossCheck]:
    """The parts that are known add up to the total; a part that the source does not give is left out."""
    known = [part for part in parts if part is not None]
    counted = [part for part in known if part.status != "not_available"]
    if len(known) < len(parts) or not counted or total.value is None:
        return
    keys = [part.key for part in counted]
    found = sum(part.value or 0 for part in counted)
    yield CrossCheck(
        (total, *counted),
        lambda values: sum(values[key] for key in keys) == values[total.key],
        lambda: f"{what} : la somme est {found}, le total imprimé est {total.value}.",
        _REMEDY,
    )


def _at_most(total: Observation, parts: list[Observation], what: str) -> CrossCheck:
    """The years that the sources give never exceed the total of a period, whatever the missing ones hold."""
    keys = [part.key for part in parts]
    found = sum(part.value or 0 for part in parts)
    return CrossCheck(
        (total, *parts),
        lambda values: sum(values[key] for key in keys) <= values[total.key],
        lambda: f"{what} : les années connues totalisent {found}, plus que le total imprimé, {total.value}.",
        _REMEDY,
    )


def _category_sums(findings: Findings) -> Iterator[CrossCheck]:
    """Parts of a category add up to it (catégories, sexes, langue déclarée + non disponible)."""
    draft = findings.draft
    assert draft.dictionary is not None
    parts = {(i.id, c.id): c for i in draft.dictionary.indicators for c in i.categories if c.parts}
    labels = {i.id: i.label for i in draft.dictionary.indicators}
    for row in findings.index.values():
        category = parts.get((row.key.indicator, row.key.category))
        if category is not None:
            name = draft.territories[row.key.territory].name
            what = f"{labels[row.key.indicator]}, {name}, {row.key.period}, « {category.label} »"
            yield from _sum(row, [findings.index.get(row.key._replace(category=part)) for part in category.parts], what)


def _period_sums(findings: Findings) -> Iterator[CrossCheck]:
    """The years of a period add up to it."""
    for row in findings.index.values():
        period = Period.of(row.key.period)
        if not period.is_span:
            continue
        years = [findings.index.get(row.key._replace(period=year)) for year in period.years]
        what = f"Années {row.key.period}, {findings.draft.territories[row.key.territory].name}"
        given = [year for year in years if year is not None and year.value is not None]
        if len(given) == len(years):
            yield from _sum(row, years, what)
        elif given and row.value is not None:
            yield _at_most(row, given, what)


def _sums_of_children(findings: Findings) -> Iterator[CrossCheck]:
    """MRC add up to their region, and regions to the direction where the source prints its total."""
    draft = findings.draft
    assert draft.dictionary is not None
    if not findings.sound_hierarchy:
        return
    memberships = [row for row, _ in draft.memberships]
    mrcs: dict[str, list[str]] = defaultdict(list)
    for territory in draft.territories.values():
        if territory.level == "mrc":
            mrcs[territory.parent_code or ""].append(territory.code)
    regions = [territory for territory in draft.territories.values() if territory.level == "region"]
    indicators = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    for row in findings.index.values():
        indicator = indicators.get(row.key.indicator)
        level = draft.territories[row.key.territory].level
        child_level = {"region": "mrc", "direction": "region"}.get(level)
        if indicator is None or child_level is None or child_level not in indicator.levels:
            continue
        if level == "direction" and level not in indicator.sum_of_children:
            continue
        if level == "region":
            children = mrcs[row.key.territory]
        else:
            # A direction is made of the regions that it has at that date.
            found = {t.code: direction_at(memberships, t.code, row.key.period, t.parent_code) for t in regions}
            children = [code for code, direction in found.items() if direction == row.key.territory]
        parts = [findings.index.get(row.key._replace(territory=code)) for code in children]
        name = draft.territories[row.key.territory].name
        yield from _sum(row, parts, f"{indicator.label}, {name}, {row.key.period}")


def _equalities(findings: Findings) -> Iterator[CrossCheck]:
    """A total printed twice is the same twice (total of the MRC, of the categories, of the sexes, of the map)."""
    draft = findings.draft
    assert draft.dictionary is not None
    twins = {indicator.id: indicator.equals for indicator in draft.dictionary.indicators if indicator.equals}
    for row in findings.index.values():
        if row.key.indicator not in twins or row.key.category != "total":
            continue
        twin = findings.index.get(row.key._replace(indicator=twins[row.key.indicator]))
        if twin is not None:
            yield _equality(row, twin, draft.territories[row.key.territory].name)


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


def _denominators(findings: Findings, row: Observation, base: Base, periods: list[str]) -> list[Key]:
    """Keys of the figure that a base divides by; several when a year belongs to several periods."""
    assert base.denominator is not None
    rule = base.denominator
    territory = row.key.territory
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
    assert findings.draft.dictionary is not None
    bases = {base.id: base for base in findings.draft.dictionary.bases}
    categories = {category.id for i in findings.draft.dictionary.indicators for category in i.categories}
    present = {key.indicator for key in findings.index}
    periods = sorted({key.period for key in (*findings.index, *findings.absent)})
    # Percentages without a base: one problem for each base, file and region.
    groundless: dict[tuple[str, str, str | None], list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        base = bases.get(row.base)
        if row.printed_pct is None or row.value is None or base is None or row.key in findings.faulty:
            continue
        keys = [] if base.denominator is None else _denominators(findings, row, base, periods)
        if any(
            key.territory not in findings.draft.territories
            or key.category not in categories
            or key.indicator not in present
            for key in keys
        ):
            # The list of territories, the dictionary or a whole file is at fault, and says so.
            continue
        if not any(key in findings.index or key in findings.absent for key in keys):
            groundless[row.file, base.label, findings.draft.region_of(row.key.territory)].append(row)
            continue
        checks = [check for key in keys if key in findings.index for check in _percentage(row, findings.index[key])]
        yield from [check for check in checks if check.agrees(check.values())][:1] or checks[:1]
    for (_, label, _), rows in groundless.items():
        findings.row_problem(
            rows[0],
            f"ce pourcentage ne peut pas être recalculé : sa base (« {label} ») n’a pas de nombre.",
            "corriger la base, ou ajouter le nombre qui manque.",
            column="printed_pct",
            value=str(rows[0].printed_pct),
            others=rows[1:],
        )


def _percentage(row: Observation, base: Observation) -> Iterator[CrossCheck]:
    if not base.value or row.value is None or row.printed_pct is None:
        return
    printed = row.printed_pct
    places = -int(printed.as_tuple().exponent)
    tolerance = Decimal(5).scaleb(-places - 1) + Decimal("1e-9")

    def agrees(values: Values) -> bool:
        return values[base.key] > 0 and abs(Decimal(100 * values[row.key]) / values[base.key] - printed) <= tolerance

    exact = Decimal(100 * row.value) / base.value
    yield CrossCheck(
        (row, base) if row.key != base.key else (row,),
        agrees,
        lambda: (
            f"{row.value} ÷ {base.value} donne {number(exact, 2)} %, "
            f"et la source imprime {number(printed, max(0, places))} %."
        ),
        _REMEDY_PCT,
        bearer=row,
    )
