"""Explore the MRC of a region or of all: one selection for the map, the tiles, the bars, the table and the sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.deck.charts import Legend
from dashboard.deck.content import MAP_CREDIT
from dashboard.figures import tiles
from dashboard.indicators import admissions as adm
from dashboard.indicators import views
from dashboard.model import Dataset
from dashboard.narrative import sentences as say
from dashboard.narrative.search import SHEET
from dashboard.ui import blocks, cache, selection, sheet
from dashboard.ui import markup as html
from dashboard.ui import territory_map as tmap
from dashboard.ui.presentation import adding
from dashboard.wording import query
from dashboard.wording.numbers import NBSP


@cache.fragment
def explorer(ds: Dataset, region: str | None) -> None:
    """Choices, sheet of the selected MRC, map and bars. A fragment: the rest of the page does not move.

    region: code, or None for every territory.
    """
    codes = ds.mrc_codes(region)
    measure, view, chosen = _choices(ds, codes, region)
    _charts(ds, codes, region, measure, view, chosen)


def _choices(ds: Dataset, codes: Sequence[str], region: str | None) -> tuple[str, str, str | None]:
    count = f"Les {len(codes)} territoires" + ("" if region is None else " de la région")
    st.html(html.heading(2, count, anchor="territoires"))

    # Rows rather than columns: a row is one element of the page, two columns are three.
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_territoire"):
        chosen = selection.widget(query.MRC, width=560)
        selection.tools(ds, key="territoires")
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_mesure"):
        measure = selection.widget(query.MEASURE)
        view = selection.widget(query.VIEW)
    return measure or ds.config.default_measure, view or "carte", chosen


def _charts(ds: Dataset, codes: Sequence[str], region: str | None, measure: str, view: str, chosen: str | None) -> None:
    table = views.by_mrc(ds, codes, region=region)
    where = ds.name(region) if region else f"{len(codes)} territoires"
    title, subtitle = say.mrc_title(ds, table, region, measure), tmap.subtitle(ds, measure, where)
    sentence = tmap.reading(ds, table, measure, chosen, region)
    st.html(html.heading(3, title, subtitle) + _way(ds, chosen))

    pinned = selection.slide("carte" if view in ("carte", "tuiles") else "mrc")

    def under(picture: str, *, with_table: bool = True) -> None:
        button = ""
        if picture:
            shown = _key(ds, codes, region, measure, picture)
            credit = MAP_CREDIT if picture == "carte" else ""
            button = blocks.picture_button(ds, picture, title, subtitle, table, shown, credit)
        base = (f"Taux sur la population du {adm.census_words(ds)}.",) if measure == "taux" else ()
        blocks.below(
            ds,
            table,
            reading=sentence,
            chosen=chosen,
            extra=base,
            credit=tmap.CREDIT if picture == "carte" else "",
            buttons=button + blocks.files(ds, table, f"{where}, {adm.span(ds)}", pinned),
            with_table=with_table,
        )
        adding.chart_button(ds, pinned, "mrc")

    # The sheet is under what a click was made on, which therefore does not move.
    def below() -> None:
        if chosen is not None:
            sheet.show(ds, chosen)

    if view == "tableau":
        below()
        st.html(html.table(table, chosen=chosen, caption=False))
        under("", with_table=False)
        return
    if view == "graphique":
        _bars(ds, measure, chosen, sentence, region)
        below()
        under("barres")
        return
    # Tiles of every territory take the whole width: their names would not hold otherwise.
    wide = view == "tuiles" and region is None
    with st.container(key="carte_et_fiche"):
        left, right = (st.container(), st.container()) if wide else st.columns([3, 2])
        with left:
            _place(ds, codes, region, measure, view, chosen, sentence)
            # The bars of many territories are far longer than the map.
            if region is None:
                below()
                under(view)
        with right:
            _bars(ds, measure, chosen, sentence, region)
        if region is not None:
            below()
    if region is not None:
        under(view)


def _way(ds: Dataset, chosen: str | None) -> str:
    """Above the chart, on one line whatever is chosen: that a choice opens a sheet, then the way to it."""
    if chosen is None:
        return '<p class="vers">Choisir un territoire montre sa fiche.</p>'
    label = f"Voir la fiche{NBSP}: {ds.name(chosen)}"
    return f'<p class="vers"><button type="button" class="lien" data-vers="{SHEET}">{html.esc(label)}</button></p>'


def _place(
    ds: Dataset, codes: Sequence[str], region: str | None, measure: str, view: str, chosen: str | None, sentence: str
) -> None:
    """The map or the tiles, with their legend."""
    if view == "tuiles":
        figure = tmap.tile_figure(ds, measure, region=region, chosen=chosen)
        blocks.chart(figure, key="tuiles", alt=f"Tuiles. {sentence}", on_select=lambda: selection.picked("tuiles"))
        rules = f"<style>{tiles.narrow_rules(figure, 'st-key-tuiles')}</style>"
        st.html(rules + html.legend(tmap.legend(ds, codes, measure)))
        return
    drawn = tmap.map_figure(ds, measure, region=region, chosen=chosen)
    if drawn is None:
        tmap.show_missing_boundaries(ds)
        return
    blocks.chart(drawn, key="carte", alt=f"Carte. {sentence}", on_select=lambda: selection.picked("carte"))
    shown = tmap.legend(ds, codes, measure, circles=measure == "nombre")
    st.html(html.legend(shown) + tmap.unmapped(ds, codes))


def _key(ds: Dataset, codes: Sequence[str], region: str | None, measure: str, drawn: str) -> Legend:
    """What the colours and the strokes of a drawing stand for: the map, the tiles or the bars."""
    if drawn != "barres":
        return tmap.legend(ds, codes, measure, circles=drawn == "carte" and measure == "nombre")
    regions = tmap.region_key(ds).items if region is None else ()
    return Legend("", (*regions, *tmap.unreliable_key(ds, [adm.mrc_measure(ds, code, measure) for code in codes])))


def _bars(ds: Dataset, measure: str, chosen: str | None, sentence: str, region: str | None) -> None:
    if region is None:
        st.html(html.legend(tmap.region_key(ds)))
    figure = tmap.ranked_bars(ds, measure, region=region, chosen=chosen)
    blocks.chart(figure, key="barres", alt=f"Barres. {sentence}", on_select=lambda: selection.picked("barres"))
