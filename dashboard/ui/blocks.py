"""The block that every chart of every page is: message, chart, reading sentence, table, source, notes, CSV."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from dashboard.exports.table_csv import table_csv
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.ui import html
from dashboard.ui.server.addresses import ASSETS_PREFIX
from dashboard.wording.slugs import file_slug

# The French words and formats are registered once by the page (assets/plotly-fr-CA.js).
_CONFIG = {
    "locale": "fr-CA",
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": True,
}


def chart_config(name: str) -> dict[str, object]:
    return {**_CONFIG, "topojsonURL": ASSETS_PREFIX, "toImageButtonOptions": {"filename": name, "scale": 2}}


def chart(figure: go.Figure, *, key: str, alt: str) -> None:
    """A figure that nothing outside the machine is asked for, with its reading sentence as text alternative."""
    st.plotly_chart(figure, key=key, theme=None, config=chart_config(file_slug(key)), alt=alt)


def below(
    ds: Dataset,
    table: Table,
    *,
    territories: Sequence[str],
    reading: str,
    chosen: str | None = None,
    columns: Sequence[str] | None = None,
    extra: Sequence[str] = (),
    credit: str = "",
) -> None:
    """Under a chart: the reading sentence, the table on demand, source and status, notes and known anomalies.

    `credit` is HTML of ours (a link), never a text from the data.
    """
    anomalies = touching(ds, table.indicators, territories, table.categories or None)
    parts = [
        html.reading(reading),
        html.source_line(ds, table.quantities(), extra),
        f'<p class="source">{credit}</p>' if credit else "",
        html.details("Tableau des valeurs", html.table(table, chosen=chosen, columns=columns)),
    ]
    notes = html.notes(ds, table)
    if notes or anomalies:
        count = f" et particularités de la source ({len(anomalies)})" if anomalies else " de la source"
        parts.append(html.details(f"Notes{count}", notes + html.anomaly_list(ds, anomalies)))
    st.html("".join(parts))


def download(ds: Dataset, table: Table, *, key: str, filters: str) -> None:
    """The table as a CSV file, with its source, its filters and the date in it."""
    st.download_button(
        "Télécharger le tableau (CSV)",
        data=lambda: table_csv(ds, table, filters),
        key=f"csv_{key}",
        file_name=f"{file_slug(table.title)}.csv",
        mime="text/csv",
        on_click="ignore",
        type="tertiary",
    )
