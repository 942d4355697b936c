"""Addresses of the pages that are always there; each region of config.yaml adds its own."""

from __future__ import annotations

from typing import Final

TARGETS: Final = "cibles"
SOURCES: Final = "donnees-et-sources"
INDICATORS: Final = "indicateurs"
COMPARE: Final = "comparer"
SIMULATOR: Final = "simulateur"
ACTION_PLAN: Final = "plan-d-action"
AGREEMENTS: Final = "ententes"
FOLLOW_UP: Final = "suivi"
PRESENTATION: Final = "presentation"
EMBED: Final = "integrer"
UPDATE: Final = "mettre-a-jour"
ACCESSIBILITY: Final = "accessibilite"
MRC: Final = "mrc"
FIXED: Final = frozenset(
    {PRESENTATION, EMBED, TARGETS, SOURCES, INDICATORS, COMPARE, ACTION_PLAN, AGREEMENTS, FOLLOW_UP, SIMULATOR, UPDATE}
    | {ACCESSIBILITY, MRC}
)
