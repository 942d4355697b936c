"""A gap is said, never skipped: each territory of the right level has a row for every category and period."""

from __future__ import annotations

from collections import defaultdict

from dashboard.contract.findings import Findings
from dashboard.model.documents import Indicator
from dashboard.model.periods import Period
from dashboard.model.problems import Problem
from dashboard.model.rows import Key, Observation

_REMEDY = (
    "ajouter ce qui manque; si la source ne donne pas un nombre, laisser sa valeur vide avec le statut "
    "« not_available »."
)


# A slip of the pen makes a period of thousands of years.
_MOST_YEARS = 61


def check_complete(findings: Findings) -> None:
    draft = findings.draft
    assert draft.dictionary is not None
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        by_indicator[row.key.indicator].append(row)
    # Reversed, so that the first of two indicators of the same name, a problem of the dictionary, is the one kept.
    indicators = {indicator.id: indicator for indicator in reversed(draft.dictionary.indicators)}
    for indicator in indicators.values():
        file = f"data/{indicator.file}"
        rows = by_indicator[indicator.id]
        if file in draft.unreadable:
            continue
        if rows:
            _check_indicator(findings, indicator, rows)
        elif not any(key.indicator == indicator.id for key in findings.refused):
            message = f"il n’y a aucune ligne pour l’indicateur « {indicator.id} »."
            remedy = "ajouter ses lignes, ou le retirer de data/indicators.yaml."
            findings.problems.append(Problem(file, message, remedy, column="indicator", shared=True))


def _check_indicator(findings: Findings, indicator: Indicator, rows: list[Observation]) -> None:
    draft = findings.draft
    periods = _expected_periods(findings, rows)
    gaps: dict[str, list[Key]] = {}
    complete: set[str] = set()
    for territory in draft.territories.values():
        if territory.level not in indicator.levels:
            continue
        only_total = territory.level in indicator.only_total_for
        categories = ["total"] if only_total else [category.id for category in indicator.categories]
        keys = [Key(territory.code, indicator.id, category, period) for category in categories for period in periods]
        missing = [key for key in keys if key not in findings.index]
        findings.absent.update(missing)
        gaps[territory.code] = [key for key in missing if not _explained(findings.refused, key)]
        if len(gaps[territory.code]) < len(keys):
            complete.add(territory.code)
    _name_gaps(findings, indicator, rows, gaps, complete)


def _expected_periods(findings: Findings, rows: list[Observation]) -> list[str]:
    """Periods that every territory must have: those of half of them at least, and the years of a total of years.

    A period that fewer have is a slip of the pen or an update half done: it is named on its own rows, and the other
    territories are left in peace.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        holders[row.key.period].add(row.key.territory)
    territories = len(set().union(*holders.values()))
    expected = {period for period, codes in holders.items() if 2 * len(codes) >= territories}
    for row in rows:
        if row.key.period not in expected and row.key not in findings.faulty:
            few = len(holders[row.key.period])
            findings.row_problem(
                row,
                f"cette période n’a de lignes que pour {few} territoire{'s' * (few > 1)} sur {territories}.",
                "corriger la période, ou ajouter les lignes des autres territoires.",
                column="period",
                value=row.key.period,
            )
            findings.refused.append(row.key)
    for span in [period for code in expected if (period := Period.of(code)).is_span]:
        # A printed total vouches for its years: one that its source does not give has rows without a value.
        years = set(span.years[:_MOST_YEARS])
        if years & expected:
            expected |= years
    return sorted(expected)


def _explained(refused: list[Key], key: Key) -> bool:
    """True when a refused row of that territory is the missing one, but for one column. It explains one gap only."""
    for candidate in refused:
        if candidate.territory == key.territory and sum(a == b for a, b in zip(candidate, key, strict=True)) >= 3:
            refused.remove(candidate)
            return True
    return False


def _name_gaps(
    findings: Findings, indicator: Indicator, rows: list[Observation], gaps: dict[str, list[Key]], complete: set[str]
) -> None:
    """One problem for a region or a territory without any row, one for each row missing otherwise."""
    draft = findings.draft
    family: dict[str, list[str]] = defaultdict(list)
    for code in gaps:
        family[draft.region_of(code) or code].append(code)
    last_row: dict[str, Observation] = {}
    for row in rows:
        last_row[draft.region_of(row.key.territory) or row.key.territory] = row
        last_row[row.key.territory] = row

    def name_gap(code: str, column: str, value: str, message: str) -> None:
        near = last_row.get(code) or last_row.get(draft.region_of(code) or code) or rows[-1]
        region, shared = draft.scope(code)
        findings.problems.append(Problem(near.file, message, _REMEDY, near.line, column, value, region, shared))

    for head, codes in family.items():
        if head in draft.territories and not complete.intersection(codes):
            codes = [head]
        for code in codes:
            name = draft.territories[code].name
            if code not in complete:
                message = f"il manque toutes les lignes de {name} (indicateur « {indicator.id} »)."
                name_gap(code, "territory_code", code, message)
                continue
            for key in gaps[code]:
                name_gap(
                    code,
                    "period",
                    key.period,
                    f"il manque une ligne pour {name}, catégorie « {key.category} », période {key.period}.",
                )
