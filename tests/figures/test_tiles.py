"""Tiles: one equal square for each territory, none over another, in a layout that looks like the map."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard.deck.charts import Legend, Shape, TileChart
from dashboard.deck.kinds import view
from dashboard.deck.mapped import place_missing
from dashboard.deck.palette import MISSING, ink_on
from dashboard.figures.room import width
from dashboard.figures.tiles import NARROWEST, equal_tiles, short_name
from dashboard.indicators import admissions as adm
from dashboard.loading.geography import map_files
from dashboard.model import Dataset
from dashboard.narrative.show import bare
from tests.figures.test_colours import CLASSES as COLORS
from tests.figures.test_colours import contrast
from tests.figures.test_figures import has
from tests.transcription import MRC, MRC_COUNT, REGIONS

Layout = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def layout(root: Path) -> Layout:
    with (root / "geo" / "tiles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # A code written twice would hide one of its two places.
    assert len({row["code"] for row in rows}) == len(rows)
    return {row["code"]: (int(row["column"]), int(row["row"])) for row in rows}


def tiles(places: Layout, *shapes: Shape) -> go.Figure:
    """The tiles at these places: those given, or one of each place."""
    found = shapes or tuple(Shape(code, code, 1.0, "1,0", COLORS[0]) for code in places)
    return equal_tiles(TileChart(found, Legend(), places))


def boxes(figure: go.Figure) -> dict[str, tuple[float, float, float, float]]:
    """Left, right, bottom and top of each tile drawn."""
    bar = figure.data[0]
    return {
        code: (x - bar.width / 2, x + bar.width / 2, base, base + height)
        for code, x, base, height in zip(bar.customdata, bar.x, bar.base, bar.y, strict=True)
    }


def overlap(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]


def test_the_31_territories_have_31_places_that_the_dashboard_reads(ds: Dataset, layout: Layout) -> None:
    assert sorted(layout) == sorted(MRC_COUNT)
    assert len(set(layout.values())) == 31
    assert all(column >= 0 and row >= 0 for column, row in layout.values())
    files = map_files(ds.root, ds.fingerprint)
    assert files.tiles == layout
    # Their short names tell them apart.
    assert sorted(files.short_names) == sorted(MRC_COUNT)
    assert len(set(files.short_names.values())) == 31


def test_the_layout_looks_like_the_map(layout: Layout, ds: Dataset) -> None:
    """West is left and north is up, for most pairs of territories that are clearly apart on the ground."""
    files = map_files(ds.root, ds.fingerprint)
    kept = broken = 0
    for one, two in combinations(layout, 2):
        (x1, y1), (x2, y2) = files.points[one], files.points[two]
        (c1, r1), (c2, r2) = layout[one], layout[two]
        if abs(x1 - x2) > 1.5 and c1 != c2:
            kept, broken = kept + ((x1 < x2) == (c1 < c2)), broken + ((x1 < x2) != (c1 < c2))
        if abs(y1 - y2) > 1.0 and r1 != r2:
            kept, broken = kept + ((y1 > y2) == (r1 < r2)), broken + ((y1 > y2) != (r1 < r2))
    assert kept > 100
    assert broken / (kept + broken) < 0.1


def test_the_tiles_of_a_region_touch_one_another(layout: Layout) -> None:
    """Save the islands, each tile of a region has another of it beside or at a corner."""
    for region in REGIONS:
        own = [code for code in MRC[region] if code != "2401"]
        for code in own:
            column, row = layout[code]
            apart = [max(abs(layout[o][0] - column), abs(layout[o][1] - row)) for o in own if o != code]
            assert min(apart) == 1, code


def test_the_tiles_are_equal_apart_in_the_frame_and_where_the_layout_says(layout: Layout) -> None:
    figure = tiles(layout)
    found = boxes(figure)
    assert sorted(found) == sorted(MRC_COUNT)
    sizes = {(round(right - left, 6), round(top - bottom, 6)) for left, right, bottom, top in found.values()}
    assert len(sizes) == 1
    for one, two in combinations(layout, 2):
        assert not overlap(found[one], found[two]), (one, two)
        (c1, r1), (c2, r2) = layout[one], layout[two]
        assert (found[one][0] < found[two][0]) == (c1 < c2)
        # Row 0 is on top.
        assert (found[one][2] > found[two][2]) == (r1 < r2)
    low, high = figure.layout.xaxis.range
    assert all(low <= left and right <= high for left, right, _, _ in found.values())
    # Six rows at least as high as wide, so that the names can be read.
    assert figure.layout.height >= 62 * (1 + max(row for _, row in layout.values()))


def test_the_tiles_of_a_region_alone_are_drawn_from_the_left(layout: Layout) -> None:
    own = {code: layout[code] for code in MRC["11"]}
    top = min(row for _, row in own.values())
    figure = tiles({code: (column, row - top) for code, (column, row) in own.items()})
    found = boxes(figure)
    assert min(left for left, _, _, _ in found.values()) < 0 < min(right for _, right, _, _ in found.values())
    assert max(top for _, _, _, top in found.values()) <= 0
    assert figure.layout.height >= 220


def test_what_the_layout_does_not_know_is_placed_apart(layout: Layout) -> None:
    codes = [*MRC_COUNT, "9901", "9902", "9903"]
    found = place_missing(codes, layout)
    assert set(found) == set(codes)
    assert {code: found[code] for code in layout} == layout
    below = max(row for _, row in layout.values())
    assert all(found[code][1] > below for code in ("9901", "9902", "9903"))
    assert len(set(found.values())) == 34
    shapes = boxes(tiles(found))
    assert not any(overlap(shapes[one], shapes[two]) for one, two in combinations(shapes, 2))


@pytest.mark.parametrize("n", [0, 1, 2, 8, 9, 104])
def test_without_any_layout_everyone_has_a_place(layout: Layout, n: int) -> None:
    codes = [f"{k:04}" for k in range(n)]
    found = place_missing(codes, {})
    assert list(found) == codes
    assert len(set(found.values())) == n
    assert all(0 <= column < 7 and row >= 0 for column, row in found.values())
    assert min((row for _, row in found.values()), default=0) == 0
    # Beside others, only the codes asked for are placed.
    some = place_missing([*MRC["01"], *codes], layout)
    assert set(some) == {*MRC["01"], *codes} and len(set(some.values())) == len(some)


def test_colours_missing_hatching_and_selection() -> None:
    figure = tiles(
        {"a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (3, 0)},
        Shape("a", "a", 1.0, "1,0", COLORS[0]),
        Shape("b", "b", 1.0, "1,0", COLORS[4], hatched=True),
        Shape("c", "c", None, "n. d.", MISSING, hover=("c", "donnée manquante")),
        Shape("d", "d", 1.0, "1,0", COLORS[2], chosen=True),
    )
    bar = figure.data[0]
    has(bar.marker, color=[COLORS[0], COLORS[4], MISSING, COLORS[2]], pattern__shape=["", "/", "", ""])
    assert [width > 1 for width in bar.marker.line.width] == [False, False, False, True]
    assert len(set(bar.marker.line.color)) == 2
    # Dark words on pale tiles, white ones on dark tiles.
    assert [ink == "#ffffff" for ink in bar.textfont.color[:3]] == [False, True, False]
    assert list(bar.hovertext)[1:3] == ["<b>b</b><br>1,0", "<b>c</b><br>donnée manquante"]


@pytest.mark.parametrize("measure", ["taux", "part", "nombre"])
@pytest.mark.parametrize("region", [None, *REGIONS])
def test_every_tile_has_a_name_and_a_value_that_fit(ds: Dataset, region: str | None, measure: str) -> None:
    body = view(ds, "tuiles", {"territoire": region or ds.config.direction, "mesure": measure}).body
    figure = equal_tiles(body)
    bar, short = figure.data
    codes = ds.mrc_codes(region)
    written = {code: text.split("<br>") for code, text in zip(bar.customdata, bar.text, strict=True)}
    assert sorted(written) == sorted(codes)
    # Neither shrunk nor hidden by Plotly.
    assert (bar.constraintext, figure.layout.uniformtext.mode) == ("none", None)
    assert bar.textfont.size >= 14
    low, high = figure.layout.yaxis.range
    tall = figure.layout.height * 0.92 / (high - low)
    for code in codes:
        *name, value = written[code]
        assert value == f"<b>{bare(adm.mrc_measure(ds, code, measure))}</b>"
        full = ds.name(code).partition(" (")[0]
        assert " ".join(name).replace("- ", "-").replace("’ ", "’") == full, "no name of ours is cut"
        assert max(width(line, bar.textfont.size) for line in [*name, value]) <= NARROWEST * bar.width - 4
        assert len(written[code]) * bar.textfont.size * 1.3 <= tall
    # At 375 px, a tile of seven in a row has 49 px: a short name of our own and the whole value.
    assert short.textfont.size >= 12
    for code, text in zip(bar.customdata, short.text, strict=True):
        name, value = text.split("<br>")
        assert (name, value) == (body.short[code], written[code][-1])
        assert max(width(line, short.textfont.size) for line in (name, value)) <= 44
    # At 1280 px wide, the charts have 1184 px, and the narrower of two columns side by side 690.
    columns = figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0]
    assert columns >= 4
    assert columns * NARROWEST <= (1184 if region is None else 690)
    inks, fills = ([v] * len(codes) if isinstance(v, str) else v for v in (bar.textfont.color, bar.marker.color))
    assert all(contrast(ink, fill) >= 4.5 for ink, fill in zip(inks, fills, strict=True))


@pytest.mark.parametrize(
    "name",
    ["Memphrémagog", "Les Jardins-de-Napierville", "Administration régionale Baie-James", "M" * 60,
     "Le Golfe-du-Saint-Laurent", "Ville (avec ce qui l’entoure)", "a b c d e f g h i j k l m n o p", ""],
)  # fmt: skip
def test_any_name_is_short_on_a_tile(name: str) -> None:
    lines = short_name(name)
    assert 1 <= len(lines) <= 2
    assert all(width(line) <= NARROWEST * 0.94 - 4 for line in lines)
    assert "(" not in "".join(lines)
    assert not name or lines[0][0] == name[0]


def test_where_names_do_not_hold_the_short_ones_stand(layout: Layout) -> None:
    names, short = tiles(layout).data
    assert (names.meta, short.meta) == ((7 * NARROWEST, 0), (0, 7 * NARROWEST))
    # Without one, the beginning of the name.
    alone = tiles({"9901": (0, 0)}, Shape("9901", "Memphrémagog", 1.0, "1,0", COLORS[0]))
    assert alone.data[1].text[0] == "Mem…<br><b>1,0</b>"
    assert list(tiles({}).data[0].x) == []


def test_the_ink_of_a_colour_is_read_on_it() -> None:
    for color in (*COLORS, "#ffffff", MISSING, "#000000", "#777777", "#cb381f", "#e0ad03"):
        assert contrast(ink_on(color), color) >= 4.5, color
