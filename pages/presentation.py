"""Présentation: the decks of the session (order, titles, notes), what to take away, and the full screen."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import follow_up_session, selection
from dashboard.ui import markup as html
from dashboard.ui.presentation import keeping, manager, screen, state, taking
from dashboard.wording import addresses, query


def render(ds: Dataset) -> None:
    ds = follow_up_session.overlaid(ds)
    notices = state.read_address(ds)
    if state.full_screen(addresses.PRESENTATION):
        screen.show(ds, [*selection.notices(query.DECK), *notices])
        return
    st.html(
        html.heading(1, "Présentation", "Des diapositives toujours à jour, en plein écran ou dans un fichier")
        + '<p class="fil">Chaque région et la direction ont leur présentation, et «&nbsp;Ma présentation&nbsp;» '
        "est à vous. Toutes reçoivent les vues que vous ajoutez depuis les pages. Tout reste dans votre "
        "session&nbsp;: enregistrez le fichier pour retrouver votre travail.</p>" + html.notices(notices)
    )
    manager.show(ds)
    taking.show(ds)
    keeping.show(ds)
