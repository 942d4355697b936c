"""Indicateurs: any indicator as a map, a chart or a table, by MRC where the source allows, by region otherwise."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators.catalogue import Entry, entries
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.narrative.search import RESULT
from dashboard.ui import blocks, cache, navigation, selection
from dashboard.ui import markup as html
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP


def render(ds: Dataset) -> None:
    st.html(html.heading(1, "Indicateurs"))
    _indicator(ds, entries(ds, selection.get(query.YEAR)))


@cache.fragment
def _indicator(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        entry = catalogue[selection.widget(query.INDICATOR) or ""]
    with right:
        shown = selection.widget(query.VIEW) or ""
    kind, key = ("indicateur-carte",) * 2 if shown == "carte" else ("indicateur", "indicateur-barres")
    content = view(ds, kind, selection.slide("indicateur").choices)
    st.html(html.heading(2, content.title, content.subtitle, anchor=RESULT))
    # What the source does not give stands beside what it gives.
    left, right = st.columns([3, 1])
    with left:
        table = html.table(content.table, caption=False) if content.table and shown == "tableau" else ""
        if not table:
            blocks.drawing(ds, content, key)
        blocks.below(ds, content, key, above=table)
    with right:
        _why(ds, catalogue, entry)


def _why(ds: Dataset, catalogue: dict[str, Entry], entry: Entry) -> None:
    """What the source does not give for this indicator, and the nearest question."""
    if not entry.reasons:
        return
    reasons = html.points(f"{words.LEVELS[level]}{NBSP}: {why}." for level, why in entry.reasons.items())
    st.html(html.box("Ce que la source ne donne pas&nbsp;:", reasons))
    if entry.nearest is not None:
        near = catalogue[entry.nearest]
        navigation.link(f"Voir plutôt{NBSP}: {near.label}", addresses.INDICATORS, {query.INDICATOR: near.id})
