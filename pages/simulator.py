"""Simulateur: one simulation at a time, scenario A and B beside the observed; what the data refuse to say."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.exports.scenario_csv import scenario_file_name
from dashboard.model import Dataset, Problem
from dashboard.narrative.plan_words import several
from dashboard.scenarios.files import read_scenario, scenario_yaml
from dashboard.scenarios.registry import SIMULATIONS, answer
from dashboard.scenarios.result import Outcome
from dashboard.ui import cache, navigation, printing, uploads
from dashboard.ui import markup as html
from dashboard.ui.simulator import forms, results, state
from dashboard.ui.simulator.forms import Form
from dashboard.wording import addresses
from dashboard.wording.numbers import typographic

_COMPARED = "simulateur_comparer"


def render(ds: Dataset) -> None:
    notices = state.load(ds)
    st.html(
        html.heading(1, "Simulateur")
        + '<p class="fil">Estimations et scénarios&nbsp;: rien de ce qui est calculé ici n’est observé.</p>'
        + html.notices(notices)
    )
    _simulation(ds)
    _reopen(ds)
    _refused(ds)


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
        found = answer(ds, kind, values)
        with column, st.container(border=True, key=f"simulateur_{slot}"):
            if compared:
                st.html(f'<p class="petit-titre">Scénario {slot.upper()}</p>')
            forms.show(Form(ds, kind, slot, values, found.errors))
        if found.outcome is not None:
            outcomes[slot.upper()] = found.outcome
    with columns[0]:
        st.session_state[_COMPARED] = compared
        changed = state.compare
        st.toggle("Comparer avec un scénario B", key=_COMPARED, on_change=changed, args=(not compared,))
    if len(outcomes) < len(slots):
        st.html(
            '<p class="fil-court">Le résultat s’affichera ici quand les valeurs seront complètes et sans erreur.</p>'
        )
        return
    # Two forms leave no room beside them.
    with st.container() if compared else columns[1]:
        results.drawn(outcomes)
    with st.container(key="simulateur_resultats"):
        results.told(ds, outcomes)
        with st.container(horizontal=True, vertical_alignment="center", key="simulateur_outils"):
            results.csv_button(ds, outcomes)
            # The whole scenario as YAML; its results are comments in it.
            name, mime = scenario_file_name(outcomes, "yaml"), "application/yaml"
            made = partial(scenario_yaml, ds, scenario)
            uploads.download("Enregistrer ce scénario", made, name, mime, "yaml_simulation", type="tertiary")


def _chooser(ds: Dataset) -> str:
    st.session_state[state.CHOOSER] = state.scenario().kind
    st.pills(
        "Simulation", list(SIMULATIONS), label_visibility="collapsed", key=state.CHOOSER, required=True,
        format_func=lambda kind: SIMULATIONS[kind].title,
        on_change=lambda: state.choose(ds, st.session_state[state.CHOOSER] or state.scenario().kind),
    )  # fmt: skip
    return state.scenario().kind


def _reopen(ds: Dataset) -> None:
    """Where a file is opened again, and what came of the last one: a bad one is refused with its problems, by line, and
    changes nothing."""

    def take(content: bytes, name: str) -> list[Problem]:
        scenario, problems = read_scenario(ds, content, name)
        if scenario is not None:
            state.show(scenario)
        return problems

    with st.expander("Rouvrir un scénario enregistré", key="rouvrir"):
        uploads.reopening("Fichier de scénario", "simulateur_fichier", "Scénario ouvert", take)


def _refused(ds: Dataset) -> None:
    """Questions that the data cannot answer, under one title, which is opened: why, what would be needed, what can be
    asked instead."""
    many = several(len(ds.refusals), "question", "questions")
    with st.expander(f"Ce que les données ne permettent pas de dire ({many})", expanded=printing.asked(), key="refus"):
        for refusal in ds.refusals:
            st.html(
                html.heading(3, typographic(refusal.question))
                + f"<dl><dt>Pourquoi</dt><dd>{html.esc(typographic(refusal.why))}</dd>"
                f"<dt>Ce qu’il faudrait</dt><dd>{html.esc(typographic(refusal.needed))}</dd></dl>"
                '<p class="petit-titre">Ce qu’on peut demander</p>'
            )
            with st.container(key=f"refus_liens_{refusal.id}"):
                for rank, other in enumerate(refusal.instead):
                    text, key = typographic(other.text), f"refus_{refusal.id}_{rank}"
                    if other.page != addresses.SIMULATOR:
                        navigation.link(text, other.page, other.params)
                        continue
                    # A link to the page where one stands would leave the address behind.
                    asked = (ds, dict(other.params))
                    if st.button(html.literal(text), key=key, type="tertiary", on_click=state.asked, args=asked):
                        st.html(
                            '<p class="avis" role="status">Cette simulation est affichée '
                            '<a href="#simulation">plus haut</a>.</p>'
                        )
