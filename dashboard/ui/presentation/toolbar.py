"""On every page: present, pin the view with its selection, take it away."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.slides import Slide
from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.ui import address, compare_state, navigation, plan_filters, selection
from dashboard.ui.presentation import adding, state
from dashboard.ui.simulator import state as simulator


def territory_of(ds: Dataset, slug: str) -> str:
    """Code of the territory of a page: its region, or the direction."""
    return next((r.code for r in ds.config.regions if r.slug == slug), ds.config.direction)


def view_of(ds: Dataset, slug: str) -> Slide:
    """The main view of a page, with its selection."""
    territory = territory_of(ds, slug)
    if slug == "" or territory != ds.config.direction:
        return explored(ds, territory)
    if slug == navigation.INDICATORS:
        chosen = compare_state.state("indicateurs").get("indicateur", "taux")
        return Slide("indicateur", selection.with_year({"indicateur": chosen}))
    if slug == navigation.COMPARE:
        shown = compare_state.compared(ds, entries(ds, selection.get("annee")))
        return Slide("comparer", selection.with_year(shown.choices()))
    if slug == navigation.SIMULATOR:
        kind = simulator.current().kind
        return Slide("simulation", {"scenario": kind, **dict(simulator.values("a") or {})})
    region = {"territoire": code} if (code := plan_filters.get("region")) else {}
    fixed = {
        navigation.ACTION_PLAN: Slide("plan", region),
        navigation.AGREEMENTS: Slide("ententes"),
        navigation.TARGETS: Slide("cibles"),
        navigation.FOLLOW_UP: Slide("suivi"),
        navigation.SOURCES: Slide("sources"),
    }
    return fixed.get(slug, Slide("chiffres"))


def explored(ds: Dataset, territory: str) -> Slide:
    """The map or the bars of the MRC, as the selection has them."""
    kind = "mrc" if selection.get("vue") == "graphique" else "carte"
    choices = {"territoire": territory}
    measure, mrc = selection.get("mesure"), selection.get("mrc")
    if measure and measure != ds.config.default_measure:
        choices["mesure"] = measure
    if mrc and (territory == ds.config.direction or ds.region_of(mrc) == territory):
        choices["mrc"] = mrc
    return Slide(kind, choices)


def show(ds: Dataset, slug: str) -> None:
    """The three buttons, and what the last one did."""
    with st.container(horizontal=True, vertical_alignment="center", key="outils_page"):
        if st.button("Présenter", key="outil_presenter", help="Les diapositives de cette page, en plein écran"):
            present(ds, territory_of(ds, slug), slug)
        adding.button("Ajouter à la présentation", f"page {slug}", key="outil_ajouter")
        navigation.link("Présentations et fichiers", navigation.PRESENTATION, {"jeu": territory_of(ds, slug)})
    adding.panel(ds, lambda: view_of(ds, slug), f"page {slug}")


def present(ds: Dataset, name: str, slug: str) -> None:
    """Start a presentation; Échap will restore this page."""
    state.start(name, slug, address.params())
    page = navigation.page(navigation.PRESENTATION)
    if page is not None:
        st.switch_page(page, query_params=state.screen_address(ds, name))
