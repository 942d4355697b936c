"""Printing: a page drawn whole, its parts one after the other and their tables open, for as long as it is printed.

Ctrl + P, the medium of print (assets/print.js) and « Imprimer » of the menu ask for it; the page then says that all of
it is there, which is what assets/print.js prints, before it comes back.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.ui import selection

ASKED: Final = "_impression"


def asked() -> bool:
    """True while the page shown is to be printed."""
    return st.session_state.get(ASKED) == selection.here()


def ask() -> None:
    """Draw the whole of this page from the next run on, for the browser to print."""
    st.session_state[ASKED] = selection.here()


def _leave() -> None:
    st.session_state.pop(ASKED, None)


def controls() -> None:
    """At the foot of a page: what says that all of it is drawn and leads back; otherwise the button, unseen, that
    assets/print.js presses."""
    if asked():
        with st.container(horizontal=True, vertical_alignment="center", key="impression"):
            st.html('<p role="status" data-entiere>Toute la page est affichée, pour l’imprimer.</p>', width="content")
            st.button("Revenir", key="imprimer_fin", on_click=_leave)
    else:
        # A page left while it was printed is shown as usual when one comes back to it.
        _leave()
        st.button("Imprimer", key="imprimer", on_click=ask)
