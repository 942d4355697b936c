"""Rules across files, run in one order: a fault of one row is named there, and only there."""

from __future__ import annotations

from dashboard.contract import arithmetic, prose, references, rows
from dashboard.contract.findings import Findings
from dashboard.loading.draft import Draft
from dashboard.wording.numbers import number

_RULES = (
    references.check_config,
    references.check_territories,
    references.check_boundaries,
    references.check_documents,
    rows.check_known_codes,
    rows.check_duplicates,
    rows.check_complete,
    rows.check_quotes,
    rows.check_rounding,
    prose.check_portraits,
    prose.check_texts,
    prose.check_targets,
    arithmetic.check_repeated_in_tables,
    arithmetic.check_percentages,
    arithmetic.check_categories,
    arithmetic.check_periods,
    arithmetic.check_children,
    arithmetic.check_equalities,
    rows.check_province_bounds,
)


def judge(draft: Draft) -> Findings:
    """Apply every rule to what was read. Needs the documents; when one is missing there is nothing to judge."""
    findings = Findings(draft)
    documents = (draft.config, draft.dictionary, draft.sources, draft.texts, draft.targets, draft.anomalies)
    if any(document is None for document in documents):
        return findings
    for rule in _RULES:
        rule(findings)
    return findings


def unconfirmed(findings: Findings) -> tuple[str, ...]:
    """Figures that no second entry confirms, one French line each: they are listed, they do not fail."""
    draft = findings.draft
    if draft.dictionary is None:
        return ()
    labels = {indicator.id: indicator for indicator in draft.dictionary.indicators}
    found = []
    for row in findings.index.values():
        if row.value is None or row.key in findings.confirmed or row.key in findings.faulty:
            continue
        indicator = labels[row.key.indicator]
        category = next(c for c in indicator.categories if c.id == row.key.category)
        name = draft.territories[row.key.territory].name
        found.append(
            f"{row.file}, ligne {row.line} : {indicator.label}, {name}, « {category.short or category.label} », "
            f"{row.key.period}, {number(row.value)}"
        )
    for file, figures in [("data/texts.yaml", draft.texts.figures if draft.texts else [])] + [
        (f"data/regions/{code}.yaml", portrait.figures) for code, portrait in draft.portraits.items()
    ]:
        for n, figure in enumerate(figures):
            if (file, figure.id + figure.territory) not in findings.confirmed_prose:
                line = draft.line_of(file, "figures", n, "value")
                shown = number(figure.value, 0 if figure.value == int(figure.value) else 1)
                found.append(f"{file}, ligne {line} : {figure.label}, {shown} ({figure.unit})")
    for n, target in enumerate(draft.targets.targets if draft.targets else []):
        for m, value in enumerate(target.targets):
            if value.value is not None:
                line = draft.line_of("data/targets.yaml", "targets", n, "targets", m)
                found.append(f"data/targets.yaml, ligne {line} : cible {target.id}, {value.period}, {value.printed}")
        if target.reference.value is not None:
            line = draft.line_of("data/targets.yaml", "targets", n, "reference")
            found.append(f"data/targets.yaml, ligne {line} : référence {target.id}, {target.reference.printed}")
    return tuple(found)
