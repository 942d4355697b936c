"""Plan d'action: every action of the regions, counted, filtered, searched, beside the statistics that bear on it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.indicators import plan
from dashboard.model import Dataset
from dashboard.narrative import plan_words as words
from dashboard.ui import cache, follow_up_session, plan_cards, plan_filters, plan_matrix, selection
from dashboard.ui import markup as html
from dashboard.wording.numbers import number, typographic

PAGE_SIZE: Final = 10
_SHOWN: Final = "_plan_montrees"


def render(ds: Dataset) -> None:
    own = ds.action_plan
    whole = plan.counts(own.actions)
    st.html(
        html.heading(1, "Plan d’action", f"Plan d’action régional {own.period}, {ds.config.subtitle}")
        + f'<p class="fil">{html.esc(words.counted(whole))}, dans {words.in_letters(len(ds.region_codes()))} régions. '
        "Chaque action est à côté de la statistique qui la situe, quand la source en a une.</p>"
    )
    notices = plan_filters.begin(ds)
    if notices:
        st.html("".join(f'<div class="avis" role="status"><p>{html.esc(text)}</p></div>' for text in notices))
    _explorer(ds)
    anomalies = [a for a in own.anomalies if a in ds.anomalies]
    st.html(
        html.details(f"Particularités de la source ({len(anomalies)})", html.anomaly_list(ds, anomalies))
        + f'<p class="source">Source&nbsp;: {html.esc(ds.documents[own.source].short)}, plans d’action des régions; '
        "texte tel qu’imprimé, coupures de fin de ligne réparées.</p>"
    )


@cache.fragment
def _explorer(ds: Dataset) -> None:
    """A fragment: a filter redraws the matrix and the cards, not the page."""
    st.html(
        html.heading(2, "Régions et objectifs", "Une case montre ses actions; la choisir de nouveau les montre toutes")
    )
    plan_matrix.show(ds)
    st.html(html.heading(2, "Les actions", anchor="actions"))
    _fields(ds)
    asked = plan_filters.filters()
    found = plan.search(ds.action_plan, asked)
    st.html(f'<p class="fil-court" role="status">{html.esc(words.found(ds, found, asked.query))}</p>')
    _cards(ds, found, asked)
    plan_filters.say(ds)


def _fields(ds: Dataset) -> None:
    own = ds.action_plan
    programmes, clienteles = {p.id: p.label for p in own.programmes}, {c.id: c.label for c in own.clienteles}
    plan_filters.widget(
        plan_filters.SEARCH,
        st.text_input,
        "Chercher dans les actions, les résultats, les indicateurs et les objectifs",
        placeholder="francisation, MRC, employeurs, PEQ…",
        max_chars=100,
    )
    lists = (
        ("region", "Région", "Toutes", ds.region_codes(), ds.name),
        (
            "objectif",
            "Orientation et objectif",
            "Tous",
            [o.id for _, o in own.objectives()],
            lambda i: _objective(ds, i),
        ),
        ("programme", "Programme", "Tous", list(programmes), lambda i: typographic(programmes[i])),
        ("clientele", "Clientèle", "Toutes", list(clienteles), lambda i: typographic(clienteles[i])),
        ("portee", "Portée", "Toutes", list(plan.SCOPES), lambda s: words.scope(ds, s)),
    )
    for place, (param, label, empty, options, shown) in zip(st.columns(len(lists)), lists, strict=True):
        with place:
            plan_filters.widget(
                param, st.selectbox, label, options=options, index=None, placeholder=empty, format_func=shown
            )
    with st.container(horizontal=True, vertical_alignment="center", key="outils_plan"):
        st.button(
            "Effacer les choix",
            key="plan_effacer",
            on_click=plan_filters.clear,
            disabled=plan_filters.filters() == plan.Filters(),
        )
        st.html(selection.copy_link(ds))


def _objective(ds: Dataset, id_: str) -> str:
    orientation = next(o for o, objective in ds.action_plan.objectives() if objective.id == id_)
    return f"{words.objective(ds, id_)} ({typographic(orientation.label)})"


def _cards(ds: Dataset, found: list[plan.Found], asked: plan.Filters) -> None:
    """Ten at a time, so that the page stays light; new choices start again from the first."""
    kept = st.session_state.get(_SHOWN)
    limit = kept[1] if kept is not None and kept[0] == asked else PAGE_SIZE
    entries = follow_up_session.entries(ds)
    terms = plan.terms(ds.action_plan, asked.query)
    if found:
        st.html("".join(plan_cards.card(ds, item, terms, entries) for item in found[:limit]))
    left = len(found) - limit
    if left > 0:
        st.button(
            f"Montrer {number(min(left, PAGE_SIZE))} actions de plus (il en reste {number(left)})",
            key="plan_suite",
            on_click=_more,
            args=(asked, limit + PAGE_SIZE),
        )


def _more(asked: plan.Filters, limit: int) -> None:
    st.session_state[_SHOWN] = (asked, limit)
