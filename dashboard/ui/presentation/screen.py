"""The full screen: one slide, its filters live, arrows to walk the deck, Échap to come back to the page left."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.deck import choices as ch
from dashboard.deck import kinds
from dashboard.deck.content import Content
from dashboard.deck.slides import Slide
from dashboard.model import Dataset
from dashboard.ui import blocks, cache, held, question_box, selection, spoken
from dashboard.ui import markup as html
from dashboard.ui.presentation import state
from dashboard.wording import query
from dashboard.wording.numbers import NBSP

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
        if refused := st.session_state.pop(_NOTICES, ()):
            st.html(html.notices(refused))
        first = state.first(ds)
        if not deck.slides and not first:
            st.html(html.heading(1, deck.title) + "<p>Cette présentation n’a encore aucune diapositive.</p>")
        else:
            _one(ds, place)
        _bar(ds, len(deck.slides) - first, place - first)


def _one(ds: Dataset, place: int) -> None:
    slide = state.on_wall(ds, place)
    try:
        content = kinds.content(ds, slide)
    except (KeyError, ValueError) as refused:
        st.html(
            html.heading(1, slide.title or "Cette diapositive ne peut pas être montrée")
            + html.box(
                f"Les données n’y répondent pas&nbsp;: {html.esc(refused.args[0])}. "
                "Modifiez-la ou retirez-la dans la page «&nbsp;Présentation&nbsp;»."
            )
        )
        return
    spoken.say(f"Diapositive {place - state.first(ds) + 1}{NBSP}: {content.title}")
    st.html(_heading(content))
    _choices(ds, slide, place)
    with st.container(key="diapo_corps"):
        blocks.large(ds, content, f"diapo-{state.current_name(ds)}-{place}", wall=True)
    st.html(_source(content))


def _choices(ds: Dataset, slide: Slide, place: int) -> None:
    """The choices of a slide, live: a change is kept for this slide, as long as the wall shows the deck."""
    # A territory is what the slide is about, and several territories are chosen on the page « Comparer ».
    fixed = (query.TERRITORY, query.COMPARED, query.REFERENCE)
    found = [name for name in kinds.KINDS[slide.kind].choices if name not in fixed]

    def take(name: str, chosen: str | None) -> None:
        state.change_on_wall(ds, place, state.on_wall(ds, place).choosing(**{name: chosen}))

    if found:
        with st.container(horizontal=True, vertical_alignment="bottom", key="diapo_choix"):
            for name in found:
                now = ch.value(ds, slide.choices, name)
                values = {**slide.choices, name: now} if now is not None else slide.choices
                # The deck is in the key: the same rank of another presentation is another slide.
                key = f"diapo_{state.current_name(ds)}_{place}_{name}"
                selection.make(ds, ch.CHOICES[name], values, key, partial(take, name))


def _heading(content: Content) -> str:
    long = " long" if len(content.title) > 80 else ""
    title = html.esc(content.title) + html.word(content.nature)
    return (
        f'<h1 class="diapo-titre{long}" aria-describedby="numero">{title}</h1>'
        f'<p class="diapo-sous-titre">{html.esc(content.subtitle)}</p>'
    )


def _source(content: Content) -> str:
    said = " ".join(part for part in (content.source, content.credit) if part)
    return f'<p class="diapo-source">{html.esc(said)}</p>'


def _bar(ds: Dataset, count: int, place: int) -> None:
    """Number and buttons; the arrows and Échap press them (assets/presentation.js)."""
    with st.container(horizontal=True, vertical_alignment="center", key="diapo_barre"):
        shown = f"{place + 1} sur {count}" if count else "0"
        st.html(
            f'<p class="diapo-numero" id="numero"><span class="annonce">Diapositive </span>{shown}</p>{held.mark(ds)}'
        )
        st.button("Précédente", key="diapo_precedente", on_click=state.step, args=(ds, -1), disabled=place <= 0)
        last = place >= count - 1
        st.button("Suivante", key="diapo_suivante", on_click=state.step, args=(ds, 1), disabled=last)
        # Asked of the browser by the click itself (assets/presentation.js): a run of ours would come too late.
        st.html(
            '<button type="button" class="plein-ecran" data-plein-ecran><span class="entrer">Plein écran</span>'
            '<span class="sortir">Réduire</span></button>',
            width="content",
        )
        # Pressed, or « / », it shows the box over the slide (assets/presentation.js).
        st.html('<button type="button" class="plein-ecran" data-question>Question (/)</button>', width="content")
        question_box.show(ds)
        if st.button("Quitter (Échap)", key="diapo_quitter"):
            st.session_state[_LEAVE] = True
            st.rerun(scope="app")
