"""Ententes: agreements of the direction with MRC and bodies, by kind and region; mandataries apart."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard.figures import bars
from dashboard.indicators import profile, views
from dashboard.indicators.anomalies import touching
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import agreement_words as words
from dashboard.ui import blocks, origin
from dashboard.ui import markup as html
from dashboard.ui.territory_map import region_color
from dashboard.wording.numbers import NBSP, typographic
from dashboard.wording.periods import period as period_words


def render(ds: Dataset) -> None:
    table = views.agreements(ds)
    date = period_words(profile.latest(ds, "agreements"))
    st.html(
        html.heading(1, "Ententes", f"Ententes de partenariat en vigueur au {date}, {ds.config.subtitle}")
        + f'<p class="fil">{html.esc(words.lead(ds))}</p>'
        '<div class="avis"><p>Une entente avec une MRC n’est pas une MRC couverte&nbsp;: le plan ne dit ni quelles MRC '
        "ont signé, ni si l’une en a signé plusieurs. Un mandataire est un organisme, pas une entente&nbsp;: les deux "
        "ne s’additionnent pas.</p></div>"
    )
    agreements = [row.id for row in table.rows if row.id != words.MANDATARIES]
    st.html(html.heading(2, "Ententes par type et par région", "Les graphiques ont la même échelle", anchor="ententes"))
    with st.container(key="panneaux"):
        _panels(ds, table, agreements)
    if len(agreements) < len(table.rows):
        st.html(
            html.heading(2, "Mandataires de francisation", "Des organismes, et non des ententes", anchor="mandataires")
        )
        _panels(ds, table, [words.MANDATARIES])
    _table(ds, table)
    _texts(ds)


def _panels(ds: Dataset, table: Table, categories: list[str]) -> None:
    """One chart for each kind, side by side, all on one scale: the eye may compare them."""
    top = max((table.value(row.id, c) or 0 for row in table.rows for c in ds.region_codes()), default=0) or 1
    for place, category in zip(st.columns(max(2, len(categories))), categories, strict=False):
        with place:
            st.html(html.heading(3, words.message(ds, category)))
            sentence = words.reading(ds, category)
            blocks.chart(_figure(ds, table, category, top), key=f"ententes-{category}", alt=sentence)
            st.html(html.reading(sentence))


def _figure(ds: Dataset, table: Table, category: str, top: float) -> go.Figure:
    found = []
    for code in ds.region_codes():
        text = words.shown(table.cell(category, code))
        value = table.value(category, code)
        hover = f"<b>{html.esc(ds.name(code))}</b><br>{html.esc(text)}"
        found.append(bars.Bar(code, ds.name(code), value, text, hover, region_color(ds, code)))
    return bars.ranked(found).update_xaxes(range=[0, top * 1.4])


def _table(ds: Dataset, table: Table) -> None:
    rows = [
        (row.label, *(words.shown(table.cell(row.id, column.id)) for column in table.columns)) for row in table.rows
    ]
    numeric = frozenset(range(1, len(table.columns) + 1))
    date = period_words(profile.latest(ds, "agreements"))
    anomalies = touching(ds, table.quantities())
    st.html(
        html.heading(2, "Tableau", anchor="tableau")
        + html.plain_table(
            f"Ententes et mandataires au {date}", (table.stub, *(c.label for c in table.columns)), rows, numeric
        )
        + html.source_line(html.source_of(ds, table))
        + origin.of_table(ds, table)
        + html.details(f"Particularités de la source ({len(anomalies)})", html.anomaly_list(ds, anomalies))
        + html.buttons(blocks.files(ds, table, "Toutes les régions"))
    )


def _texts(ds: Dataset) -> None:
    """What the agreements are, in the words of the plan."""
    block = ds.texts.partnership
    paragraphs = "".join(f"<p>{html.esc(typographic(text))}</p>" for text in block.paragraphs)
    section = ds.sections[block.source]
    st.html(
        html.heading(2, "Ce que sont ces ententes, selon le plan", anchor="texte")
        + f'<blockquote class="portrait">{paragraphs}</blockquote>'
        + f'<p class="source">Source{NBSP}: {html.esc(ds.documents[section.document].short)}, '
        f"{html.esc(section.label)}, texte tel qu’imprimé.</p>"
    )
