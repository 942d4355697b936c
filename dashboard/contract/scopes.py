"""Rules on data/anomalies.yaml: what changes the reading of figures names them, and a remark names none."""

from __future__ import annotations

from dashboard.contract import sentences
from dashboard.contract.findings import Findings, Place
from dashboard.loading.draft import ANOMALIES
from dashboard.model.documents import ProseFigure, Target


def check_scopes(findings: Findings) -> None:
    """A reading that nothing shows, a remark that would stand beside a figure: neither is what was meant."""
    plan, anomalies = findings.draft.action_plan, findings.draft.anomalies
    assert plan and anomalies
    for at, anomaly in Place(ANOMALIES).each("anomalies", anomalies.anomalies):
        named = bool(anomaly.touches or anomaly.figures)
        if anomaly.kind == "remark" and named:
            message = "une remarque ne touche aucun chiffre : elle s’affiche seulement dans « Données et sources »."
            remedy = "retirer « touches » et « figures », ou écrire « kind: reading »."
        elif anomaly.kind == "reading" and not named and anomaly.id not in plan.anomalies:
            message = "cette particularité ne touche aucun chiffre : elle ne s’afficherait à côté d’aucun."
            remedy = "nommer les chiffres sous « touches » ou « figures », ou écrire « kind: remark »."
        else:
            continue
        findings.say(at.fault("kind", message)._replace(remedy=remedy))


def check_cited(findings: Findings) -> None:
    """An anomaly names each figure and each target that names it."""
    draft = findings.draft
    if findings.at_fault(ANOMALIES):
        return
    assert draft.anomalies and draft.targets
    named: list[ProseFigure | Target] = [*sentences.figures(draft), *draft.targets.targets]
    for at, known in Place(ANOMALIES).each("anomalies", draft.anomalies.anomalies):
        if missing := {entry.id for entry in named if known.id in entry.anomalies} - set(known.figures):
            message = "un chiffre ou une cible nomme cette particularité, qui ne le nomme pas."
            fault = at.fault("figures", message, ", ".join(sorted(missing)))
            findings.say(fault._replace(remedy="accorder les deux fichiers.", harmless=True))
