"""A page in parts: one at a time on the screen, the others neither drawn nor sent; all of them on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.ui import cache, printing, selection
from dashboard.wording import query


def show(parts: Mapping[str, Callable[[], None]], told: Callable[[str], str] = lambda part: "") -> None:
    """parts: what draws each; told: HTML that stands under the one that is chosen."""
    if not printing.asked():
        _chosen(parts, told)
        return
    for draw in parts.values():
        draw()


@cache.fragment
def _chosen(parts: Mapping[str, Callable[[], None]], told: Callable[[str], str]) -> None:
    part = selection.widget(query.THEME, label_visibility="collapsed", width="stretch")
    assert part is not None
    # Each has its own place: what one draws is never taken for what another did.
    with st.container(key=f"theme_{part}"):
        parts[part]()
    if under := told(part):
        st.html(under)
