"""Cibles stratégiques: the five indicators of annexe 1, their trajectories, and the results that someone entered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import follow_up as fu
from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.model.documents import Target
from dashboard.model.follow_up import FollowUpKey
from dashboard.narrative import follow_up_words as results_words
from dashboard.narrative import target_words as words
from dashboard.narrative.search import place_of
from dashboard.ui import blocks, follow_up_session, navigation
from dashboard.ui import markup as html
from dashboard.wording import addresses
from dashboard.wording.numbers import NBSP, typographic


def render(ds: Dataset) -> None:
    content = ds.targets
    first, last = content.targets[0].targets[0].period, content.targets[0].targets[-1].period
    st.html(
        html.heading(1, "Cibles stratégiques", f"Plan stratégique du Ministère, {first} à {last}")
        + f'<p class="fil">{html.esc(typographic(content.note))}</p>'
        + f'<div class="avis"><p>{html.esc(typographic(content.scope))} Le plan ne donne aucun résultat. Ceux de '
        "cette page viennent du Suivi; à défaut, «&nbsp;non saisi&nbsp;».</p></div>" + follow_up_session.unavailable(ds)
    )
    navigation.link("Saisir un résultat au suivi", addresses.FOLLOW_UP)
    ds = follow_up_session.overlaid(ds)
    entries = ds.follow_up.entries
    for rank, target in enumerate(content.targets):
        if rank == 0 or target.orientation != content.targets[rank - 1].orientation:
            st.html(html.heading(2, typographic(target.orientation)))
        _target(ds, target, fu.results(entries, target.id))
    st.html(
        html.heading(2, "Toutes les cibles", anchor="tableau")
        + blocks.texts(view(ds, "cibles", {}))
        + html.source_line(
            f"Source{NBSP}: {ds.section_name(content.source)}. "
            f"Note de l’annexe{NBSP}: «{NBSP}{content.footnote}{NBSP}»."
        )
    )


def _target(ds: Dataset, target: Target, results: Mapping[str, Decimal]) -> None:
    content, standings = view(ds, "cible", {"cible": target.id}), tgt.standings(target, results)
    anchor = place_of("cible", target.id)
    st.html(html.heading(3, content.title, content.subtitle, anchor=anchor))
    left, right = st.columns(2)
    with left:
        blocks.drawing(ds, content, f"cible-{target.id}")
    with right:
        notes = "".join(f"<p>{html.esc(text)}</p>" for text in content.caveats)
        st.html(_years(ds, target, standings) + (f'<div class="avis">{notes}</div>' if notes else ""))
    related = [a.id for a in ds.anomalies.values() if target.id in a.figures]
    st.html(html.reading(content.reading) + html.peculiarities(ds, related))


def _years(ds: Dataset, target: Target, standings: list[tgt.Standing]) -> str:
    """Year by year: what is asked, what was reached, and the gap where both are in the same unit."""
    asked = {step.period: words.asked(step) for step in tgt.steps(target)}
    rows = []
    for item in standings:
        where = follow_up_session.origin(ds, FollowUpKey("cible", target.id, item.period))
        result = results_words.result(item.result, target.unit) if not ds.follow_up.problems else "indisponible"
        rows.append((
            item.period, typographic(item.printed), asked.get(item.period, "–"),
            f"{result} ({where})" if item.result is not None else result,
            results_words.standing(item, target.unit) if item.result is not None else "–",
        ))  # fmt: skip
    head = ("Année", "Cible", "Progression demandée", "Résultat", "Écart")
    table = html.plain_table(f"Cible {target.id}, année par année", head, rows, frozenset({1, 2, 3, 4}))
    return f'<div class="etroit">{table}</div>'
