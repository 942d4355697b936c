"""Ententes: agreements of the direction with MRC and bodies, by kind and region; mandataries apart."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.narrative import agreement_words as words
from dashboard.ui import blocks
from dashboard.ui import markup as html
from dashboard.wording.periods import period as period_words


def render(ds: Dataset) -> None:
    content = view(ds, "ententes-regions", {})
    date = period_words(profile.latest(ds, "agreements"))
    st.html(
        html.heading(1, "Ententes", f"Ententes de partenariat en vigueur au {date}, {ds.config.subtitle}")
        + f'<p class="fil">{html.esc(words.lead(ds))}</p>'
        + html.heading(2, "Par type et par région", content.subtitle, anchor="ententes")
    )
    assert content.table is not None
    # One chart for each kind, side by side.
    with st.container(key="panneaux"):
        for place, row in zip(st.columns(len(content.table.rows)), content.table.rows, strict=True):
            with place:
                blocks.panel(ds, content, row.id, f"ententes-{row.id}", whole=True)
    st.html(
        '<p class="fil-court">Une entente avec une MRC n’est pas une MRC couverte&nbsp;: le plan ne dit ni quelles MRC '
        "ont signé, ni si l’une en a signé plusieurs. Un mandataire est un organisme, pas une entente&nbsp;: les deux "
        "ne s’additionnent pas.</p>"
    )
    _table(ds, content)


def _table(ds: Dataset, content: Content) -> None:
    table = content.table
    assert table is not None
    rows = [
        (row.label, *(words.shown(table.cell(row.id, column.id), row.id) for column in table.columns))
        for row in table.rows
    ]
    numeric = frozenset(range(1, len(table.columns) + 1))
    date = period_words(profile.latest(ds, "agreements"))
    shown = html.heading(2, "Tableau", anchor="tableau") + html.plain_table(
        f"Ententes et mandataires au {date}", (table.stub, *(c.label for c in table.columns)), rows, numeric
    )
    blocks.below(ds, content, "ententes-regions", above=shown, picture=False)
    # What the agreements are, in the words of the plan.
    told = html.quotation(ds, ds.texts.partnership.paragraphs, ds.texts.partnership.source)
    st.html(html.details("Ce que sont ces ententes, selon le plan", told, anchor="texte"))
