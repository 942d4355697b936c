"""Ententes: agreements of the direction with MRC and bodies, by kind and region; mandataries apart."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.model import Dataset
from dashboard.narrative import agreement_words as words
from dashboard.ui import blocks
from dashboard.ui import markup as html


def render(ds: Dataset) -> None:
    content = view(ds, "ententes-regions", {})
    st.html(html.heading(1, "Ententes") + f'<p class="fil">{html.esc(words.lead(ds))}</p>')
    assert content.table is not None
    # One chart for each kind, side by side.
    with st.container(key="panneaux"):
        for place, row in zip(st.columns(len(content.table.rows)), content.table.rows, strict=True):
            with place:
                blocks.panel(ds, content, row.id, f"ententes-{row.id}", whole=True)
    st.html(
        f'<p class="fil-court">{html.esc(content.subtitle)}. Une entente avec une MRC n’est pas une MRC '
        "couverte&nbsp;: le plan ne dit ni quelles MRC ont signé, ni si l’une en a signé plusieurs. Un mandataire est "
        "un organisme, pas une entente&nbsp;: les deux ne s’additionnent pas.</p>"
    )
    blocks.below(ds, content, "ententes-regions")
    # What the agreements are, in the words of the plan.
    told = html.quotation(ds, ds.texts.partnership.paragraphs, ds.texts.partnership.source)
    st.html(html.details("Ce que sont ces ententes, selon le plan", told, anchor="texte"))
