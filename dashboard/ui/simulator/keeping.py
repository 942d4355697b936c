"""Save a scenario in a file, open it again. A bad file is refused with its problems, by line, and changes nothing."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.exports.scenario_csv import scenario_file_name
from dashboard.model import Dataset, Problem
from dashboard.model.problems import shortened
from dashboard.scenarios.files import Scenario, read_scenario, scenario_yaml
from dashboard.scenarios.result import Outcome
from dashboard.ui import markup as html
from dashboard.ui import uploads
from dashboard.ui.simulator import state

_FILE: Final = "simulateur_fichier"
_REPORT: Final = "_simulateur_fichier_lu"
_COUNT: Final = "_simulateur_fichiers"


def save_button(ds: Dataset, scenario: Scenario, outcomes: dict[str, Outcome]) -> None:
    """The whole scenario as YAML; its results are comments in it."""
    st.download_button(
        "Enregistrer ce scénario (YAML)",
        data=lambda: scenario_yaml(ds, scenario),
        file_name=scenario_file_name(outcomes, "yaml"),
        mime="application/yaml",
        on_click="ignore",
        key="yaml_simulation",
        type="tertiary",
    )


def _key() -> str:
    return f"{_FILE}_{st.session_state.get(_COUNT, 0)}"


def _taken(ds: Dataset) -> None:
    sent = st.session_state.get(_key())
    if sent is None:
        return
    name = shortened(sent.name)
    scenario, problems = read_scenario(ds, sent.getvalue(), name)
    if scenario is not None:
        state.open_scenario(scenario)
    st.session_state[_REPORT] = (name, problems)
    # An empty field again: the same file, once mended, can be chosen anew.
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def reopen(ds: Dataset) -> None:
    """Where a file is opened again, and what came of the last one."""
    st.html(
        html.heading(2, "Rouvrir un scénario enregistré", anchor="rouvrir")
        + "<p>Un fichier YAML enregistré d’ici. Il reste dans votre session, et rien "
        "n’est écrit sur le "
        "serveur.</p>"
    )
    uploads.field("Fichier de scénario", "YAML", _key(), type=["yaml", "yml"], on_change=_taken, args=(ds,))
    report: tuple[str, list[Problem]] | None = st.session_state.get(_REPORT)
    if report is None:
        return
    name, problems = report
    if not problems:
        st.html(f'<div class="avis" role="status"><p>Scénario ouvert&nbsp;: {html.esc(name)}.</p></div>')
        return
    count = f"{len(problems)} problème{'s' if len(problems) > 1 else ''}"
    st.html(
        f'<div class="avis-erreur" role="alert"><p><strong>Fichier refusé&nbsp;: {html.esc(name)}, '
        f"{count}.</strong> Le scénario "
        f"affiché n’a pas changé.</p>{html.problem_list(problems)}</div>"
    )
