"""The one box of every page: it finds a page, a territory, a text, and takes a question.

What it suggests is sent once, the same on every page: for what is typed, the browser puts first what is about the page
(assets/lists.js). What is chosen leads there, what is written is asked (ui/answer.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.deck import page_choices
from dashboard.indicators.memory import remembered
from dashboard.model import Dataset
from dashboard.narrative.search import Place, find, places
from dashboard.questions.suggesting import everywhere, of_territory
from dashboard.ui import answer, navigation, selection
from dashboard.ui import markup as html
from dashboard.wording import query

LABEL: Final = "Chercher ou poser une question"
_KEY: Final = "champ_question"
_LED: Final = "_mene"


@dataclass
class _Led:
    """Where the box has led: the rank tells it from the time before."""

    rank: int = 0
    anchor: str = ""
    to: Place | None = None


def show(ds: Dataset) -> None:
    led: _Led = st.session_state.setdefault(_LED, _Led())
    found = _offered(ds, tuple(navigation.titles().items()))
    with st.container(key="recherche"):
        st.selectbox(
            LABEL, list(found), index=None, key=_KEY, placeholder=LABEL, label_visibility="collapsed",
            accept_new_options=True, on_change=_taken, args=(found, led),
        )  # fmt: skip
        if led.to is not None:
            place, led.to = led.to, None
            # The same page keeps its other choices, so that its address changes once.
            kept = selection.told() if place.slug == selection.here() and not place.anchor else {}
            params = {name: value for name, value in kept.items() if value is not None} | navigation.at(place)
            st.switch_page(navigation.page(place.slug), query_params=params)
        if led.rank:  # said by the page that it leads to
            st.html(f'<span data-mene="{led.rank}" data-lieu="{html.esc(led.anchor)}" hidden></span>')
    asked = selection.get(query.QUESTION)
    if asked:
        answer.show(ds, asked)


def _taken(found: dict[str, Place | None], led: _Led) -> None:
    """What has been chosen or written: the box is then ready for another."""
    written = st.session_state[_KEY] or ""
    st.session_state[_KEY] = None
    place = found.get(written)
    if place is not None:
        led.rank, led.anchor, led.to = led.rank + 1, place.anchor, place
    else:
        selection.put(query.QUESTION, page_choices.question(written) or None)


@remembered
def _offered(ds: Dataset, titles: tuple[tuple[str, str], ...]) -> dict[str, Place | None]:
    """What the box suggests, as it reads: questions on the direction, then pages and places, then the other questions;
    None for a question."""
    named = {f"{place.label} · {place.kind}": place for place in (*_pages(ds, titles), *places(ds))}
    return {**dict.fromkeys(of_territory(ds, ds.config.direction)), **named, **dict.fromkeys(everywhere(ds))}


def suggest(ds: Dataset, asked: str) -> None:
    """Links to what an address that does not exist may have meant; nothing when nothing comes near."""
    found = find(asked, [*_pages(ds, navigation.titles().items()), *places(ds)], 4)
    if found:
        st.html('<p class="fil-court">Vous cherchiez peut-être&nbsp;:</p>')
        navigation.links(found)


def _pages(ds: Dataset, titles: Iterable[tuple[str, str]]) -> list[Place]:
    """The pages by their title, except the regions, which are found as territories."""
    regions = {region.slug for region in ds.config.regions}
    return [Place(title, "Page", slug) for slug, title in titles if slug not in regions]
