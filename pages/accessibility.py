"""Accessibilité: how far the dashboard conforms, what was tried, what is known to be missing, whom to tell."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.periods import period

# Day of the last evaluation; docs/accessibilite.md says what was done and what was found.
EVALUATED: Final = "2026-11-22"

_TRIED: Final = (
    (
        "L’outil axe-core, sur chaque page et dans ses principaux états (listes ouvertes, détails ouverts, "
        "refus, menu d’un écran étroit), à 1 280 et à 375 pixels de large : aucun manquement grave ou "
        "critique."
    ),
    (
        "L’usage au clavier seul : ordre des éléments, lien « Passer au contenu principal », menu, listes, "
        "tableaux, contour visible de l’élément actif, et aucun endroit d’où l’on ne peut sortir."
    ),
    (
        "L’agrandissement à 200 % et à 400 % : la page ne défile pas de côté et rien n’est coupé; les tableaux "
        "larges et la matrice du plan défilent dans leur propre cadre."
    ),
    "Les animations réduites et les couleurs forcées (contraste élevé) que l’on demande à l’appareil.",
    (
        "Les couleurs des cartes et des régions telles que les voient les personnes daltoniennes (protanopie, "
        "deutéranopie, tritanopie), par le calcul de l’écart entre les couleurs voisines."
    ),
    ("L’ordre des titres, et la langue de tous les textes, y compris ceux qu’un lecteur d’écran est seul à lire."),
)
_LIMITS: Final = (
    (
        "Aucun essai n’a encore été fait avec des personnes handicapées, ni avec un lecteur d’écran, et aucun "
        "organisme externe n’a vérifié cette déclaration."
    ),
    (
        "Les marques d’une carte ou d’un graphique se survolent et se choisissent à la souris seulement. Au "
        "clavier, la liste « MRC ou territoire équivalent » fait le même choix, et le tableau placé sous "
        "chaque graphique donne les mêmes valeurs. Un lecteur d’écran entend la phrase de lecture du "
        "graphique, et non ses marques une à une."
    ),
    (
        "La matrice du plan d’action et les tableaux larges demandent un défilement de côté, dans leur cadre, "
        "sur un petit écran ou à 400 %. Une valeur longue choisie dans une liste y est écourtée; la liste "
        "ouverte la donne en entier."
    ),
    (
        "Les listes et le menu qui s’ouvrent par-dessus la page sont placés par le logiciel Streamlit hors "
        "des repères de la page; on les atteint normalement au clavier."
    ),
    "Les fichiers Excel et CSV téléchargés n’ont pas été évalués.",
)
_HELP: Final = (
    "Touche Tab : passer d’un élément à l’autre; Maj + Tab : revenir. Entrée ou Espace : activer.",
    "Premier arrêt de la touche Tab : « Passer au contenu principal ».",
    "Une liste s’ouvre avec la flèche vers le bas; quelques lettres la filtrent; Échap la ferme.",
    "Un tableau dont l’en-tête est un bouton se trie avec Entrée; le nouvel ordre est annoncé.",
    "Ctrl et + agrandit la page; Ctrl et 0 la remet à sa taille.",
)


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{html.esc(typographic(item))}</li>" for item in items) + "</ul>"


def _contact(ds: Dataset) -> str:
    """Whom to tell: what config.yaml says, or whoever gave the address of the dashboard."""
    contact = ds.config.accessibility_contact
    if contact:
        return (
            f"<p>Pour signaler un obstacle ou demander un contenu sous une autre forme{NBSP}: {html.esc(contact)}.</p>"
        )
    return (
        "<p>Pour signaler un obstacle ou demander un contenu sous une autre forme, écrivez à la personne ou à l’équipe "
        "qui vous a donné l’adresse de ce tableau de bord, en nommant la page et ce qui vous arrête.</p>"
    )


def render(ds: Dataset) -> None:
    day = period(EVALUATED)
    st.html(
        html.heading(1, "Accessibilité", "Déclaration et mode d’emploi")
        + '<p class="fil">Tout le monde doit pouvoir lire ces chiffres, quels que soient ses yeux, ses mains, '
        "son écran ou ses outils.</p>"
        + html.heading(2, "État de conformité", anchor="conformite")
        + "<p><strong>Partiellement conforme</strong> au Standard sur l’accessibilité des sites Web "
        f"(SGQRI{NBSP}008-3.0) du gouvernement du Québec, qui reprend pour l’essentiel les règles WCAG de niveau AA. "
        f"Les limites connues sont énumérées plus bas. Autoévaluation du {html.esc(day)}, sans regard externe.</p>"
        + html.heading(2, "Ce qui a été essayé", anchor="essais")
        + _list(_TRIED)
        + html.heading(2, "Limites connues", anchor="limites")
        + _list(_LIMITS)
        + html.heading(2, "Au clavier", anchor="clavier")
        + _list(_HELP)
        + html.heading(2, "Signaler un obstacle", anchor="signaler")
        + _contact(ds)
    )
