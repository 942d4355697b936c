"""The block that every chart of every page is: message, chart, reading sentence, table, source, notes, files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck.charts import Legend
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.formats import FORMATS, file_name, make
from dashboard.exports.table_csv import table_csv
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.ui import markup as html
from dashboard.ui import origin
from dashboard.ui.server.addresses import ASSETS_PREFIX
from dashboard.ui.server.on_demand import Download, downloads
from dashboard.wording.numbers import number
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


def picture_button(
    ds: Dataset, key: str, title: str, subtitle: str, table: Table, legend: Legend | None = None, credit: str = ""
) -> str:
    """Button that saves the chart as a PNG with its title, its key, its source and a credit in it
    (assets/picture.js)."""
    source = html.source_of(ds, table)
    told = ""
    if legend is not None:
        items = [
            {
                "texte": item.label + ("" if item.count is None else f" ({number(item.count)})"),
                "couleur": item.color,
                "hachure": item.hatched,
                "rond": item.round,
            }
            for item in legend.items
        ]
        told = f' data-legende="{html.esc(json.dumps({"titre": legend.title, "items": items}, ensure_ascii=False))}"'
    told += f' data-credit="{html.esc(credit)}"' if credit else ""
    return (
        f'<button type="button" class="lien" data-image="{html.esc(key)}" '
        f'data-fichier="{html.esc(file_slug(table.title))}" '
        f'data-titre="{html.esc(title)}" data-sous-titre="{html.esc(subtitle)}" data-source="{html.esc(source)}"{told}>'
        "Enregistrer l’image (PNG)</button>"
    )


def files(ds: Dataset, table: Table, filters: str, slide: Slide | None = None) -> str:
    """Buttons that save the table as a CSV file, with its source, its filters and the date in it, and the view as a
    workbook. The files are made when they are asked for (ui/server/on_demand.py)."""
    # What it holds tells it from the others; the date of the day, which changes, is left out.
    held = table.once(
        ("csv", filters), lambda: hashlib.sha256(table_csv(ds, table, filters, today=date.min)).hexdigest()
    )
    found = _file_button(
        ds,
        "Télécharger le tableau (CSV)",
        Download(
            f"{file_slug(table.title)}.csv", "text/csv; charset=utf-8", lambda data: table_csv(data, table, filters)
        ),
        held,
    )
    if slide is None:
        return found
    deck = Deck(table.title, (slide,))
    return found + _file_button(
        ds,
        "Excel",
        Download(file_name("xlsx", table.title), FORMATS["xlsx"].mime, lambda data: make(data, "xlsx", deck)),
        (slide.kind, sorted(slide.choices.items())),
        help_="Le tableau, son graphique et leurs sources dans un classeur",
    )


def _file_button(ds: Dataset, label: str, what: Download, identity: object, help_: str = "") -> str:
    address = downloads.put(ds, what, identity)
    told = f' title="{html.esc(help_)}"' if help_ else ""
    return (
        f'<button type="button" class="lien" data-telecharger="{address}" data-fichier="{html.esc(what.file_name)}"'
        f"{told}>{html.esc(label)}</button>"
    )


def _notes(ds: Dataset, table: Table) -> str:
    """The notes of the source on the figures of a table, and what is peculiar in them; nothing when it has none."""

    def titled() -> str:
        count = len(touching(ds, table.quantities()))
        return f"Notes et particularités de la source ({count})" if count else "Notes de la source"

    told = table.once("notes", lambda: html.notes(ds, table) + html.anomaly_list(ds, touching(ds, table.quantities())))
    return html.on_demand(table.once("notes-title", titled), told) if told else ""


def below(
    ds: Dataset,
    table: Table,
    *,
    reading: str,
    chosen: str | None = None,
    extra: Sequence[str] = (),
    credit: str = "",
    buttons: str = "",
    with_table: bool = True,
    choices: bool = True,
) -> None:
    """Under a chart: the reading sentence, source and status, the files, the table, where each figure comes from, the
    notes.

    `credit` and `buttons` are HTML of ours (a link; from `picture_button` and `files`), never a text from the data.
    choices: the chart changes with a choice made above it.
    """
    about = [
        html.reading(reading),
        html.source_line(html.source_of(ds, table), *extra),
        f'<p class="source">{credit}</p>' if credit else "",
        html.buttons(buttons),
    ]
    parts = [origin.of_table(ds, table)]
    if with_table:
        parts.insert(0, html.details("Tableau des valeurs", html.table(table, chosen=chosen)))
    parts.append(_notes(ds, table))
    # Apart, the second is the same whatever the choice, and the browser then has it already.
    for told in ["".join(about), "".join(parts)] if choices else ["".join(about + parts)]:
        st.html(told)
