"""Accessibilité: how far the dashboard conforms, what was tried, what is known to be missing, whom to tell."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui.server.roots import own_text
from dashboard.wording.numbers import NBSP
from dashboard.wording.periods import period

_TEXTS: Final = own_text("accessibility.yaml")


def _part(title: str, anchor: str, name: str) -> str:
    return f"<section>{html.heading(2, title, anchor=anchor)}{html.listed(map(html.typeset, _TEXTS[name]))}</section>"


def _contact(ds: Dataset) -> str:
    """Whom to tell: what config.yaml says, or whoever gave the address of the dashboard."""
    asked = "Pour signaler un obstacle ou demander un contenu sous une autre forme"
    if ds.config.accessibility_contact:
        return f"<p>{asked}{NBSP}: {html.esc(ds.config.accessibility_contact)}.</p>"
    return (
        f"<p>{asked}, écrivez à la personne ou à l’équipe qui vous a donné l’adresse de ce tableau de bord, en nommant "
        "la page et ce qui vous arrête.</p>"
    )


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, "Accessibilité")
        + '<p class="fil">Partiellement conforme au Standard sur l’accessibilité des sites Web du gouvernement du '
        'Québec, sans vérification externe.</p><div class="colonnes"><section>'
        + html.heading(2, "État de conformité", anchor="conformite")
        + f"<p>Ce standard (SGQRI{NBSP}008-3.0) reprend pour l’essentiel les règles internationales (WCAG), niveau AA. "
        f"Autoévaluation du {period(_TEXTS['evaluated'])}.</p></section>"
        + _part("Ce qui a été essayé", "essais", "tried")
        + _part("Limites connues", "limites", "limits")
        + _part("Au clavier", "clavier", "keyboard")
        + f"<section>{html.heading(2, 'Signaler un obstacle', anchor='signaler')}{_contact(ds)}</section></div>"
    )
