"""The full screen: one slide, its filters live, arrows to walk the deck, Échap to come back to the page left."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from dashboard.deck import kinds
from dashboard.deck.content import Content
from dashboard.model import Dataset
from dashboard.ui import cache, held
from dashboard.ui import markup as html
from dashboard.ui.presentation import drawing, filters, state

_LEAVE = "_presentation_quitter"
_NOTICES = "_presentation_avis"


def show(ds: Dataset, notices: Sequence[str]) -> None:
    """The whole page in full screen. notices: what could not be taken of the address, until the next slide."""
    st.html('<div class="mode-ecran" hidden></div>')
    st.session_state[_NOTICES] = tuple(notices)
    _slide(ds)
    if st.session_state.pop(_LEAVE, False):
        state.leave()


@cache.fragment
def _slide(ds: Dataset) -> None:
    """A fragment: walking the deck redraws the slide alone."""
    deck, place = state.current(ds), state.place(ds)
    with st.container(key="diapo"):
        refused = st.session_state.pop(_NOTICES, ())
        if refused:
            st.html(html.notices(refused))
        if not deck.slides:
            st.html(html.heading(1, deck.title) + "<p>Cette présentation n’a encore aucune diapositive.</p>")
        else:
            _one(ds, place)
        _bar(ds, len(deck.slides), place)


def _one(ds: Dataset, place: int) -> None:
    slide = state.on_wall(ds, place)
    try:
        content = kinds.content(ds, slide)
    except (KeyError, ValueError) as refused:
        st.html(
            html.heading(1, slide.title or "Cette diapositive ne peut pas être montrée")
            + f'<div class="avis"><p>Les données n’y répondent pas&nbsp;: {html.esc(refused.args[0])}. '
            "La modifier ou la retirer dans la page «&nbsp;Présentation&nbsp;».</p></div>"
        )
        return
    st.html(_heading(content))
    filters.show(ds, slide, place)
    with st.container(key="diapo_corps"):
        drawing.body(ds, content, key=f"diapo-{state.current_name(ds)}-{place}", large=True)
    st.html(_source(content))


def _heading(content: Content) -> str:
    long = " long" if len(content.title) > 80 else ""
    mark = html.word(content.nature)
    return (
        f'<h1 class="diapo-titre{long}">{html.esc(content.title)}{mark}</h1>'
        f'<p class="diapo-sous-titre">{html.esc(content.subtitle)}</p>'
    )


def _source(content: Content) -> str:
    # The sentence is read by a screen reader, and already drawn for those who see the chart.
    return (
        f'<p class="diapo-source">{html.esc(_short(content.source))}</p>'
        f'<p class="annonce">{html.esc(content.reading)}</p>'
    )


def _short(source: str) -> str:
    """The source without the long titles of the annexes: « Annexe 2 » is enough on a wall."""
    return re.sub(r" — [^;.]*", "", source)


def _bar(ds: Dataset, count: int, place: int) -> None:
    """Number and buttons; the arrows and Échap press them (assets/presentation.js)."""
    with st.container(horizontal=True, vertical_alignment="center", key="diapo_barre"):
        shown = f"{place + 1} sur {count}" if count else "0"
        st.html(f'<p class="diapo-numero"><span class="annonce">Diapositive </span>{shown}</p>{held.mark(ds)}')
        st.button("Précédente", key="diapo_precedente", on_click=state.step, args=(ds, -1), disabled=place <= 0)
        last = place >= count - 1
        st.button("Suivante", key="diapo_suivante", on_click=state.step, args=(ds, 1), disabled=last)
        # Asked of the browser by the click itself (assets/presentation.js): a run of ours would come too late.
        st.html(
            '<button type="button" class="plein-ecran" data-plein-ecran><span class="entrer">Plein écran</span>'
            '<span class="sortir">Réduire</span></button>',
            width="content",
        )
        if st.button("Quitter (Échap)", key="diapo_quitter"):
            st.session_state[_LEAVE] = True
            st.rerun(scope="app")
