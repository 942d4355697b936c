"""Cibles stratégiques: the five indicators of annexe 1, their trajectories, and the results that someone entered."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import follow_up as fu
from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.model.documents import Target
from dashboard.narrative import follow_up_words as results_words
from dashboard.narrative import target_words as words
from dashboard.narrative.search import place_of
from dashboard.ui import blocks, cache, navigation, printing, selection, team
from dashboard.ui import markup as html
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic


def render(ds: Dataset) -> None:
    content = ds.targets
    found = team.follow_up(ds)
    ds = found.ds
    every = view(ds, "cibles", {})
    st.html(
        html.heading(1, "Cibles stratégiques")
        + f'<p class="fil">{html.esc(every.title)}.</p>'
        + team.problem_html(found.problem)
    )
    if printing.asked():
        for target in content.targets:
            _target(ds, target)
    else:
        _chosen(ds)
    st.html(
        html.heading(2, "Toutes les cibles", anchor="tableau")
        + blocks.texts(every)
        + html.source_line(
            f"Révisée{NBSP}: {words.footnote(content)}; le plan n’en dit pas plus. s.{NBSP}o.{NBSP}: sans objet. "
            f"Source{NBSP}: {ds.section_name(content.source)}."
        )
    )


@cache.fragment
def _chosen(ds: Dataset) -> None:
    """One target: the others are neither drawn nor sent."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_cible"):
        chosen = selection.widget(query.TARGET, width=560)
        navigation.link("Saisir un résultat au suivi", addresses.FOLLOW_UP)
    _target(ds, next(target for target in ds.targets.targets if target.id == chosen))


def _target(ds: Dataset, target: Target) -> None:
    content = view(ds, "cible", {query.TARGET: target.id})
    standings = tgt.standings(target, fu.results(ds.follow_up.entries, target.id))
    st.html(
        html.heading(2, content.title, content.subtitle, anchor=place_of("cible", target.id))
        + f'<p class="sous-titre">Orientation {html.typeset(target.orientation)}</p>'
    )
    left, right = st.columns(2)
    with left:
        blocks.drawing(ds, content, f"cible-{target.id}")
    with right:
        st.html(_years(ds, target, standings))
    related = [a.id for a in ds.anomalies.values() if target.id in a.figures]
    # The chart and the table give the rest of what the reading sentence says.
    road = results_words.road(tgt.road(target, fu.results(ds.follow_up.entries, target.id)), target.unit)
    st.html(html.reading(road) + html.peculiarities(ds, related))


def _years(ds: Dataset, target: Target, standings: list[tgt.Standing]) -> str:
    """Year by year: what is asked, what was reached, and the gap where both are in the same unit."""
    asked = {step.period: words.asked(step) for step in tgt.steps(target)}
    rows = []
    for item in standings:
        unread = ds.follow_up.unread and item.result is None
        result = "indisponible" if unread else results_words.result(item.result, target.unit)
        rows.append((
            item.period, typographic(item.printed), asked.get(item.period, "–"), result,
            results_words.standing(item, target.unit) if item.result is not None else "–",
        ))  # fmt: skip
    head = ("Année", "Cible", "Progression demandée", "Résultat", "Écart")
    table = html.plain_table(f"Cible {target.id}, année par année", head, rows, frozenset({1, 2, 3, 4}))
    return f'<div class="etroit">{table}</div>'
