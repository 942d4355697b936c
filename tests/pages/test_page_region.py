"""One page per region: every table of the annex is on it, as it is computed and checked below (tests/indicators)."""

from __future__ import annotations

import pytest

from dashboard.indicators import views
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from tests.pages.conftest import NBSP, Seen, Visit
from tests.transcription import (
    MRC,
    PERMITS,
    PLAN_POPULATION,
    REGIONS,
    SLUGS,
    SPAN,
    TOTALS,
    fr,
    fr_share_of_quebec,
)


@pytest.fixture(params=REGIONS)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(visit: Visit, code: str) -> Seen:
    """The whole page, as paper has it: every theme."""
    return visit(SLUGS[code], printed=True)


def test_it_has_the_name_of_the_region_and_what_matters_first(page: Seen, code: str) -> None:
    assert page.headings(1) == [REGIONS[code]]
    assert f"a reçu {fr(TOTALS[code])}{NBSP}admissions, soit {fr_share_of_quebec(TOTALS[code], 246301)}" in page.text


def test_the_knowledge_of_french_is_shown_on_the_base_that_is_chosen(visit: Visit) -> None:
    among = "des personnes ayant déclaré une langue"
    declared, everyone = (
        [head for head in visit(SLUGS["01"], theme="profil", base=base).headings(2) if "connaissent" in head]
        for base in ("francais", "francais-tous")
    )
    assert declared == [f"82,4{NBSP}% {among} connaissent le français, contre 49,8{NBSP}% au Québec"]
    among = "de toutes les personnes admises"
    assert everyone == [f"15,6{NBSP}% {among} ne connaissent pas le français, contre 49,4{NBSP}% au Québec"]


def test_every_table_of_the_region_is_on_its_page(ds: Dataset, page: Seen, code: str) -> None:
    def shown(table: Table, row: str) -> list[str]:
        cells = [(table.cell(row, column.id), column.decimals) for column in table.columns]
        return ["–" if cell is None else bare(cell, places) for cell, places in cells]

    tables = [
        views.trend(ds, code),
        views.by_mrc(ds, ds.mrc_codes(code), region=code),
        views.composition(ds, code, "categorie"),
        views.composition(ds, code, "sexe"),
        views.composition(ds, code, "francais"),
        views.composition(ds, code, "francais-tous"),
        views.permits(ds, code),
        views.agreements(ds, code),
    ]
    for table in tables:
        heads = [row.label for row in table.rows]
        for row in table.rows:
            cells = [cell.rstrip("†") for cell in page.row(row.label, *heads)]
            assert cells == shown(table, row.id), (table.title, row.label)
    # 2019 is provisional, and so is what it is summed in.
    assert {"2019", f"Total {SPAN}"} == {head for head in page.loose_rows if "20" in head}


def test_its_map_and_its_bars_hold_its_mrc_alone(page: Seen, code: str) -> None:
    lands = [t for t in page.charts["carte"]["data"] if t["type"] == "choropleth"]
    # The others are pale, and say nothing.
    assert sorted(c for t in lands if t.get("text") for c in t["locations"]) == sorted(MRC[code])
    assert {c for t in lands for c in t["locations"]} == {"voisins", *(c for own in MRC.values() for c in own)}
    assert sorted(page.charts["barres"]["data"][0]["customdata"]) == sorted(MRC[code])


def test_french_says_on_whom_it_rests_and_permits_how_they_are_rounded(page: Seen, code: str) -> None:
    assert "en\u00a0% des personnes ayant déclaré une langue" in page.text
    assert "en\u00a0% de toutes les personnes admises" in page.text
    assert page.charts["permis"]["data"][0]["text"] == [fr(n) for n in sorted(PERMITS[code], reverse=True)]
    assert "arrondis à 5 près" in page.text


def test_the_portrait_is_printed_with_its_figures_checked(page: Seen, code: str) -> None:
    assert any("Portrait" in title for title in page.headings(2))
    assert fr(PLAN_POPULATION[code]) in page.text
    assert "Concorde avec les tableaux" in page.text
    # Bas-Saint-Laurent alone has no figure at odds with the tables.
    assert ("Particularité de la source" in page.text) == (code != "01")


def test_what_is_crossed_nowhere_is_said(page: Seen) -> None:
    assert "ne les croise ni avec les MRC" in page.text
