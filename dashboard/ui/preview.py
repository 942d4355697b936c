"""The preview of a session: the whole dashboard on the figures of a loaded workbook, kept in memory, never written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.publishing.diff import Diff
from dashboard.publishing.incoming import Incoming
from dashboard.publishing.words import summary
from dashboard.ui import markup as html
from dashboard.ui import uploads
from dashboard.wording.numbers import typographic

_LOADED: Final = "_classeur_charge"
_SHOWN: Final = "_apercu"
_MESSAGE: Final = "_apercu_message"
# Where the workbook is sent.
FIELD: Final = "classeur_fichier"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A workbook loaded in the session, and what it would change. base: mark of the data it was compared to."""

    id: str
    incoming: Incoming
    diff: Diff | None
    base: str


def loaded() -> Loaded | None:
    found: Loaded | None = st.session_state.get(_LOADED)
    return found


def keep(found: Loaded) -> None:
    st.session_state[_LOADED] = found
    show(False)


def forget() -> None:
    """Nothing of the workbook is left in the session; the field of the file is emptied."""
    st.session_state.pop(_LOADED, None)
    show(False)
    uploads.empty(FIELD)


def show(shown: bool) -> None:
    """Whether every page is on the figures of the workbook."""
    st.session_state[_SHOWN] = shown


def active() -> bool:
    found = loaded()
    return bool(st.session_state.get(_SHOWN)) and found is not None and found.incoming.dataset is not None


def over(ds: Dataset) -> Dataset:
    """What the pages of this session show: the preview, or the data of everybody (`ds`).

    When the data of everybody change, the preview ends: it was compared to others.
    """
    found = loaded()
    if found is not None and found.base != ds.fingerprint:
        ended = " : l’aperçu est terminé." if active() else "."
        forget()
        st.session_state[_MESSAGE] = (
            f"Les données publiées viennent de changer{ended} Chargez de nouveau votre classeur pour le comparer à "
            "elles."
        )
    return found.incoming.dataset or ds if found is not None and active() else ds


def banner() -> None:
    """Above every page: whose figures these are, and the way out. Nothing without a preview."""
    message = st.session_state.pop(_MESSAGE, "")
    if message:
        st.html(html.notices([typographic(message)]))
    found = loaded()
    if found is None or found.diff is None or not active():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="apercu"):
        st.html(
            '<p class="apercu" role="status"><strong>Aperçu, rien n’est publié.</strong> Ces pages'
            '<span class="apercu-detail">, et ce que vous en téléchargez,</span> montrent à vous seulement '
            f"les chiffres de «&nbsp;{html.esc(found.incoming.name)}&nbsp;»"
            f'<span class="apercu-detail"> ({html.esc(summary(found.diff))})</span>.</p>'
        )
        st.button("Quitter l’aperçu", key="apercu_quitter", on_click=show, args=(False,))
