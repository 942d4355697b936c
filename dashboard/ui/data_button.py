"""« Données », under what a page shows: what its figures are, where they come from, and the files that hold them.

All of it is run and sent only while the button is open.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.deck.charts import Legend
from dashboard.deck.content import Content
from dashboard.deck.kinds import slide_of
from dashboard.deck.slides import Deck
from dashboard.exports.formats import FORMATS, file_name, make
from dashboard.exports.table_csv import table_csv
from dashboard.figures.maps import LARGEST
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.ui import cache, origin, printing, uploads
from dashboard.ui import markup as html
from dashboard.ui.presentation import adding
from dashboard.wording.numbers import NBSP, number
from dashboard.wording.slugs import file_slug


@cache.fragment
def line(told: str, name: str, key: str, inside: Callable[[], None], *, printed: str = "") -> None:
    """The source of what stands above and, on the same line, the button that runs `inside` while it is open.

    told: HTML of the source; name: what the button is heard to be of; printed: HTML that paper has in its place.
    """
    if printing.asked():
        st.html(told + printed)
        return
    with st.container(horizontal=True, gap="small", key=f"source_{key}"):
        st.html(told)
        # What is in italics is heard and not seen (dashboard.css).
        label = f"Données{NBSP}*: {html.literal(name)}*"
        opened = st.popover(label, type="tertiary", key=f"donnees_{key}", on_change="rerun")
    if opened.open:
        with opened:
            inside()


def of_view(ds: Dataset, content: Content, key: str, *, table: bool, picture: bool) -> None:
    """The files of a view, its table, its notes and where its figures come from. table: it does not stand on the page;
    picture: something is drawn, that can be saved."""
    assert content.table is not None
    slide, place = slide_of(content), f"{key} {content.territory}"
    with st.container(horizontal=True, key=f"fichiers_{key}"):
        if picture:
            st.html(picture_button(content, key), width="content")
        files(ds, content, key)
        if slide is not None:
            adding.button("Ajouter à la présentation", place, key=f"epingler_{key}", type="tertiary")
    if slide is not None:
        adding.panel(ds, lambda: slide, place)
    shown = ""
    if table:
        shown = html.heading(2, content.table.title) + html.table(content.table, chosen=content.chosen, caption=False)
    st.html(shown + origin.of_view(ds, content) + notes(ds, content.table))


def picture_button(content: Content, key: str) -> str:
    """Button that saves the chart as a PNG with its title, its key, its source and its credit in it."""
    assert content.table is not None
    return picture(
        key, content.title, content.subtitle, content.source, content.table.title, content.legend, content.credit
    )


def picture(
    key: str, title: str, subtitle: str, source: str, file: str, legend: Legend | None = None, credit: str = ""
) -> str:
    """The same, of a chart that is of no view (assets/picture.js)."""
    told = {"image": key, "fichier": file_slug(file), "titre": title, "sous-titre": subtitle, "source": source}
    if legend and legend.items:
        items = [
            {
                "texte": item.label + ("" if item.count is None else f" ({number(item.count)})"),
                "couleur": item.color,
                "hachure": item.hatched,
                "cercle": round(item.across * LARGEST, 1),
            }
            for item in legend.items
        ]
        told["legende"] = json.dumps({"titre": legend.title, "items": items}, ensure_ascii=False)
    told |= {"credit": credit} if credit else {}
    attributes = " ".join(f'data-{name}="{html.esc(text)}"' for name, text in told.items())
    return f'<button type="button" class="lien" {attributes}>Image (PNG)</button>'


def files(ds: Dataset, content: Content, key: str) -> None:
    """The table as a CSV file, with its source, its filters and the date in it, and the view as a workbook: made when
    they are asked for."""
    table, slide = content.table, slide_of(content)
    assert table is not None
    made, name = partial(table_csv, ds, table, content.filters), f"{file_slug(table.title)}.csv"
    uploads.download("CSV", made, name, "text/csv", f"csv_{key}", type="tertiary")
    if slide is not None:
        made, name = partial(make, ds, "xlsx", Deck(table.title, (slide,))), file_name("xlsx", table.title)
        uploads.download("Excel", made, name, FORMATS["xlsx"].mime, f"excel_{key}", type="tertiary")


def notes(ds: Dataset, table: Table) -> str:
    """The notes of the source on the figures of a table, and what is peculiar in them; nothing when it has none."""
    found = html.notes(ds, table) + html.anomaly_list(ds, touching(ds, table.quantities()))
    return html.heading(2, "Notes et particularités de la source") + found if found else ""
