"""What outlives the session: the presentation as a file, as a link, and as PowerPoint, Excel, PDF or open data."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.deck import links
from dashboard.deck.files import deck_yaml, read_deck
from dashboard.model import Dataset, Problem
from dashboard.ui import markup as html
from dashboard.ui import navigation, uploads
from dashboard.ui.presentation import state
from dashboard.wording import query
from dashboard.wording.slugs import file_slug

_TURN = "_presentation_fichiers"
_REFUSED = "_presentation_refus"


def show(ds: Dataset) -> None:
    st.html(html.heading(2, "Garder et échanger", anchor="garder"))
    deck = state.current(ds)
    left, right = st.columns(2)
    with left:
        if deck.slides:
            st.download_button(
                # Made now: the click runs the page again, and Streamlit may have forgotten what it would have called.
                "Enregistrer la présentation (YAML)", data=deck_yaml(deck),
                file_name=f"{file_slug(deck.title)}.yaml", mime="application/yaml", on_click=state.saved, args=(ds,),
                key="presentation_enregistrer",
            )  # fmt: skip
            _link(ds)
    with right:
        _reopen(ds)


def _link(ds: Dataset) -> None:
    packed = links.packed(state.current(ds))
    if packed is None:
        st.html(
            '<p class="source">Cette présentation est trop longue pour tenir dans un lien&nbsp;: enregistrer son '
            "fichier.</p>"
        )
        return
    params = urlencode({query.PACKED_DECK: packed, query.DATA_VERSION: ds.version})
    link = f"{navigation.base_url()}{navigation.PRESENTATION}?{params}"
    st.html(
        f'<button type="button" data-copier="texte" data-contenu="{html.esc(link)}">Copier le lien de la '
        "présentation</button>"
    )


def _reopen(ds: Dataset) -> None:
    """A saved file: refused by line, or taken as « Ma présentation »."""
    turn = st.session_state.get(_TURN, 0)
    key = f"presentation_fichier_{turn}"

    def taken() -> None:
        given = st.session_state.get(key)
        if given is None:
            return
        found, problems = read_deck(ds, given.getvalue(), given.name)
        st.session_state[_REFUSED] = problems
        st.session_state[_TURN] = turn + 1
        if found is not None:
            state.receive(found)

    uploads.field("Rouvrir une présentation enregistrée", "YAML", key, type=["yaml", "yml"], on_change=taken)
    problems: list[Problem] = st.session_state.pop(_REFUSED, [])
    if problems:
        st.html(
            '<div class="avis-erreur" role="alert"><p>Ce fichier n’a pas été ouvert, et rien n’a changé.</p>'
            + html.problem_list(problems)
            + "</div>"
        )
