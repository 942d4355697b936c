"""Rules on one row: known codes, no duplicate, rounding, never more than the province."""

from __future__ import annotations

from collections import defaultdict

from dashboard.contract.findings import Findings
from dashboard.contract.quotes import normalised as normalised  # exports/ reads it here
from dashboard.loading.draft import TERRITORIES
from dashboard.model.documents import Indicator
from dashboard.model.problems import shortened
from dashboard.model.rows import Key, Observation, TerritoryRow


def check_known_codes(findings: Findings) -> None:
    """Each code of a row is declared somewhere. Fills the index with the rows of known territories."""
    draft = findings.draft
    assert draft.dictionary is not None
    indicators = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    for row in draft.observations:
        territory = draft.territories.get(row.key.territory)
        if territory is None:
            if row.key.territory not in draft.refused_territories:
                findings.row_problem(
                    row, "ce code de territoire est inconnu; la ligne n’est pas utilisée.",
                    f"corriger le code, ou ajouter le territoire dans {TERRITORIES}.",
                    column="territory_code", value=row.key.territory, harmless=True,
                )
            continue
        first = findings.index.setdefault(row.key, row)
        if first is not row:
            findings.row_problem(
                row, "cette ligne est en double : même territoire, indicateur, catégorie et période.",
                "n’en garder qu’une.", others=(first,), column="period", value=row.key.period,
            )
        _check_codes_of(findings, row, territory, indicators.get(row.key.indicator))


def _check_codes_of(findings: Findings, row: Observation, territory: TerritoryRow, indicator: Indicator | None) -> None:
    draft = findings.draft
    if indicator is None or f"data/{indicator.file}" != row.file:
        findings.row_problem(
            row, "cet indicateur n’est pas attendu dans ce fichier.",
            "corriger le nom, ou le déclarer dans data/indicators.yaml.", column="indicator", value=row.key.indicator,
        )
        findings.refused.append(row.key)
        return
    if territory.level not in indicator.levels:
        findings.row_problem(
            row, f"cet indicateur n’existe pas pour ce niveau de territoire ({territory.kind}).",
            "corriger le code du territoire, ou le niveau dans data/indicators.yaml.",
            column="territory_code", value=row.key.territory,
        )
        return
    known = {"category": (row.key.category, {c.id for c in indicator.categories}, "cette catégorie est inconnue.")}
    if draft.dictionary is not None:
        known["base"] = (row.base, {base.id for base in draft.dictionary.bases}, "cette base est inconnue.")
    if draft.sources is not None:
        known["source"] = (row.source, {s.id for s in draft.sources.sections}, "cette section de source est inconnue.")
    for column, (value, allowed, message) in known.items():
        if value not in allowed:
            place = "data/sources.yaml" if column == "source" else "data/indicators.yaml"
            findings.row_problem(
                row, message, f"corriger, ou déclarer « {shortened(value)} » dans {place}.", column=column, value=value,
            )
            if column == "category":
                findings.refused.append(row.key)


def check_rounding(findings: Findings) -> None:
    """Counts that their source rounds are multiples of its rounding."""
    draft = findings.draft
    assert draft.dictionary is not None
    of_indicators = {i.id: i.rounded_to for i in draft.dictionary.indicators}
    of_sections = {s.id: s.rounded_to for s in draft.sources.sections} if draft.sources else {}
    for row in findings.index.values():
        step = of_indicators.get(row.key.indicator) or of_sections.get(row.source)
        if step and row.value is not None and row.value % step and row.key not in findings.faulty:
            findings.row_problem(
                row, f"la source arrondit ces nombres à {step} près, et celui-ci n’est pas un multiple de {step}.",
                "vérifier le nombre dans la source.",
            )


def check_province_bounds(findings: Findings) -> None:
    """A region never exceeds the province, nor do the regions together."""
    draft = findings.draft
    if findings.province is None:
        return
    together: dict[Key, list[Observation]] = defaultdict(list)
    for row in findings.index.values():
        if draft.territories[row.key.territory].level != "region" or not findings.usable(row):
            continue
        whole = findings.index.get(row.key._replace(territory=findings.province))
        if whole is None or whole.value is None or row.value is None or not findings.usable(whole):
            continue
        together[whole.key].append(row)
        if row.value > whole.value:
            findings.row_problem(
                row, f"ce nombre dépasse celui du Québec ({whole.value}, {whole.file}, ligne {whole.line}).",
                "vérifier les deux nombres dans la source.",
            )
    for key, rows in together.items():
        whole = findings.index[key]
        total = sum(row.value or 0 for row in rows)
        if findings.usable(whole, *rows) and total > (whole.value or 0):
            findings.joint_problem(
                [whole, *rows], "value", f"les régions totalisent {total}, plus que le Québec ({whole.value}).",
                "vérifier ces nombres dans la source.", None,
            )
