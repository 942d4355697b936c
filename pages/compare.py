"""Comparer: two to eight territories on one indicator, against a reference of one's choice."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.choices import territory_label
from dashboard.deck.kinds import view
from dashboard.indicators import comparison
from dashboard.indicators.catalogue import Entry, entries, has, reason
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.ui import blocks, cache, navigation, selection, spoken
from dashboard.ui import markup as html
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP


def render(ds: Dataset) -> None:
    st.html(html.heading(1, "Comparer"))
    _comparison(ds, entries(ds, selection.get(query.YEAR)))


@cache.fragment
def _comparison(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    entry = catalogue[selection.widget(query.INDICATOR) or ""]
    chosen = [code for code in (selection.widget(query.COMPARED) or "").split(",") if code]
    usable = [code for code in chosen if has(ds, entry, code)]
    refused = [code for code in chosen if code not in usable]
    spoken.say("")
    if refused:
        _refusals(ds, catalogue, entry, refused, chosen)
    if len(usable) < comparison.FEWEST:
        which = "MRC, régions, direction, ensemble du Québec"
        st.html(html.box(f"Choisissez au moins deux territoires qui ont cet indicateur&nbsp;: {which}."))
    else:
        _result(ds, usable)
    _greyed(ds, catalogue, entry, chosen)


def _result(ds: Dataset, codes: list[str]) -> None:
    reference = selection.get(query.REFERENCE) or ""
    asked = selection.slide("comparer").choosing(**{query.COMPARED: ",".join(codes), query.REFERENCE: reference})
    content = view(ds, "comparer", asked.choices)
    st.html(html.heading(2, content.title, content.subtitle, anchor="resultat"))
    assert content.table is not None
    blocks.drawing(ds, content, "comparaison")
    # Under the bars: it changes the two columns of the table below.
    selection.widget(query.REFERENCE, width=460)
    blocks.below(ds, content, "comparaison", above=html.table(content.table, caption=False), drawn=True)


def _refusals(ds: Dataset, catalogue: dict[str, Entry], entry: Entry, refused: list[str], chosen: list[str]) -> None:
    """Why some chosen territories are left out, with the nearest question that can be answered."""
    reasons: dict[str, list[str]] = {}
    for code in refused:
        reasons.setdefault(reason(ds, entry, code), []).append(territory_label(ds, code))
    left = [f"{', '.join(names)}{NBSP}: {why}." for why, names in reasons.items()]
    st.html(html.box("Laissés de côté pour cet indicateur&nbsp;:", html.points(left)))
    spoken.say(f"Laissés de côté{NBSP}: {' '.join(left)}")
    near = comparison.nearest(ds, catalogue, entry, chosen)
    if near is not None:
        asked = {query.COMPARED: ",".join(chosen), query.INDICATOR: near.id}
        navigation.link(f"Voir plutôt{NBSP}: {near.label}", addresses.COMPARE, asked)


def _greyed(ds: Dataset, catalogue: dict[str, Entry], entry: Entry, chosen: list[str]) -> None:
    """What cannot be chosen with this indicator or these territories: visible, greyed, with the reason."""
    whys = {
        other.label: next((reason(ds, other, code) for code in chosen if not has(ds, other, code)), "")
        for other in catalogue.values()
    }
    lists = {
        "Territoires qui n’ont pas cet indicateur": {words.LEVELS[own]: why for own, why in entry.reasons.items()},
        "Indicateurs que ces territoires n’ont pas tous": {label: why for label, why in whys.items() if why},
    }
    parts = "".join(
        f"<p>{title} ({len(own)})</p>" + html.points((f"{label}{NBSP}: {why}." for label, why in own.items()), "grise")
        for title, own in lists.items()
        if own
    )
    if parts:
        st.html(html.details("Ce qui ne peut pas être comparé", parts, anchor="non-comparable"))
