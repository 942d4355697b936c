"""Pages by their address; links that keep the session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard.narrative.search import Place
from dashboard.ui.markup import literal
from dashboard.wording import query

_REGISTERED: Final = "_pages_du_site"


def register(pages: Mapping[str, Any]) -> None:
    """Keep the pages of this run by address (« » is the overview), so that links can name them."""
    st.session_state[_REGISTERED] = dict(pages)


def titles() -> dict[str, str]:
    """Title of each page, by address."""
    return {slug: page.title for slug, page in st.session_state.get(_REGISTERED, {}).items()}


def page(slug: str) -> Any:
    """The page of an address, for st.switch_page; None when there is none."""
    return st.session_state.get(_REGISTERED, {}).get(slug)


def base_url() -> str:
    """Root of the dashboard as the browser knows it, with its final slash; empty outside a session."""
    here = str(st.context.url or "")
    parts = urlsplit(here)
    path = parts.path.rsplit("/", 1)[0] if parts.path.strip("/") else ""
    return f"{parts.scheme}://{parts.netloc}{path}/" if parts.netloc else ""


def links(found: Iterable[Place]) -> None:
    """Links to what the search has found."""
    for place in found:
        link(f"{place.label} · {place.kind}", place.slug, at(place))


def at(place: Place) -> dict[str, str]:
    """What the address of a place holds: the choices that show it, and where it is in its page."""
    return {**place.params, **({query.PLACE: place.anchor} if place.anchor else {})}


def link(label: str, slug: str, params: Mapping[str, str] | None = None) -> None:
    """A link to a page of ours. Unlike an HTML link it keeps the session, hence what the person has entered.

    The label is a text: nothing in it is read as Markdown.
    """
    found = page(slug)
    if found is not None:
        st.page_link(found, label=literal(label), query_params=dict(params or {}))
