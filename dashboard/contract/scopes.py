"""Rules on data/anomalies.yaml: what changes the reading of figures names them, and a remark names none."""

from __future__ import annotations

from dashboard.contract.findings import Fault, Findings
from dashboard.loading.draft import ANOMALIES


def check_scopes(findings: Findings) -> None:
    """A reading that nothing shows, a remark that would stand beside a figure: neither is what was meant."""
    draft = findings.draft
    if draft.anomalies is None or draft.action_plan is None:
        return
    for n, anomaly in enumerate(draft.anomalies.anomalies):
        named = bool(anomaly.touches or anomaly.figures)
        if anomaly.kind == "remark" and named:
            message = "une remarque ne touche aucun chiffre : elle s’affiche seulement dans « Données et sources »."
            remedy = "retirer « touches » et « figures », ou écrire « kind: reading »."
        elif anomaly.kind == "reading" and not named and anomaly.id not in draft.action_plan.anomalies:
            message = "cette particularité ne touche aucun chiffre : elle ne s’afficherait à côté d’aucun."
            remedy = "nommer les chiffres sous « touches » ou « figures », ou écrire « kind: remark »."
        else:
            continue
        findings.say(Fault(ANOMALIES, ("anomalies", n, "kind"), anomaly.kind, message, remedy=remedy))


def check_cited(findings: Findings) -> None:
    """An anomaly names each figure and each target that names it."""
    draft = findings.draft
    if not findings.spotless or findings.at_fault(ANOMALIES):
        return
    if draft.anomalies is None or draft.targets is None or draft.texts is None:
        return
    figures = [*draft.texts.figures, *(f for held in draft.portraits.values() for f in held.figures)]
    named = [*((f.id, f.anomalies) for f in figures), *((t.id, t.anomalies) for t in draft.targets.targets)]
    for n, known in enumerate(draft.anomalies.anomalies):
        naming = {name for name, anomalies in named if known.id in anomalies}
        if missing := naming - set(known.figures):
            message = "un chiffre ou une cible nomme cette particularité, qui ne le nomme pas."
            location, value = ("anomalies", n, "figures"), ", ".join(sorted(missing))
            findings.say(
                Fault(ANOMALIES, location, value, message, remedy="accorder les deux fichiers.", harmless=True)
            )
