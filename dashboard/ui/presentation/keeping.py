"""What outlives the session: the presentation as a file, as a link, and as PowerPoint, Excel, PDF or open data."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from dashboard.deck import files
from dashboard.deck.files import deck_yaml, read_deck
from dashboard.model import Dataset, Problem
from dashboard.ui import markup as html
from dashboard.ui import navigation, team, uploads
from dashboard.ui.presentation import state
from dashboard.wording import addresses, query
from dashboard.wording.slugs import file_slug

_WHERE: Final = "Vos changements sont gardés pour vous, dans ce navigateur&nbsp;: vous les retrouvez en revenant."
_HERE: Final = "Vos changements ne sont gardés que dans cette page&nbsp;: enregistrez le fichier avant de la quitter."


def show(ds: Dataset) -> None:
    st.html(
        html.heading(2, "Garder et échanger", anchor="garder") + f"<p>{_WHERE if team.kept_for_later() else _HERE}</p>"
    )
    deck = state.current(ds)
    left, right = st.columns(2)
    with left:
        if deck.slides:
            st.download_button(
                # Made now: the click runs the page again, and Streamlit may have forgotten what it would have called.
                "Enregistrer la présentation", data=deck_yaml(deck),
                file_name=f"{file_slug(deck.title)}.yaml", mime="application/yaml", on_click="ignore",
                key="presentation_enregistrer",
            )  # fmt: skip
            _link(ds)
    with right:
        _reopen(ds)


def _link(ds: Dataset) -> None:
    packed = files.packed(state.current(ds))
    if packed is None:
        st.html('<p class="source">Cette présentation est trop longue pour un lien&nbsp;: enregistrez son fichier.</p>')
        return
    params = urlencode({query.PACKED_DECK: packed, query.DATA_VERSION: ds.version})
    link = f"{navigation.base_url()}{addresses.PRESENTATION}?{params}"
    st.html(
        f'<button type="button" data-copier="texte" data-contenu="{html.esc(link)}">Copier le lien de la '
        "présentation</button>"
    )


def _reopen(ds: Dataset) -> None:
    """A saved file, taken as « Ma présentation »."""

    def take(content: bytes, name: str) -> list[Problem]:
        found, problems = read_deck(ds, content, name)
        if found is not None:
            state.receive(ds, found)
        return problems

    label = "Rouvrir une présentation enregistrée"
    uploads.reopening(label, "presentation_fichier", "Présentation ouverte", take)
