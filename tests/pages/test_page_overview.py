"""Vue d'ensemble: the direction's figures, the 31 territories, the regions side by side."""

from __future__ import annotations

import pytest

from tests.pages.conftest import NBSP, Seen, Visit, open_page
from tests.transcription import ADMISSIONS, MRC, MRC_COUNT, REGIONS, TOTALS, UNRELIABLE, fr


@pytest.fixture(scope="module")
def page(visit: Visit) -> Seen:
    return visit()


def spaced(text: str) -> str:
    return text.replace("~", NBSP)


def test_the_31_territories_are_in_the_table(page: Seen) -> None:
    table = page.table_with("Rimouski-Neigette", "477")
    rows = {row[0]: row[1:] for row in table[1:]}
    assert len(rows) == 31
    assert rows["Québec (agglomération)"][0] == fr(13848)
    assert rows["L’Île-d’Orléans"][0] == "6"
    assert rows["L’Île-d’Orléans"][1] == "0,04"
    marked = [head for head, cells in rows.items() if any("†" in cell for cell in cells)]
    assert len(marked) == len(UNRELIABLE) == 8
    assert sum(int(cells[0].replace(NBSP, "")) for cells in rows.values()) == 16322


def test_what_the_page_says(page: Seen) -> None:
    assert spaced("La Capitale-Nationale reçoit 87,4~% des admissions de la direction de 2015 à 2019") in page.headings(
        2
    )
    classes = (
        "moins de 1 (1)", "de 1 à moins de 2 (8)", "de 2 à moins de 3 (4)", "de 3 à moins de 5 (8)",
        "de 5 à moins de 20 (1)", "20 et plus (1)", "† moins de 20 admissions~: taux peu fiable (8)",
    )  # fmt: skip
    said = (
        "de −16,7~% dans la Capitale-Nationale à −42,1~% (de 38 à 22) en Gaspésie",
        # Of the map: its measure, its classes and its credit.
        *("Pour 1~000 habitants", "Recensement de 2016", *classes, "amCharts"),
        # What leads to each region.
        *REGIONS.values(),
    )
    assert [text for text in said if spaced(text) not in page.text] == []


def test_the_hover_of_the_island_says_six_persons(page: Seen) -> None:
    hovers = [text for trace in page.charts["carte"]["data"] for text in trace.get("text", [])]
    island = next(text for text in hovers if "L’Île-d’Orléans" in text)
    assert spaced("6~personnes, 2015-2019") in island
    assert spaced("0,04~% de sa région") in island
    assert "peu fiable" in island
    assert spaced("0~personne") not in island


def test_the_regions_stand_side_by_side_with_quebec(page: Seen) -> None:
    table = page.table_with("Ensemble du Québec", fr(246301), fr(40565))
    rows = {row[0]: row[1:] for row in table[1:]}
    assert list(rows)[:4] == list(REGIONS.values())
    for code, name in REGIONS.items():
        assert fr(TOTALS[code]) in rows[name]
        assert fr(ADMISSIONS[code][-1]) in rows[name]
    assert {fr(16322), fr(2603), fr(52615), fr(14950)} <= set(rows["Direction régionale"])
    # Québec has no rate of the census and no share of immigrants: not applicable, which is not zero.
    assert rows["Ensemble du Québec"].count("–") == 2


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("nombre", "Québec (agglomération) reçoit le plus d’admissions~: 13~848"),
        ("part", "Québec (agglomération) reçoit 97,1~% des admissions de sa région"),
        ("taux", "Québec (agglomération) a le taux le plus élevé~: 24,3~pour 1~000~habitants"),
    ],
)
def test_each_measure_has_its_message_and_the_31_territories(visit: Visit, measure: str, title: str) -> None:
    seen = visit("", mesure=measure)
    assert seen.exceptions == ()
    assert spaced(title) in seen.text
    lands = [trace for trace in seen.charts["carte"]["data"] if trace["type"] == "choropleth"]
    assert {code for trace in lands if trace.get("text") for code in trace["locations"]} == set(MRC_COUNT)
    # Only a rate can be too weak to be shown: a number or a share is exact.
    strokes = [t for t in seen.charts["carte"]["data"] if t["type"] == "scattergeo" and t.get("mode") == "lines"]
    assert bool(strokes) == (measure == "taux")


def test_a_territory_chosen_in_the_address_is_read_aloud(visit: Visit) -> None:
    seen = visit("", mrc="2431")
    assert seen.exceptions == ()
    assert spaced("Les Appalaches~: 97~personnes ont été admises de 2015 à 2019, soit 8,7~%") in seen.text
    # Marked in words on its bar, outlined on the map.
    labels = seen.charts["barres"]["data"][0]["y"]
    assert [label for label in labels if "▸" in label] == ["<b>▸ Les Appalaches</b>"]
    assert any(t["locations"] == ["2431"] for t in seen.charts["carte"]["data"] if t["type"] == "choropleth")


@pytest.mark.parametrize("measure", ["nombre", "part", "taux"])
def test_the_other_views_hold_the_31_territories(visit: Visit, measure: str) -> None:
    tiles = visit("", vue="tuiles", mesure=measure)
    assert tiles.exceptions == ()
    assert sorted(tiles.charts["tuiles"]["data"][0]["customdata"]) == sorted(MRC_COUNT)
    places = set(zip(tiles.charts["tuiles"]["data"][0]["x"], tiles.charts["tuiles"]["data"][0]["base"], strict=True))
    assert len(places) == 31
    bars = visit("", vue="graphique", mesure=measure)
    assert bars.exceptions == ()
    assert sorted(bars.charts["barres"]["data"][0]["customdata"]) == sorted(MRC_COUNT)
    assert "carte" not in bars.charts
    table = visit("", vue="tableau", mesure=measure)
    assert table.exceptions == ()
    assert len(table.table_with("Rimouski-Neigette", "477")) == 32
    assert {"carte", "barres", "tuiles"}.isdisjoint(table.charts)


def test_the_list_names_the_31_territories_with_their_region() -> None:
    choice = next(box for box in open_page("").selectbox if box.label == "MRC")
    named = {f"{row[0]} ({REGIONS[code]})" for code in MRC for row in MRC[code].values()}
    named = named - {"Québec (Capitale-Nationale)"} | {"Québec (agglomération) (Capitale-Nationale)"}
    assert set(choice.options) == named
