"""Figures that nothing else confirms: they are listed as « non recoupé », they do not fail."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.contract.findings import Findings
from dashboard.loading.draft import TARGETS, TEXTS, portrait_file
from dashboard.wording.numbers import number


def unconfirmed(findings: Findings) -> tuple[str, ...]:
    """One French line for each figure that no second entry confirms, beside the words quoted with it."""
    if findings.draft.dictionary is None:
        return ()
    return (*_series(findings), *_sentences(findings), *_targets(findings))


def _series(findings: Findings) -> Iterator[str]:
    draft = findings.draft
    assert draft.dictionary is not None
    labels = {i.id: i.label for i in draft.dictionary.indicators}
    categories = {(i.id, c.id): c.short or c.label for i in draft.dictionary.indicators for c in i.categories}
    for row in findings.index.values():
        if row.value is None or row.key in findings.confirmed or row.key in findings.faulty:
            continue
        name = draft.territories[row.key.territory].name
        yield (
            f"{row.file}, ligne {row.line} : {labels[row.key.indicator]}, {name}, "
            f"« {categories[row.key.indicator, row.key.category]} », {row.key.period}, {number(row.value)}"
        )


def _sentences(findings: Findings) -> Iterator[str]:
    draft = findings.draft
    documents = {TEXTS: draft.texts.figures} if draft.texts else {}
    documents |= {portrait_file(code): portrait.figures for code, portrait in draft.portraits.items()}
    for file, figures in documents.items():
        for rank, figure in enumerate(figures):
            if (file, rank) not in findings.confirmed_prose:
                line = draft.line_of(file, "figures", rank, "value")
                text = f"{figure.value:.10g}".rpartition(".")
                shown = number(figure.value, len(text[2]) if text[1] else 0)
                yield f"{file}, ligne {line} : {figure.label}, {shown} ({figure.unit})"


def _targets(findings: Findings) -> Iterator[str]:
    draft = findings.draft
    for rank, target in enumerate(draft.targets.targets if draft.targets else []):
        if target.reference.value is not None:
            line = draft.line_of(TARGETS, "targets", rank, "reference")
            yield f"{TARGETS}, ligne {line} : référence {target.id}, {target.reference.printed}"
        for n, value in enumerate(target.targets):
            if value.value is not None:
                line = draft.line_of(TARGETS, "targets", rank, "targets", n)
                yield f"{TARGETS}, ligne {line} : cible {target.id}, {value.period}, {value.printed}"
