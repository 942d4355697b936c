"""Vue d'ensemble: key figures of the direction, map of every territory, what stands out beside the regions, trends."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.model.documents import RegionDisplay
from dashboard.narrative import sourcing
from dashboard.ui import blocks, cache, navigation
from dashboard.ui import markup as html
from dashboard.ui.explorer import explorer

# Charts that a page draws at once; those of more regions are drawn when they are asked for.
_AT_ONCE = 8


def top(ds: Dataset) -> str:
    """Title and key figures: also what is read before the page has started (ui/first_words.py)."""
    figures = view(ds, "chiffres", {}).cards(0, 4)
    return (
        html.heading(1, ds.config.title, ds.config.subtitle)
        + f'<p class="fil">{html.esc(figures.reading)}</p>'
        + _left_out(ds)
        # Which regions a direction has had for a part of the years only.
        + (html.box(html.esc(changes)) if (changes := sourcing.territory_changes(ds)) else "")
        + blocks.texts(figures)
    )


def render(ds: Dataset) -> None:
    st.html(top(ds))
    blocks.below(ds, view(ds, "chiffres", {}), "chiffres")
    explorer(ds, None)
    for place, kind in zip(st.columns([3, 5]), ("ressort", "regions"), strict=True):
        with place:
            said = view(ds, kind, {})
            st.html(html.heading(2, said.title, anchor=kind) + blocks.texts(said))
            blocks.below(ds, said, kind)
    _trends(ds)


def _left_out(ds: Dataset) -> str:
    if not ds.unavailable:
        return ""
    names = ", ".join(ds.name(code) for code in ds.unavailable)
    problems = [problem for own in ds.unavailable.values() for problem in own]
    told = (
        f"<strong>Régions écartées&nbsp;: {html.esc(names)}.</strong> Leurs fichiers ont des problèmes; les totaux de "
        "la direction ne les comprennent pas."
    )
    return html.box(told, html.details("Voir les problèmes", html.problem_list(problems)), fault=True)


def _drawn(ds: Dataset) -> list[RegionDisplay]:
    """The regions whose chart is drawn: those of the direction first, where there are too many."""
    shown = [region for region in ds.config.regions if region.code not in ds.unavailable]
    more = len(shown) - _AT_ONCE
    if more <= 0 or st.toggle(f"Afficher les {more} autres graphiques", key="toutes_les_tendances"):
        return shown
    own = set(directions.regions(ds))
    first = sorted(shown, key=lambda region: region.code not in own)[:_AT_ONCE]
    return [region for region in shown if region in first]


@cache.fragment
def _trends(ds: Dataset) -> None:
    content = view(ds, "tendances", {})
    st.html(html.heading(2, content.title, content.subtitle))
    shown = _drawn(ds)
    with st.container(key="tendances"):
        # Rows of four at the most, so that a direction of many regions stays readable.
        for start in range(0, len(shown), 4):
            for place, region in zip(st.columns(4), shown[start : start + 4], strict=False):
                with place:
                    navigation.link(ds.name(region.code), region.slug)
                    blocks.panel(ds, content, region.code, f"tendance-{region.code}")
    blocks.below(ds, content, "tendances")
