"""What is written on a map: where there is room, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from dashboard.deck import kinds
from dashboard.deck.charts import Bounds, MapChart
from dashboard.deck.labels import Label, Scale, labels
from dashboard.figures import maps
from dashboard.figures.room import width
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.narrative.show import bare

CODES = ("DRCNEQ", "01", "03", "12", "11")
INDICATORS = {"taux": "taux", "part": "part-region", "nombre": "admissions"}


def drawn(ds: Dataset, code: str, measure: str) -> MapChart:
    body = kinds.view(ds, "carte", {"territoire": code, "mesure": measure}).body
    assert isinstance(body, MapChart)
    return body


def written(chart: MapChart, wide: float, largest: float = 54) -> list[Label]:
    return labels(chart, Scale.of(chart, wide, 13), lambda text: width(text, 13), largest)


def test_a_circle_has_its_value(ds: Dataset) -> None:
    for code, many in (("01", 8), ("03", 7), ("12", 10), ("11", 5), ("DRCNEQ", 29)):
        assert len([label for label in written(drawn(ds, code, "nombre"), 700) if label.shape]) >= many, code


@pytest.mark.parametrize("measure", ["taux", "part", "nombre"])
@pytest.mark.parametrize("code", CODES)
def test_every_label_is_in_a_room_of_its_own_and_ends_with_the_value(ds: Dataset, code: str, measure: str) -> None:
    found = written(drawn(ds, code, measure), 640)
    own = [label for label in found if label.shape is not None]
    assert own
    for label in own:
        west, south, east, north = label.box
        # Only what stands beside a circle crosses a border; beside its land, a line leads to it.
        inside = any(w <= west and s <= south and e >= east and n >= north for w, s, e, n in label.shape.rooms)
        assert inside or label.line or measure == "nombre"
        *name, value = label.lines
        assert value == label.shape.text
        # The name whole, or the value alone.
        assert "".join(name).replace(" ", "") in ("", label.shape.name.partition(" (")[0].replace(" ", ""))
    assert not any(over(one.box, other.box) for one, other in combinations(found, 2))


@pytest.mark.parametrize("measure", ["taux", "part", "nombre"])
@pytest.mark.parametrize("code", CODES)
def test_what_a_title_names_is_named_at_every_width_and_a_region_whole_on_a_wall(
    ds: Dataset, code: str, measure: str
) -> None:
    views = [kinds.view(ds, "carte", {"territoire": code, "mesure": measure})]
    if code == "DRCNEQ":
        views.append(kinds.view(ds, "indicateur-carte", {"indicateur": INDICATORS[measure]}))
    for content in views:
        chart = content.body
        apart = {own for codes, *_ in chart.insets for own in codes}
        said = {shape.id for shape in chart.shapes if shape.name in content.title} - apart
        for wide, start, size, wall in [(*own, large) for large in (False, True) for own in widths(large)]:
            found = maps.written(chart, wide, start, size, large=wall)
            named = {label.shape.id for label in found if label.shape and len(label.lines) > 1}
            assert said <= named, (wide, said - named)
            if wall and start:
                assert code == "DRCNEQ" or named == {shape.id for shape in chart.shapes} - apart
                # No number without a name.
                assert named == {label.shape.id for label in found if label.shape}
            for one, other in combinations(found, 2):
                assert not over(one.box, other.box), (wide, one.lines, other.lines)


def widths(wall: bool) -> Any:
    return maps.ON_A_WALL if wall else maps.NAMED


def over(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_chosen_one_is_named_and_what_stands_beside_covers_no_territory(ds: Dataset) -> None:
    body = kinds.view(ds, "carte", {"territoire": "DRCNEQ", "mesure": "taux", "mrc": "2420"}).body
    for wide in (335, 700):
        beside = {label.shape.id: label for label in written(body, wide) if label.shape and label.line}
        assert beside["2420"].lines[-1] == f"{bare(adm.rate_per_1000(ds, '2420'))} †"
        assert {"2420", "2423"} <= set(beside)
        assert not any(body.land_in(label.box) for label in beside.values())
        # The line begins in its territory.
        assert all(label.line and body.land_in((*label.line[0], *label.line[0])) for label in beside.values())


def test_a_wider_map_names_more_and_without_rooms_nothing_is_inside(ds: Dataset) -> None:
    chart = drawn(ds, "01", "taux")
    named = [{label.shape.id for label in written(chart, wide) if label.shape} for wide in (200, 335, 640, 2000)]
    assert len(named[0]) <= len(named[1]) <= len(named[2]) == len(named[3]) == 8
    assert ("Témiscouata", f"{bare(adm.rate_per_1000(ds, '2413'))} †") in [label.lines for label in written(chart, 640)]
    bare_land = replace(chart, shapes=tuple(replace(s, rooms=()) for s in chart.shapes), waters=())
    assert all(label.line for label in written(bare_land, 640))


def test_the_river_is_named_where_there_is_water(ds: Dataset) -> None:
    for code in CODES:
        found = [" ".join(label.lines) for label in written(drawn(ds, code, "taux"), 640) if label.shape is None]
        assert any(name.replace("- ", "-") == "Fleuve Saint-Laurent" for name in found), code


def test_no_label_is_under_a_circle(ds: Dataset) -> None:
    chart = drawn(ds, "03", "nombre")
    west, _, east, _ = chart.main
    across = 640 / (east - west)
    (capital,) = (shape for shape in chart.shapes if shape.id == "2423")
    for label in written(chart, 640):
        # Beyond the radius of the largest circle on one of the axes, at least.
        assert (
            max(label.box[0] - capital.point[0], capital.point[0] - label.box[2]) * across > 26
            or max(label.box[1] - capital.point[1], capital.point[1] - label.box[3]) * across / 0.685 > 26
        ), label.lines
