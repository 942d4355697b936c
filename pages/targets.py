"""Cibles stratégiques: the five indicators of annexe 1, as trajectories and as a table."""

from __future__ import annotations

import streamlit as st

from dashboard.figures import trends
from dashboard.indicators import targets as tgt
from dashboard.model import Dataset
from dashboard.model.documents import Target
from dashboard.narrative import target_words as words
from dashboard.ui import blocks, html
from dashboard.wording.numbers import typographic


def render(ds: Dataset) -> None:
    content = ds.targets
    first, last = content.targets[0].targets[0].period, content.targets[0].targets[-1].period
    section = ds.sections[content.source]
    st.html(
        html.heading(1, "Cibles stratégiques", f"Plan stratégique du Ministère, {first} à {last}")
        + f'<p class="fil">{html.esc(typographic(content.note))}</p>'
        + f'<div class="avis"><p>{html.esc(typographic(content.scope))} Le plan ne donne aucun résultat&nbsp;: '
        "les cibles sont montrées seules.</p></div>"
    )
    for rank, target in enumerate(content.targets):
        if rank == 0 or target.orientation != content.targets[rank - 1].orientation:
            st.html(html.heading(2, typographic(target.orientation)))
        _target(ds, target)
    st.html(
        html.heading(2, "Toutes les cibles", anchor="tableau")
        + _table(ds)
        + f'<p class="source">Source&nbsp;: {html.esc(ds.documents[section.document].short)}, '
        f"{html.esc(section.label)}. "
        f"{html.esc(content.footnote)}.</p>"
    )


def _target(ds: Dataset, target: Target) -> None:
    points = [
        trends.Point(
            "Référence",
            target.reference.value if tgt.reference_comparable(target) else None,
            words.reference(target),
            reference=True,
        )
    ]
    points += [trends.Point(t.period or "", t.value, typographic(t.printed)) for t in target.targets]
    breaks = [(b.after, "Révision d’octobre 2020") for b in target.breaks]
    st.html(html.heading(3, words.message(target), f"{target.id}. {typographic(target.indicator)}"))
    left, right = st.columns([3, 2])
    with left:
        blocks.chart(trends.trajectory(points, breaks), key=f"cible-{target.id}", alt=words.reading(target))
    with right:
        rows = [(step.period, words.asked(step)) for step in tgt.steps(target)]
        notes = "".join(f"<p>{html.esc(typographic(b.text))}</p>" for b in target.breaks)
        st.html(
            html.plain_table(
                "Progression demandée par année", ("Année", "Par rapport à l’année d’avant"), rows, frozenset({1})
            )
            + (f'<div class="avis">{notes}</div>' if notes else "")
        )
    related = [a.id for a in ds.anomalies.values() if target.id in a.figures]
    st.html(
        html.reading(words.reading(target))
        + html.details(f"Particularités de la source ({len(related)})", html.anomaly_list(ds, related))
    )


def _table(ds: Dataset) -> str:
    periods = [t.period or "" for t in ds.targets.targets[0].targets]
    rows = [
        (
            f"{target.id}. {typographic(target.short)}",
            words.reference(target),
            *(typographic(t.printed) for t in target.targets),
        )
        for target in ds.targets.targets
    ]
    numeric = frozenset(range(1, len(periods) + 2))
    return html.plain_table(
        "Cibles de la planification stratégique, ensemble du Québec",
        ("Indicateur", "Donnée de référence", *periods),
        rows,
        numeric,
    )
