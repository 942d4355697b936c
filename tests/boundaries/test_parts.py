"""The scheme of a whole column of codes, and the coverage on shapes small enough to be checked by hand."""

from __future__ import annotations

import geopandas
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from dashboard.boundaries import BoundaryError
from dashboard.boundaries.expected import (
    CENSUS,
    ISQ,
    SHORT_ISQ,
    Expected,
    Territory,
    clean_code,
    decide_scheme,
)
from dashboard.boundaries.frames import compute_bounds
from dashboard.boundaries.geometry import METRIC_CRS, bridged, fit, simplify, to_rounded_degrees

ISQ_CODES = {"2401": "010", "2410": "100", "2425": "251", "2434": "340"}
EXPECTED = Expected({code: Territory(code, code, "11", isq) for code, isq in ISQ_CODES.items()}, {"11": "Région"})


@pytest.mark.parametrize(
    ("values", "scheme"),
    [
        (["2401", "2410", "2425", "2434", "2466"], CENSUS),
        (["010", "100", "251", "340", "660"], ISQ),
        (["10", "100", "251", "340", "660"], ISQ),  # stored as numbers: the leading 0 is lost
        (["01", "10", "25", "34", "66"], SHORT_ISQ),
        (["01", "10", "251", "34", "371"], SHORT_ISQ),
        (["1", "10", "25", "34"], SHORT_ISQ),
    ],
)
def test_every_way_of_writing_codes_leads_to_the_same_territories(values, scheme):
    found, table = decide_scheme(values, EXPECTED)
    assert found == scheme
    assert {table[value] for value in values if value in table} == set(ISQ_CODES)
    assert len(table) == 4, "territories of the rest of Québec are left out"


def test_ten_means_the_islands_or_rimouski_according_to_the_column():
    assert decide_scheme(["10", "100", "251", "340"], EXPECTED)[1]["10"] == "2401"
    assert decide_scheme(["1", "10", "251", "34"], EXPECTED)[1]["10"] == "2410"


def test_two_possible_readings_are_refused_rather_than_guessed():
    values = ["1", "10", "100", "25", "34", "340"]
    with pytest.raises(BoundaryError, match=r"de deux façons.*--code-field"):
        decide_scheme(values, EXPECTED)


def test_the_same_reading_twice_is_not_an_ambiguity():
    levis = Expected({"2425": Territory("2425", "Lévis", "12", "251")}, {"12": "Région"})
    assert decide_scheme(["251"], levis)[1] == {"251": "2425"}


def test_row_numbers_do_not_pass_for_codes_when_only_census_codes_are_allowed():
    assert decide_scheme([str(number) for number in range(1, 100)], EXPECTED, (CENSUS,))[1] == {}


def test_a_territory_without_isq_code_is_found_by_its_census_code_only():
    unknown = Expected({"9901": Territory("9901", "Fictive", "99", "")}, {"99": "Région"})
    assert decide_scheme(["9901", ""], unknown)[1] == {"9901": "9901"}


@pytest.mark.parametrize(
    ("raw", "text"),
    [(10, "10"), (10.0, "10"), (" 010 ", "010"), ("10.0", "10"), (None, None), (float("nan"), None), ("", None)],
)
def test_codes_are_read_as_text_whatever_their_type(raw, text):
    assert clean_code(raw) == text


def expected(**regions: str) -> Expected:
    """Territories given as code=region."""
    territories = {code: Territory(code, code, region, "") for code, region in regions.items()}
    return Expected(territories, {region: region for region in sorted(set(regions.values()))})


def test_an_overlap_goes_to_the_claimant_with_the_longest_border():
    left, right = box(0, 0, 10, 10), box(9, 2, 20, 8)
    fitted = fit([left, right], 0)
    assert fitted[0].equals(left)
    assert fitted[1].equals(box(10, 2, 20, 8))


def test_a_narrow_enclosed_gap_is_filled_and_a_wide_one_stays():
    left = box(0, 0, 10, 20) - box(9, 2, 10, 6)
    right = box(10, 0, 20, 20) - box(10, 10, 16, 16)
    fitted = fit([left, right], 2)
    assert fitted[0].equals(box(0, 0, 10, 20))
    assert fitted[1].equals(right)


def test_rounding_moves_no_vertex_across_a_neighbours_edge():
    # Rounded one by one, (10.4, 4.6) would fall at (10, 5): beyond the slanted edge of the other.
    low = Polygon([(0, 0), (21, 0), (21, 9.2), (10.4, 4.6), (0, 0.2)])
    high = Polygon([(0, 0.2), (21, 9.2), (21, 20), (0, 20)])
    assert not shapely.coverage_is_valid([shapely.transform(shape, lambda xy: xy.round()) for shape in (low, high)])
    fitted = fit([low, high], 0)
    assert shapely.coverage_is_valid(fitted)
    assert (shapely.get_coordinates(fitted) % 1 == 0).all()


def test_bridges_join_two_polygons_and_leave_a_narrow_inlet_alone():
    inlet = box(0, 0, 1000, 1000) - box(490, 500, 510, 1000)
    beside = box(1020, 0, 2000, 1000)
    assert list(bridged([inlet], 50)) == [inlet]
    joined = fit(bridged([inlet, beside], 50), 0)
    assert shapely.union_all(joined).equals(shapely.union_all([inlet, beside, box(1000, 0, 1020, 1000)]))


def test_simplifying_drops_islets_but_keeps_what_touches_a_neighbour():
    enclave = box(2000, 0, 2100, 100)
    first = MultiPolygon([box(0, 0, 1000, 5000), enclave, box(8000, 8000, 8100, 8100)])
    second = box(1000, 0, 5000, 5000) - enclave
    polygons, dropped = simplify(geopandas.GeoSeries([first, second], index=["A", "B"], crs=METRIC_CRS), 200)
    assert dropped == 1
    assert polygons.is_valid_coverage()
    assert len(polygons["A"].geoms) == 2
    assert polygons["B"].interiors or polygons["B"].touches(polygons["A"])


def test_a_territory_lost_in_the_rounding_is_named():
    polygons = geopandas.GeoSeries(
        [box(0, 0, 9000, 9000), box(20_000, 0, 20_010, 10)], index=["A", "B"], crs=METRIC_CRS
    )
    with pytest.raises(BoundaryError, match=r"B \(B\)"):
        to_rounded_degrees(polygons, expected(A="01", B="01"))


def test_remote_groups_are_judged_within_their_region():
    polygons = {
        "A": box(-70, 47, -69, 48),
        "B": box(-69, 47, -68, 48),
        "C": box(-62, 47, -61.8, 47.2),
        "D": box(-61.5, 47, -61.3, 47.2),  # near C: one inset for both
        "E": box(-80, 47, -79, 48),  # alone in its region: not remote
    }
    bounds = compute_bounds(polygons, expected(A="01", B="01", C="01", D="01", E="02"))
    inset = {"codes": ["C", "D"], "bounds": [-62, 47, -61.3, 47.2]}
    assert bounds["regions"]["01"] == {"bounds": [-70, 47, -61.3, 48], "main": [-70, 47, -68, 48], "insets": [inset]}
    assert bounds["regions"]["02"]["insets"] == []
    assert bounds["all"] == {"bounds": [-80, 47, -61.3, 48], "main": [-80, 47, -68, 48], "insets": [inset]}
