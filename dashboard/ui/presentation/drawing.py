"""A view drawn on a slide or in a frame: its chart, map, cards, table or sentences."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.charts import Cards, MapChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.drawn import map_legend
from dashboard.figures.drawn import figure
from dashboard.loading.boundaries import map_files
from dashboard.model import Dataset
from dashboard.ui import blocks
from dashboard.ui import markup as html
from dashboard.ui.server import geo_url


def body(ds: Dataset, content: Content, *, key: str, large: bool) -> None:
    """large: for the wall (24 px and more), filling the height of the screen."""
    drawn = content.body
    if isinstance(drawn, Cards):
        st.html(html.cards(html.Card(c.label, c.value, c.context, badge=c.status) for c in drawn.items))
    elif isinstance(drawn, Paragraphs):
        st.html(f'<ul class="ressort">{"".join(f"<li>{html.esc(text)}</li>" for text in drawn.items)}</ul>')
    elif isinstance(drawn, TextTable):
        st.html(html.plain_table(content.subtitle, drawn.head, drawn.rows, drawn.numeric, totals=drawn.totals))
    elif isinstance(drawn, MapChart):
        left, right = st.columns([5, 3], vertical_alignment="center")
        with left:
            _chart(ds, content, key, large=large)
        with right:
            st.html(_legend(drawn))
    else:
        _chart(ds, content, key, large=large)


def _chart(ds: Dataset, content: Content, key: str, *, large: bool) -> None:
    hatching = None
    if isinstance(content.body, MapChart):
        files = map_files(ds.root, ds.fingerprint)
        hatching = files.hatching if files is not None else None
    made = figure(content.body, geojson=geo_url("territories.geojson"), hatching=hatching, large=large)
    if made is not None:
        blocks.chart(made, key=key, alt=content.reading, stretch=large)


def _legend(drawn: MapChart) -> str:
    """The classes in words; for circles, what their area is; then the chosen territory."""
    chosen = next((shape for shape in drawn.shapes if shape.chosen), None)
    said = ""
    if chosen is not None:
        said = (
            f'<p class="legende-choisi"><strong>{html.esc(chosen.name)}</strong><br>{html.esc(chosen.text)}'
            f"{' (peu fiable)' if chosen.hatched else ''}</p>"
        )
    return html.legend(map_legend(drawn)) + said
