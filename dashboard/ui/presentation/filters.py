"""The choices of a slide, live on the wall: a change stays with the slide there, and leaves the deck as it was."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck.kinds import KINDS
from dashboard.deck.slides import Slide
from dashboard.indicators.catalogue import entries
from dashboard.model import Dataset
from dashboard.narrative.mrc_words import MEASURE_LABELS
from dashboard.ui.presentation import state

# A territory is what the slide is about, and several territories are chosen on the page « Comparer ».
_FIXED = ("territoire", "avec", "reference")


def offered(slide: Slide) -> list[str]:
    """Names of the choices that can be changed on this slide."""
    if slide.kind == "simulation":
        return []
    return [name for name in KINDS[slide.kind].choices if name not in _FIXED]


def show(ds: Dataset, slide: Slide, place: int) -> None:
    """A widget for each choice; a change is kept for this slide, as long as the wall shows the deck."""
    found = offered(slide)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="diapo_choix"):
        for name in found:
            _widget(ds, slide, place, name)


def _widget(ds: Dataset, slide: Slide, place: int, name: str) -> None:
    choice = ch.CHOICES[name]
    options = list(choice.allowed(ds, slide.choices))
    now = ch.value(ds, slide.choices, name)
    # The deck is in the key: the same rank of another presentation is another slide.
    key = f"diapo_{state.current_name(ds)}_{place}_{name}"

    def changed() -> None:
        chosen = st.session_state.get(key)
        if chosen is None and name != "mrc":
            return
        state.change_on_wall(ds, place, state.on_wall(ds, place).choosing(**{name: chosen}))

    if name == "mrc":
        options = sorted(options, key=ds.name)
    st.session_state[key] = now if now in options else None
    common: dict[str, Any] = {"key": key, "on_change": changed}
    if name == "mesure":
        st.segmented_control("Mesure", options, format_func=lambda m: MEASURE_LABELS[m], required=True, **common)
    elif name == "serie":
        st.segmented_control("Montrer", options, format_func=lambda s: ch.SERIES[s], required=True, **common)
    elif name == "mrc":
        st.selectbox(
            "MRC ou territoire équivalent", options, format_func=ds.name, index=None,
            placeholder="Tous les territoires", **common,
        )  # fmt: skip
    elif name == "indicateur":
        catalogue = entries(ds, ch.value(ds, slide.choices, "annee"))
        st.selectbox("Indicateur", options, format_func=lambda i: catalogue[i].label, **common)
    else:
        st.selectbox("Année", options, **common)
