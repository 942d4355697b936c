"""Results: chart, tables, formula, assumptions, limits. The nature of each figure is said everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.exports.scenario_csv import scenario_csv, scenario_file_name
from dashboard.figures import simulated
from dashboard.indicators.quantity import Quantity
from dashboard.indicators.tables import Column, Head, Table
from dashboard.model import Dataset
from dashboard.scenarios.result import Outcomes
from dashboard.ui import blocks, data_button, origin, spoken
from dashboard.ui import markup as html
from dashboard.ui.simulator import tables
from dashboard.wording.numbers import NBSP

CHART = "simulation"
_NATURES = {"estimation": "Estimation, non observée", "scénario": "Scénario, non observé", "observé": "Observé"}


def _texts(of: Mapping[str, Sequence[str]]) -> list[str]:
    """Texts of A and B: once what both say, and under its letter what one says alone."""
    common = [set(texts) for texts in of.values()]
    every = ((slot, text) for slot, texts in of.items() for text in texts)
    return list(dict.fromkeys(t if all(t in own for own in common) else f"{slot}{NBSP}: {t}" for slot, t in every))


def _reading(outcomes: Outcomes) -> str:
    said = {slot: f"{slot}{NBSP}: " if len(outcomes) > 1 else "" for slot in outcomes}
    return " ".join(said[slot] + outcome.message for slot, outcome in outcomes.items())


def drawn(outcomes: Outcomes) -> None:
    """The chart. outcomes: « A » alone, or « A » and « B »; at least one."""
    first = next(iter(outcomes.values()))
    title = first.message.removesuffix(".") if len(outcomes) == 1 else _both(outcomes)
    st.html(html.heading(3, title, _subtitle(outcomes)))
    rows = simulated.rows_of(outcomes)
    spoken.say(_reading(outcomes))
    blocks.chart(simulated.figure(outcomes, rows), key=CHART, alt=f"{_nature(outcomes)}. {_reading(outcomes)}")
    if len(rows) > simulated.MOST_ROWS:
        st.html(html.source_line(f"Les {simulated.MOST_ROWS} premières lignes; le tableau les a toutes."))


def told(ds: Dataset, outcomes: Outcomes) -> None:
    """What must be known before reading, the tables, the formula, what is supposed, where the figures come from."""
    table = _inputs(ds, outcomes)
    notices = _texts({slot: outcome.notices for slot, outcome in outcomes.items()})
    if notices:
        st.html("".join(f'<div class="avis"><p>{html.esc(text)}</p></div>' for text in notices))
    st.html(tables.tables(outcomes) + _explained(outcomes))
    source = f"{html.source_of(ds, table)} Résultat{NBSP}: {_said_nature(outcomes)}."
    data_button.line(html.source_line(source), "Simulation", CHART, lambda: _behind(ds, outcomes, table, source))


def _both(outcomes: Outcomes) -> str:
    """« Scénario A : 79; scénario B : 170 »."""
    said = "; ".join(f"{outcome.status} {slot}{NBSP}: {outcome.headline}" for slot, outcome in outcomes.items())
    return said[:1].upper() + said[1:]


def csv_button(ds: Dataset, outcomes: Outcomes) -> None:
    st.download_button(
        f"Télécharger les tableaux ({_nature(outcomes).lower()})",
        data=lambda: scenario_csv(ds, outcomes),
        file_name=scenario_file_name(outcomes),
        mime="text/csv",
        on_click="ignore",
        key="csv_simulation",
        type="tertiary",
    )


def _nature(outcomes: Outcomes) -> str:
    """« Estimation », « Scénario »."""
    return next(iter(outcomes.values())).status.capitalize()


def _said_nature(outcomes: Outcomes) -> str:
    first = _NATURES[next(iter(outcomes.values())).status]
    return first[:1].lower() + first[1:]


def _subtitle(outcomes: Outcomes) -> str:
    """« Scénario, non observé; en personnes. En plein : observé, 2019 »."""
    first = next(iter(outcomes.values()))
    observed = "; ".join(
        dict.fromkeys(o.observed_label[:1].lower() + o.observed_label[1:] for o in outcomes.values() if o.same_scale)
    )
    full = f". En plein{NBSP}: {observed}" if observed else ""
    return f"{_NATURES[first.status]}; en personnes{full}"


def _explained(outcomes: Outcomes) -> str:
    formulas = "".join(
        (f'<p class="petit-titre">{html.esc(slot)}</p>' if len(outcomes) > 1 else "")
        + html.points(outcome.formula, "formule")
        for slot, outcome in outcomes.items()
    )
    supposed = _texts({slot: outcome.assumptions for slot, outcome in outcomes.items()})
    unsaid = dict.fromkeys(text for outcome in outcomes.values() for text in outcome.limits)
    return (
        '<div class="explique">'
        f"<section>{html.heading(3, 'La formule, avec ses nombres')}{formulas}</section>"
        f"<section>{html.heading(3, 'Ce qui est supposé')}{html.points(supposed)}</section>"
        f"<section>{html.heading(3, 'Ce que cela ne dit pas')}{html.points(unsaid)}</section></div>"
    )


def _inputs(ds: Dataset, outcomes: Outcomes) -> Table:
    """The observations that the results rest on, as a table without values: its provenance is what is shown."""
    rows = tuple(dict.fromkeys(row for outcome in outcomes.values() for row in outcome.inputs))
    basis = Quantity(None, "", 0, "", ds.config.province, "", rows)
    indicators = tuple(dict.fromkeys(row.key.indicator for row in rows))
    title = next(iter(outcomes.values())).title
    return Table(title, "", (Head("base", ""),), (Column("base", ""),), {("base", "base"): basis}, indicators)


def _behind(ds: Dataset, outcomes: Outcomes, table: Table, source: str) -> None:
    """The picture of the chart, and where the observations that the results rest on come from."""
    first = next(iter(outcomes.values()))
    title = first.title if len(outcomes) == 1 else f"{first.title} (A), comparé à B"
    picture = data_button.picture(CHART, title, _subtitle(outcomes), source, first.title)
    st.html(f"<p>{picture}</p>" + data_button.notes(ds, table) + origin.of_table(ds, table))
