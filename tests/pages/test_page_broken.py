"""Files at fault: a region's leaves the three others at work, a shared one gives a clear page, never a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.french_text import english_words
from tests.long_forms import first
from tests.pages.conftest import NBSP, Markup, Seen
from tests.transcription import ADMISSIONS, REGIONS, SLUGS, TOTALS, fr

VisitCopy = Callable[..., Seen]
TITLE = "Les données ne peuvent pas être affichées"


def edit(root: Path, file: str, old: str, new: str) -> None:
    """Replace the one place where `old` stands; a text that is not there would test nothing."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file}: {text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


# What is broken in each region: file, what stands there, what takes its place.
MRC_FILE, PERMITS_FILE, SEX_FILE = (
    f"data/{name}.csv" for name in ("admissions_by_mrc", "temporary_permits", "admissions_by_sex")
)
REGION_FAULTS = {
    "01": (MRC_FILE, "\n2410,admissions_by_mrc,total,2015-2019,477,", "\n2410,admissions_by_mrc,total,2015-2019,4T7,"),
    "03": (PERMITS_FILE, "\n03,temporary_permits,students,2019-12-31,", "\n03,temporary_permits,students,2019-12-31,-"),
    "12": (SEX_FILE, "\n12,admissions_by_sex,female,2019,81,", "\n12,admissions_by_sex,female,2019,84,"),
    "11": ("data/regions/11.yaml", 'region_code: "11"', "region_code: 11"),
}


@pytest.mark.parametrize("broken", first(REGIONS))
def test_a_broken_region_leaves_the_three_others(copy_of_data: Path, visit_copy: VisitCopy, broken: str) -> None:
    edit(copy_of_data, *REGION_FAULTS[broken])

    own = visit_copy(copy_of_data, SLUGS[broken])
    assert own.exceptions == ()
    assert own.headings(1) == [REGIONS[broken]]
    said = " ".join(own.notices()).replace(NBSP, " ")
    assert "ne peuvent pas être affichées" in said
    assert REGION_FAULTS[broken][0] in said
    assert "Remède" in said
    assert own.charts == {}
    assert fr(TOTALS[broken]) not in own.text
    assert english_words(re.sub(r"« [^»]* »|\S+\.(?:csv|yaml)", "", own.text.replace(NBSP, " "))) == []

    overview = visit_copy(copy_of_data)
    assert overview.exceptions == ()
    said = " ".join(overview.notices()).replace(NBSP, " ")
    assert f"Régions écartées : {REGIONS[broken]}" in said
    assert REGION_FAULTS[broken][0] in said
    left = [code for code in REGIONS if code != broken]
    table = overview.table_with("Ensemble du Québec", fr(246301), fr(ADMISSIONS["QC"][-1]))
    rows = {row[0]: row[1:] for row in table[1:]}
    assert set(rows) == {*(REGIONS[c] for c in left), "Direction régionale (3 régions sur 4)", "Ensemble du Québec"}
    # The direction counts only what is shown, and says so.
    assert rows["Direction régionale (3 régions sur 4)"][0] == fr(16322 - TOTALS[broken])
    assert f"tendance-{broken}" not in overview.charts
    assert fr(16322) not in overview.text

    for code in left:
        other = visit_copy(copy_of_data, SLUGS[code], printed=True)
        assert other.exceptions == ()
        assert other.headings(1) == [REGIONS[code]]
        assert fr(TOTALS[code]) in other.text
        assert {"carte", "barres", "tendance"} <= set(other.charts)


def test_two_broken_regions_leave_two(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    edit(copy_of_data, *REGION_FAULTS["01"])
    edit(copy_of_data, *REGION_FAULTS["12"])
    seen = visit_copy(copy_of_data)
    assert seen.exceptions == ()
    assert "Direction régionale (2 régions sur 4)" in seen.text
    assert "deux des quatre régions" in seen.text
    # Ensuite, the pages that show no region still work.
    for slug in ("cibles", "donnees-et-sources"):
        assert visit_copy(copy_of_data, slug).exceptions == ()


def test_the_state_of_the_check_names_the_fault(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    edit(copy_of_data, *REGION_FAULTS["12"])
    seen = visit_copy(copy_of_data, "donnees-et-sources")
    assert seen.exceptions == ()
    assert "aucun problème" not in seen.text
    assert "data/admissions_by_sex.csv" in " ".join(seen.notices())


def _tabulated(path: Path) -> None:
    path.write_text("titre:\n\t- un\n", encoding="utf-8")


def _letter_in_quebec(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\nQC,admissions,total,2019,40565,") == 1
    path.write_text(text.replace("\nQC,admissions,total,2019,40565,", "\nQC,admissions,total,2019,4o565,"), "utf-8")


SHARED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a tab in the targets": ("data/targets.yaml", _tabulated),
    "unreadable anomalies": ("data/anomalies.yaml", lambda path: path.write_bytes(b"\xff\xfe\x00anomalies")),
    "a letter in a number of Québec": ("data/admissions_by_year.csv", _letter_in_quebec),
    "a missing series": ("data/admissions_by_sex.csv", Path.unlink),
    "a missing configuration": ("config.yaml", Path.unlink),
}


@pytest.mark.parametrize("fault", SHARED)
@pytest.mark.parametrize("slug", ["", "bas-saint-laurent"])
def test_a_broken_shared_file_gives_a_clear_page(
    copy_of_data: Path, visit_copy: VisitCopy, fault: str, slug: str
) -> None:
    file, break_it = SHARED[fault]
    break_it(copy_of_data / file)
    seen = visit_copy(copy_of_data, slug)
    assert seen.exceptions == ()
    assert seen.headings(1) == [TITLE]
    text = seen.text.replace(NBSP, " ")
    assert file in text
    assert "Remède" in text
    assert re.search(r"Problèmes trouvés \([1-9]\d*\)", text)
    assert "Traceback" not in text
    assert str(copy_of_data) not in text
    assert english_words(re.sub(r"« [^»]* »|\S+\.(?:csv|yaml)", "", text)) == []


def test_the_page_comes_back_when_the_file_is_mended(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    path = copy_of_data / "data" / "targets.yaml"
    sound = path.read_text(encoding="utf-8")
    _tabulated(path)
    assert visit_copy(copy_of_data).headings(1) == [TITLE]
    path.write_text(sound, encoding="utf-8")
    seen = visit_copy(copy_of_data)
    assert seen.headings(1) == ["Portraits régionaux de l’immigration"]
    assert fr(16322) in seen.text


def test_without_boundaries_the_figures_stay(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    for file in (copy_of_data / "geo").iterdir():
        file.unlink()
    for slug in ("", "capitale-nationale"):
        seen = visit_copy(copy_of_data, slug)
        assert seen.exceptions == ()
        assert "La carte ne peut pas se dessiner" in seen.text
        assert "carte" not in seen.charts
        assert "barres" in seen.charts
        assert fr(13848) in seen.text
        assert "geo/territories.geojson" in seen.text


def test_a_problem_quotes_a_hostile_value_as_a_text(copy_of_data: Path, visit_copy: VisitCopy) -> None:
    edit(
        copy_of_data,
        "data/admissions_by_sex.csv",
        "\n12,admissions_by_sex,female,2019,81,",
        "\n12,admissions_by_sex,female,2019,<script>alert(1)</script>,",
    )
    for slug in ("", SLUGS["12"], "donnees-et-sources"):
        seen = visit_copy(copy_of_data, slug)
        assert seen.exceptions == ()
        assert "<script>alert(1)</script>" in seen.text
        assert "script" not in {tag for tag, _ in Markup(seen.markup).tags}
