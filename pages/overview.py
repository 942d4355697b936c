"""Vue d'ensemble: the direction's key figures, the map of every territory, the regions side by side."""

from __future__ import annotations

import streamlit as st

from dashboard.figures import trends
from dashboard.indicators import admissions as adm
from dashboard.indicators import views
from dashboard.model import Dataset
from dashboard.narrative import key_figures
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare
from dashboard.ui import blocks, html, selection, territory_map
from dashboard.ui.territory_map import MEASURE_LABELS


def render(ds: Dataset) -> None:
    st.html(
        html.heading(1, ds.config.title, ds.config.subtitle)
        + f'<p class="fil">{html.esc(key_figures.direction_lead(ds))}</p>'
        + _left_out(ds)
        + html.cards(html.Card(c.label, c.value, c.context, c.quantity) for c in key_figures.direction(ds))
        + html.heading(2, "Ce qui ressort")
        + '<ul class="ressort">'
        + "".join(f"<li>{html.esc(text)}</li>" for text in say.standouts(ds))
        + "</ul>"
    )
    _map(ds)
    _side_by_side(ds)


def _left_out(ds: Dataset) -> str:
    if not ds.unavailable:
        return ""
    names = ", ".join(ds.name(code) for code in ds.unavailable)
    problems = [problem for own in ds.unavailable.values() for problem in own]
    return (
        f'<div class="avis-erreur"><p><strong>Régions écartées&nbsp;: {html.esc(names)}.</strong> Leurs fichiers ont des '
        "problèmes; les totaux de la direction ne les comprennent pas.</p>"
        + html.details("Voir les problèmes", html.problem_list(problems))
        + "</div>"
    )


@st.fragment
def _map(ds: Dataset) -> None:
    codes = ds.mrc_codes()
    table = views.by_mrc(ds, codes)
    st.html(html.heading(2, f"Les {len(codes)} territoires", anchor="territoires"))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        measure = (
            selection.widget(
                "mesure",
                st.segmented_control,
                "Mesure",
                list(adm.MEASURES),
                format_func=lambda m: MEASURE_LABELS[m],
                required=True,
            )
            or ds.config.default_measure
        )
    with right:
        chosen = selection.widget(
            "mrc",
            st.selectbox,
            "MRC ou territoire équivalent",
            sorted(codes, key=ds.name),
            clearable=True,
            placeholder="Tous les territoires",
            format_func=lambda c: f"{ds.name(c)} ({ds.name(ds.region_of(c) or c)})",
        )
    sentence = territory_map.reading(ds, table, measure, chosen, None)
    st.html(
        html.heading(
            3,
            say.mrc_message(ds, table, None, measure),
            territory_map.subtitle(ds, measure, f"{len(codes)} territoires"),
        )
    )
    left, right = st.columns([3, 2])
    with left:
        figure = territory_map.map_figure(ds, codes, measure, region=None, chosen=chosen)
        if figure is None:
            territory_map.show_missing_boundaries(ds)
        else:
            blocks.chart(figure, key="carte", alt=f"Carte. {sentence}")
            st.html(territory_map.legend(ds, codes, measure))
        extra = ("Taux sur la population du Recensement de 2016.",) if measure == "taux" else ()
        blocks.below(
            ds, table, territories=codes, reading=sentence, chosen=chosen, extra=extra, credit=territory_map.CREDIT
        )
        blocks.download(ds, table, key="mrc", filters=f"{len(codes)} territoires, {adm.span(ds)}")
    with right:
        st.html(_region_key(ds))
        blocks.chart(territory_map.ranked_bars(ds, table, measure, chosen=chosen), key="mrc", alt=f"Barres. {sentence}")
    selection.write_address(ds)


def _region_key(ds: Dataset) -> str:
    items = "".join(
        f'<li><span class="pastille" style="background:{r.color}"></span>{html.esc(ds.name(r.code))}</li>'
        for r in ds.config.regions
        if r.code not in ds.unavailable
    )
    return f'<ul class="legende-carte">{items}</ul>'


def _side_by_side(ds: Dataset) -> None:
    table = views.summary(ds)
    trend_table, years = views.trends(ds), adm.years(ds)
    st.html(
        html.heading(2, "Les régions côte à côte", anchor="regions")
        + html.table(table, caption=False)
        + html.source_line(
            ds,
            table.quantities(),
            (
                "Taux : population du Recensement de 2016. Part de la population immigrée : "
                "ménages privés, selon le plan. Français : parmi les personnes ayant déclaré une langue.".replace(
                    " :", "\u00a0:"
                ),
            ),
        )
        + html.heading(
            3,
            f"Admissions permanentes de {years[0]} à {years[-1]}",
            "Chaque graphique a sa propre échelle; les valeurs sont écrites",
        )
    )
    blocks.download(ds, table, key="cote-a-cote", filters="Toutes les régions")
    columns = st.columns(max(1, len(ds.region_codes())))
    for place, region in zip(columns, (r for r in ds.config.regions if r.code not in ds.unavailable), strict=True):
        with place:
            sentence = say.trend_reading(ds, region.code, years[-1], "nombre")
            panel = trends.Panel(
                ds.name(region.code),
                [trend_table.value(y, region.code) for y in years],
                [bare(trend_table.cell(y, region.code)) for y in years],
                region.color,
            )
            st.html(
                f'<p class="petit-titre"><a href="{html.esc(region.slug)}" target="_self">{html.esc(panel.title)}</a></p>'
            )
            blocks.chart(trends.small_multiple(years, panel), key=f"tendance-{region.code}", alt=sentence)
    sentences = " ".join(say.trend_reading(ds, code, years[-1], "nombre") for code in ds.region_codes())
    blocks.below(ds, trend_table, territories=[*ds.region_codes(), ds.config.province], reading=sentences)
    blocks.download(ds, trend_table, key="tendances", filters="Toutes les régions")
