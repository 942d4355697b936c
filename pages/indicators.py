"""Indicateurs: any indicator as a map, a chart or a table, by MRC where the source allows, by region otherwise."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck.charts import Legend
from dashboard.deck.content import MAP_CREDIT
from dashboard.deck.drawn import value_text
from dashboard.figures import bars
from dashboard.indicators import comparison
from dashboard.indicators.catalogue import Entry, entries
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import comparison_words as words
from dashboard.narrative.search import RESULT
from dashboard.ui import blocks, cache, indicator_map, navigation, selection
from dashboard.ui import markup as html
from dashboard.ui.presentation import adding
from dashboard.ui.territory_map import CREDIT, region_color, unreliable_key
from dashboard.wording import query


def render(ds: Dataset) -> None:
    st.html(html.heading(1, "Indicateurs", "Chaque indicateur en carte, en graphique et en tableau"))
    _indicator(ds, entries(ds, selection.get(query.YEAR)))


@cache.fragment
def _indicator(ds: Dataset, catalogue: dict[str, Entry]) -> None:
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        entry = catalogue[selection.widget(query.INDICATOR) or ""]
    with right:
        view = selection.widget(query.VIEW) or ""
    level = "mrc" if "mrc" in entry.levels else "region"
    table = comparison.map_table(ds, entry, level)
    title = words.message(ds, entry, _territories_only(table))
    where = f"{len(ds.mrc_codes())} MRC et territoires équivalents" if level == "mrc" else "par région"
    unit = "" if entry.unit in entry.label else f" ({entry.unit})"
    subtitle = f"{entry.label}{unit}, {where}"
    st.html(html.heading(2, title, subtitle, anchor=RESULT))
    sentence = words.message(ds, entry, _territories_only(table)) + "."
    if view == "tableau":
        st.html(html.table(table, caption=False))
    elif view == "graphique":
        blocks.chart(_bars(ds, table), key="indicateur-barres", alt=sentence)
    else:
        indicator_map.show(ds, entry, table, level, sentence)
    picture = {"carte": "indicateur-carte", "graphique": "indicateur-barres"}.get(view, "")
    button = ""
    if picture:
        shown = (
            indicator_map.legend(ds, entry, table)
            if view == "carte"
            else Legend("", unreliable_key(ds, table.quantities()))
        )
        credit = MAP_CREDIT if view == "carte" else ""
        button = blocks.picture_button(ds, picture, title, subtitle, table, shown, credit)
    slide = selection.slide("indicateur")
    blocks.below(
        ds,
        table,
        reading=sentence,
        credit=CREDIT if view == "carte" else "",
        with_table=view != "tableau",
        buttons=button + blocks.files(ds, table, entry.label, slide),
    )
    adding.chart_button(ds, slide, "indicateur")
    _why(ds, catalogue, entry)
    st.html(f"<p>{selection.copy_link(ds)}</p>")


def _territories_only(table: Table) -> Table:
    rows = tuple(row for row in table.rows if not row.total)
    return Table(table.title, table.stub, rows, table.columns, table.cells, table.indicators)


def _bars(ds: Dataset, table: Table) -> go.Figure:
    found = []
    for row in table.rows:
        quantity = table.cell(row.id, "valeur")
        assert quantity is not None
        text = value_text(quantity)
        region = ds.region_of(row.id)
        color = "#8893a2" if region is None else region_color(ds, region)
        hover = f"<b>{html.esc(row.label)}</b><br>{text}"
        found.append(bars.Bar(row.id, row.label, quantity.drawn, text, hover, color, not quantity.reliable))
    # A sum (direction, Québec) beside its parts would flatten them: counts show the territories only.
    shown = [bar for bar, row in zip(found, table.rows, strict=True) if not (row.total and _is_count(table))]
    return bars.ranked(shown, row_height=34 if len(shown) <= 12 else 27)


def _is_count(table: Table) -> bool:
    return not any(q.unit in ("%", "indice") or q.unit.startswith(("pour", "permis par")) for q in table.quantities())


def _why(ds: Dataset, catalogue: dict[str, Entry], entry: Entry) -> None:
    """What the source does not give for this indicator, and the nearest question."""
    if not entry.reasons:
        return
    items = "".join(
        f"<li>{html.esc(words.LEVELS[level])}&nbsp;: {html.esc(why)}.</li>" for level, why in entry.reasons.items()
    )
    st.html(f'<div class="avis"><p>Ce que la source ne donne pas&nbsp;:</p><ul>{items}</ul></div>')
    if entry.nearest is not None:
        near = catalogue[entry.nearest]
        label = f"Question la plus proche\u00a0: {near.label}"
        navigation.link(label, navigation.INDICATORS, {query.INDICATOR: near.id})
