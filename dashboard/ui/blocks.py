"""The block that every chart of every page is: message, chart, reading sentence, table, source, notes, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck.slides import Deck, Slide
from dashboard.exports.formats import FORMATS, file_name, make
from dashboard.exports.table_csv import table_csv
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import origin
from dashboard.ui.presentation.state import pin_button
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
    # Only asked for when the page's own script is blocked: never anywhere but here.
    "topojsonURL": ASSETS_PREFIX,
}


def chart(
    figure: go.Figure,
    *,
    key: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
    stretch: bool = False,
) -> None:
    """A figure that nothing outside the machine is asked for, with its reading sentence as text alternative.

    With `on_select`, a click on a mark of a `clickable` figure runs it (the event is in st.session_state[key]); with
    `stretch`, the figure takes the height of its container. The figure may be shared: it is not changed.
    """
    if on_select is None:
        height: Any = "stretch" if stretch else "content"
        st.plotly_chart(figure, key=key, theme=None, config=_CONFIG, alt=alt, height=height)
    else:
        # The mode is said: otherwise the box and lasso tools appear.
        st.plotly_chart(
            figure, key=key, theme=None, config=_CONFIG, alt=alt, on_select=on_select, selection_mode="points"
        )


def picture_button(ds: Dataset, key: str, title: str, subtitle: str, table: Table) -> str:
    """Button that saves the chart as a PNG with its title and source in it (assets/picture.js)."""
    source = html.source_text(ds, table.quantities())
    return (
        f'<button type="button" class="lien" data-image="{html.esc(key)}" '
        f'data-fichier="{html.esc(file_slug(table.title))}" '
        f'data-titre="{html.esc(title)}" data-sous-titre="{html.esc(subtitle)}" data-source="{html.esc(source)}">'
        "Enregistrer l’image (PNG)</button>"
    )


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
    picture: str = "",
    with_table: bool = True,
) -> None:
    """Under a chart: the reading sentence, source and status, the table, where each figure comes from, the notes.

    `credit` and `picture` are HTML of ours (a link, a button), never a text from the data.
    """
    anomalies = touching(ds, table.indicators, territories, table.categories or None)
    about = [
        html.reading(reading),
        html.source_line(ds, table.quantities(), extra),
        f'<p class="source">{credit}</p>' if credit else "",
        picture,
    ]
    parts = [origin.of_table(ds, table)]
    if with_table:
        parts.insert(0, html.details("Tableau des valeurs", html.table(table, chosen=chosen, columns=columns)))
    notes = html.notes(ds, table)
    if notes or anomalies:
        count = f" et particularités de la source ({len(anomalies)})" if anomalies else " de la source"
        parts.append(html.on_demand(f"Notes{count}", notes + html.anomaly_list(ds, anomalies)))
    # Two elements: the second is the same whatever the measure, and the browser then has it already.
    st.html("".join(about))
    st.html("".join(parts))


def download(ds: Dataset, table: Table, *, key: str, filters: str, slide: Slide | None = None) -> None:
    """The table as a CSV file, with its source, its filters and the date in it; and the view for the presentation."""
    with st.container(horizontal=True, key=f"emporter_{key}"):
        st.download_button(
            "Télécharger le tableau (CSV)",
            data=lambda: table_csv(ds, table, filters),
            key=f"csv_{key}",
            file_name=f"{file_slug(table.title)}.csv",
            mime="text/csv",
            on_click="ignore",
            type="tertiary",
        )
        if slide is not None:
            st.download_button(
                "Excel",
                data=lambda: make(ds, "xlsx", Deck(table.title, (slide,))),
                key=f"excel_{key}",
                file_name=file_name("xlsx", table.title),
                mime=FORMATS["xlsx"].mime,
                on_click="ignore",
                type="tertiary",
                help="Le tableau, son graphique et leurs sources dans un classeur",
            )
            pin_button(slide, key)
