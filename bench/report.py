"""The table of the measures, and the same in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Summary = Mapping[str, Mapping[str, Mapping[str, float | None]]]

# Measure -> words, unit, goal: ("ratio", most) to the empty page, ("value", most), ("least", least ratio), or none.
ROWS: Final[dict[str, tuple[str, str, tuple[str, float] | None]]] = {
    "chiffres_ms": ("Premier chargement : chiffres clés lisibles", "ms", ("ratio", 1.2)),
    "graphiques_ms": ("Premier chargement : tous les graphiques", "ms", ("ratio", 1.8)),
    "lent_chiffres_ms": ("À 10 Mbit/s et 40 ms : chiffres clés", "ms", None),
    "lent_graphiques_ms": ("À 10 Mbit/s et 40 ms : tous les graphiques", "ms", ("ratio", 1.4)),
    "page_ms": ("Changer de page", "ms", ("ratio", 3)),
    "mesure_ms": ("Changer de mesure", "ms", ("ratio", 1.1)),
    "annee_ms": ("Changer d’année", "ms", ("ratio", 2.5)),
    "http_ko": ("HTTP, premier chargement", "ko", None),
    "ws_chargement_ko": ("Websocket, premier chargement", "ko", ("value", 15)),
    "ws_page_ko": ("Websocket, changer de page", "ko", ("value", 15)),
    "ws_mesure_ko": ("Websocket, changer de mesure", "ko", ("value", 4)),
    "ws_annee_ko": ("Websocket, changer d’année", "ko", None),
    "memoire_session_mo": ("Serveur : mémoire par session", "Mo", ("value", 0.2)),
    "memoire_mo": ("Serveur : mémoire du processus", "Mo", None),
    "debit_mesure": ("Serveur : changements de mesure par seconde", "/s", ("least", 2.5)),
    "debit_page": ("Serveur : pages entières par seconde", "/s", None),
    "p50_ms": ("{sessions} sessions, une interaction par 2 s : médiane", "ms", None),
    "p95_mesure_ms": ("{sessions} sessions, un changement de mesure par 2 s : p95", "ms", ("value", 60)),
    "p95_ms": ("{sessions} sessions, une interaction par 2 s : p95", "ms", ("value", 60)),
    "en_retard": ("{sessions} sessions, une interaction par 2 s : en retard", "", ("value", 0)),
    "perdues": ("{sessions} sessions, une interaction par 2 s : perdues", "", ("value", 0)),
    "processeur_pct": ("{sessions} sessions, une interaction par 2 s : processeur", "%", None),
}
NBSP: Final = "\u00a0"


def french(value: float | None, unit: str = "") -> str:
    """A number as it is read in French; a dash for what was not measured."""
    if value is None:
        return "–"
    places = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{places}f}".replace(",", NBSP).replace(".", ",")
    return f"{text}{NBSP}{unit}" if unit else text


def goal_of(goal: tuple[str, float] | None) -> str:
    """A goal in words."""
    if goal is None:
        return ""
    kind, value = goal
    return {
        "ratio": f"≤ {french(value)} × vide",
        "least": f"≥ {french(value)} × vide",
        "value": f"≤ {french(value)}",
    }[kind]


def reached(goal: tuple[str, float] | None, value: float | None, ratio: float | None) -> bool | None:
    """Whether a goal is reached; None without goal or without measure."""
    if goal is None:
        return None
    kind, limit = goal
    seen = value if kind == "value" else ratio
    if seen is None:
        return None
    return seen >= limit if kind == "least" else seen <= limit


def table(summary: Summary, targets: tuple[str, ...], reference: str, ours: str, sessions: int = 100) -> str:
    """A Markdown table: median of each target, ratio to the reference, goal and whether it is reached."""
    head = [f"{name} (× {reference})" if name != reference else name for name in targets]
    lines = [f"| Mesure | {' | '.join(head)} | But | Atteint |", f"|---|{'---:|' * len(targets)}---|---|"]
    for measure, (words, unit, goal) in ROWS.items():
        found = summary.get(measure)
        if found is None:
            continue
        cells = []
        for name in targets:
            one = found.get(name, {})
            ratio = one.get("ratio")
            tail = f" ({french(ratio)})" if name != reference and ratio is not None else ""
            cells.append(french(one.get("median"), unit) + tail)
        own = found.get(ours, {})
        verdict = {True: "oui", False: "non", None: ""}[reached(goal, own.get("median"), own.get("ratio"))]
        lines.append(f"| {words.format(sessions=sessions)} | {' | '.join(cells)} | {goal_of(goal)} | {verdict} |")
    return "\n".join(lines)
