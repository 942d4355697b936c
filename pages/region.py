"""Portrait of a region: the same page for each entry of config.yaml."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile
from dashboard.model import Dataset
from dashboard.ui import blocks, cache, origin, prose, selection
from dashboard.ui import markup as html
from dashboard.ui.explorer import explorer
from dashboard.ui.plan_block import region_plan
from dashboard.wording import query


def top(ds: Dataset, code: str) -> str:
    """Title and key figures: also what is read before the page has started (ui/first_words.py)."""
    content = view(ds, "chiffres", {query.TERRITORY: code})
    return (
        html.heading(1, ds.name(code), content.subtitle)
        + f'<p class="fil">{html.esc(content.reading)}</p>'
        + origin.cards(ds, content)
    )


def render(ds: Dataset, code: str) -> None:
    if code in ds.unavailable:
        _unavailable(ds, code)
        return
    st.html(top(ds, code))
    explorer(ds, code)
    _trend(ds, code)
    _profile(ds, code)
    for place, kind, title in zip(
        st.columns(2), ("permis", "ententes"), ("Permis temporaires", "Ententes et mandataires"), strict=True
    ):
        with place:
            st.html(html.heading(2, title, anchor=kind))
            blocks.block(ds, kind, {query.TERRITORY: code}, key=kind)
    region_plan(ds, code)
    prose.portrait(ds, code)


def _unavailable(ds: Dataset, code: str) -> None:
    st.html(
        html.heading(1, ds.name(code))
        + '<div class="avis-erreur"><p>Les données de cette région ne peuvent pas être affichées. Les autres régions '
        "restent disponibles.</p>" + html.problem_list(ds.unavailable[code]) + "</div>"
    )


@cache.fragment
def _trend(ds: Dataset, code: str) -> None:
    years = adm.years(ds)
    st.html(html.heading(2, f"Admissions {years[0]}-{years[-1]}", anchor="admissions"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_tendance"):
        series = selection.widget(query.SERIES)
        year = selection.widget(query.YEAR, width=280)
    choices = {query.TERRITORY: code, query.SERIES: series or "nombre", query.YEAR: year or years[-1]}
    blocks.block(ds, "admissions", choices, key="tendance", legend=False)


def _profile(ds: Dataset, code: str) -> None:
    year, given = profile.latest(ds, "admissions_by_category"), ds.periods("admissions_by_category")
    only = f"ne donne ces répartitions que pour {year} et ne les croise"
    if len(given) > 1:
        only = f"donne ces répartitions de {given[0]} à {year}, la dernière étant montrée, et ne les croise"
    st.html(
        html.heading(2, f"Qui a été admis en {year}", anchor="profil")
        + '<p class="fil-court">Barre&nbsp;: la région. Trait gris&nbsp;: l’ensemble du Québec. Le plan '
        f"{html.esc(only)} ni avec les MRC, ni avec les années.</p>"
    )
    for place, kinds in zip(st.columns(2), (("categorie", "sexe"), ("francais", "francais-tous")), strict=True):
        with place:
            for kind in kinds:
                key = "francais-declare" if kind == "francais" else kind
                blocks.block(ds, kind, {query.TERRITORY: code}, key=key, legend=False)
