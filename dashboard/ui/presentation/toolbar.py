"""On every page: present, pin the view with its selection, take it away."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import navigation, selection
from dashboard.ui.presentation import adding, state
from dashboard.ui.simulator import state as simulator
from dashboard.wording import addresses, query


def territory_of(ds: Dataset, slug: str) -> str:
    """Code of the territory of a page: its region, or the direction."""
    return next((r.code for r in ds.config.regions if r.slug == slug), ds.config.direction)


# The view of a page that has one of its own.
_VIEWS = {
    addresses.INDICATORS: "indicateur",
    addresses.COMPARE: "comparer",
    addresses.AGREEMENTS: "ententes",
    addresses.TARGETS: "cibles",
    addresses.FOLLOW_UP: "suivi",
    addresses.SOURCES: "sources",
}


def view_of(ds: Dataset, slug: str) -> Slide:
    """The main view of a page, with its choices."""
    if slug == "" or territory_of(ds, slug) != ds.config.direction:
        return selection.slide("mrc" if selection.get(query.VIEW) == "graphique" else "carte")
    if slug == addresses.SIMULATOR:
        shown = simulator.scenario()
        return Slide("simulation", {query.SIMULATION: shown.kind, **shown.a})
    if slug == addresses.ACTION_PLAN:
        return Slide("plan").choosing(**{query.TERRITORY: selection.get(query.REGION)})
    return selection.slide(_VIEWS.get(slug, "chiffres"))


def show(ds: Dataset, slug: str) -> None:
    """The three buttons, and what the last one did."""
    with st.container(horizontal=True, vertical_alignment="center", key="outils_page"):
        if st.button("Présenter", key="outil_presenter", help="Les diapositives de cette page, en plein écran"):
            state.present(ds, territory_of(ds, slug), slug)
        adding.button("Ajouter à la présentation", f"page {slug}", key="outil_ajouter")
        navigation.link("Présentations et fichiers", addresses.PRESENTATION, {query.DECK: territory_of(ds, slug)})
    adding.panel(ds, lambda: view_of(ds, slug), f"page {slug}")
