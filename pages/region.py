"""Portrait of a region: the same page for each entry of config.yaml, one theme at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from dashboard.deck.choices import BASES, THEMES
from dashboard.deck.content import Content
from dashboard.deck.kinds import view
from dashboard.indicators import admissions as adm
from dashboard.indicators import plan, profile
from dashboard.model import Dataset
from dashboard.model.action_plan import Action
from dashboard.narrative import plan_words as words
from dashboard.narrative.sourcing import spelled
from dashboard.ui import blocks, cache, navigation, origin, parts, printing, selection
from dashboard.ui import markup as html
from dashboard.ui.explorer import explorer
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP, typographic


def top(ds: Dataset, code: str) -> str:
    """Title and key figures: also what is read before the page has started (ui/first_words.py)."""
    content = _key_figures(ds, code).cards(0, 4)
    return html.heading(1, ds.name(code)) + f'<p class="fil">{html.esc(content.reading)}</p>' + blocks.texts(content)


def _key_figures(ds: Dataset, code: str) -> Content:
    return view(ds, "chiffres", {query.TERRITORY: code})


def render(ds: Dataset, code: str) -> None:
    if code in ds.unavailable:
        _unavailable(ds, code)
        return
    st.html(top(ds, code))
    blocks.below(ds, _key_figures(ds, code), "chiffres")
    parts.show({theme: partial(draw, ds, code) for theme, draw in _THEMES.items()}, _on_paper)


def _unavailable(ds: Dataset, code: str) -> None:
    st.html(
        html.heading(1, ds.name(code))
        + html.box(
            "Les données de cette région ne peuvent pas être affichées. Les autres régions restent disponibles.",
            html.problem_list(ds.unavailable[code]),
            fault=True,
        )
    )


def _on_paper(theme: str) -> str:
    return (
        f'<p class="papier">Seul le thème «\u00a0{html.esc(THEMES[theme])}\u00a0» est imprimé. Ctrl + P, ou '
        "«\u00a0Imprimer\u00a0» dans le menu de la page, les imprime tous.</p>"
    )


@cache.fragment
def _trend(ds: Dataset, code: str) -> None:
    years = adm.years(ds)
    series, year = selection.get(query.SERIES) or "nombre", selection.get(query.YEAR) or years[-1]

    def choices() -> None:
        with st.container(horizontal=True, vertical_alignment="bottom", key="choix_tendance"):
            selection.widget(query.SERIES)
            selection.widget(query.YEAR, width=280)

    # Its title and its bars say the number of the last year already.
    read = (series, year) != ("nombre", years[-1])
    asked = {query.TERRITORY: code, query.SERIES: series, query.YEAR: year}
    blocks.block(
        ds, "admissions", asked, key="tendance", level=2, anchor="admissions", legend=False, read=read, between=choices
    )


def _profile(ds: Dataset, code: str) -> None:
    year, given = profile.latest(ds, "admissions_by_category"), ds.periods("admissions_by_category")
    only = f"ne donne ces répartitions que pour {year} et ne les croise"
    if len(given) > 1:
        only = f"donne ces répartitions de {given[0]} à {year}, la dernière étant montrée, et ne les croise"
    left, right = st.columns(2)
    with left:
        for kind, anchor in (("categorie", "profil"), ("sexe", None)):
            blocks.block(ds, kind, {query.TERRITORY: code}, key=kind, level=2, anchor=anchor, legend=False)
    with right:
        _french(ds, code)
        st.html(
            '<p class="fil-court">Barre&nbsp;: la région. Trait gris&nbsp;: l’ensemble du Québec. Toutes vont de 0 à '
            f"100&nbsp;%. Le plan {html.esc(only)} ni avec les MRC, ni avec les années.</p>"
        )


@cache.fragment
def _french(ds: Dataset, code: str) -> None:
    """The same knowledge on two bases, one at a time; on paper one after the other."""
    for kind in BASES if printing.asked() else [selection.get(query.BASE) or next(iter(BASES))]:
        content, key = view(ds, kind, {query.TERRITORY: code}), f"connaissance-{kind}"
        st.html(html.heading(2, content.title, content.subtitle))
        blocks.drawing(ds, content, key, legend=False)
        if not printing.asked():
            # Under the bars: the charts that stand side by side begin at the same height.
            selection.widget(query.BASE)
        blocks.below(ds, content, key)


def _permits(ds: Dataset, code: str) -> None:
    for place, kind in zip(st.columns(2), ("permis", "ententes"), strict=True):
        with place:
            blocks.block(ds, kind, {query.TERRITORY: code}, key=kind, level=2, anchor=kind)
            if kind == "permis":
                st.html(blocks.texts(_key_figures(ds, code).cards(5, 6)))


def _plan(ds: Dataset, code: str) -> None:
    actions, text = st.columns([3, 2])
    with actions:
        _actions(ds, code)
    with text:
        _portrait(ds, code)


def _actions(ds: Dataset, code: str) -> None:
    """The plan of the region, short: its actions by objective, and a link to the page that shows them whole."""
    own = ds.action_plan
    actions = [action for action in own.actions if action.region_code == code]
    parts = []
    for _, objective in own.objectives():
        if under := [action for action in actions if action.objective == objective.id]:
            many = words.several(len(under), "action", "actions")
            title = f"{words.objective(ds, objective.id)}{NBSP}: {many}"
            parts.append(
                f"<section>{html.heading(3, title, typographic(objective.label))}"
                + html.listed(html.typeset(action.text) for action in under)
                + "".join(f"<p>{html.esc(text)}</p>" for text in words.apart(under))
                + "</section>"
            )
    message = html.heading(2, words.message(ds, code, *plan.weights(own, actions)), anchor="plan")
    st.html(f'{message}<div class="colonnes">{"".join(parts)}</div>{_source(ds, actions) if actions else ""}')
    if actions:
        navigation.link("Voir les résultats attendus et les indicateurs", addresses.ACTION_PLAN, {query.REGION: code})


def _source(ds: Dataset, actions: Sequence[Action]) -> str:
    source = f"Source{NBSP}: {ds.documents[ds.action_plan.source].short}, plan d’action de la région."
    return html.source_line(source, *spelled(ds, [action.text for action in actions]))


def _portrait(ds: Dataset, code: str) -> None:
    """The portrait of the region as printed, its figures and what is peculiar in them."""
    own = ds.portraits[code]
    anomalies = sorted({a for f in own.figures for a in f.anomalies})
    caption = "Les chiffres du portrait, comparés aux tableaux"
    inner = origin.prose_figures(ds, caption, own.figures, code)
    st.html(
        html.heading(2, "Portrait de la région, selon le plan", anchor="portrait")
        + html.quotation(ds, own.portrait, own.source)
        + html.details(f"Chiffres du portrait et vérification ({len(own.figures)})", inner, open_=printing.asked())
        + (html.peculiarities(ds, anomalies) if anomalies else "")
    )


_THEMES: Final[Mapping[str, Callable[[Dataset, str], None]]] = dict(
    zip(THEMES, (explorer, _trend, _profile, _permits, _plan), strict=True)
)
