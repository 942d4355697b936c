"""« Ajouter à la présentation »: which one is asked, and whether one's own starts from the slides of a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.deck.kinds import KINDS, territory_of
from dashboard.deck.slides import MOST_SLIDES, OWN, Slide, deck_names
from dashboard.model import Dataset
from dashboard.narrative.plan_words import several
from dashboard.ui import held, spoken
from dashboard.ui import markup as html
from dashboard.ui.presentation import kept, state
from dashboard.wording.numbers import NBSP, number

_WHERE = "ajouter_dans"
_FROM = "ajouter_depuis"


def button(label: str, place: str, **arguments: Any) -> None:
    """Opens the panel of a place (a chart, a page), or closes it."""

    st.button(label, on_click=lambda: _ask("" if state.state().asking == place else place), **arguments)


def _ask(place: str) -> None:
    state.state().asking = place


def panel(ds: Dataset, view: Callable[[], Slide], place: str) -> None:
    """Which presentation takes the view: one's own, that of its territory, then the others; what the last one did.

    view: asked when the panel is open, and again when it is answered: a page draws its buttons before its choices.
    """
    show_done(ds, place)
    if state.state().asking != place:
        return
    slide = view()
    here = territory_of(ds, slide)
    kept.refresh()
    names = list(dict.fromkeys((OWN, here, *kept.all_kept(), *deck_names(ds))))

    def added() -> None:
        before = state.deck(ds, here).slides if st.session_state.get(_FROM) else ()
        state.state().said, state.state().said_at = add(ds, (*before, view()), st.session_state[_WHERE]), place
        _ask("")

    with st.container(border=True, key="ajouter_panneau"):
        label = f"Ajouter «{NBSP}{KINDS[slide.kind].label}{NBSP}» à la fin de quelle présentation?"
        name = st.selectbox(label, names, format_func=lambda n: state.label(ds, n), key=_WHERE)
        if name == OWN and not state.deck(ds, OWN).slides:
            first = f"«{NBSP}{state.label(ds, here)}{NBSP}» ({len(state.deck(ds, here).slides)})"
            st.checkbox(f"Y mettre d’abord les diapositives de {first}", key=_FROM)
        with st.container(horizontal=True):
            st.button("Ajouter", key="ajouter_ici", type="primary", on_click=added)
            st.button("Annuler", key="ajouter_annuler", on_click=_ask, args=("",))


def show_done(ds: Dataset, place: str) -> None:
    """What the last addition from there did, once."""
    if state.state().said and state.state().said_at == place:
        st.html(html.box(html.esc(state.state().said), held.mark(ds)))
        spoken.say(state.state().said, "ajout")
        state.state().said = ""


def add(ds: Dataset, slides: Sequence[Slide], name: str) -> str:
    """Put slides at the end of a presentation; returns what to say of it."""
    found = state.deck(ds, name)
    label = f"«{NBSP}{state.label(ds, name)}{NBSP}»"
    if len(found.slides) + len(slides) > MOST_SLIDES:
        return f"{label} ne peut pas avoir plus de {MOST_SLIDES} diapositives{NBSP}: retirez-en d’abord."
    found = replace(found, slides=(*found.slides, *slides))
    state.keep(ds, name, found)
    return told(KINDS[slides[-1].kind].label, len(slides), label, len(found.slides))


def told(view: str, added: int, deck: str, total: int) -> str:
    """What was added to a presentation, and how many slides it now has."""
    what = f"Vue «{NBSP}{view}{NBSP}» ajoutée" if added == 1 else f"{number(added)}{NBSP}diapositives ajoutées"
    return f"{what} à {deck} ({several(total, 'diapositive', 'diapositives')})."
