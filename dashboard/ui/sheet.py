"""The sheet of an MRC: its figures, beside its region, the direction and Québec, and what the source does not say."""

from __future__ import annotations

import streamlit as st

from dashboard.deck.kinds import view
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions
from dashboard.model import Dataset
from dashboard.narrative.search import SHEET
from dashboard.ui import markup as html
from dashboard.ui import navigation, origin, selection
from dashboard.wording import addresses, query
from dashboard.wording.numbers import NBSP


def show(ds: Dataset, code: str) -> None:
    """Sheet of an MRC, under the choice of territory."""
    region = ds.region_of(code)
    assert region is not None
    territory = ds.territories[code]
    former = (
        f" Le plan l’écrit «\u00a0{territory.name_in_source}\u00a0»."
        if territory.name_in_source.replace("'", "’") != territory.name
        else ""
    )
    content = view(ds, "fiche", {query.TERRITORY: region, query.MRC: code})
    assert content.table is not None
    st.html(
        f'<section class="fiche" aria-label="Fiche {html.esc(ds.name(code))}">'
        + html.heading(2, ds.name(code), f"{territory.kind}, {ds.name(region)}. Code {code}.{former}", anchor=SHEET)
        + html.reading(content.reading)
        + origin.cards(ds, content)
        + html.table(content.table, chosen=code, caption=False)
        + html.source_line(content.source, *content.bases)
        + origin.of_table(ds, content.table)
        + html.details("Ce que la source ne dit pas de ce territoire", _unsaid(ds, code))
        + "</section>"
    )
    with st.container(horizontal=True, key="fiche_liens"):
        navigation.link(
            "Comparer ce territoire",
            addresses.COMPARE,
            {
                query.COMPARED: ",".join([code, region, *([own] if (own := directions.of(ds, code)) else [])]),
                query.INDICATOR: "taux",
                query.REFERENCE: region,
            },
        )
        year = selection.get(query.YEAR)
        asked = {query.SIMULATION: "mrc-annee", query.MRC: code}
        # The last year is the simulator’s own default: left out, the address stays short.
        if year is not None and year != adm.years(ds)[-1]:
            asked[query.YEAR] = year
        navigation.link(f"Estimer ses admissions de {year}", addresses.SIMULATOR, asked)


def _unsaid(ds: Dataset, code: str) -> str:
    last = adm.years(ds)[-1]
    items = (
        f"Ses admissions par année{NBSP}: le plan ne croise pas MRC et année, il n’a que le cumul {adm.span(ds)}.",
        f"La catégorie, le sexe et la langue des personnes admises{NBSP}: le plan ne les croise pas avec les MRC.",
        f"Ses permis temporaires, sa population immigrée, ses ententes{NBSP}: le plan ne les donne que par région.",
        f"Si les personnes admises y habitent encore, ni les admissions après {last}{NBSP}: le plan n’en dit rien.",
    )
    return f"<ul>{''.join(f'<li>{html.esc(item)}</li>' for item in items)}</ul>"
