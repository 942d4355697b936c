"""Plan d'action: every action of the regions, counted, filtered, searched, beside the statistics that bear on it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.deck.page_choices import PLAN
from dashboard.indicators import plan
from dashboard.model import Dataset
from dashboard.narrative import plan_words as words
from dashboard.ui import cache, plan_cards, printing, selection, spoken, team
from dashboard.ui import markup as html
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, typographic

PAGE_SIZE: Final = 10
_SHOWN: Final = "_plan_montrees"


def render(ds: Dataset) -> None:
    own = ds.action_plan
    said = words.message(ds, ds.config.direction, *plan.weights(own, own.actions))
    st.html(html.heading(1, "Plan d’action") + f'<p class="fil">{html.esc(said)}.</p>')
    _explorer(ds)
    anomalies = [a for a in own.anomalies if a in ds.anomalies]
    st.html(
        html.peculiarities(ds, anomalies)
        + f'<p class="source">Source&nbsp;: {html.esc(ds.documents[own.source].short)}, plans d’action des régions; '
        "texte tel qu’imprimé, coupures de fin de ligne réparées.</p>"
    )


@cache.fragment
def _explorer(ds: Dataset) -> None:
    """A fragment: a filter redraws the matrix and the cards, not the page."""
    _matrix(ds)
    asked = _asked()
    found = plan.search(ds.action_plan, asked)
    count = words.found(ds, found, asked.query)
    spoken.say(count)
    told = f'<p class="fil-court">{html.esc(count)}</p>' if asked != plan.Filters() else ""
    st.html(html.heading(2, "Les actions", anchor="actions") + told)
    _fields(ds)
    _cards(ds, found, asked)


def _matrix(ds: Dataset) -> None:
    """Regions × objectives with their counts: each cell filters the actions below; that of the current choice is marked
    by a sign as well as by its colour."""
    cells = plan.matrix(ds)
    heads: dict[str | None, str] = {o.id: f"{o.id} {typographic(o.short)}" for _, o in ds.action_plan.objectives()}
    heads[None] = "Tous les objectifs"
    widths = [1.6] + [1.3] * len(heads)
    with st.container(key="matrice"):
        for place, text in zip(
            st.columns(widths), ["Objectif, numéroté comme à l’annexe 1", *heads.values()], strict=True
        ):
            place.html(f'<p class="matrice-tete">{html.esc(text)}</p>')
        for region in [*ds.region_codes(), None]:
            name = "Toutes les régions" if region is None else ds.name(region)
            first, *places = st.columns(widths, vertical_alignment="center")
            first.html(f'<p class="matrice-tete">{html.esc(name)}</p>')
            for place, (objective, head) in zip(places, heads.items(), strict=True):
                with place:
                    _cell(region, objective, cells[region, objective], f"{name}, {head}")


def _cell(region: str | None, objective: str | None, counts: plan.Counts, name: str) -> None:
    chosen = (selection.get(query.REGION), selection.get(query.OBJECTIVE)) == (region, objective) != (None, None)
    # The style sheet hides the emphasis from the eye: it tells a screen reader which cell this is.
    parts = [
        f"*{html.literal(name)}\u00a0:*",
        # On two lines on a telephone, where they are alone.
        f"**{'▸ ' if chosen else ''}{words.several(counts.actions, 'action', 'actions').replace(NBSP, ' ')}**",
        f"{words.several(counts.results, 'résultat', 'résultats')},",
        words.several(counts.indicators, "indicateur", "indicateurs"),
    ]
    st.button(
        " ".join(parts) if counts.actions else f"*{html.literal(name)}\u00a0:* aucune action",
        key=f"matrice_{region}_{objective}",
        type="primary" if chosen else "secondary",
        disabled=not counts.actions,
        on_click=_toggle,
        args=(region, objective),
        width="stretch",
        wrap=True,
    )


def _toggle(region: str | None, objective: str | None) -> None:
    """Choose a cell; choosing it again opens the choice."""
    again = (selection.get(query.REGION), selection.get(query.OBJECTIVE)) == (region, objective)
    selection.put(query.REGION, None if again else region)
    selection.put(query.OBJECTIVE, None if again else objective)


def _asked() -> plan.Filters:
    search, region, objective, programme, clientele, scope = map(selection.get, PLAN)
    return plan.Filters(region, objective, programme, clientele, scope, search or "")


def _fields(ds: Dataset) -> None:
    with st.container(key="rang_plan"):
        for place, name in zip(st.columns([2, 1, 1, 1, 1, 1]), PLAN, strict=True):
            with place:
                selection.widget(name)
    untouched = selection.untouched(PLAN)
    st.button("Effacer les choix", key="plan_effacer", on_click=selection.clear, args=(PLAN,), disabled=untouched)


def _cards(ds: Dataset, found: list[plan.Found], asked: plan.Filters) -> None:
    """Ten at a time, so that the page stays light; new choices start again from the first. All of them on paper."""
    kept = st.session_state.get(_SHOWN)
    limit = kept[1] if kept is not None and kept[0] == asked else PAGE_SIZE
    if printing.asked():
        limit = len(found)
    entries = team.follow_up(ds).ds.follow_up.entries
    terms = plan.terms(ds.action_plan, asked.query)
    if found:
        shown = "".join(plan_cards.card(ds, item, terms, entries) for item in found[:limit])
        st.html(f'<div class="cartes">{shown}</div>')
    left = len(found) - limit
    if left > 0:
        following = {_SHOWN: (asked, limit + PAGE_SIZE)}
        st.button(words.more(left, PAGE_SIZE), key="plan_suite", on_click=st.session_state.update, args=(following,))
