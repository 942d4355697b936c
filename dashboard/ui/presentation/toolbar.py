"""Beside the title of every page: the question box, and « Présenter », where all that is done with what is shown is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Slide
from dashboard.exports.formats import FORMATS
from dashboard.model import Dataset
from dashboard.ui import cache, navigation, printing, question_box, selection, team
from dashboard.ui import markup as html
from dashboard.ui.presentation import adding, state, taking
from dashboard.ui.simulator import state as simulator
from dashboard.wording import addresses, query

# What is done with a page, in the order of the menu; {} is whose file it is.
_ENTRIES: Final = {
    "montrer": "Plein écran",
    "ajouter": "Ajouter à la présentation",
    "pptx": "PowerPoint {}",
    "pdf": "Fiche PDF {}",
    "xlsx": "Excel {}",
    "imprimer": "Imprimer",
    "lien": "Copier le lien",
    "gerer": "Page Présentation",
}
# The view of a page that has one of its own.
_VIEWS: Final = {
    addresses.INDICATORS: "indicateur",
    addresses.COMPARE: "comparer",
    addresses.AGREEMENTS: "ententes",
    addresses.TARGETS: "cibles",
    addresses.FOLLOW_UP: "suivi",
    addresses.SOURCES: "sources",
}
# The first view of each theme of a region but that of its map.
_THEMES: Final = {"evolution": "admissions", "profil": "categorie", "permis": "permis", "plan": "plan"}


def territory_of(ds: Dataset, slug: str) -> str:
    """Code of the territory of a page: its region, that of its MRC, or the direction."""
    if slug == addresses.MRC:
        return ds.region_of(selection.get(query.MRC) or "") or ds.config.direction
    return next((r.code for r in ds.config.regions if r.slug == slug), ds.config.direction)


def view_of(ds: Dataset, slug: str) -> Slide:
    """The slide that shows what a page shows, with its choices."""
    if slug == addresses.MRC:
        code = selection.get(query.MRC)
        about = {query.TERRITORY: territory_of(ds, slug), query.MRC: code}
        return selection.slide("mrc") if code is None else Slide("fiche").choosing(**about)
    if not slug and selection.untouched():
        return selection.slide("chiffres")
    if not slug or territory_of(ds, slug) != ds.config.direction:
        drawn = "mrc" if selection.get(query.VIEW) == "graphique" else "carte"
        return selection.slide(_THEMES.get(selection.get(query.THEME) or "", drawn) if slug else drawn)
    if slug == addresses.SIMULATOR:
        shown = simulator.scenario()
        return Slide("simulation", {query.SIMULATION: shown.kind, **shown.a})
    if slug == addresses.ACTION_PLAN:
        return Slide("plan").choosing(**{query.TERRITORY: selection.get(query.REGION)})
    return selection.slide(_VIEWS.get(slug, "chiffres"))


def _deck_of(ds: Dataset, slug: str) -> str:
    """Name of the presentation of a page."""
    return state.current_name(ds) if slug == addresses.PRESENTATION else territory_of(ds, slug)


def present(ds: Dataset, slug: str) -> None:
    """Show on the wall what a page shows, then the rest of its presentation."""
    first = {query.SLIDE: str(state.place(ds) + 1)} if state.current(ds).slides else {}
    if slug != addresses.PRESENTATION:
        first = state.viewed(view_of(ds, slug))
    state.present(ds, _deck_of(ds, slug), slug, first)


@cache.fragment
def show(ds: Dataset, slug: str) -> None:
    """A fragment: what is asked of the menu does not redraw the page."""
    place = f"page {slug}"
    whose = "de la direction" if territory_of(ds, slug) == ds.config.direction else "de la région"
    if slug == addresses.PRESENTATION or (slug == addresses.MRC and selection.get(query.MRC)):
        whose = "de la présentation" if slug == addresses.PRESENTATION else "de la MRC"
    # A page without a figure has no slide of its own, and a presentation is in itself.
    without = {addresses.PRESENTATION: ("ajouter", "gerer"), addresses.UPDATE: ("ajouter",)}.get(slug, ())
    entries = {id_: text.format(whose) for id_, text in _ENTRIES.items() if id_ not in without}
    # The address always holds the whole selection; with the version of the data shown, whoever opens it later is told
    # when the data are no longer those.
    version = html.esc(f"{query.DATA_VERSION}={ds.version}")
    with st.container(horizontal=True, key="barre"):
        question_box.show(ds)
        chosen = st.menu_button("Présenter", list(entries), format_func=entries.__getitem__, key="presenter_menu")
        # Pressed by its entry of the menu (assets/dashboard.js): the clipboard is the browser’s.
        st.html(
            f'<div class="menu-copie"><button type="button" data-copier="lien" data-entree="{_ENTRIES["lien"]}" '
            f'data-donnees="{version}">{_ENTRIES["lien"]}</button></div>',
            width="content",
        )
    with st.container(key="barre_suite"):
        _answer(ds, slug, chosen, place)
        adding.panel(ds, lambda: view_of(ds, slug), place)


def _answer(ds: Dataset, slug: str, chosen: str | None, place: str) -> None:
    """Do what an entry asks, « Copier le lien » apart, which the browser does; the last file made waits there."""
    if chosen is None and not taking.waiting():
        return
    ds, name = team.follow_up(ds).ds, _deck_of(ds, slug)
    mrc = selection.get(query.MRC) if slug == addresses.MRC else None
    deck = state.deck(ds, name) if mrc is None else default_deck(ds, mrc)
    if chosen == "montrer":
        present(ds, slug)
    elif chosen == "gerer":
        st.switch_page(navigation.page(addresses.PRESENTATION), query_params={query.DECK: name})
    elif chosen == "ajouter":
        state.state().asking = place
    elif chosen == "imprimer":
        printing.ask()
        st.rerun(scope="app")
    elif chosen in FORMATS:
        taking.prepare(ds, chosen, deck, place)
    taking.offer(ds, deck, place)
