"""A region is one entry of the configuration, rows in the series and shapes on the map: then it is everywhere."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pages import fifth_region as fifth
from tests.pages.conftest import NBSP, Seen, Visit
from tests.transcription import MRC_COUNT, REGIONS, fr, fr_pct, pct


@pytest.fixture(scope="module")
def enlarged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cinq-regions")
    shutil.copy(ROOT / "config.yaml", root)
    for folder in ("data", "geo"):
        shutil.copytree(ROOT / folder, root / folder)
    fifth.add_to(root)
    return root


@pytest.fixture
def go(enlarged: Path, visit_copy: Callable[..., Seen]) -> Callable[..., Seen]:
    return lambda slug="", **params: visit_copy(enlarged, slug, **params)


def run(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dashboard", command, "--root", str(root)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_observations_hold_it(enlarged: Path) -> None:
    done = run(enlarged, "observations")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    own = {(r["indicator"], r["category"], r["period"]): r["value"] for r in rows if r["territory_code"] == fifth.CODE}
    assert own["admissions", "total", "2015-2019"] == "150"
    assert own["admissions_by_category", "refugee", "2019"] == "10"
    assert own["temporary_permits", "ptet", "2019-12-31"] == "20"
    assert {r["territory"] for r in rows if r["territory_code"] in fifth.MRC} == {"Les Épinettes", "Lac-Imaginaire"}
    # Nothing is taken from the others.
    assert sum(r["territory_code"] in REGIONS for r in rows) == sum(
        r["territory_code"] in REGIONS for r in csv.DictReader(io.StringIO(run(ROOT, "observations").stdout))
    )


def test_it_is_in_the_menu(go: Visit) -> None:
    menu = go().pages
    assert menu[fifth.SLUG] == fifth.NAME
    assert [menu[slug] for slug in menu if menu[slug] in (*REGIONS.values(), fifth.NAME)] == [
        *REGIONS.values(),
        fifth.NAME,
    ]


def test_the_overview_counts_it(go: Visit) -> None:
    seen = go()
    assert seen.exceptions == ()
    assert seen.notices() == []
    text = seen.text
    assert f"les cinq régions de la direction ont reçu {fr(16472)} personnes" in text
    assert fr(14950 + 150) in text
    rows = {row[0]: row[1:] for row in seen.table_with("Ensemble du Québec", fr(246301))[1:]}
    assert list(rows)[:5] == [*REGIONS.values(), fifth.NAME]
    own = rows[fifth.NAME]
    for figure in ("150", "50", "15,0", "495", "5,0", "75,0 30 sur 40"):
        assert figure in own
    assert fr(16472) in rows["Direction régionale"]
    assert fr_pct(pct(16472, 246301)) in text


def test_the_overview_draws_it(go: Visit) -> None:
    seen = go()
    drawn = [t for t in seen.charts["carte"]["data"] if t["type"] == "choropleth"]
    assert sorted(code for t in drawn for code in t["locations"]) == sorted([*MRC_COUNT, *fifth.MRC])
    # The frame has moved west to hold it, and the islands keep their inset.
    assert seen.charts["carte"]["layout"]["geo"]["lonaxis"]["range"][0] < -75
    assert [t["locations"] for t in drawn if t["geo"] == "geo2"] == [["2401"]]
    small = seen.charts[f"tendance-{fifth.CODE}"]["data"][0]
    assert small["text"] == ["10", "20", "30", "40", "50"]
    assert small["marker"]["color"] == "#6b4fa1"
    assert {*fifth.MRC} <= set(seen.charts["barres"]["data"][0]["customdata"])
    table = {row[0]: row[1:] for row in seen.table_with("Rimouski-Neigette", "477")[1:]}
    assert len(table) == 33
    assert table["Les Épinettes"][:3] == ["138", "92,0", "17,3"]
    assert table["Lac-Imaginaire"][2].endswith("†")


def test_its_own_page_is_whole(go: Visit) -> None:
    seen = go(fifth.SLUG)
    assert seen.exceptions == ()
    assert seen.headings(1) == [fifth.NAME]
    text = seen.text
    assert f"150{NBSP}personnes ont été admises à titre permanent au {fifth.NAME}" in text
    assert [seen.row(year, *fifth.YEARS)[0] for year in fifth.YEARS] == [str(n) for n in fifth.YEARS.values()]
    assert seen.row("Les Épinettes", "Lac-Imaginaire")[0] == "138"
    assert seen.row("Immigration économique", "Regroupement familial")[:2] == ["20", "40,0"]
    assert seen.row("Femmes", "Hommes")[:2] == ["26", "52,0"]
    assert seen.row("Connaissant le français", "Ayant déclaré une connaissance de la langue")[:2] == ["30", "75,0"]
    assert seen.row("Connaissant le français", "Connaissance de la langue non disponible")[:2] == ["30", "60,0"]
    assert seen.row("Études", "PTET", "PMI")[0] == "100"
    assert "9 900 personnes".replace("9 9", f"9{NBSP}9") in text
    chart = seen.charts["ententes"]
    assert chart["data"][0]["text"] == ["0", "0", "non mentionné", "0"]
    (note,) = chart["layout"]["annotations"]
    assert (note["y"], note["text"]) == (chart["data"][0]["y"][2], "non mentionné")
    drawn = [c for t in seen.charts["carte"]["data"] if t["type"] == "choropleth" for c in t["locations"]]
    assert sorted(drawn) == sorted(fifth.MRC)
    # Its verbs agree, and its weak rate is said.
    assert "Les Épinettes ont le taux le plus élevé" in text
    assert "moins de 20 admissions" in text


def test_its_territories_can_be_chosen(go: Visit) -> None:
    seen = go(fifth.SLUG, mrc="9902")
    assert seen.exceptions == ()
    assert seen.notices() == []
    assert f"Lac-Imaginaire{NBSP}: 12{NBSP}personnes ont été admises de 2015 à 2019, soit 8,0{NBSP}%" in seen.text


@pytest.mark.long
def test_every_page_renders_with_it(go: Visit) -> None:
    for slug in go().pages:
        assert go(slug).exceptions == (), slug


def test_no_file_of_the_code_knows_it() -> None:
    """It was added without code: no region is named in the sources of the dashboard."""
    for folder in ("dashboard", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert f'"{fifth.SLUG}"' not in text
            for name in ("bas-saint-laurent", "capitale-nationale", "chaudiere-appalaches", "gaspesie"):
                assert f'"{name}' not in text, path.name
