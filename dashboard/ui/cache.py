"""The one cache: the data of the files, read again when one changes, and the same for a whole page.

The script of the page takes the state at its start (`begin`). A fragment that runs alone, later, compares: on files
that have changed since, it asks for the whole page, so that no page is half old and half new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import streamlit as st
from cachetools import LRUCache

from dashboard.contract.current import Current, Snapshot
from dashboard.ui import markup as html
from dashboard.ui import spoken
from dashboard.ui.server.roots import project_root

_SHOWN: Final = "_donnees_de_la_page"
_WHOLE: Final = "_page_entiere_en_cours"
# Seconds. A file that changes is seen at the first interaction after that: nobody clicks faster.
PAUSE = 0.2
# One folder a process, except in the tests.
_folders: Final[LRUCache[Path, Current]] = LRUCache(2)
_lock = Lock()

F = TypeVar("F", bound=Callable[..., None])


def current(pause: float | None = None) -> Snapshot:
    """The state of the files now, for every session. pause: 0 for whoever has just had them changed."""
    root = project_root()
    with _lock:
        if root not in _folders:
            _folders[root] = Current(root)
        found = _folders[root]
    return found.state(PAUSE if pause is None else pause)


@contextmanager
def begin() -> Iterator[Snapshot]:
    """The state that a whole page keeps from its start to its end, fragments included."""
    state = current()
    st.session_state[_SHOWN], st.session_state[_WHOLE] = state, True
    try:
        yield state
    finally:
        st.session_state[_WHOLE] = False


def fragment(function: F) -> F:
    """`st.fragment`, for a part of a page that shows data: it never runs on files that the rest of the page has not.

    The address follows what the part has said.
    """

    @wraps(function)
    def run(*arguments: Any, **named: Any) -> None:
        alone = not st.session_state.get(_WHOLE)
        if alone and current() is not st.session_state.get(_SHOWN):
            st.rerun(scope="app")
        function(*arguments, **named)
        if alone:
            spoken.end(alone=True)

    found: F = st.fragment(run)  # type: ignore[assignment]
    return found


def notice_html(state: Snapshot, *, short: bool = False) -> str:
    """What is said above every page when the new files cannot be used. short: on a wall, or inside another site."""
    if short:
        told = "les dernières données valides restent affichées."
        return html.box(f"Les fichiers de données ont changé et ont des problèmes&nbsp;: {told}", role="status")
    return html.box(
        "<strong>Les fichiers de données ont changé et ont des problèmes.</strong> Les dernières données valides "
        "restent affichées; rien n’est perdu. Les nouvelles s’afficheront dès que les fichiers seront corrigés, "
        "sans rien redémarrer.",
        html.details(f"Voir les problèmes ({len(state.problems)})", html.problem_list(state.problems)),
        role="status",
        fault=True,
    )
