"""An MRC: its figures, its place in its region, what can be estimated, what the plan and the source say of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import directions
from dashboard.indicators import plan as plans
from dashboard.model import Dataset
from dashboard.narrative import meant
from dashboard.narrative import mrc_words as words
from dashboard.narrative.sourcing import spelled
from dashboard.scenarios import mrc_year, sharing
from dashboard.scenarios.simulation import Simulation
from dashboard.ui import address, blocks, navigation, selection
from dashboard.ui import markup as html
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP


def render(ds: Dataset) -> None:
    asked, code = address.get(query.MRC), selection.get(query.MRC)
    if code is None:
        st.html(html.heading(1, "MRC", "Choisissez une MRC dans la liste ou le graphique"))
        _nearest(ds, asked)
    else:
        lead = f'<p class="fil">{html.esc(words.lead(ds, code))}</p>'
        st.html(html.heading(1, ds.name(code), words.described(ds, code)) + lead)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_territoire"):
        selection.widget(query.MRC, width=420)
        measure = selection.widget(query.MEASURE) or ds.config.default_measure
    if code is None:
        # A bar leads to the page of its MRC.
        led = partial(selection.picked, "barres")
        blocks.block(ds, "mrc", {query.MEASURE: measure}, key="barres", level=2, on_select=led)
    else:
        _one(ds, code, measure)


def _one(ds: Dataset, code: str, measure: str) -> None:
    about = {query.TERRITORY: ds.region_of(code) or code, query.MRC: code}
    content, among = view(ds, "fiche", about), view(ds, "mrc", {**about, query.MEASURE: measure})
    left, right = st.columns([3, 2])
    with left:
        st.html(html.heading(2, words.place(ds, code, measure), among.subtitle, anchor="rang"))
        blocks.drawing(ds, among, "barres")
        blocks.below(ds, among, "barres")
        st.html(html.heading(2, "À côté de sa région, de la direction et du Québec", anchor="a-cote"))
        assert content.table is not None
        table = html.table(content.table, chosen=code, caption=False)
        blocks.below(ds, content, "fiche", above=table)
        _weighed(ds, code)
        unsaid = "Ce que la source ne dit pas de cette MRC"
        st.html(html.heading(2, unsaid, anchor="non-dit") + html.points(words.unsaid(ds)))
    with right:
        _plan(ds, code)
        _estimated(ds, code)
        _links(ds, code)


def _nearest(ds: Dataset, asked: str | None) -> None:
    """The MRC whose names are near one that is not known."""
    near = [] if asked is None else meant.nearest_mrcs(ds, asked)
    if near:
        st.html('<p class="fil-court">Vous cherchiez peut-être&nbsp;:</p>')
    for code in near:
        navigation.link(ds.name(code), addresses.MRC, {query.MRC: code})


def _estimated(ds: Dataset, code: str) -> None:
    """Its admissions year by year, which nobody observed."""
    if mrc_year.by_year(ds, code):
        content = view(ds, "mrc-annees", {query.TERRITORY: ds.region_of(code) or code, query.MRC: code})
        st.html(html.heading(2, content.title, content.subtitle, anchor="estimation"))
        blocks.drawing(ds, content, "mrc-annees", read=False)
        # What is supposed, and what the bounds are.
        st.html(html.points(content.caveats[:2], "notes") + html.source_line(content.source))
    else:
        none = "Les données ne permettent aucune estimation par année pour cette MRC."
        st.html(html.heading(2, "Admissions de chaque année", anchor="estimation") + f"<p>{none}</p>")


def _weighed(ds: Dataset, code: str) -> None:
    """What it would receive at its share of the population; nothing where the data cannot say it."""
    if share := sharing.of_span(ds, code):
        told = f"<p>{html.esc(share.message)}</p>"
        st.html(html.heading(2, sharing.WEIGHT.title, "Scénario, non observé", anchor="poids") + told)


def _simulator(simulation: Simulation, code: str) -> None:
    asked = {query.SIMULATION: simulation.kind, query.MRC: code}
    navigation.link(f"Simulateur{NBSP}: {simulation.title}", addresses.SIMULATOR, asked)


def _plan(ds: Dataset, code: str) -> None:
    """The agreements and actions that bear on it; those of its region where the source does not name it."""
    named, general = plans.of_mrc(ds, code)
    shown = named or general
    source = f"Source{NBSP}: {ds.documents[ds.action_plan.source].short}, plan d’action."
    st.html(
        html.heading(2, "Dans le plan", anchor="plan")
        + html.heading(3, "Ententes")
        + f"<p>{html.esc(words.signed(ds, code))}</p>"
        + html.heading(3, "Actions")
        + f"<p>{html.esc(words.plan(ds, code, named, general))}</p>"
        + html.listed(f"{html.typeset(action.text)} ({html.esc(action.id)})" for action in shown)
        + html.source_line(source, *spelled(ds, [action.text for action in shown]))
    )
    asked = {query.REGION: ds.region_of(code) or code} | ({} if named else {query.SEARCH: plans.ANY_MRC})
    navigation.link("Voir les actions dans le plan", addresses.ACTION_PLAN, asked)
    navigation.link("Voir les ententes", addresses.AGREEMENTS)


def _links(ds: Dataset, code: str) -> None:
    region, own = ds.region_of(code) or code, directions.of(ds, code)
    slug = next((r.slug for r in ds.config.regions if r.code == region), "")
    with st.container(horizontal=True, key="mrc_liens"):
        navigation.link(f"Portrait de la région{NBSP}: {ds.name(region)}", slug, {query.MRC: code})
        compared = ",".join(filter(None, (code, region, own)))
        asked = {query.COMPARED: compared, query.INDICATOR: "taux", query.REFERENCE: region}
        navigation.link("Comparer cette MRC", addresses.COMPARE, asked)
        _simulator(mrc_year.SIMULATION, code)
        if sharing.of_span(ds, code):
            _simulator(sharing.WEIGHT, code)
