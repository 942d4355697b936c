"""Vue d'ensemble: the direction's key figures, the map of every territory, the regions side by side."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard.figures import trends
from dashboard.figures.kept import kept
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, views
from dashboard.model import Dataset
from dashboard.model.documents import RegionDisplay
from dashboard.narrative import key_figures, membership_words
from dashboard.narrative import sentences as say
from dashboard.narrative.show import bare
from dashboard.ui import blocks, cache, navigation, origin
from dashboard.ui import markup as html
from dashboard.ui.explorer import explorer


def top(ds: Dataset) -> str:
    """Title, key figures and what stands out: also what is read before the page has started (ui/first_words.py)."""
    return (
        html.heading(1, ds.config.title, ds.config.subtitle)
        + f'<p class="fil">{html.esc(key_figures.direction_lead(ds))}</p>'
        + _left_out(ds)
        + _changes(ds)
        + origin.cards(ds, key_figures.direction)
        + _standouts(ds)
    )


def render(ds: Dataset) -> None:
    st.html(top(ds))
    explorer(ds, None)
    _side_by_side(ds)


def _standouts(ds: Dataset) -> str:
    """What stands out, in sentences whose figures come from the table of the regions."""
    items = "".join(f"<li>{html.esc(text)}</li>" for text in say.standouts(ds))
    table = views.standouts(ds)
    return (
        html.heading(2, "Ce qui ressort")
        + html.source_line(html.source_of(ds, table))
        + f'<ul class="ressort">{items}</ul>'
        + origin.of_table(ds, table)
    )


def _changes(ds: Dataset) -> str:
    """Which regions a direction has had for a part of the years only."""
    text = membership_words.changes(ds)
    return f'<div class="avis"><p>{html.esc(text)}</p></div>' if text else ""


def _left_out(ds: Dataset) -> str:
    if not ds.unavailable:
        return ""
    names = ", ".join(ds.name(code) for code in ds.unavailable)
    problems = [problem for own in ds.unavailable.values() for problem in own]
    return (
        f'<div class="avis-erreur"><p><strong>Régions écartées&nbsp;: {html.esc(names)}.</strong> '
        "Leurs fichiers ont des "
        "problèmes; les totaux de la direction ne les comprennent pas.</p>"
        + html.details("Voir les problèmes", html.problem_list(problems))
        + "</div>"
    )


def _bases(ds: Dataset) -> str:
    return (
        f"Taux\u00a0: population du {adm.census_words(ds)}. Part de la population immigrée\u00a0: ménages "
        "privés, selon le plan. Français\u00a0: parmi les personnes ayant déclaré une langue."
    )


def _side_by_side(ds: Dataset) -> None:
    table = views.summary(ds)
    st.html(
        html.heading(2, "Les régions côte à côte", anchor="regions")
        + html.table(table, caption=False)
        + html.source_line(html.source_of(ds, table), _bases(ds))
        + origin.of_table(ds, table)
        + html.buttons(blocks.files(ds, table, "Toutes les régions"))
    )
    _small_multiples(ds)


# Charts that a page draws at once; those of more regions are drawn when they are asked for.
_AT_ONCE = 8


def _drawn(ds: Dataset) -> list[RegionDisplay]:
    """The regions whose chart is drawn: those of the direction first, where there are too many."""
    shown = [region for region in ds.config.regions if region.code not in ds.unavailable]
    more = len(shown) - _AT_ONCE
    if more <= 0 or st.toggle(f"Afficher les {more} autres graphiques", key="toutes_les_tendances"):
        return shown
    own = set(directions.regions(ds))
    first = sorted(shown, key=lambda region: region.code not in own)[:_AT_ONCE]
    return [region for region in shown if region in first]


@kept
def _small_multiple(ds: Dataset, code: str, color: str) -> go.Figure:
    table, years = views.trends(ds), adm.calendar(ds)
    values = [table.value(year, code) for year in years]
    texts = [bare(table.cell(year, code)) for year in years]
    return trends.small_multiple(years, trends.Panel(ds.name(code), values, texts, color, table.provisional(code)))


@cache.fragment
def _small_multiples(ds: Dataset) -> None:
    table, years = views.trends(ds), adm.calendar(ds)
    loose = "; année provisoire hachurée" if table.provisional() else ""
    subtitle = f"Chaque graphique a sa propre échelle; les valeurs sont écrites{loose}{say.missing(ds)}"
    st.html(html.heading(3, f"Admissions permanentes de {years[0]} à {years[-1]}", subtitle))
    shown = _drawn(ds)
    # The source line under them says the status of all, once.
    sentences = {r.code: say.trend_reading(ds, r.code, years[-1], "nombre", status=False) for r in shown}
    # Rows of four at the most, so that a direction of many regions stays readable.
    for start in range(0, len(shown), 4):
        for place, region in zip(st.columns(4), shown[start : start + 4], strict=False):
            with place:
                navigation.link(ds.name(region.code), region.slug)
                figure = _small_multiple(ds, region.code, region.color)
                blocks.chart(figure, key=f"tendance-{region.code}", alt=sentences[region.code])
    blocks.below(
        ds,
        table,
        reading=" ".join(sentences.values()),
        buttons=blocks.files(ds, table, "Toutes les régions"),
    )
