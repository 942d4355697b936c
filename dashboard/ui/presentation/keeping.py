"""The presentations that the team keeps, those that were removed, and a presentation as a file from one machine to
another."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.deck.files import deck_yaml, read_deck
from dashboard.model import Dataset, Problem
from dashboard.team import presentations
from dashboard.ui import markup as html
from dashboard.ui import navigation, team, uploads
from dashboard.ui.presentation import kept, saving, state
from dashboard.wording import addresses, query
from dashboard.wording.periods import moment
from dashboard.wording.slugs import file_slug

_REMOVED: Final = "presentation_retirees"
_SHOWN: Final = 12


def show(ds: Dataset) -> None:
    st.html(html.heading(2, "Présentations de l’équipe", anchor="gardees"))
    shared = kept.all_kept()
    for own in list(shared.values())[:_SHOWN]:
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"gardee_{own.id}"):
            navigation.link(own.title, addresses.PRESENTATION, {query.DECK: own.id}, key=f"ouvrir_{own.id}")
            st.html(f'<p class="source">{html.esc(own.author)}, {html.esc(moment(own.at))}</p>', width="content")
    if len(shared) > _SHOWN:
        st.html("<p>Les autres sont dans la liste «&nbsp;Présentation&nbsp;», en haut de la page.</p>")
    if not shared and not kept.problem():
        st.html("<p>Aucune n’est encore gardée sous un nom.</p>")
    if team.person().may("contributor"):
        _removed()
    with st.expander("Passer une présentation d’un tableau de bord à un autre", key="presentation_fichiers"):
        _files(ds)


def _removed() -> None:
    with st.popover("Présentations retirées", on_change="rerun", key="presentation_retirees_menu") as menu:
        if not menu.open:
            return
        found, problem = team.trying(lambda: presentations.removed(team.store()))
        if not found:
            st.html(f"<p>{html.esc(problem or 'Aucune n’a été retirée.')}</p>")
            return
        st.selectbox(
            "Présentation retirée", list(found), format_func=lambda id_: f"{found[id_].title}, {moment(found[id_].at)} "
            f"({found[id_].author})", key=_REMOVED,
        )  # fmt: skip
        st.button(
            "Remettre", key="garder_remettre", on_click=lambda: saving.put_back(found[st.session_state[_REMOVED]])
        )


def _files(ds: Dataset) -> None:
    deck = state.current(ds)
    if deck.slides:
        st.download_button(
            # Made now: the click runs the page again, and Streamlit may have forgotten what it would have called.
            "Enregistrer la présentation", data=deck_yaml(deck), file_name=f"{file_slug(deck.title)}.yaml",
            mime="application/yaml", on_click="ignore", key="presentation_enregistrer",
        )  # fmt: skip

    def take(content: bytes, name: str) -> list[Problem]:
        found, problems = read_deck(ds, content, name)
        if found is not None:
            state.receive(ds, found)
        return problems

    label = "Rouvrir une présentation enregistrée"
    uploads.reopening(label, "presentation_fichier", "Présentation ouverte", take)
