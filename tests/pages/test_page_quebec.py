"""The whole Québec, generated, on every page; a year more, missing years and a change of territory on the screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import other_years as other
from tests.conftest import ROOT
from tests.pages.conftest import Seen, Visit, visits
from tests.quebec import CODES, Quebec
from tests.transcription import REGIONS, fr

COUNTS = Quebec()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return COUNTS.write(tmp_path_factory.mktemp("quebec") / "copie")


@pytest.fixture(scope="module")
def go(whole: Path) -> Visit:
    return visits(whole)


def located(seen: Seen) -> list[str]:
    """Codes that the map draws, the pale land around left out."""
    shapes = (trace for trace in seen.charts["carte"]["data"] if trace["type"] == "choropleth")
    return [code for trace in shapes if trace.get("hoverinfo") != "skip" for code in trace["locations"]]


def test_every_page_runs(go: Visit) -> None:
    """One of the thirteen regions that are made alike, and one MRC, beside its own direction."""
    menu = go().pages
    assert len([slug for slug in menu if slug.startswith("region-")]) == 13
    seen = {slug: go(slug) for slug in menu if not slug.startswith("region-")}
    seen |= {"region-14": go("region-14"), "1452": go("mrc", mrc="1452")}
    for slug, page in seen.items():
        assert page.headings(1), slug
        assert "avis-erreur" not in page.markup, slug
    heads = ["Territoire 1452", "Lanaudière", "Direction régionale Mtl", "Ensemble du Québec"]
    assert any([row[0] for row in table[1:]] == heads for table in seen["1452"].tables if table)
    for scenario in ("quebec", "repartir", "permis", "poids-demographique", "categories"):
        page = go("simulateur", scenario=scenario, territoire="MTL", etudes="10")
        assert "Direction régionale Mtl" in page.text, scenario


def test_the_overview_has_every_territory_and_direction(go: Visit) -> None:
    seen, own = go(), COUNTS.admissions
    assert len(set(located(seen))) == 104
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 104
    rows = seen.table_with("Ensemble du Québec", fr(own["QC", "2015-2019"]), fr(own["QC", "2019"]))
    table = {row[0]: row[1:] for row in rows[1:]}
    assert len(table) == 17 + 5 + 1
    for name, members in (
        ("Direction régionale Mtl", ("06", "13", "14", "16")),
        ("Direction régionale Nord", ("02", "09", "10")),
    ):
        assert table[name][0] == fr(sum(own[code, "2015-2019"] for code in members))
    assert f"les quatre régions ont reçu {fr(16322)}\u00a0admissions" in seen.text
    # The charts of eight regions are drawn at once; the figures of all of them are in the table all the same.
    charts = [name for name in seen.charts if name.startswith("tendance-")]
    assert len(charts) == 8
    assert {f"tendance-{code}" for code in REGIONS} <= set(charts)
    assert "Afficher les 9 autres graphiques" in seen.text
    assert len(seen.table_with("2000")[0]) == 1 + 17 + 5 + 1


def test_a_new_region_has_its_page_in_the_menu_and_its_own_figures(go: Visit) -> None:
    own = COUNTS.admissions
    assert go().pages["region-14"] == "Lanaudière"
    seen = go("region-14", printed=True)
    assert seen.notices() == []
    assert seen.headings(1) == ["Lanaudière"]
    years = [str(year) for year in range(2015, 2020)]
    assert [seen.row(year, *years)[0] for year in years] == [fr(own["14", year]) for year in years]
    assert set(located(seen)) == set(seen.charts["barres"]["data"][0]["customdata"])
    assert f"{fr(own['14', '2019'])}\u00a0personnes ont été admises à titre permanent" in seen.text


def test_no_file_of_the_code_names_a_region() -> None:
    for path in (path for folder in ("dashboard", "pages") for path in (ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for name in ("bas-saint-laurent", "capitale-nationale", "chaudiere-appalaches", "gaspesie"):
            assert f'"{name}' not in text, path.name


def test_a_year_more_is_on_every_page(copy_of_data: Path) -> None:
    other.add_2020(copy_of_data, mrc_period="2015-2020")
    go = visits(copy_of_data)
    seen = go()
    assert "De 2015 à 2020, " in seen.text
    assert any("2020" in title and "échelle" in title for title in seen.headings(2))
    region = go("bas-saint-laurent", printed=True)
    assert any("2020" in title for title in region.headings(2) if "sommet" in title)
    assert "en 2020, Bas-Saint-Laurent et Québec" in region.text
    assert region.charts["tendance"]["data"][0]["x"][-1] == "2020"
    assert region.row("Total 2015-2020", "2020")[0] == fr(769 + 96)
    for slug in ("indicateurs", "comparer", "simulateur"):
        page = go(slug)
        assert "2020" in page.text, slug


def test_a_change_of_territory_is_said(tmp_path: Path) -> None:
    drawn = Quebec(2015, 2023)
    root, own = drawn.write(tmp_path / "copie"), drawn.admissions
    rows = "region_code,direction_code,member_from,member_to,note\n01,DRCNEQ,,2021,\n01,NORD,2022,,\n"
    (root / "data" / "memberships.csv").write_text(rows, encoding="utf-8")
    seen = visits(root)()
    assert "Bas-Saint-Laurent (jusqu’au 31 décembre 2021)" in seen.plain
    table = seen.table_with("2015", fr(own["QC", "2015"]))
    place = table[0].index("Direction régionale Nord")
    years = {row[0]: row[place] for row in table[1:]}
    north = ("02", "09", "10")
    assert years["2021"] == fr(sum(own[code, "2021"] for code in north))
    assert years["2022"] == fr(sum(own[code, "2022"] for code in (*north, "01")))


def test_a_map_without_some_boundaries_says_which(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("geo"))
    shutil.copytree(ROOT / "geo", tmp_path / "geo")
    go = visits(tmp_path)
    seen = go()
    assert "73 MRC n’ont pas de limites" in seen.text
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 104
    assert go(f"region-{CODES[0]}").headings(1)
