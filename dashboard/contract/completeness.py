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
    """Each indicator has rows, for each of its territories."""
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        by_indicator[row.key.indicator].append(row)
    for indicator in findings.indicators.values():
        file, rows = f"data/{indicator.file}", by_indicator[indicator.id]
        if file in findings.draft.unreadable:
            continue
        if rows:
            _name_gaps(findings, indicator, rows, *_gaps(findings, indicator, _expected_periods(findings, rows)))
        elif not any(key.indicator == indicator.id for key in findings.refused):
            message = f"il n’y a aucune ligne pour l’indicateur « {indicator.id} »."
            remedy = "ajouter ses lignes, ou le retirer de data/indicators.yaml."
            findings.problems.append(Problem(file, message, remedy, column="indicator", shared=True))


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
            message = f"cette période n’a de lignes que pour {few} territoire{'s' * (few > 1)} sur {territories}."
            remedy = "corriger la période, ou ajouter les lignes des autres territoires."
            findings.row_problem(row, message, remedy, "period")
            findings.refused.append(row.key)
    for span in [period for code in expected if (period := Period.of(code)).is_span]:
        # A printed total vouches for its years: one that its source does not give has rows without a value.
        years = set(span.years[:_MOST_YEARS])
        if years & expected:
            expected |= years
    return sorted(expected)


def _gaps(findings: Findings, indicator: Indicator, periods: list[str]) -> tuple[dict[str, list[Key]], set[str]]:
    """For each territory the rows that nothing explains the lack of, and the territories that have some of theirs."""
    gaps: dict[str, list[Key]] = {}
    present: set[str] = set()
    for territory in findings.draft.territories.values():
        if territory.level not in indicator.levels:
            continue
        only_total = territory.level in indicator.only_total_for
        categories = ["total"] if only_total else [category.id for category in indicator.categories]
        keys = [Key(territory.code, indicator.id, category, period) for category in categories for period in periods]
        missing = [key for key in keys if key not in findings.index]
        findings.absent.update(missing)
        gaps[territory.code] = [key for key in missing if not _explained(findings.refused, key)]
        if len(gaps[territory.code]) < len(keys):
            present.add(territory.code)
    return gaps, present


def _explained(refused: list[Key], key: Key) -> bool:
    """True when a refused row of that territory is the missing one, but for one column. It explains one gap only."""
    for candidate in refused:
        if candidate.territory == key.territory and sum(a == b for a, b in zip(candidate, key, strict=True)) >= 3:
            refused.remove(candidate)
            return True
    return False


def _name_gaps(
    findings: Findings, indicator: Indicator, rows: list[Observation], gaps: dict[str, list[Key]], present: set[str]
) -> None:
    """One problem for a region or a territory without any row, one for each row missing otherwise."""
    draft = findings.draft
    family: dict[str, list[str]] = defaultdict(list)
    for code in gaps:
        family[draft.region_of(code) or code].append(code)
    # The last row of a territory, of its region, or of the file: where the missing ones would stand.
    last = {code: row for row in rows for t in (row.key.territory,) for code in (draft.region_of(t) or t, t)}
    for head, codes in family.items():
        alone = head in draft.territories and present.isdisjoint(codes)
        for code in [head] if alone else codes:
            name = draft.territories[code].name
            said = [
                (
                    "period",
                    k.period,
                    f"il manque une ligne pour {name}, catégorie « {k.category} », période {k.period}.",
                )
                for k in gaps.get(code, ())
            ]
            if code not in present:
                message = f"il manque toutes les lignes de {name} (indicateur « {indicator.id} »)."
                said = [("territory_code", code, message)]
            region, shared = draft.scope(code)
            near = last.get(code) or last.get(region or code) or rows[-1]
            for column, value, message in said:
                findings.problems.append(Problem(near.file, message, _REMEDY, near.line, column, value, region, shared))
