"""Portrait of a region: the same page for each entry of config.yaml."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from dashboard.deck import drawn, palette
from dashboard.deck.charts import Legend, LegendItem
from dashboard.deck.slides import Slide
from dashboard.figures import bars, trends
from dashboard.figures.kept import kept
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative import key_figures
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare, full
from dashboard.ui import blocks, cache, origin, prose, selection
from dashboard.ui import markup as html
from dashboard.ui.explorer import explorer
from dashboard.ui.plan_block import region_plan
from dashboard.ui.presentation import adding
from dashboard.wording import query
from dashboard.wording.numbers import number
from dashboard.wording.periods import period as period_words


def top(ds: Dataset, code: str) -> str:
    """Title and key figures: also what is read before the page has started (ui/first_words.py)."""
    return (
        html.heading(1, ds.name(code), f"Portrait de l’immigration, admissions {adm.total_span(ds)}")
        + f'<p class="fil">{html.esc(key_figures.region_lead(ds, code))}</p>'
        + origin.cards(ds, key_figures.region, code)
    )


def render(ds: Dataset, code: str) -> None:
    if code in ds.unavailable:
        _unavailable(ds, code)
        return
    st.html(top(ds, code))
    explorer(ds, code)
    _trend(ds, code)
    _profile(ds, code)
    _permits_and_agreements(ds, code)
    region_plan(ds, code)
    prose.portrait(ds, code)


def _below(
    ds: Dataset,
    code: str,
    table: Table,
    key: str,
    titles: tuple[str, str],
    sentence: str,
    slide: Slide | None,
    *,
    chosen: str | None = None,
    shown: Legend | None = None,
) -> None:
    """What stands under a chart of the region; titles: its message and what it measures, for its picture; shown: its
    key there."""
    buttons = blocks.picture_button(ds, key, *titles, table, shown) + blocks.files(ds, table, ds.name(code), slide)
    choices = chosen is not None
    blocks.below(ds, table, reading=sentence, chosen=chosen, buttons=buttons, choices=choices)
    if slide is not None:
        adding.chart_button(ds, slide, key)


def _unavailable(ds: Dataset, code: str) -> None:
    st.html(
        html.heading(1, ds.name(code))
        + '<div class="avis-erreur"><p>Les données de cette région ne peuvent pas être affichées. Les autres régions '
        "restent disponibles.</p>" + html.problem_list(ds.unavailable[code]) + "</div>"
    )


@cache.fragment
def _trend(ds: Dataset, code: str) -> None:
    table, years = views.trend(ds, code), adm.years(ds)
    st.html(html.heading(2, f"Admissions {years[0]}-{years[-1]}", anchor="admissions"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_tendance"):
        series = selection.widget(query.SERIES)
        year = selection.widget(query.YEAR, width=280)
    series, year = series or "nombre", year or years[-1]
    title, subtitle = say.trend_message(ds, code), _trend_subtitle(ds, code, series)
    sentence = say.trend_reading(ds, code, year, series)
    st.html(html.heading(3, title, subtitle))
    blocks.chart(_trend_figure(ds, code, series, year), key="tendance", alt=sentence)
    slide = selection.slide("admissions")
    hatched = LegendItem("année provisoire", "#ffffff", hatched=True)
    shown = Legend("", (hatched,)) if series == "nombre" and table.provisional(series) else None
    _below(ds, code, table, "tendance", (title, subtitle), sentence, slide, chosen=year, shown=shown)


def _trend_subtitle(ds: Dataset, code: str, series: str) -> str:
    first = adm.years(ds)[0]
    words = {
        "nombre": "Personnes admises à titre permanent, par année; année provisoire hachurée",
        "indice": f"Indice des admissions, {first} = 100; Québec en pointillé; (p)\u00a0: donnée provisoire",
        "part": "Part des admissions du Québec, en %; (p)\u00a0: donnée provisoire",
    }
    return f"{words[series]}{say.missing(ds)}, {ds.name(code)}"


@kept
def _trend_figure(ds: Dataset, code: str, series: str, year: str) -> go.Figure:
    table = views.trend(ds, code)
    # A year that the data skip keeps its place on the axis: two bars or points are never a year apart by mistake.
    years = adm.calendar(ds)
    color = next(r.color for r in ds.config.regions if r.code == code)
    values, loose = [table.value(y, series) for y in years], table.provisional(series)
    if series == "nombre":
        texts = [bare(table.cell(y, "nombre")) for y in years]
        hovers = [say.trend_hover(ds, code, y) for y in years]
        return trends.columns(years, values, texts, hovers, chosen=year, provisional=loose, color=color)
    places = 2 if series == "part" else 1
    texts = [number(v, places) for v in values]
    lines = [trends.Line(ds.name(code), values, texts, color)]
    if series == "indice":
        quebec = [table.value(y, "indice_qc") for y in years]
        lines.append(trends.Line("Québec", quebec, [number(v, 1) for v in quebec], reference=True))
    return trends.lines(years, lines, chosen=year, provisional=loose)


def _profile(ds: Dataset, code: str) -> None:
    year, given = profile.latest(ds, "admissions_by_category"), ds.periods("admissions_by_category")
    only = f"ne donne ces répartitions que pour {year} et ne les croise"
    if len(given) > 1:
        only = f"donne ces répartitions de {given[0]} à {year}, la dernière étant montrée, et ne les croise"
    st.html(
        html.heading(2, f"Qui est admis en {year}", anchor="profil")
        + f'<p class="fil-court">Barre{"&nbsp;"}: la région. Trait gris{"&nbsp;"}: l’ensemble du '
        f"Québec. Le plan {html.esc(only)} ni avec les MRC, ni avec les années.</p>"
    )
    everyone = f"les personnes admises en {year}"
    left, right = st.columns(2)
    with left:
        _composition(
            ds,
            code,
            views.by_category,
            everyone,
            "Catégorie d’admission, en % des personnes admises",
            "categorie",
        )
        _composition(ds, code, views.by_sex, everyone, "Sexe, en % des personnes admises", "sexe")
    with right:
        _composition(
            ds,
            code,
            views.by_french_declared,
            f"les personnes ayant déclaré une langue en {year}",
            "Connaissance du français, en % des personnes ayant déclaré une langue",
            "francais-declare",
        )
        _composition(
            ds,
            code,
            views.by_french_everyone,
            everyone,
            "Connaissance du français, en % de toutes les personnes admises",
            "francais-tous",
        )


View = Callable[[Dataset, str], Table]


@kept
def _composition_figure(ds: Dataset, code: str, view: View) -> go.Figure:
    content = drawn.pairs(ds, code, view(ds, code))
    return bars.against_reference(content.pairs, color=content.color)


def _composition(ds: Dataset, code: str, view: View, who: str, subtitle: str, key: str) -> None:
    table = view(ds, code)
    sentence, title = say.composition_reading(ds, code, table, who), say.composition_message(ds, table)
    below = f"{subtitle}, {ds.name(code)} et Québec"
    st.html(html.heading(3, title, below))
    blocks.chart(_composition_figure(ds, code, view), key=key, alt=sentence)
    slide = None if key == "francais-tous" else selection.slide("francais" if key == "francais-declare" else key)
    shown = Legend("", (LegendItem(ds.name(code), _color(ds, code)), LegendItem("Québec", palette.REFERENCE)))
    _below(ds, code, table, key, (title, below), sentence, slide, shown=shown)


def _color(ds: Dataset, code: str) -> str:
    return next(r.color for r in ds.config.regions if r.code == code)


@kept
def _permits_figure(ds: Dataset, code: str) -> go.Figure:
    table, found = views.permits(ds, code), []
    for row in table.rows:
        if row.total:
            continue
        count, share = bare(table.cell(row.id, "nombre")), f"{full(table.cell(row.id, 'part'))} du Québec"
        hover = f"<b>{html.esc(row.label)}</b><br>{count} permis<br>{share}"
        value = table.value(row.id, "nombre")
        found.append(bars.Bar(row.id, row.label, value, count, hover, color=_color(ds, code), note=share))
    return bars.ranked(found)


@kept
def _agreements_figure(ds: Dataset, code: str) -> go.Figure:
    table, found = views.agreements(ds, code), []
    for row in table.rows:
        value, count = table.value(row.id, code), bare(table.cell(row.id, code))
        hover = f"<b>{html.esc(row.label)}</b><br>{count}" + "".join(
            f", direction\u00a0: {bare(table.cell(row.id, column.id))}" for column in table.columns[1:]
        )
        text = "non mentionné" if value is None else count
        found.append(bars.Bar(row.id, row.label, value, text, hover, color=_color(ds, code)))
    return bars.ranked(found)


def _permits_and_agreements(ds: Dataset, code: str) -> None:
    left, right = st.columns(2)
    with left:
        table = views.permits(ds, code)
        date = period_words(profile.latest(ds, "temporary_permits"))
        st.html(
            html.heading(2, "Permis temporaires", anchor="permis")
            + html.heading(
                3, say.permits_message(ds, code), f"Permis valides au {date}, par programme, avec leur part du Québec"
            )
        )
        sentence = say.permits_reading(ds, code)
        blocks.chart(_permits_figure(ds, code), key="permis", alt=sentence)
        titles = (say.permits_message(ds, code), table.title)
        _below(ds, code, table, "permis", titles, sentence, selection.slide("permis"))
    with right:
        table = views.agreements(ds, code)
        date = period_words(profile.latest(ds, "agreements"))
        st.html(
            html.heading(2, "Ententes et mandataires", anchor="ententes")
            + html.heading(
                3, say.agreements_message(ds, code), f"Nombre en vigueur au {date}; les mandataires sont des organismes"
            )
        )
        sentence = say.agreements_reading(ds, code)
        blocks.chart(_agreements_figure(ds, code), key="ententes", alt=sentence)
        titles = (say.agreements_message(ds, code), table.title)
        _below(ds, code, table, "ententes", titles, sentence, selection.slide("ententes"))
