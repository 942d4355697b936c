"""Save a scenario in a file, open it again. A bad file is refused with its problems, by line, and changes nothing."""

from __future__ import annotations

import streamlit as st

from dashboard.exports.scenario_csv import scenario_file_name
from dashboard.model import Dataset, Problem
from dashboard.scenarios.files import Scenario, read_scenario, scenario_yaml
from dashboard.scenarios.result import Outcome
from dashboard.ui import uploads
from dashboard.ui.simulator import state


def save_button(ds: Dataset, scenario: Scenario, outcomes: dict[str, Outcome]) -> None:
    """The whole scenario as YAML; its results are comments in it."""
    st.download_button(
        "Enregistrer ce scénario",
        data=lambda: scenario_yaml(ds, scenario),
        file_name=scenario_file_name(outcomes, "yaml"),
        mime="application/yaml",
        on_click="ignore",
        key="yaml_simulation",
        type="tertiary",
    )


def reopen(ds: Dataset) -> None:
    """Where a file is opened again, and what came of the last one."""

    def take(content: bytes, name: str) -> list[Problem]:
        scenario, problems = read_scenario(ds, content, name)
        if scenario is not None:
            state.show(scenario)
        return problems

    with st.expander("Rouvrir un scénario enregistré", key="rouvrir"):
        uploads.reopening("Fichier de scénario", "simulateur_fichier", "Scénario ouvert", take)
