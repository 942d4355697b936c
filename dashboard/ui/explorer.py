"""Explore the MRC of a region or of all: one selection for the map, the tiles, the bars, the table and the sheet."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.model import Dataset
from dashboard.narrative.search import SHEET
from dashboard.ui import blocks, cache, navigation, selection, spoken
from dashboard.ui import markup as html
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP

# The view of the address -> the kind that it shows, and the key of its drawing.
_SHOWN = {"carte": ("carte", "carte"), "tuiles": ("tuiles", "tuiles"), "graphique": ("mrc", "barres")}


@cache.fragment
def explorer(ds: Dataset, region: str | None) -> None:
    """Choices, sheet of the selected MRC, map and bars. A fragment: the rest of the page does not move.

    region: code, or None for every territory.
    """
    with st.container(key="explorer"):
        _explorer(ds, region)


def _explorer(ds: Dataset, region: str | None) -> None:
    measure, shown, chosen = _choices(ds)
    asked = {query.TERRITORY: region or ds.config.direction, query.MEASURE: measure}
    asked |= {query.MRC: chosen} if chosen else {}
    spoken.say("Sa fiche est affichée plus bas." if chosen else "", about=chosen)
    kind, key = _SHOWN.get(shown, _SHOWN["graphique"])
    content = view(ds, kind, asked)
    st.html(html.heading(2, content.title, content.subtitle, anchor="territoires") + _way(ds, chosen))

    def fold() -> None:
        # The sheet is under what a click was made on, which therefore does not move.
        if chosen is not None:
            _sheet(ds, chosen)

    def words() -> None:
        table = html.table(content.table, chosen=chosen, caption=False) if content.table and shown == "tableau" else ""
        blocks.below(ds, content, key, above=table)

    if kind == "mrc":
        if shown != "tableau":
            _drawn(ds, content, key)
        fold()
        words()
    else:
        # Tiles of every territory take the whole width: their names would not hold otherwise.
        whole, wide = region is None, region is None and kind == "tuiles"
        with st.container(key="carte_et_fiche"):
            left, right = (st.container(), st.container()) if wide else st.columns([3, 2])
            with left:
                _drawn(ds, content, key)
                # The bars of many territories are far longer than the map.
                if whole:
                    fold()
                    words()
            with right:
                # Their colours are those of the map, whose key is beside them.
                _drawn(ds, view(ds, "mrc", asked), "barres", legend=False)
            if not whole:
                fold()
        if not whole:
            words()


def _sheet(ds: Dataset, code: str) -> None:
    """Under what it was chosen on: the sentence of an MRC, its key figures, and the way to its page."""
    content = view(ds, "fiche", {query.TERRITORY: ds.region_of(code) or code, query.MRC: code})
    told = html.heading(2, ds.name(code), content.subtitle, anchor=SHEET) + html.reading(content.reading)
    sheet = (
        f'<section class="fiche" aria-label="Fiche {html.esc(ds.name(code))}">{told}{blocks.texts(content)}</section>'
    )
    blocks.below(ds, content, "fiche", above=sheet)
    with st.container(key="fiche_liens"):
        navigation.link(f"Page de {ds.name(code)}", addresses.MRC, {query.MRC: code})


def _choices(ds: Dataset) -> tuple[str, str, str | None]:
    # Rows rather than columns: a row is one element of the page, two columns are three.
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_territoire"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="choix_mrc"):
            chosen = selection.widget(query.MRC)
            if not selection.untouched():
                st.button("Effacer", key="effacer_territoires", on_click=selection.clear)
        measure = selection.widget(query.MEASURE)
        shown = selection.widget(query.VIEW)
    return measure or ds.config.default_measure, shown or "carte", chosen


def _drawn(ds: Dataset, content: Content, key: str, *, legend: bool = True) -> None:
    blocks.drawing(ds, content, key, legend=legend, on_select=lambda: selection.picked(key))


def _way(ds: Dataset, chosen: str | None) -> str:
    """Above the chart, on one line whatever is chosen: that a choice opens a sheet, then the way to it."""
    if chosen is None:
        return '<p class="vers">Choisir une MRC montre sa fiche.</p>'
    label = f"Voir la fiche{NBSP}: {ds.name(chosen)}"
    return f'<p class="vers"><button type="button" class="lien" data-vers="{SHEET}">{html.esc(label)}</button></p>'
