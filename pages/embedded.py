"""Intégrer: one chart or map by its address, without navigation, for a page of an intranet."""

from __future__ import annotations

import streamlit as st

from dashboard.deck import kinds
from dashboard.deck.page_choices import USUAL, asked
from dashboard.model import Dataset
from dashboard.ui import address, blocks
from dashboard.ui import markup as html
from dashboard.wording import query


def render(ds: Dataset) -> None:
    """The view of the address, which keeps only what is used of it."""
    slide, notices = asked(ds, address.params())
    address.tell(lambda: {query.KIND: slide.kind if slide.kind != USUAL else None, **slide.choices})
    st.html('<div class="mode-integre" hidden></div>')
    if notices:
        st.html(html.notices(notices))
    try:
        content = kinds.content(ds, slide)
    except ValueError as refused:
        st.html(
            html.heading(1, "Cette vue ne peut pas être montrée")
            + html.box(f"Les données n’y répondent pas&nbsp;: {html.esc(refused.args[0])}.", fault=True)
        )
        return
    # The name of the frame, for those who hear it.
    st.set_page_config(page_title=f"{content.title} – {ds.config.title}")
    mark = html.word(content.nature)
    st.html(f'<h1>{html.esc(content.title)}{mark}</h1><p class="sous-titre">{html.esc(content.subtitle)}</p>')
    blocks.large(ds, content, "integre", wall=False)
    table = html.details("Tableau des valeurs", html.table(content.table)) if content.table is not None else ""
    st.html(
        html.reading(content.reading)
        + html.source_line(content.source, credit=content.credit)
        + table
        + '<p class="boutons"><a href="./" target="_blank" rel="noopener">Ouvrir le tableau de bord</a></p>'
    )
