"""The tables behind the charts: their rows, their order, their figures, and nothing where the source has nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.indicators import directions, views
from dashboard.indicators.catalogue import entries, has
from dashboard.indicators.tables import Table
from dashboard.model import Dataset, Problem
from tests import transcription as src

Without = Callable[..., Dataset]
DIRECTION = "DRCNEQ"


def column(table: Table, name: str) -> list[float | None]:
    return [table.value(row.id, name) for row in table.rows]


def same(found: float | None, expected: Decimal) -> bool:
    return found is not None and abs(Decimal(str(found)) - expected) < Decimal("1e-9")


def test_trend(ds: Dataset) -> None:
    table, own, quebec = views.trend(ds, "03"), src.ADMISSIONS["03"], src.ADMISSIONS["QC"]
    assert [row.id for row in table.rows] == [*src.YEARS, src.SPAN]
    assert [row.total for row in table.rows] == [False] * 5 + [True]
    assert column(table, "nombre") == [*own, src.TOTALS["03"]]
    assert column(table, "nombre_qc") == [*quebec, src.TOTALS["QC"]]
    for year, count, whole in zip(src.YEARS, own, quebec, strict=True):
        assert same(table.value(year, "part"), src.pct(count, whole))
        assert same(table.value(year, "indice"), src.pct(count, own[0]))
        assert same(table.value(year, "indice_qc"), src.pct(whole, 48966))
    assert same(table.value(src.SPAN, "part"), src.pct(src.TOTALS["03"], 246301))
    # Neither an index nor a change can be said of a total, and 2015 has no year before.
    assert table.cell(src.SPAN, "indice") is None
    assert table.cell("2015", "variation") is None
    assert same(table.value("2016", "variation"), src.pct(own[1] - own[0], own[0]))


def test_by_mrc_from_the_highest_number_with_the_total_of_the_region(ds: Dataset) -> None:
    table, own = views.by_mrc(ds, ds.mrc_codes("12"), region="12"), src.MRC["12"]
    *counts, total = column(table, "nombre")
    assert (counts, total) == (sorted((row[1] for row in own.values()), reverse=True), src.TOTALS["12"])
    assert [row.total for row in table.rows] == [False] * len(own) + [True]
    for code, (_, count, _) in own.items():
        assert table.value(code, "nombre") == count
        assert same(table.value(code, "part"), src.pct(count, src.TOTALS["12"]))
        assert same(table.value(code, "taux"), Decimal(count) * 1000 / src.CENSUS[code])
        assert table.value(code, "population") == src.CENSUS[code]
    assert table.value("12", "population") == src.CENSUS_REGIONS["12"]
    # The share of a region in itself says nothing.
    assert table.cell("12", "part") is None


def test_by_mrc_of_all_regions_has_no_total(ds: Dataset) -> None:
    table = views.by_mrc(ds, ds.mrc_codes())
    assert len(table.rows) == 31
    assert not any(row.total for row in table.rows)
    assert table.rows[0].label == "Québec (agglomération)"
    assert sum(column(table, "nombre")) == sum(src.MRC_COUNT.values()) == 16322
    # Equal numbers stand in alphabetical order.
    assert [row.label for row in table.rows if src.MRC_COUNT[row.id] == 45] == ["Charlevoix", "Montmagny"]


@pytest.mark.parametrize("code", src.REGIONS)
def test_compositions_have_quebec_beside_them_each_on_its_base(ds: Dataset, code: str) -> None:
    def parts(of: str) -> dict[str, tuple[int, ...]]:
        """The figures of each composition, their base last."""
        known, not_known, declared, unknown = src.FRENCH[of]
        everyone = src.ADMISSIONS[of][-1]
        return {
            "categorie": (*src.CATEGORIES[of], everyone), "sexe": (*src.SEXES[of], everyone),
            "francais": (known, not_known, declared), "francais-tous": (known, not_known, unknown, everyone),
        }  # fmt: skip

    for kind, counts in parts(code).items():
        table = views.composition(ds, code, kind)
        for beside, wanted in (("", counts), ("_qc", parts("QC")[kind])):
            assert column(table, f"nombre{beside}") == list(wanted)
            shares = zip(column(table, f"part{beside}"), wanted, strict=True)
            assert all(same(found, src.pct(count, wanted[-1])) for found, count in shares)
        assert [row.total for row in table.rows] == [False] * (len(counts) - 1) + [kind != "francais"]


def test_permits(ds: Dataset) -> None:
    code = "01"
    table = views.permits(ds, code)
    assert column(table, "nombre") == [*src.PERMITS[code], sum(src.PERMITS[code])]
    assert column(table, "nombre_qc") == [*src.PERMITS["QC"], 158965]
    whole = (*src.PERMITS["QC"], 158965)
    part = (*src.PERMITS[code], sum(src.PERMITS[code]))
    assert all(same(v, src.pct(a, b)) for v, a, b in zip(column(table, "part_quebec"), part, whole, strict=True))
    for id_, counts in (("part", src.PERMITS[code]), ("part_qc", src.PERMITS["QC"])):
        assert all(same(v, src.pct(n, sum(counts))) for v, n in zip(column(table, id_), counts, strict=False))


def test_agreements_of_every_region_or_of_one(ds: Dataset) -> None:
    table = views.agreements(ds)
    assert [c.id for c in table.columns] == [*src.REGIONS, DIRECTION]
    for code, expected in src.AGREEMENTS.items():
        assert column(table, code) == list(expected)
    own = views.agreements(ds, "11")
    assert [c.id for c in own.columns] == ["11", DIRECTION]
    assert column(own, "11") == [4, 4, None, 2]
    assert own.cell("mission_support", "11").status == "not_available"


def test_summary_of_the_regions_the_direction_and_quebec(ds: Dataset) -> None:
    """Its columns are the indicators of the catalogue, whose figures are compared with the source (test_catalogue)."""
    table, known = views.summary(ds), entries(ds)
    assert [row.id for row in table.rows] == [*src.REGIONS, DIRECTION, "QC"]
    columns = {
        "periode": "admissions", "annee": "admissions-annee", "permis": "permis", "immigree": "population-immigree",
        "part_quebec": "part-quebec", "taux": "taux", "part_immigree": "part-immigree", "francais": "francais",
        "permis_par_admission": "permis-par-admission",
    }  # fmt: skip
    for name, id_ in columns.items():
        # No census of Québec, nor its population in the plan.
        own = [known[id_].compute(ds, row.id).value if has(ds, known[id_], row.id) else None for row in table.rows]
        assert column(table, name) == own, name
    changes = [str(src.rounded(value, 1)) for value in column(table, "variation")]
    assert changes == ["-25.4", "-16.7", "-35.8", "-42.1", "-19.0", "-20.7"]


def test_trends_side_by_side(ds: Dataset) -> None:
    table = views.trends(ds)
    assert [row.id for row in table.rows] == list(src.YEARS)
    assert [column(table, code) for code in [*src.REGIONS, "QC"]] == [
        list(src.ADMISSIONS[c]) for c in [*src.REGIONS, "QC"]
    ]
    assert column(table, DIRECTION) == [3318, 3864, 3325, 3212, 2603]


def test_the_direction_says_how_many_regions_it_counts(ds: Dataset) -> None:
    assert directions.label(ds) == "Direction régionale"
    apart = replace(ds, unavailable={"03": (Problem("data/x.csv", "message", "remède"),)})
    assert directions.label(apart) == "Direction régionale (3 régions sur 4)"
    assert [row.id for row in views.summary(apart).rows] == ["01", "12", "11", DIRECTION, "QC"]
    assert views.summary(apart).value(DIRECTION, "periode") == 16322 - 14259


def test_a_missing_figure_stays_empty_in_the_table(without: Without) -> None:
    holed = without(("11", "admissions", "total", "2017"))
    table = views.trend(holed, "11")
    assert column(table, "nombre") == [24, 51, None, 38, 22, 176]
    assert column(table, "variation")[1:4] == [pytest.approx(112.5), None, None]
    assert table.frame["nombre"].tolist() == [24, 51, None, 38, 22, 176]


def test_a_missing_territory_is_last_and_not_zero(without: Without) -> None:
    holed = without(("2410", "admissions_by_mrc", "total", src.SPAN))
    table = views.by_mrc(holed, holed.mrc_codes("01"), region="01")
    assert table.rows[-2].id == "2410"
    assert [table.value("2410", measure) for measure in ("nombre", "part", "taux")] == [None, None, None]
    assert table.value("01", "nombre") == 769


def test_a_frame_holds_the_numbers_as_they_are_written(ds: Dataset) -> None:
    frame = views.trend(ds, "11").frame
    assert frame.index.tolist() == [*src.YEARS, src.SPAN]
    assert frame.loc["2016"].tolist()[:4] == [Decimal("51"), Decimal("212.5"), Decimal("0.10"), Decimal("112.5")]
    assert frame.loc[src.SPAN, "indice"] is None
