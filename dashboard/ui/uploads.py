"""The field of a file: one limit on every page, that of the server (server.maxUploadSize in .streamlit/config.toml).

nginx lets a little more through, so that it is the application that refuses (a test holds deploy/nginx.conf to it).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard.model import Problem
from dashboard.model.problems import shortened
from dashboard.ui import markup as html
from dashboard.wording.numbers import NBSP


def limit() -> str:
    """The size allowed, as a label says it."""
    return f"{st.get_option('server.maxUploadSize')}{NBSP}Mo au plus"


def field(label: str, kind: str, key: str, also: str = "", **arguments: Any) -> Any:
    """Where a file is chosen; what was sent, or None. kind, also: what is accepted, beside the size."""
    return st.file_uploader(f"{label} ({kind}, {limit()}{also})", key=key, **arguments)


def reopening(label: str, key: str, opened: str, take: Callable[[bytes, str], list[Problem]]) -> None:
    """Where a YAML file saved from here is opened again, and what came of the last one.

    opened: what is said of a file that was taken. take: takes its content under its name, or gives every problem that
    prevents it; it then changes nothing.
    """
    report, count = f"_{key}_lu", f"_{key}_tours"
    turn = st.session_state.get(count, 0)

    def sent() -> None:
        file = st.session_state.get(f"{key}_{turn}")
        if file is not None:
            name = shortened(file.name)
            st.session_state[report] = (name, take(file.getvalue(), name))
            # An empty field again: the same file, once mended, can be chosen anew.
            st.session_state[count] = turn + 1

    field(label, "YAML", f"{key}_{turn}", type=["yaml", "yml"], on_change=sent)
    name, problems = st.session_state.pop(report, ("", []))
    if problems:
        many = f"{html.esc(name)}, {len(problems)} problème{'s' if len(problems) > 1 else ''}"
        st.html(
            f'<div class="avis-erreur" role="alert"><p><strong>Fichier refusé&nbsp;: {many}.</strong> '
            f"Rien n’a changé.</p>{html.problem_list(problems)}</div>"
        )
    elif name:
        st.html(html.notices([f"{opened}{NBSP}: {name}."]))
