"""Addresses of the pages: fixed ones, and one for each region of config.yaml; links that keep the session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st

from dashboard.loading.yaml_files import read_unchecked
from dashboard.model.documents import HOST
from dashboard.narrative.search import Place
from dashboard.ui.markup import literal
from dashboard.ui.server.roots import project_root
from dashboard.wording import query
from dashboard.wording.addresses import EMBED, FIXED

_REGISTERED: Final = "_pages_du_site"


def known_slugs() -> set[str]:
    """Addresses that exist. Read by the server before any session, hence from config.yaml itself.

    Raises ValueError, KeyError or TypeError when config.yaml cannot be read.
    """
    config = read_unchecked(project_root() / "config.yaml")
    return {*FIXED, *(str(region["slug"]) for region in config["regions"])}


def embed_hosts(slug: str) -> tuple[str, ...]:
    """Hosts that may show this address in a frame: those of config.yaml for the views made for it, else none.

    What is not a host is left out: it would end up in a header. Nobody may when the settings cannot be read.
    """
    if slug != EMBED:
        return ()
    try:
        config = read_unchecked(project_root() / "config.yaml")
        return tuple(host for host in config.get("embed_hosts") or () if re.fullmatch(HOST, str(host)))
    except (ValueError, TypeError):
        return ()


def first_pages() -> tuple[str, ...]:
    """What the server draws for itself when it starts: the overview and one region, whose parts every page shares."""
    try:
        return ("", *sorted(known_slugs() - FIXED)[:1])
    except Exception:  # noqa: BLE001 (the pages say themselves what is wrong in config.yaml)
        return ("",)


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


def link(label: str, slug: str, params: Mapping[str, str] | None = None, *, key: str | None = None) -> None:
    """A link to a page of ours. Unlike an HTML link it keeps the session, hence what the person has entered.

    The label is a text: nothing in it is read as Markdown.
    """
    found = page(slug)
    if found is not None:
        st.page_link(found, label=literal(label), query_params=dict(params or {}))
