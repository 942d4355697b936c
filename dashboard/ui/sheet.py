"""The sheet of an MRC under the map: its sentence, its key figures, and the way to its page."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.model import Dataset
from dashboard.narrative.search import SHEET
from dashboard.ui import blocks, navigation
from dashboard.ui import markup as html
from dashboard.wording import addresses, query


def show(ds: Dataset, code: str) -> None:
    """Sheet of an MRC, under what it was chosen on."""
    content = view(ds, "fiche", {query.TERRITORY: ds.region_of(code) or code, query.MRC: code})
    sheet = (
        f'<section class="fiche" aria-label="Fiche {html.esc(ds.name(code))}">'
        + html.heading(2, ds.name(code), content.subtitle, anchor=SHEET)
        + html.reading(content.reading)
        + blocks.texts(content)
        + "</section>"
    )
    blocks.below(ds, content, "fiche", above=sheet, picture=False)
    with st.container(key="fiche_liens"):
        navigation.link(f"Page de {ds.name(code)}", addresses.MRC, {query.MRC: code})
