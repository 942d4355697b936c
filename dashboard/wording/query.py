"""Names of the parameters of an address: each is written here, and nowhere else (docs/adresses.md says what they hold).

What each may hold is declared in deck/choices.py; the fields of a simulation, in scenarios/.
"""

from __future__ import annotations

from typing import Final

TERRITORY: Final = "territoire"
MRC: Final = "mrc"
MEASURE: Final = "mesure"
VIEW: Final = "vue"
YEAR: Final = "annee"
SERIES: Final = "serie"
BASE: Final = "base"
THEME: Final = "theme"
INDICATOR: Final = "indicateur"
COMPARED: Final = "avec"
REFERENCE: Final = "reference"
REGION: Final = "region"
OBJECTIVE: Final = "objectif"
PROGRAMME: Final = "programme"
CLIENTELE: Final = "clientele"
SCOPE: Final = "portee"
SEARCH: Final = "q"
TARGET: Final = "cible"
SIMULATION: Final = "scenario"
DECK: Final = "jeu"
SLIDE: Final = "diapo"
FULL_SCREEN: Final = "ecran"
PACKED_DECK: Final = "diapos"
KIND: Final = "objet"
SECTION: Final = "section"
LINES: Final = "lignes"
PLACE: Final = "lieu"
DATA_VERSION: Final = "donnees"
UNKNOWN_PAGE: Final = "introuvable"
QUESTION: Final = "question"
