"""The plan of one region, short: its actions by objective, and a link to the page that shows them whole."""

from __future__ import annotations

import streamlit as st

from dashboard.indicators import plan
from dashboard.model import Dataset
from dashboard.narrative import plan_words as words
from dashboard.narrative.acronyms import spelled
from dashboard.ui import markup as html
from dashboard.ui import navigation
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic


def region_plan(ds: Dataset, code: str) -> None:
    """A region without any action in the plan is told so."""
    own = ds.action_plan
    actions = [a for a in own.actions if a.region_code == code]
    parts = [
        html.heading(2, words.message(ds, code, *plan.weights(own, actions)), anchor="plan"),
    ]
    under_objectives = []
    for _, objective in own.objectives():
        under = [a for a in actions if a.objective == objective.id]
        if under:
            items = "".join(f"<li>{html.esc(typographic(a.text))}</li>" for a in under)
            many = words.several(len(under), "action", "actions")
            head = html.heading(3, f"{words.objective(ds, objective.id)}{NBSP}: {many}", typographic(objective.label))
            apart = "".join(f"<p>{html.esc(text)}</p>" for text in words.apart(under))
            under_objectives.append(f"<section>{head}<ul>{items}</ul>{apart}</section>")
    parts.append(f'<div class="colonnes">{"".join(under_objectives)}</div>')
    if actions:
        source = f"Source{NBSP}: {ds.documents[own.source].short}, plan d’action de la région."
        source = " ".join([source, *spelled(ds, [action.text for action in actions])])
        parts.append(f'<p class="source">{html.esc(source)}</p>')
    st.html("".join(parts))
    if actions:
        navigation.link("Voir les résultats attendus et les indicateurs", addresses.ACTION_PLAN, {query.REGION: code})
