"""Questions that the data cannot answer: why, what would be needed, what can be asked instead."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.model.refusals import Alternative
from dashboard.narrative.plan_words import several
from dashboard.ui import markup as html
from dashboard.ui import navigation, printing
from dashboard.ui.simulator import state
from dashboard.wording import addresses
from dashboard.wording.numbers import typographic


def show(ds: Dataset) -> None:
    """All of them under one title, which is opened."""
    many = several(len(ds.refusals), "question", "questions")
    with st.expander(f"Ce que les données ne permettent pas de dire ({many})", expanded=printing.asked(), key="refus"):
        for refusal in ds.refusals:
            st.html(
                html.heading(3, typographic(refusal.question))
                + f"<dl><dt>Pourquoi</dt><dd>{html.esc(typographic(refusal.why))}</dd>"
                f"<dt>Ce qu’il faudrait</dt><dd>{html.esc(typographic(refusal.needed))}</dd></dl>"
                '<p class="petit-titre">Ce qu’on peut demander</p>'
            )
            with st.container(key=f"refus_liens_{refusal.id}"):
                for rank, other in enumerate(refusal.instead):
                    if other.page == addresses.SIMULATOR:
                        _here(ds, f"{refusal.id}_{rank}", other)
                    else:
                        navigation.link(typographic(other.text), other.page, other.params)


def _here(ds: Dataset, key: str, other: Alternative) -> None:
    """A link to the page where one stands would leave the address behind: a button shows the simulation instead."""
    if st.button(
        question(other.text), key=f"refus_{key}", type="tertiary", on_click=state.asked, args=(ds, dict(other.params))
    ):
        st.html('<p class="avis" role="status">Cette simulation est affichée <a href="#simulation">plus haut</a>.</p>')


def question(text: str) -> str:
    """A question with its no-break space, and no sign that Streamlit would read as Markdown."""
    return html.literal(typographic(text))
