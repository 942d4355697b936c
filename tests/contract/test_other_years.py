"""Other years: added, missing, revised. Titles, totals, defaults and rules follow the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.contract.door import check, load_dataset
from dashboard.exports.observations import observations_csv
from dashboard.indicators import admissions as adm
from dashboard.indicators import profile, views
from dashboard.model import Dataset, Key
from dashboard.narrative import key_figures
from dashboard.narrative import sentences as say
from dashboard.narrative.provenance import source_line
from dashboard.scenarios.crossing import cross
from dashboard.ui import origin
from tests import other_years as other
from tests.broken_files import Files
from tests.transcription import ADMISSIONS, MRC_COUNT, TOTALS
from tests.unkept import declare, forget_texts, section

NBSP = "\u00a0"
BSL_2020 = other.TOTALS["01"]
YEARS = "data/admissions_by_year.csv"


def loaded(root: Path) -> Dataset:
    assert [str(p) for p in check(root).problems] == []
    return load_dataset(root)


def test_a_year_more_carries_the_totals_on(copy_of_data: Path) -> None:
    other.add_2020(copy_of_data)
    ds = loaded(copy_of_data)
    assert adm.years(ds) == ["2015", "2016", "2017", "2018", "2019", "2020"]
    # The MRC still have five years, and say so; what is above them has six.
    assert (adm.span(ds), adm.total_span(ds)) == ("2015-2019", "2015-2020")
    total = adm.admissions(ds, "01", "2015-2020")
    assert total.value == sum(ADMISSIONS["01"]) + BSL_2020
    assert total.status == "provisional"
    assert adm.admissions(ds, "01", "2015-2019").value == TOTALS["01"]
    assert key_figures.region_lead(ds, "01").startswith("De 2015 à 2020, le Bas-Saint-Laurent a reçu 865")
    assert [row.label for row in views.trend(ds, "01").rows][-2:] == ["2020", "Total 2015-2020"]
    assert "Admissions 2015-2020" in [c.label for c in views.summary(ds).columns]
    assert "Admissions 2015-2019 pour 1\u00a0000 habitants" in [c.label for c in views.summary(ds).columns]
    assert views.by_mrc(ds, ds.mrc_codes("01")).title.startswith("Admissions permanentes par MRC, 2015-2019")
    change = adm.change_pct(ds, "01", "2020")
    assert change is not None
    assert change.value == pytest.approx((BSL_2020 - ADMISSIONS["01"][-1]) / ADMISSIONS["01"][-1] * 100)
    assert profile.latest(ds, "admissions_by_french") == "2020"
    assert profile.permits_per_admission(ds, "01").base == "admissions de 2020"


@pytest.mark.parametrize("period", ["2015-2020", "2016-2020"])
def test_a_new_period_of_the_mrc_is_the_one_shown(files: Files, period: str) -> None:
    other.add_2020(files.root, mrc_period=period)
    ds = loaded(files.root)
    assert (adm.span(ds), adm.total_span(ds)) == (period, period)
    first = int(period[:4]) - 2015
    assert adm.admissions(ds, "01", period).value == sum(ADMISSIONS["01"][first:]) + BSL_2020
    # The simulator rests on the period that holds the years asked for, the latest of them.
    assert cross(ds, ["2410"], ["2020"]).total == sum(ADMISSIONS["01"][first:]) + BSL_2020
    assert cross(ds, ["2410"], ["2015"]).total == (TOTALS["01"] if first else sum(ADMISSIONS["01"]) + BSL_2020)
    # One that some MRC lack is not shown there; the regions that are left all have it.
    files.drop_lines("data/admissions_by_mrc.csv", lambda line: line.startswith("2410,") and f",{period}," in line)
    (problem,) = files.problems()
    assert f"période {period}" in problem.message
    assert files.outcome() == ["01"]
    assert adm.span(load_dataset(files.root)) == period
    files.drop_lines("data/admissions_by_mrc.csv", lambda line: f",{period}," in line)
    # « 2015-2019 » is the sum of these five years, with 2020 in the file or not.
    files.edit(YEARS, "01,admissions,total,2020,96,", "01,admissions,total,2020,99,")
    said = files.said()
    assert said
    assert all("2020" in text or "99" in text for text in said)
    assert not any("Années 2015-2019" in text for text in said)


def test_a_missing_year_is_no_neighbour(copy_of_data: Path) -> None:
    other.drop_years(copy_of_data, "2016", "2018")
    ds = loaded(copy_of_data)
    assert adm.years(ds) == ["2015", "2017", "2019"]
    assert [year for year in adm.calendar(ds) if year not in adm.years(ds)] == ["2016", "2018"]
    assert adm.calendar(ds) == ["2015", "2016", "2017", "2018", "2019"]
    assert [adm.change_pct(ds, "01", year) for year in adm.years(ds)] == [None, None, None]
    assert adm.index_100(ds, "01", "2019").value == pytest.approx(100 * ADMISSIONS["01"][4] / ADMISSIONS["01"][0])
    assert [views.trend(ds, "01").value(year, "variation") for year in adm.years(ds)] == [None, None, None]
    assert "contre" not in say.trend_reading(ds, "01", "2019", "nombre")
    assert say.missing(ds) == f"; années absentes des données{NBSP}: 2016, 2018"
    assert "depuis" not in key_figures.region(ds, "01")[2].context
    # The total printed under the MRC stays; that of Québec over five years cannot be summed, and is not.
    assert adm.admissions(ds, "2410", "2015-2019").value == MRC_COUNT["2410"]
    assert adm.admissions(ds, "01", "2015-2019").value == TOTALS["01"]
    assert adm.admissions(ds, "QC", "2015-2019").value is None
    assert adm.share_of_region(ds, "2410").value == pytest.approx(100 * MRC_COUNT["2410"] / TOTALS["01"])


def test_a_year_that_the_source_does_not_give_within_a_total(files: Files) -> None:
    """Rows without a value: the other years never exceed the total, and nothing more can be checked."""
    forget_texts(files.root)
    content = other.rows(files.root, "admissions_by_year")
    for r in content:
        if r["period"] == "2017":
            r |= {"value": "", "status": "not_available", "printed_pct": "", "quote": ""}
    other.put(files.root, "admissions_by_year", content)
    ds = loaded(files.root)
    assert adm.years(ds) == ["2015", "2016", "2018", "2019"]
    assert adm.change_pct(ds, "01", "2018") is None
    assert adm.admissions(ds, "01", "2015-2019").value == TOTALS["01"]
    more = next(r for r in content if (r["territory_code"], r["period"]) == ("01", "2015"))
    more |= {"value": "9000", "quote": "", "printed_pct": ""}
    other.put(files.root, "admissions_by_year", content)
    assert any("les années connues totalisent" in text for text in files.said())


REVISED = '01,admissions,total,2019,135,17.6,five_year_total,definitive,plan-2,"2019 135 17,6 40 565 16,5"'
FORMER = "01,admissions,total,2019,131,,five_year_total,superseded,annexe-2-01,2019 131"


@pytest.fixture
def revised(files: Files) -> Files:
    """2019 of Bas-Saint-Laurent was 131, provisional; a later publication says 135."""
    old = next(line for line in files.text(YEARS).splitlines() if line.startswith("01,admissions,total,2019,"))
    files.edit(YEARS, old, f"{REVISED}\n{FORMER}")
    forget_texts(files.root)
    declare(files.root, section("plan-2", "Annexe 2, édition révisée"))
    return files


def test_both_values_are_kept_and_the_newest_counts(revised: Files) -> None:
    ds = loaded(revised.root)
    key = Key("01", "admissions", "total", "2019")
    assert ds.observations[key].value == 135
    assert [row.value for row in ds.revisions[key]] == [131]
    assert adm.admissions(ds, "01", "2019").value == 135
    line = source_line(ds, ds.observations[key])
    assert [(old.value, old.status) for old in line.former] == [("131", "remplacée")]
    shown = origin.of_quantities(ds, [adm.admissions(ds, "01", "2019")])
    assert f"Valeur remplacée{NBSP}: <strong>131</strong>" in shown
    assert f"Valeur remplacée{NBSP}: <strong>131</strong>" in origin.of_table(ds, views.trend(ds, "01"))
    lines = [line.split(",") for line in observations_csv(ds).splitlines() if line.startswith("01,")]
    rows = [(cells[5], cells[8]) for cells in lines if (cells[2], cells[4]) == ("admissions", "2019")]
    assert rows == [("135", "definitive"), ("131", "superseded")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f"{REVISED}\n", "", "aucune ligne ne la remplace"),
        (FORMER, FORMER.replace("annexe-2-01", "plan-2"), "même section de source"),
        # It is read in its own words.
        (FORMER, FORMER.replace(",131,", ",133,"), "ce nombre ne se trouve pas dans la ligne citée"),
    ],
)
def test_a_former_value_alone_doubled_or_misquoted_is_a_fault(revised: Files, old: str, new: str, said: str) -> None:
    revised.edit(YEARS, old, new)
    assert any(said in text for text in revised.said())
