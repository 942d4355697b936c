"""What a session alone holds: told to the browser, which warns before it is left, and says it when it is lost.

Each thing has a name of its own, so that what came back after a restart is told from what did not.
"""

from __future__ import annotations

import json
import secrets
from typing import Final

import streamlit as st

from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import preview
from dashboard.ui.presentation import state as presentation
from dashboard.wording.numbers import NBSP

_SESSION: Final = "_tenu_session"
_LAST: Final = "_tenu_dernier"


def mark(ds: Dataset) -> str:
    """HTML that shows nothing, to be put in what is drawn each time that something held may have changed.

    The one of the highest rank counts: a fragment that is drawn again leaves the others of the page as they were.
    """
    session = st.session_state.setdefault(_SESSION, secrets.token_hex(4))
    # What would be lost, in the middle of a sentence, and whether it is in no file of the person's.
    lost: list[tuple[str, bool]] = [(f"la présentation «{NBSP}{name}{NBSP}»", True) for name in presentation.unsaved()]
    if loaded := preview.loaded():
        lost.append((f"l’aperçu de «{NBSP}{loaded.incoming.name}{NBSP}»", False))
    told = json.dumps(lost, ensure_ascii=False)
    # The same text as long as nothing changes: the browser is not sent it again.
    last, rank = st.session_state.get(_LAST, ("", 0))
    if told != last:
        rank += 1
        st.session_state[_LAST] = (told, rank)
    return f'<span class="tenu" hidden data-session="{session}" data-rang="{rank}" data-tenu="{html.esc(told)}"></span>'
