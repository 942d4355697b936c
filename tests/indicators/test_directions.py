"""Directions follow the date: a region that leaves in 2022 moves its totals after that date, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.contract.door import load_dataset
from dashboard.indicators import admissions as adm
from dashboard.indicators import directions, profile, views
from dashboard.model import Dataset
from dashboard.model.memberships import FIRST_DAY, LAST_DAY, Membership
from dashboard.narrative import key_figures, sourcing
from dashboard.scenarios.sharing import mrcs_of
from tests.broken_files import STOP, Files
from tests.quebec import Quebec
from tests.transcription import ADMISSIONS, YEARS

DIRECTION = "DRCNEQ"

FILE = "data/memberships.csv"
HEADER = "region_code,direction_code,member_from,member_to,note\n"
OURS, LEAVERS = ("01", "03", "12", "11"), ("01", "11")
# The generated set goes on to 2023, so that there are years on both sides of the change.
LAST = 2023


@pytest.fixture(scope="module")
def quebec(tmp_path_factory: pytest.TempPathFactory) -> tuple[Quebec, Path]:
    drawn = Quebec(2015, LAST)
    root = drawn.write(tmp_path_factory.mktemp("quebec") / "copie")
    rows = [f"{code},DRCNEQ,,2022-03-31," for code in LEAVERS] + [f"{code},NORD,2022-04-01,," for code in LEAVERS]
    (root / FILE).write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return drawn, root


@pytest.fixture(scope="module")
def moved(quebec: tuple[Quebec, Path]) -> Dataset:
    return load_dataset(quebec[1])


@pytest.fixture(scope="module")
def before(moved: Dataset) -> Dataset:
    """The same figures without any dated membership."""
    return replace(moved, memberships=())


def test_the_total_moves_after_that_date_only(quebec: tuple[Quebec, Path], moved: Dataset, before: Dataset) -> None:
    own = quebec[0].admissions
    for year in map(str, range(2015, LAST + 1)):
        members = ("03", "12") if year >= "2022" else OURS
        assert adm.admissions(moved, DIRECTION, year).value == sum(own[code, year] for code in members)
        north = ("02", "09", "10", *(LEAVERS if year >= "2022" else ()))
        assert adm.admissions(moved, "NORD", year).value == sum(own[code, year] for code in north)
        # Nothing else moves.
        for code in [*moved.region_codes(), "QC", "MTL", "CENTRE", "OUEST"]:
            assert adm.admissions(moved, code, year) == adm.admissions(before, code, year)


def test_a_stock_follows_its_own_day(moved: Dataset, before: Dataset) -> None:
    for year, moves in (("2021", False), ("2022", True), ("2023", True)):
        here, there = (
            profile.count(ds, DIRECTION, "temporary_permits", "ptet", f"{year}-12-31") for ds in (moved, before)
        )
        assert (here.value != there.value) is moves
        assert here.period == f"{year}-12-31"


def test_a_change_of_territory_is_not_a_change_of_admissions(quebec: tuple[Quebec, Path], moved: Dataset) -> None:
    first, then, now, last = (
        sum(quebec[0].admissions[code, year] for code in ("03", "12")) for year in ("2015", "2021", "2022", "2023")
    )
    assert adm.change_pct(moved, DIRECTION, "2022").value == pytest.approx((now - then) / then * 100)
    assert adm.index_100(moved, DIRECTION, "2023").value == pytest.approx(100 * last / first)


def test_the_pages_say_it(moved: Dataset, before: Dataset) -> None:
    said = sourcing.territory_changes(moved)
    assert "Bas-Saint-Laurent (jusqu’au 31\u00a0mars\u00a02022)" in said
    assert "Bas-Saint-Laurent (depuis le 1er\u00a0avril\u00a02022)" in said
    assert sourcing.territory_changes(before) == ""
    assert "les deux régions ont reçu " in key_figures.direction_lead(moved)
    assert "les quatre régions ont reçu " in key_figures.direction_lead(before)


def test_each_direction_has_its_row_and_its_members(moved: Dataset) -> None:
    table = views.trends(moved)
    assert [c.id for c in table.columns][-6:] == [DIRECTION, "NORD", "CENTRE", "MTL", "OUEST", "QC"]
    assert directions.regions(moved, "MTL") == ["06", "13", "14", "16"]
    assert directions.of(moved, "2410") == DIRECTION  # the MRC are totalled to 2019, before the change
    assert directions.of(moved, "0651") == "MTL"
    assert mrcs_of(moved, "MTL") == [c for c in moved.mrc_codes() if moved.region_of(c) in ("06", "13", "14", "16")]


def test_a_direction_without_any_region_has_no_total(moved: Dataset) -> None:
    dated = {"direction_code": DIRECTION, "member_from": "2018", "member_to": ""}
    alone = replace(moved, memberships=tuple(Membership(region_code=code, **dated) for code in OURS))
    assert adm.admissions(alone, DIRECTION, "2017").value is None
    assert adm.admissions(alone, DIRECTION, "2018").value is not None


def test_without_any_row_the_parent_decides(ds: Dataset) -> None:
    assert ds.memberships == ()
    assert ds.members(DIRECTION, "1990") == list(OURS)
    assert adm.admissions(ds, DIRECTION, YEARS[0]).value == sum(ADMISSIONS[code][0] for code in OURS)


def test_a_year_alone_is_whole_and_nothing_is_open() -> None:
    row = Membership(region_code="01", direction_code="X", member_from="2020", member_to="2021")
    assert (row.member_from, row.member_to) == (date(2020, 1, 1), date(2021, 12, 31))
    row = Membership(region_code="01", direction_code="X", member_from="", member_to="")
    assert (row.member_from, row.member_to) == (FIRST_DAY, LAST_DAY)


def test_each_faulty_row_is_named(files: Files) -> None:
    """Without the file, or without its rows, nothing is dated."""
    assert not (files.root / FILE).exists()
    for rows, said in (
        ("", ()),
        (
            "98,DRCNEQ,,2022,\n03,03,,2022,\n01,DRCNEQ,,2022,\n01,DRCNEQ,2022-12-31,,\n",
            (
                "ligne 2, colonne « region_code », valeur « 98 » : ce code n’est pas celui d’une région",
                "ligne 3, colonne « direction_code », valeur « 03 » : ce code n’est pas celui d’une direction",
                "ligne 5, colonne « member_from »",
            ),
        ),
        (
            "01,DRCNEQ,2022,2020,\n01,DRCNEQ,avril,,\n01,DRCNEQ,,2022-02-30,\n",
            (
                "ligne 2, colonne « member_to », valeur « 2020-12-31 » : la fin précède le début",
                "ligne 3, colonne « member_from », valeur « avril » : cette date ne se lit pas",
                "ligne 4, colonne « member_to », valeur « 2022-02-30 » : cette date ne se lit pas",
            ),
        ),
    ):
        files.put(FILE, HEADER + rows)
        for problem, words in zip(files.said(), said, strict=True):
            assert problem.startswith(f"{FILE}, {words}"), problem
        assert files.outcome() == (STOP if said else [])


def test_a_printed_total_is_that_of_its_day(files: Files) -> None:
    """The agreements of April 2021 are the sum of the regions of that day: a later change leaves them alone."""
    files.put(FILE, HEADER + "11,DRCNEQ,,2022-03-31,\n")
    assert files.said() == []
    files.put(FILE, HEADER + "11,DRCNEQ,,2021-03-31,\n")
    assert any("la somme est" in text for text in files.said())
