"""The whole Québec, generated, on every page; a year more, missing years and a change of territory on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import other_years as other
from tests.conftest import ROOT
from tests.pages.conftest import NBSP, Seen, Visit
from tests.quebec import CODES, Quebec
from tests.transcription import REGIONS, fr

Copy = Callable[..., Seen]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quebec, Path]:
    drawn = Quebec()
    return drawn, drawn.write(tmp_path_factory.mktemp("quebec") / "copie")


@pytest.fixture
def go(whole: tuple[Quebec, Path], visit_copy: Copy) -> Visit:
    return lambda slug="", **params: visit_copy(whole[1], slug, **params)


def located(seen: Seen) -> list[str]:
    """Codes that the map draws, the pale land around left out."""
    shapes = (trace for trace in seen.charts["carte"]["data"] if trace["type"] == "choropleth")
    return [code for trace in shapes if trace.get("hoverinfo") != "skip" for code in trace["locations"]]


@pytest.mark.long
def test_every_page_runs(go: Visit) -> None:
    menu = go().pages
    assert len([slug for slug in menu if slug.startswith("region-")]) == 13
    for slug in menu:
        seen = go(slug)
        assert seen.exceptions == (), slug
        assert seen.headings(1), slug
        assert "avis-erreur" not in seen.markup, slug


def test_the_overview_has_every_territory_and_direction(go: Visit, whole: tuple[Quebec, Path]) -> None:
    seen, own = go(), whole[0].admissions
    drawn = located(seen)
    assert len(set(drawn)) == 104
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


def test_the_charts_of_eight_regions_are_drawn_at_once(go: Visit) -> None:
    seen = go()
    charts = [name for name in seen.charts if name.startswith("tendance-")]
    assert len(charts) == 8
    assert {f"tendance-{code}" for code in REGIONS} <= set(charts)
    assert "Afficher les 9 autres graphiques" in seen.text
    # The figures of all of them are in the table all the same.
    assert len(seen.table_with("2000")[0]) == 1 + 17 + 5 + 1


@pytest.mark.parametrize("scenario", ["quebec", "repartir", "permis", "poids-demographique", "categories"])
def test_another_direction_can_be_simulated(go: Visit, scenario: str) -> None:
    seen = go("simulateur", scenario=scenario, territoire="MTL", etudes="10")
    assert seen.exceptions == ()
    assert "Direction régionale Mtl" in seen.text


def test_an_mrc_stands_beside_its_own_direction(go: Visit) -> None:
    seen = go("mrc", mrc="1452")
    assert seen.exceptions == ()
    heads = ["Territoire 1452", "Lanaudière", "Direction régionale Mtl", "Ensemble du Québec"]
    assert any([row[0] for row in table[1:]] == heads for table in seen.tables if table)


def test_a_new_region_has_its_page_in_the_menu_and_its_own_figures(go: Visit, whole: tuple[Quebec, Path]) -> None:
    own = whole[0].admissions
    assert go().pages["region-14"] == "Lanaudière"
    seen = go("region-14", printed=True)
    assert seen.exceptions == () and seen.notices() == []
    assert seen.headings(1) == ["Lanaudière"]
    years = [str(year) for year in range(2015, 2020)]
    assert [seen.row(year, *years)[0] for year in years] == [fr(own["14", year]) for year in years]
    assert set(located(seen)) == set(seen.charts["barres"]["data"][0]["customdata"])
    assert f"{fr(own['14', '2019'])}{NBSP}personnes ont été admises à titre permanent" in seen.text


def test_no_file_of_the_code_names_a_region() -> None:
    for path in (path for folder in ("dashboard", "pages") for path in (ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for name in ("bas-saint-laurent", "capitale-nationale", "chaudiere-appalaches", "gaspesie"):
            assert f'"{name}' not in text, path.name


def test_a_year_more_is_on_every_page(copy_of_data: Path, visit_copy: Copy) -> None:
    root = copy_of_data
    other.add_2020(root, mrc_period="2015-2020")
    seen = visit_copy(root)
    assert "De 2015 à 2020, " in seen.text
    assert any("2020" in title and "échelle" in title for title in seen.headings(2))
    region = visit_copy(root, "bas-saint-laurent", printed=True)
    assert region.exceptions == ()
    assert any("2020" in title for title in region.headings(2) if "sommet" in title)
    assert "en 2020, Bas-Saint-Laurent et Québec" in region.text
    assert region.charts["tendance"]["data"][0]["x"][-1] == "2020"
    assert region.row("Total 2015-2020", "2020")[0] == fr(769 + 96)
    for slug in ("indicateurs", "comparer", "simulateur"):
        page = visit_copy(root, slug)
        assert page.exceptions == ()
        assert "2020" in page.text, slug


def test_a_missing_year_leaves_a_gap(copy_of_data: Path, visit_copy: Copy) -> None:
    other.drop_years(copy_of_data, "2016", "2018")
    assert visit_copy(copy_of_data).exceptions == ()
    seen = visit_copy(copy_of_data, "capitale-nationale", theme="evolution")
    assert seen.exceptions == ()
    bars = seen.charts["tendance"]["data"][0]
    assert bars["x"] == ["2015", "2016", "2017", "2018", "2019"]
    assert [value is None for value in bars["y"]] == [False, True, False, True, False]
    assert f"années absentes des données{NBSP}: 2016, 2018" in seen.text
    assert seen.row("2017", "2015", "2019")[3] == "–"


def test_a_change_of_territory_is_said(visit_copy: Copy, tmp_path: Path) -> None:
    drawn = Quebec(2015, 2023)
    root, own = drawn.write(tmp_path / "copie"), drawn.admissions
    rows = "region_code,direction_code,member_from,member_to,note\n01,DRCNEQ,,2021,\n01,NORD,2022,,\n"
    (root / "data" / "memberships.csv").write_text(rows, encoding="utf-8")
    seen = visit_copy(root)
    assert seen.exceptions == ()
    assert f"Bas-Saint-Laurent (jusqu’au 31{NBSP}décembre{NBSP}2021)" in seen.text
    table = seen.table_with("2015", fr(own["QC", "2015"]))
    place = table[0].index("Direction régionale Nord")
    years = {row[0]: row[place] for row in table[1:]}
    north = ("02", "09", "10")
    assert years["2021"] == fr(sum(own[code, "2021"] for code in north))
    assert years["2022"] == fr(sum(own[code, "2022"] for code in (*north, "01")))


def test_a_map_without_some_boundaries_says_which(whole: tuple[Quebec, Path], visit_copy: Copy, tmp_path: Path) -> None:
    shutil.copytree(whole[1], tmp_path / "copie")
    shutil.rmtree(tmp_path / "copie" / "geo")
    shutil.copytree(ROOT / "geo", tmp_path / "copie" / "geo")
    seen = visit_copy(tmp_path / "copie")
    assert seen.exceptions == ()
    assert "73 MRC n’ont pas de limites" in seen.text
    assert len(seen.charts["barres"]["data"][0]["customdata"]) == 104
    assert visit_copy(tmp_path / "copie", f"region-{CODES[0]}").exceptions == ()
