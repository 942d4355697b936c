"""Files at fault: a region's leaves the three others at work, a shared one gives a clear page, never a trace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.broken_files import Files
from tests.conftest import copied
from tests.french_text import english_words
from tests.pages.conftest import NBSP, Markup, Seen, Visit, open_page, visits
from tests.transcription import ADMISSIONS, REGIONS, SLUGS, TOTALS, fr

TITLE = "Les données ne peuvent pas être affichées"
FILE = "data/admissions_by_mrc.csv"
HOSTILE = "<script>alert(1)</script>"


def untold(text: str) -> list[str]:
    """The English words of a text, without the values and the names of files that it quotes."""
    return english_words(re.sub(r"« [^»]* »|\S+\.(?:csv|yaml)", "", text.replace(NBSP, " ")))


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of Bas-Saint-Laurent are at fault."""
    files = Files(copied(tmp_path_factory.mktemp("abime")))
    files.edit(FILE, "\n2410,admissions_by_mrc,total,2015-2019,477,", "\n2410,admissions_by_mrc,total,2015-2019,4T7,")
    return files.root


@pytest.fixture(scope="module")
def go(broken: Path) -> Visit:
    return visits(broken)


def test_a_broken_region_is_said_with_its_remedy_and_shows_no_figure(go: Visit) -> None:
    own = go(SLUGS["01"])
    assert own.headings(1) == [REGIONS["01"]]
    said = own.said()
    assert "ne peuvent pas être affichées" in said and FILE in said and "Remède" in said
    assert own.charts == {} and fr(TOTALS["01"]) not in own.text
    assert untold(own.text) == []
    check = go("donnees-et-sources")
    assert "aucun problème" not in check.text and FILE in check.said()


def test_the_three_others_are_shown_and_the_direction_counts_them_alone(go: Visit) -> None:
    overview = go()
    assert "Régions écartées : Bas-Saint-Laurent" in overview.said() and FILE in overview.said()
    table = overview.table_with("Ensemble du Québec", fr(246301), fr(ADMISSIONS["QC"][-1]))
    rows = {row[0]: row[1:] for row in table[1:]}
    direction, left = "Direction régionale (3 régions sur 4)", [code for code in REGIONS if code != "01"]
    assert set(rows) == {*(REGIONS[code] for code in left), direction, "Ensemble du Québec"}
    assert rows[direction][0] == fr(16322 - TOTALS["01"])
    assert "tendance-01" not in overview.charts and fr(16322) not in overview.text
    for code in left:
        other = go(SLUGS[code], printed=True)
        assert other.headings(1) == [REGIONS[code]] and fr(TOTALS[code]) in other.text
        assert {"carte", "barres", "tendance"} <= set(other.charts)
    plan = go("plan-d-action")
    assert "39 actions, dont 22 distinctes" in plan.plain and "Action 01-" not in plan.plain
    mrc = go("mrc", mrc="levis")
    assert mrc.headings(1) == ["Lévis"] and "3 régions sur 4" in mrc.plain
    none = go("mrc", mrc="rimouski-neigette")
    assert "« Rimouski-Neigette », dont les données sont à corriger" in none.said()
    assert len(none.charts["barres"]["data"][0]["customdata"]) == 23
    assert go("cibles").charts != {}


def test_nothing_is_suggested_on_a_region_that_is_set_aside(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_ROOT", str(broken))
    asked = [option for option in open_page().selectbox(key="champ_question").options if option.endswith("?")]
    assert len(asked) > 50 and not [question for question in asked if "Bas-Saint-Laurent" in question]


def test_two_broken_regions_leave_two_and_a_hostile_value_is_quoted_as_a_text(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files(copied(tmp_path))
    files.put(FILE, (broken / FILE).read_text("utf-8"))
    sex = "\n12,admissions_by_sex,female,2019,"
    files.edit("data/admissions_by_sex.csv", f"{sex}81,", f"{sex}{HOSTILE},")
    go = visits(files.root)
    assert "Direction régionale (2 régions sur 4)" in go().text and "deux des quatre régions" in go().text
    for slug in ("", SLUGS["12"], "donnees-et-sources"):
        assert HOSTILE in go(slug).text and "script" not in {tag for tag, _ in Markup(go(slug).markup).tags}


def check(seen: Seen, *named: str) -> None:
    """The page that takes the place of every other."""
    assert seen.headings(1) == [TITLE]
    assert [file for file in named if file not in seen.plain] == []
    assert "Remède" in seen.plain and re.search(r"Problèmes trouvés \([1-9]\d*\)", seen.plain)
    assert "Traceback" not in seen.text and untold(seen.text) == []


def test_broken_shared_files_give_a_clear_page_until_they_are_mended(files: Files) -> None:
    broken = {
        "data/targets.yaml": b"titre:\n\t- un\n",
        "data/anomalies.yaml": b"\xff\xfe\x00anomalies",
        "data/admissions_by_year.csv": files.text("data/admissions_by_year.csv").replace(",40565,", ",4o565,").encode(),
    }
    sound = {name: (files.root / name).read_bytes() for name in broken}
    for name, content in broken.items():
        (files.root / name).write_bytes(content)
    for slug in ("", "bas-saint-laurent"):
        seen = visits(files.root)(slug)
        check(seen, *broken)
        assert str(files.root) not in seen.text
    for name, content in sound.items():
        (files.root / name).write_bytes(content)
    seen = visits(files.root)()
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"] and fr(16322) in seen.text


@pytest.mark.parametrize("name", ["data/admissions_by_sex.csv", "config.yaml"])
def test_a_missing_shared_file_gives_a_clear_page(copy_of_data: Path, name: str) -> None:
    (copy_of_data / name).unlink()
    check(visits(copy_of_data)(), name)


def test_without_boundaries_the_figures_stay(copy_of_data: Path) -> None:
    for file in (copy_of_data / "geo").iterdir():
        file.unlink()
    seen = visits(copy_of_data)("capitale-nationale")
    assert "La carte ne peut pas se dessiner" in seen.text and "geo/territories.geojson" in seen.text
    assert "carte" not in seen.charts and "barres" in seen.charts
    assert fr(13848) in seen.text
