"""Intégrer: one chart or map by its address, without navigation, for a page of an intranet."""

from __future__ import annotations

import streamlit as st

from dashboard.deck import kinds
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import selection
from dashboard.ui.presentation import drawing


def render(ds: Dataset) -> None:
    """Address: `vue`, then the choices of that view (docs/adresses.md)."""
    params = st.query_params.to_dict()
    slide = Slide(params.get("vue", "carte"), {name: value for name, value in params.items() if name != "vue"})
    st.html('<div class="mode-integre" hidden></div>')
    if slide.kind not in kinds.KINDS:
        _refused(kinds.problems(ds, slide)[0][1])
        return
    if slide.kind != "simulation":
        known = set(kinds.KINDS[slide.kind].choices)
        slide = Slide(slide.kind, {name: value for name, value in slide.choices.items() if name in known})
    notices = [selection.refusal(field, slide.choices.get(field, "")) for field, _ in kinds.problems(ds, slide)]
    try:
        content = kinds.content(ds, slide)
    except (KeyError, ValueError) as refused:
        _refused(str(refused.args[0]))
        return
    mark = ' <span class="badge">estimation</span>' if content.estimated else ""
    st.html(
        "".join(f'<div class="avis" role="status"><p>{html.esc(text)}</p></div>' for text in notices)
        + f"<h1>{html.esc(content.title)}{mark}</h1>"
        + f'<p class="sous-titre">{html.esc(content.subtitle)}</p>'
    )
    drawing.body(ds, content, key="integre", large=False)
    credit = f'<p class="source">{html.esc(content.credit)}</p>' if content.credit else ""
    table = html.details("Tableau des valeurs", html.table(content.table)) if content.table is not None else ""
    st.html(
        html.reading(content.reading) + f'<p class="source">{html.esc(content.source)}</p>{credit}{table}'
        f'<p class="source">{html.esc(ds.config.disclaimer)} <a href="./" target="_blank" rel="noopener">Ouvrir le '
        "tableau de bord</a></p>"
    )


def _refused(why: str) -> None:
    st.html(
        html.heading(1, "Ce graphique ne peut pas être montré")
        + f'<div class="avis-erreur"><p>L’adresse n’est pas valable&nbsp;: {html.esc(why)}.</p></div>'
    )
