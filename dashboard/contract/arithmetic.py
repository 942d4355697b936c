"""Rules across rows: sums that must agree, and every printed percentage recomputed."""

from __future__ import annotations

from decimal import Decimal

from dashboard.contract.findings import Findings
from dashboard.contract.rows import holds
from dashboard.model.rows import Key, Observation

_REMEDY = "comparer ces nombres à la source ; un seul est sans doute mal recopié."
# The error that every double entry should reveal: below it, a percentage confirms nothing.
_DETECTABLE = 3


def _check_sum(findings: Findings, total: Observation, parts: list[Observation | None], what: str) -> None:
    known = [part for part in parts if part is not None]
    counted = [part for part in known if part.status != "not_available"]
    if len(known) != len(parts) or not counted or not findings.usable(total, *counted):
        return
    found = sum(part.value or 0 for part in counted)
    rows = [total, *counted]
    if found == total.value:
        # A sum whose parts are partly unknown confirms the total only as far as it goes.
        findings.confirmed.update(row.key for row in rows)
        return
    regions = {findings.draft.region_of(row.key.territory) for row in rows}
    region = regions.pop() if len(regions) == 1 else None
    suspects = _suspects(findings, rows)
    findings.sum_problem(suspects, f"{what} : la somme est {found}, le total imprimé est {total.value}.", _REMEDY, region)


def _suspects(findings: Findings, rows: list[Observation]) -> list[Observation]:
    """Rows that nothing else confirms come first; all are kept."""
    return sorted(rows, key=lambda row: row.key in findings.confirmed)


def check_categories(findings: Findings) -> None:
    """Parts of a category add up to it (catégories, sexes, langue déclarée + non disponible)."""
    assert findings.draft.dictionary is not None
    for indicator in findings.draft.dictionary.indicators:
        for category in indicator.categories:
            if not category.parts:
                continue
            for row in list(findings.index.values()):
                if row.key.indicator == indicator.id and row.key.category == category.id:
                    parts = [findings.index.get(row.key._replace(category=part)) for part in category.parts]
                    name = findings.draft.territories[row.key.territory].name
                    _check_sum(findings, row, parts, f"{indicator.label}, {name}, {row.key.period}, « {category.label} »")


def check_periods(findings: Findings) -> None:
    """The years of a period add up to it."""
    for row in list(findings.index.values()):
        if len(row.key.period) != 9:
            continue
        first, last = (int(year) for year in row.key.period.split("-"))
        keys = [row.key._replace(period=str(year)) for year in range(first, last + 1)]
        if any(key in findings.index for key in keys):
            name = findings.draft.territories[row.key.territory].name
            _check_sum(findings, row, [findings.index.get(key) for key in keys], f"Années {row.key.period}, {name}")


def check_children(findings: Findings) -> None:
    """MRC add up to their region, and regions to the direction where the source prints its total."""
    draft = findings.draft
    assert draft.dictionary is not None
    for indicator in draft.dictionary.indicators:
        for row in list(findings.index.values()):
            if row.key.indicator != indicator.id:
                continue
            level = draft.territories[row.key.territory].level
            child_level = {"region": "mrc", "direction": "region"}.get(level)
            if child_level not in indicator.levels or (level == "direction" and level not in indicator.sum_of_children):
                continue
            children = [
                t.code for t in draft.territories.values()
                if t.level == child_level and t.parent_code == row.key.territory
            ]
            parts = [findings.index.get(row.key._replace(territory=code)) for code in children]
            name = draft.territories[row.key.territory].name
            _check_sum(findings, row, parts, f"{indicator.label}, {name}, {row.key.period}")


def check_equalities(findings: Findings) -> None:
    """A total printed twice is the same twice (total of the MRC, of the categories, of the sexes, of the map)."""
    draft = findings.draft
    assert draft.dictionary is not None
    for indicator in draft.dictionary.indicators:
        if indicator.equals is None:
            continue
        for row in list(findings.index.values()):
            if row.key.indicator != indicator.id or row.key.category != "total":
                continue
            twin = findings.index.get(row.key._replace(indicator=indicator.equals))
            if twin is None or not findings.usable(row, twin):
                continue
            if row.value == twin.value:
                findings.confirmed.update((row.key, twin.key))
                continue
            name = draft.territories[row.key.territory].name
            findings.sum_problem(
                _suspects(findings, [row, twin]),
                f"{name}, {row.key.period} : {row.value} ici ({row.file}, ligne {row.line}), "
                f"{twin.value} dans {twin.file}, ligne {twin.line}.",
                _REMEDY, draft.region_of(row.key.territory),
            )


def _denominator(findings: Findings, row: Observation) -> Observation | None:
    draft = findings.draft
    assert draft.dictionary is not None
    base = next((b for b in draft.dictionary.bases if b.id == row.base), None)
    if base is None or base.denominator is None:
        return None
    rule = base.denominator
    territory = row.key.territory
    if rule.territory == "parent":
        # The region's own total is its own base; an MRC's base is its region.
        parent = draft.territories[territory].parent_code
        territory = parent if draft.territories[territory].level == "mrc" and parent else territory
    elif rule.territory:
        territory = rule.territory
    key = Key(territory, rule.indicator or row.key.indicator, rule.category or row.key.category, row.key.period)
    if rule.period == "span":
        spans = [
            k for k in findings.index
            if k[:3] == key[:3] and len(k.period) == 9 and k.period[:4] <= row.key.period[:4] <= k.period[5:]
        ]
        key = spans[0] if spans else key
    return findings.index.get(key)


def check_percentages(findings: Findings) -> None:
    """Every printed percentage recomputes to within half of its last printed digit (0,05 for one decimal)."""
    for row in list(findings.index.values()):
        if row.printed_pct is None or row.value is None or row.key in findings.faulty:
            continue
        base = _denominator(findings, row)
        if base is None or not base.value or base.key in findings.faulty:
            continue
        exact = Decimal(100 * row.value) / Decimal(base.value)
        places = -int(row.printed_pct.as_tuple().exponent)
        tolerance = Decimal(5).scaleb(-places - 1)
        if abs(exact - row.printed_pct) > tolerance + Decimal("1e-9"):
            findings.row_problem(
                row, f"{row.value} ÷ {base.value} donne {exact:.2f} %, et la source imprime {row.printed_pct} %.",
                "vérifier le nombre, le pourcentage et la base dans la source.",
                others=(base,) if base.key != row.key else (),
            )
        elif Decimal(100 * _DETECTABLE) / Decimal(base.value) > 2 * tolerance and base.key != row.key:
            findings.confirmed.add(row.key)


def check_repeated_in_tables(findings: Findings) -> None:
    """The province's column is printed again beside each region: all the printings must agree."""
    draft = findings.draft
    assert draft.config is not None
    for row in list(findings.index.values()):
        if row.key.territory != draft.config.province or not findings.usable(row):
            continue
        assert row.value is not None
        beside = [
            other for other in findings.index.values()
            if other.key[1:] == row.key[1:] and draft.territories[other.key.territory].level == "region"
            and other.quote and other.value is not None and other.key not in findings.faulty
        ]
        agreeing = [other for other in beside if holds(other.quote or "", row.value, row.printed_pct)]
        if len(agreeing) > 1:
            findings.confirmed.add(row.key)
        if agreeing and len(agreeing) < len(beside):
            for other in beside:
                if other not in agreeing:
                    findings.row_problem(
                        other, f"la ligne citée n’imprime pas le nombre du Québec ({row.value}) que les autres régions impriment.",
                        "vérifier la citation dans la source.", column="quote", value=other.quote or "",
                    )
