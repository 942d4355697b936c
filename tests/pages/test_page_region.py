"""One page per region: every table of the annex is on it, as it is computed and checked below (tests/indicators)."""

from __future__ import annotations

import pytest

from dashboard.indicators import views
from dashboard.indicators.tables import Table
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from tests.pages.conftest import Visit
from tests.transcription import MRC, PERMITS, PLAN_POPULATION, REGIONS, SLUGS, SPAN, TOTALS, fr, fr_share_of_quebec


def shown(table: Table, row: str) -> list[str]:
    cells = [(table.cell(row, column.id), column.decimals) for column in table.columns]
    return ["–" if cell is None else bare(cell, places) for cell, places in cells]


@pytest.mark.parametrize("code", REGIONS)
def test_every_table_of_the_region_is_on_its_page(ds: Dataset, visit: Visit, code: str) -> None:
    """The whole page, as paper has it: every theme."""
    page = visit(SLUGS[code], printed=True)
    assert page.headings(1) == [REGIONS[code]]
    assert f"a reçu {fr(TOTALS[code])}\u00a0admissions, soit {fr_share_of_quebec(TOTALS[code], 246301)}" in page.text
    tables = [
        views.trend(ds, code),
        views.by_mrc(ds, ds.mrc_codes(code), region=code),
        *(views.composition(ds, code, kind) for kind in ("categorie", "sexe", "francais", "francais-tous")),
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
    # Its map and its bars hold its MRC alone: the others are pale, and say nothing.
    lands = [t for t in page.charts["carte"]["data"] if t["type"] == "choropleth"]
    assert sorted(c for t in lands if t.get("text") for c in t["locations"]) == sorted(MRC[code])
    assert {c for t in lands for c in t["locations"]} == {"voisins", *(c for own in MRC.values() for c in own)}
    assert sorted(page.charts["barres"]["data"][0]["customdata"]) == sorted(MRC[code])
    # On whom French rests, how permits are rounded, what is crossed nowhere, and the portrait with its figures checked.
    assert page.charts["permis"]["data"][0]["text"] == [fr(n) for n in sorted(PERMITS[code], reverse=True)]
    assert any("Portrait" in title for title in page.headings(2))
    said = (
        *("en % des personnes ayant déclaré une langue", "en % de toutes les personnes admises"),
        *("arrondis à 5 près", "ne les croise ni avec les MRC", "Concorde avec les tableaux"),
    )
    assert [text for text in said if text not in page.plain] == []
    assert fr(PLAN_POPULATION[code]) in page.text
    # Bas-Saint-Laurent alone has no figure at odds with the tables.
    assert ("Particularité de la source" in page.text) == (code != "01")


def test_the_knowledge_of_french_is_shown_on_the_base_that_is_chosen(visit: Visit) -> None:
    among, everyone = "des personnes ayant déclaré une langue", "de toutes les personnes admises"
    for base, said in {
        "francais": f"82,4 % {among} connaissent le français, contre 49,8 % au Québec",
        "francais-tous": f"15,6 % {everyone} ne connaissent pas le français, contre 49,4 % au Québec",
    }.items():
        heads = visit(SLUGS["01"], theme="profil", base=base).headings(2)
        assert [head.replace("\u00a0", " ") for head in heads if "connaissent" in head] == [said]
