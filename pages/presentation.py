"""Présentation: the decks of the session (order, titles, notes), what to take away, and the full screen."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import selection, team
from dashboard.ui.presentation import manager, screen, state, taking
from dashboard.wording import addresses, query
from dashboard.wording.periods import during


def render(ds: Dataset) -> None:
    ds = team.follow_up(ds).ds
    notices = state.read_address(ds)
    if state.full_screen(addresses.PRESENTATION):
        screen.show(ds, [*selection.notices(query.DECK), *notices])
        return
    said = manager.lead(len(state.current(ds).slides), during(adm.total_span(ds)))
    st.html(html.heading(1, "Présentation") + f'<p class="fil">{html.esc(said)}</p>' + html.notices(notices))
    manager.show(ds)
    taking.show(ds)
    manager.show_kept(ds)
