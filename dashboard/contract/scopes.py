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


def _cited(draft: Draft) -> set[str] | None:
    """The anomalies that the action plan names itself; None when it could not be read."""
    return None if draft.action_plan is None else set(draft.action_plan.anomalies)
