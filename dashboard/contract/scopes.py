"""Rules on data/anomalies.yaml: what changes the reading of figures names them, and a remark names none."""

from __future__ import annotations

from dashboard.contract.findings import Findings
from dashboard.loading.draft import ANOMALIES, Draft
from dashboard.loading.yaml_files import field_name
from dashboard.model.problems import Problem


def check_scopes(findings: Findings) -> None:
    """A reading that nothing shows, a remark that would stand beside a figure: neither is what was meant."""
    draft = findings.draft
    cited = _cited(draft)
    if draft.anomalies is None or cited is None:
        return
    for n, anomaly in enumerate(draft.anomalies.anomalies):
        named = bool(anomaly.touches or anomaly.figures)
        if anomaly.kind == "remark" and named:
            message = "une remarque ne touche aucun chiffre : elle s’affiche seulement dans « Données et sources »."
            remedy = "retirer « touches » et « figures », ou écrire « kind: reading »."
        elif anomaly.kind == "reading" and not named and anomaly.id not in cited:
            message = "cette particularité ne touche aucun chiffre : elle ne s’afficherait à côté d’aucun."
            remedy = "nommer les chiffres sous « touches » ou « figures », ou écrire « kind: remark »."
        else:
            continue
        location = ("anomalies", n, "kind")
        line = draft.line_of(ANOMALIES, *location)
        problem = Problem(ANOMALIES, message, remedy, line, field_name(location), anomaly.kind, shared=True)
        findings.problems.append(problem)


def check_cited(findings: Findings) -> None:
    """An anomaly names each figure and each target that names it."""
    draft = findings.draft
    at_fault = not findings.spotless or any(p.file == ANOMALIES for p in findings.problems)
    if draft.anomalies is None or draft.targets is None or draft.texts is None or at_fault:
        return
    figures = [*draft.texts.figures, *(f for portrait in draft.portraits.values() for f in portrait.figures)]
    own = [(f.id, f.anomalies) for f in figures] + [(t.id, t.anomalies) for t in draft.targets.targets]
    naming: dict[str, set[str]] = {}
    for name, anomalies in own:
        for anomaly in anomalies:
            naming.setdefault(anomaly, set()).add(name)
    for n, known in enumerate(draft.anomalies.anomalies):
        missing = naming.get(known.id, set()) - set(known.figures)
        if missing:
            message = "un chiffre ou une cible nomme cette particularité, qui ne le nomme pas."
            location = ("anomalies", n, "figures")
            line = draft.line_of(ANOMALIES, *location)
            value = ", ".join(sorted(missing))
            findings.problems.append(
                Problem(ANOMALIES, message, "accorder les deux fichiers.", line, field_name(location), value)
            )


def _cited(draft: Draft) -> set[str] | None:
    """The anomalies that the action plan names itself; None when it could not be read."""
    return None if draft.action_plan is None else set(draft.action_plan.anomalies)
