"""What is written on a map: where there is room, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from dashboard.deck import kinds
from dashboard.deck.charts import MapChart
from dashboard.deck.labels import Label, Scale, labels
from dashboard.figures.room import width
from dashboard.indicators import admissions as adm
from dashboard.model import Dataset
from dashboard.narrative.show import bare

CODES = ("DRCNEQ", "01", "03", "12", "11")


def drawn(ds: Dataset, code: str, measure: str) -> MapChart:
    body = kinds.view(ds, "carte", {"territoire": code, "mesure": measure}).body
    assert isinstance(body, MapChart)
    return body


def written(chart: MapChart, wide: float, largest: float = 54) -> list[Label]:
    return labels(chart, Scale.of(chart, wide, 13), lambda text: width(text, 13), largest)


@pytest.mark.parametrize(("code", "many"), [("01", 8), ("03", 7), ("12", 10), ("11", 5), ("DRCNEQ", 29)])
def test_a_circle_has_its_value(ds: Dataset, code: str, many: int) -> None:
    chart = drawn(ds, code, "nombre")
    assert len([label for label in written(chart, 700) if label.shape]) >= many


@pytest.mark.parametrize("measure", ["taux", "part", "nombre"])
@pytest.mark.parametrize("code", CODES)
def test_every_label_is_in_a_room_of_its_own_and_ends_with_the_value(ds: Dataset, code: str, measure: str) -> None:
    found = written(drawn(ds, code, measure), 640)
    assert any(label.shape is not None for label in found)
    for label in found:
        if label.shape is not None:
            west, south, east, north = label.box
            # Only the value of a circle crosses a border.
            inside = any(w <= west and s <= south and e >= east and n >= north for w, s, e, n in label.shape.rooms)
            assert inside or (measure == "nombre" and len(label.lines) == 1)
            assert label.lines[-1] == label.shape.text
            # The name whole, or the value alone.
            assert "".join(label.lines[:-1]).replace(" ", "") in (
                "",
                label.shape.name.partition(" (")[0].replace(" ", ""),
            )
    for one, other in combinations(found, 2):
        assert one.box[0] >= other.box[2] or one.box[2] <= other.box[0] or one.box[1] >= other.box[3] or (
            one.box[3] <= other.box[1]
        )  # fmt: skip


def test_a_wider_map_names_more_and_a_small_territory_is_left_alone(ds: Dataset) -> None:
    chart = drawn(ds, "01", "taux")
    named = [{label.shape.id for label in written(chart, wide) if label.shape} for wide in (200, 335, 640, 2000)]
    assert named[0] < named[1] < named[3] and named[1] <= named[2] <= named[3]
    assert ("Témiscouata", f"{bare(adm.rate_per_1000(ds, '2413'))} †") in [label.lines for label in written(chart, 640)]
    assert written(replace(chart, shapes=tuple(replace(s, rooms=()) for s in chart.shapes), waters=()), 640) == []


def test_the_river_is_named_where_there_is_water(ds: Dataset) -> None:
    for code in CODES:
        found = [" ".join(label.lines) for label in written(drawn(ds, code, "taux"), 640) if label.shape is None]
        assert any(name.replace("- ", "-") == "Fleuve Saint-Laurent" for name in found), code


def test_no_label_is_under_a_circle(ds: Dataset) -> None:
    chart = drawn(ds, "03", "nombre")
    west, _, east, _ = chart.main
    across = 640 / (east - west)
    (capital,) = (shape for shape in chart.shapes if shape.id == "2423")
    assert capital.point is not None
    for label in written(chart, 640):
        # Beyond the radius of the largest circle on one of the axes, at least.
        assert (
            max(label.box[0] - capital.point[0], capital.point[0] - label.box[2]) * across > 26
            or max(label.box[1] - capital.point[1], capital.point[1] - label.box[3]) * across / 0.685 > 26
        ), label.lines
