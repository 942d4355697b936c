"""The choices of a slide, live on the wall: a change stays with the slide there, and leaves the deck as it was."""

from __future__ import annotations

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck.kinds import KINDS
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import selection
from dashboard.ui.presentation import state
from dashboard.wording import query

# A territory is what the slide is about, and several territories are chosen on the page « Comparer ».
_FIXED = (query.TERRITORY, query.COMPARED, query.REFERENCE)


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
    def take(chosen: str | None) -> None:
        state.change_on_wall(ds, place, state.on_wall(ds, place).choosing(**{name: chosen}))

    now = ch.value(ds, slide.choices, name)
    values = {**slide.choices, name: now} if now is not None else slide.choices
    # The deck is in the key: the same rank of another presentation is another slide.
    selection.make(ds, ch.CHOICES[name], values, f"diapo_{state.current_name(ds)}_{place}_{name}", take)
