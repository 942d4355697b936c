"""Regions × objectives with their counts, each cell a button that filters the actions below."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators.plan import Counts, matrix
from dashboard.model import Dataset
from dashboard.narrative import plan_words as words
from dashboard.ui import markup as html
from dashboard.ui import selection
from dashboard.wording import query
from dashboard.wording.numbers import NBSP, typographic


def show(ds: Dataset) -> None:
    """The matrix; the cell of the current choice is marked by a sign as well as by its colour."""
    cells = matrix(ds)
    objectives = [o for _, o in ds.action_plan.objectives()]
    heads = [f"{o.id} {typographic(o.short)}" for o in objectives]
    widths = [1.6] + [1.3] * (len(objectives) + 1)
    with st.container(key="matrice"):
        for place, text in zip(
            st.columns(widths), ["Objectif, numéroté comme à l’annexe 1", *heads, "Tous les objectifs"], strict=True
        ):
            with place:
                st.html(f'<p class="matrice-tete">{html.esc(text)}</p>')
        for region in [*ds.region_codes(), None]:
            name = "Toutes les régions" if region is None else ds.name(region)
            columns = st.columns(widths, vertical_alignment="center")
            with columns[0]:
                st.html(f'<p class="matrice-tete">{html.esc(name)}</p>')
            ids = [*(o.id for o in objectives), None]
            for place, objective, head in zip(columns[1:], ids, [*heads, "Tous les objectifs"], strict=True):
                with place:
                    _cell(region, objective, cells[region, objective], f"{name}, {head}")


def _cell(region: str | None, objective: str | None, counts: Counts, name: str) -> None:
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
