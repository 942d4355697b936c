"""Files that a page gives, and files saved from it that it opens again. The size that any file may have is the
server's, on every page (server.maxUploadSize in .streamlit/config.toml).

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


def download(label: str, data: bytes | Callable[[], bytes], name: str, mime: str, key: str, **more: Any) -> None:
    """A button that gives a file, made when it is asked for where `data` makes it; the page is not drawn again."""
    st.download_button(label, data, name, mime, on_click="ignore", key=key, **more)


def field(label: str, key: str, **more: Any) -> Any:
    """Where a file is sent, until `empty`: the same file, once mended, can then be chosen anew."""
    return st.file_uploader(label, key=_key(key), **more)


def _key(key: str) -> str:
    return f"{key}|{st.session_state.get(f'_{key}_tours', 0)}"


def empty(key: str) -> None:
    """The field is empty from the next run on: the widget is another, which Streamlit has no other way to empty."""
    st.session_state[f"_{key}_tours"] = st.session_state.get(f"_{key}_tours", 0) + 1


def reopening(label: str, key: str, opened: str, take: Callable[[bytes, str], list[Problem]]) -> None:
    """Where a YAML file saved from here is opened again, and what came of the last one.

    opened: what is said of a file that was taken. take: takes its content under its name, or gives every problem that
    prevents it; it then changes nothing.
    """
    report = f"_{key}_lu"

    def sent() -> None:
        file = st.session_state.get(_key(key))
        if file is not None:
            name = shortened(file.name)
            st.session_state[report] = (name, take(file.getvalue(), name))
            empty(key)

    # Any ending: what is not such a file is refused with a message that says so.
    field(label, key, on_change=sent)
    name, problems = st.session_state.pop(report, ("", []))
    if problems:
        many = f"{html.esc(name)}, {len(problems)} problème{'s' if len(problems) > 1 else ''}"
        told = f"<strong>Fichier refusé&nbsp;: {many}.</strong> Rien n’a changé."
        st.html(html.box(told, html.problem_list(problems), role="alert", fault=True))
    elif name:
        st.html(html.notices([f"{opened}{NBSP}: {name}."]))
