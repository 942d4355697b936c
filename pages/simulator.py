"""Simulateur: one simulation at a time, scenario A and B beside the observed; what the data refuse to say."""

from __future__ import annotations

import streamlit as st

from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import Outcome
from dashboard.ui import cache
from dashboard.ui import markup as html
from dashboard.ui.simulator import forms, keeping, refused, results, state
from dashboard.ui.simulator.forms import Form


def render(ds: Dataset) -> None:
    notices = state.load(ds)
    st.html(
        html.heading(1, "Simulateur")
        + '<p class="fil">Estimations et scénarios&nbsp;: rien de ce qui est calculé ici n’est observé.</p>'
        + html.notices(notices)
    )
    _simulation(ds)
    keeping.reopen(ds)
    refused.show(ds)


@cache.fragment
def _simulation(ds: Dataset) -> None:
    """The choice, the forms and the results. A fragment: moving a slider sends nothing of the rest of the page."""
    kind = _chooser(ds)
    st.html(html.heading(2, SIMULATIONS[kind].question, anchor="simulation"))
    outcomes: dict[str, Outcome] = {}
    scenario = state.scenario()
    slots = {"a": scenario.a} if scenario.b is None else {"a": scenario.a, "b": scenario.b}
    compared = len(slots) > 1
    with st.container(key="simulateur_deux" if compared else "simulateur_un"):
        columns = st.columns(2)
    for (slot, values), column in zip(slots.items(), columns, strict=False):
        with column:
            found = _form(ds, kind, slot, values, compared)
            if found is not None:
                outcomes[slot.upper()] = found
    with columns[0]:
        _compare_switch(compared)
    if len(outcomes) == len(slots):
        # Two forms leave no room beside them.
        with st.container() if compared else columns[1]:
            results.drawn(outcomes)
        with st.container(key="simulateur_resultats"):
            results.told(ds, outcomes)
            with st.container(horizontal=True, vertical_alignment="center", key="simulateur_outils"):
                results.csv_button(ds, outcomes)
                keeping.save_button(ds, scenario, outcomes)
    else:
        st.html(
            '<p class="fil-court">Le résultat s’affichera ici quand les valeurs seront complètes et sans erreur.</p>'
        )


def _chooser(ds: Dataset) -> str:
    st.session_state[state.CHOOSER] = state.scenario().kind
    st.pills(
        "Simulation",
        list(SIMULATIONS),
        label_visibility="collapsed",
        key=state.CHOOSER,
        required=True,
        format_func=lambda kind: SIMULATIONS[kind].title,
        on_change=lambda: state.choose(ds, st.session_state[state.CHOOSER] or state.scenario().kind),
    )
    return state.scenario().kind


def _form(ds: Dataset, kind: str, slot: str, values: dict[str, str], compared: bool) -> Outcome | None:
    found = answer(ds, kind, values)
    with st.container(border=True, key=f"simulateur_{slot}"):
        if compared:
            st.html(f'<p class="petit-titre">Scénario {slot.upper()}</p>')
        forms.show(Form(ds, kind, slot, values, found.errors))
    return found.outcome


def _compare_switch(on: bool) -> None:
    key = "simulateur_comparer"
    st.session_state[key] = on
    st.toggle("Comparer avec un scénario B", key=key, on_change=lambda: state.compare(bool(st.session_state[key])))
