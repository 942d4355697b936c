"""Vue d'ensemble: the direction's figures, the 31 territories, the regions side by side."""

from __future__ import annotations

import pytest

from tests.pages.conftest import NBSP, Visit, open_page, see
from tests.transcription import ADMISSIONS, MRC, MRC_COUNT, REGIONS, TOTALS, UNRELIABLE, fr


def test_the_figures_of_the_direction_and_what_the_page_says(visit: Visit) -> None:
    page = visit()
    rows = {row[0]: row[1:] for row in page.table_with("Rimouski-Neigette", "477")[1:]}
    assert len(rows) == 31
    assert rows["Québec (agglomération)"][0] == fr(13848)
    assert rows["L’Île-d’Orléans"][:2] == ["6", "0,04"]
    assert sum(any("†" in cell for cell in cells) for cells in rows.values()) == len(UNRELIABLE) == 8
    assert sum(int(cells[0].replace(NBSP, "")) for cells in rows.values()) == 16322
    hovers = [text for trace in page.charts["carte"]["data"] for text in trace.get("text", [])]
    island = next(text for text in hovers if "L’Île-d’Orléans" in text).replace(NBSP, " ")
    assert [
        said for said in ("6 personnes, 2015-2019", "0,04 % de sa région", "peu fiable") if said not in island
    ] == []
    assert "0 personne" not in island
    # The regions stand side by side with Québec.
    rows = {row[0]: row[1:] for row in page.table_with("Ensemble du Québec", fr(246301), fr(40565))[1:]}
    assert list(rows)[:4] == list(REGIONS.values())
    for code, name in REGIONS.items():
        assert {fr(TOTALS[code]), fr(ADMISSIONS[code][-1])} <= set(rows[name])
    assert {fr(16322), fr(2603), fr(52615), fr(14950)} <= set(rows["Direction régionale"])
    # Québec has no rate of the census and no share of immigrants: not applicable, which is not zero.
    assert rows["Ensemble du Québec"].count("–") == 2
    said = (
        "La Capitale-Nationale reçoit 87,4 % des admissions de la direction de 2015 à 2019",
        "de −16,7 % dans la Capitale-Nationale à −42,1 % (de 38 à 22) en Gaspésie",
        # Of the map: its measure, its classes and its credit.
        *("Pour 1 000 habitants", "Recensement de 2016", "amCharts"),
        *("moins de 1 (1)", "de 1 à moins de 2 (8)", "de 2 à moins de 3 (4)", "de 3 à moins de 5 (8)"),
        *("de 5 à moins de 20 (1)", "20 et plus (1)", "† moins de 20 admissions : taux peu fiable (8)"),
        # What leads to each region.
        *REGIONS.values(),
    )
    assert [text for text in said if text not in page.plain] == []
    assert said[0] in [title.replace(NBSP, " ") for title in page.headings(2)]


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("nombre", "Québec (agglomération) reçoit le plus d’admissions : 13 848"),
        ("part", "Québec (agglomération) reçoit 97,1 % des admissions de sa région"),
        ("taux", "Québec (agglomération) a le taux le plus élevé : 24,3 pour 1 000 habitants"),
    ],
)
def test_each_measure_has_its_message_and_the_31_territories(measure: str, title: str) -> None:
    seen = see(open_page("", {"mesure": measure}))
    assert title in seen.plain
    lands = [trace for trace in seen.charts["carte"]["data"] if trace["type"] == "choropleth"]
    assert {code for trace in lands if trace.get("text") for code in trace["locations"]} == set(MRC_COUNT)
    # Only a rate can be too weak to be shown: a number or a share is exact.
    strokes = [t for t in seen.charts["carte"]["data"] if t["type"] == "scattergeo" and t.get("mode") == "lines"]
    assert bool(strokes) == (measure == "taux")


def test_a_territory_chosen_in_the_address_is_read_aloud_and_the_list_names_them_all() -> None:
    at = open_page("", {"mrc": "2431"})
    seen = see(at)
    assert "Les Appalaches : 97 personnes ont été admises de 2015 à 2019, soit 8,7 %" in seen.plain
    # Marked in words on its bar, outlined on the map.
    labels = seen.charts["barres"]["data"][0]["y"]
    assert [label for label in labels if "▸" in label] == ["<b>▸ Les Appalaches</b>"]
    assert any(t["locations"] == ["2431"] for t in seen.charts["carte"]["data"] if t["type"] == "choropleth")
    named = {f"{row[0]} ({REGIONS[code]})" for code in MRC for row in MRC[code].values()}
    named = named - {"Québec (Capitale-Nationale)"} | {"Québec (agglomération) (Capitale-Nationale)"}
    assert set(next(box for box in at.selectbox if box.label == "MRC").options) == named


def test_the_other_views_hold_the_31_territories() -> None:
    tiles, bars, table = (see(open_page("", {"vue": view})) for view in ("tuiles", "graphique", "tableau"))
    drawn = tiles.charts["tuiles"]["data"][0]
    assert sorted(drawn["customdata"]) == sorted(MRC_COUNT)
    assert len(set(zip(drawn["x"], drawn["base"], strict=True))) == 31
    assert sorted(bars.charts["barres"]["data"][0]["customdata"]) == sorted(MRC_COUNT)
    assert "carte" not in bars.charts
    assert len(table.table_with("Rimouski-Neigette", "477")) == 32
    assert {"carte", "barres", "tuiles"}.isdisjoint(table.charts)
