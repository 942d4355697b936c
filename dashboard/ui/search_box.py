"""The search box at the top of every page: type, Enter, choose. What is found stands over the page."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.narrative.plan_words import several
from dashboard.narrative.search import Place, find, places
from dashboard.ui import cache, navigation
from dashboard.ui import markup as html
from dashboard.wording import query


@cache.fragment
def show(ds: Dataset) -> None:
    """A fragment: what is typed does not redraw the page."""
    with st.container(key="recherche"):
        asked = st.text_input(
            "Rechercher",
            key="champ_recherche",
            placeholder="Rechercher une MRC, un mot",
            label_visibility="collapsed",
            max_chars=100,
        )
        if not (asked or "").strip():
            return
        found = find(asked, [*_pages(ds), *places(ds)])
        with st.container(key="trouve"):
            if found:
                st.html(f'<p class="annonce" role="status">{several(len(found), "résultat", "résultats")}</p>')
                _links(found)
                return
            st.html(
                f'<div class="avis" role="status"><p>Rien ne correspond à '
                f"«&nbsp;{html.esc(asked)}&nbsp;». Essayez le nom d’une "
                "MRC, d’une région, ou un mot comme «&nbsp;français&nbsp;» ou «&nbsp;permis&nbsp;».</p></div>"
            )


def _links(found: list[Place]) -> None:
    for place in found:
        where = {query.PLACE: place.anchor} if place.anchor else {}
        navigation.link(f"{place.label} · {place.kind}", place.slug, {**place.params, **where})


def suggest(ds: Dataset, asked: str) -> None:
    """Links to what an address that does not exist may have meant; nothing when nothing comes near."""
    found = find(asked, [*_pages(ds), *places(ds)], 4)
    if found:
        st.html('<p class="fil-court">Vous cherchiez peut-être&nbsp;:</p>')
        _links(found)


def _pages(ds: Dataset) -> list[Place]:
    """The pages by their title, except the regions, which are found as territories."""
    regions = {region.slug for region in ds.config.regions}
    return [Place(title, "Page", slug) for slug, title in navigation.titles().items() if slug not in regions]
