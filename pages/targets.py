"""Cibles stratégiques: the five indicators of annexe 1, their trajectories, and the results that someone entered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from dashboard.figures.trajectory import SHAPES, Kind, Point, trajectory
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
from dashboard.wording.numbers import typographic

_NAMES: dict[Kind, str] = {
    "reference": "Donnée de référence",
    "target": "Cible",
    "revised": "Cible révisée",
    "result": "Résultat saisi; en tirets, le chemin vers la dernière cible",
}


def render(ds: Dataset) -> None:
    content = ds.targets
    first, last = content.targets[0].targets[0].period, content.targets[0].targets[-1].period
    section = ds.sections[content.source]
    st.html(
        html.heading(1, "Cibles stratégiques", f"Plan stratégique du Ministère, {first} à {last}")
        + f'<p class="fil">{html.esc(typographic(content.note))}</p>'
        + f'<div class="avis"><p>{html.esc(typographic(content.scope))} Le plan ne donne aucun résultat&nbsp;: ceux '
        "que montre cette page viennent du suivi; sans saisie, on lit «&nbsp;non saisi&nbsp;».</p></div>"
        + follow_up_session.unavailable(ds)
    )
    navigation.link("Saisir un résultat au suivi", navigation.FOLLOW_UP)
    entries = follow_up_session.entries(ds)
    for rank, target in enumerate(content.targets):
        if rank == 0 or target.orientation != content.targets[rank - 1].orientation:
            st.html(html.heading(2, typographic(target.orientation)))
        _target(ds, target, fu.results(entries, target.id))
    st.html(
        html.heading(2, "Toutes les cibles", anchor="tableau")
        + _table(ds)
        + f'<p class="source">Source&nbsp;: {html.esc(ds.documents[section.document].short)}, '
        f"{html.esc(section.label)}. "
        f"{html.esc(content.footnote)}.</p>"
    )


def _points(target: Target) -> list[Point]:
    comparable = tgt.reference_comparable(target)
    reference = Point(
        "Référence", target.reference.value if comparable else None, words.reference(target), reference=True
    )
    return [reference, *(Point(t.period or "", t.value, typographic(t.printed)) for t in target.targets)]


def _target(ds: Dataset, target: Target, results: Mapping[str, Decimal]) -> None:
    standings = tgt.standings(target, results)
    reached = [
        Point(s.period, float(s.result), results_words.result(s.result, target.unit))
        for s in standings
        if s.result is not None
    ]
    breaks = [(b.after, "Révision d’octobre 2020") for b in target.breaks]
    road = results_words.road(tgt.road(target, results), target.unit)
    # A follow-up that cannot be read has no « non saisi » to tell.
    said = "" if ds.follow_up.problems else results_words.reading(standings, target.unit)
    sentence = " ".join(part for part in (words.reading(target), said, road) if part)
    anchor = place_of("cible", target.id)
    st.html(html.heading(3, words.message(target), f"{target.id}. {typographic(target.indicator)}", anchor=anchor))
    left, right = st.columns(2)
    with left:
        blocks.chart(trajectory(_points(target), breaks, reached), key=f"cible-{target.id}", alt=sentence)
        st.html(_legend(target, bool(reached)))
    with right:
        notes = "".join(f"<p>{html.esc(typographic(b.text))}</p>" for b in target.breaks)
        st.html(_years(ds, target, standings) + (f'<div class="avis">{notes}</div>' if notes else ""))
    related = [a.id for a in ds.anomalies.values() if target.id in a.figures]
    st.html(
        html.reading(sentence)
        + html.details(f"Particularités de la source ({len(related)})", html.anomaly_list(ds, related))
    )


def _legend(target: Target, reached: bool) -> str:
    """The shapes that this chart draws, each with its word."""
    drawn: dict[Kind, bool] = {
        "reference": tgt.reference_comparable(target),
        "target": True,
        "revised": bool(target.breaks),
        "result": reached,
    }
    items = "".join(
        f'<li><span aria-hidden="true">{SHAPES[kind][1]}</span> {html.esc(_NAMES[kind])}</li>'
        for kind, on in drawn.items()
        if on
    )
    return f'<ul class="legende-formes">{items}</ul>'


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
    table = html.plain_table(f"Cible {target.id}, année par année", head, rows, frozenset({1, 2}))
    return f'<div class="etroit">{table}</div>'


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
