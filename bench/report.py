"""The table of the measures, and the same in JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

Summary = Mapping[str, Mapping[str, Mapping[str, float | None]]]

# Measure -> words, unit, goal: ("ratio", most) to the empty page, ("value", most), ("least", least ratio), or none.
ROWS: Final[dict[str, tuple[str, str, tuple[str, float] | None]]] = {
    "chiffres_ms": ("Premier chargement : chiffres clés lisibles", "ms", ("ratio", 1.2)),
    "graphiques_ms": ("Premier chargement : tous les graphiques", "ms", ("ratio", 1.25)),
    "lent_chiffres_ms": ("À 10 Mbit/s et 40 ms : chiffres clés", "ms", None),
    "lent_graphiques_ms": ("À 10 Mbit/s et 40 ms : tous les graphiques", "ms", ("ratio", 1.4)),
    "retour_ms": ("Revenir, tout étant en cache : tous les graphiques", "ms", ("ratio", 1.4)),
    "page_ms": ("Changer de page", "ms", ("ratio", 2.5)),
    "mesure_ms": ("Changer de mesure", "ms", ("ratio", 1.3)),
    "annee_ms": ("Changer d’année", "ms", ("value", 200)),
    "froid_reponse_ms": ("Démarrage du serveur : première réponse", "ms", ("ratio", 1.3)),
    "froid_dessin_ms": ("Démarrage du serveur : une page dessinée", "ms", ("ratio", 1.5)),
    "http_ko": ("HTTP, premier chargement", "ko", ("value", 2300)),
    "ws_chargement_ko": ("Websocket, premier chargement", "ko", ("value", 25)),
    "retour_ko": ("HTTP et websocket, revenir", "ko", None),
    "page_ko": ("HTTP et websocket, changer de page", "ko", ("value", 25)),
    "mesure_ko": ("HTTP et websocket, changer de mesure", "ko", ("value", 5)),
    "annee_ko": ("HTTP et websocket, changer d’année", "ko", None),
    "memoire_visites_mo": ("Serveur : mémoire après ces visites", "Mo", ("value", 150)),
    "memoire_session_mo": ("Serveur : mémoire par session", "Mo", ("value", 0.2)),
    "memoire_mo": ("Serveur : mémoire du processus", "Mo", None),
    "debit_mesure": ("Serveur : changements de mesure par seconde", "/s", ("least", 2.5)),
    "debit_page": ("Serveur : pages entières par seconde", "/s", None),
    "p50_ms": ("{sessions} sessions, une interaction par 2 s : médiane", "ms", None),
    "p95_mesure_ms": ("{sessions} sessions, un changement de mesure par 2 s : p95", "ms", ("value", 40)),
    "p95_ms": ("{sessions} sessions, une interaction par 2 s : p95", "ms", ("value", 40)),
    "en_retard": ("{sessions} sessions, une interaction par 2 s : en retard", "", ("value", 0)),
    "perdues": ("{sessions} sessions, une interaction par 2 s : perdues", "", ("value", 0)),
    "processeur_pct": ("{sessions} sessions, une interaction par 2 s : processeur", "%", None),
}
# Milliseconds that 95 writes in 100 may take at most when many people type.
TYPED_MS: Final = 150
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


def better(goal: tuple[str, float] | None, value: float | None, other: float | None) -> bool:
    """Whether a value is better than another: lower, save where it is to be the highest; False where one is missing."""
    if value is None or other is None:
        return False
    return value > other if goal is not None and goal[0] == "least" else value < other


def table(summary: Summary, targets: tuple[str, ...], reference: str, ours: str, sessions: int = 100) -> str:
    """A Markdown table: median of each target, ratio to the reference, goal and whether it is reached.

    Our figure is in bold where it is better than that of a peer (neither ours nor the reference); the peers whose
    figure is better than ours are named.
    """
    head = [f"{name} (× {reference})" if name != reference else name for name in targets]
    lines = [f"| Mesure | {' | '.join(head)} | But | Atteint | Mieux |", f"|---|{'---:|' * len(targets)}---|---|---|"]
    for measure, (words, unit, goal) in ROWS.items():
        found = summary.get(measure)
        if found is None:
            continue
        own, cells = found.get(ours, {}), []
        medians = {name: found.get(name, {}).get("median") for name in targets}
        peers = [value for name, value in medians.items() if name not in (reference, ours)]
        ahead = [name for name in targets if name != reference and better(goal, medians[name], own.get("median"))]
        for name, value in medians.items():
            ratio = found.get(name, {}).get("ratio")
            tail = f" ({french(ratio)})" if name != reference and ratio is not None else ""
            bold = "**" * (name == ours and any(better(goal, value, peer) for peer in peers))
            cells.append(f"{bold}{french(value, unit)}{tail}{bold}")
        verdict = {True: "oui", False: "non", None: ""}[reached(goal, own.get("median"), own.get("ratio"))]
        row = [words.format(sessions=sessions), *cells, goal_of(goal), verdict, ", ".join(ahead)]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def typed(lines: Sequence[Mapping[str, float | str | None]]) -> str:
    """A Markdown table of what many people typed at once; wanted: nothing lost, nothing mixed, 150 ms for 95 in 100."""
    counted = ("confirmees", "absentes", "melees", "ecartees", "refusees")
    head = ("Base", "Processus", "Confirmées", "Absentes", "Mêlées", "Écartées", "Refusées", "Médiane", "p95")
    head = (*head, "Processeur", "Atteint")
    rows = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 2)}---|"]
    for one in lines:
        number = {name: float(value) for name, value in one.items() if isinstance(value, float | int)}
        told = ("processus", *counted, "p50_ms", "p95_ms", "processeur_pct")
        units = {"p50_ms": "ms", "p95_ms": "ms", "processeur_pct": "%"}
        cells = [french(number.get(name), units.get(name, "")) for name in told]
        sound = not any(number[name] for name in ("absentes", "melees", "refusees", "perdues"))
        good = sound and number["confirmees"] > 0 and number["p95_ms"] <= TYPED_MS
        rows.append(f"| {one['base']} | {' | '.join(cells)} | {'oui' if good else 'non'} |")
    return "\n".join(rows)
