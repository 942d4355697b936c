"""Figures as data: values, order, baseline, hatching, outline, weight of the message, nothing fetched from outside."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plotly.io import to_json

from dashboard.deck.charts import (
    BarChart,
    Body,
    ColumnChart,
    Legend,
    LineChart,
    LineSeries,
    MapChart,
    Mark,
    PairChart,
    PairMark,
    Point,
    Shape,
    TileChart,
    Trajectory,
)
from dashboard.deck.kinds import view
from dashboard.deck.palette import CHOSEN, MISSING
from dashboard.deck.projection import proportion
from dashboard.figures import drawn as make
from dashboard.figures.bars import ranked
from dashboard.figures.drawn import figure_of
from dashboard.figures.room import left_of, width
from dashboard.figures.style import base, hatching, same_or_each, wrap
from dashboard.indicators import memory as shelf
from dashboard.model import Dataset
from tests.transcription import MRC, MRC_COUNT, NBSP, YEARS

COLORS = ["#dae6f0", "#9fc3e2", "#4a98d9", "#1472bf", "#19406c"]
GEOJSON = "app/geo/territories.geojson?v=0"
GASPESIE = (-70, 46, -66, 49)
EMPTY_LABEL_SUFFIX = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    return EMPTY_LABEL_SUFFIX.sub(" ", text).strip()


def draw(body: Body, **options: Any) -> go.Figure:
    found = make.figure(body, address=lambda name: f"app/geo/{name}?v=0", **options)
    assert found is not None
    return found


def bar(id_: str, value: float | None, **other: Any) -> Mark:
    hover = (f"bulle {id_}",)
    return Mark(id_, f"Territoire {id_}", value, str(value), other.pop("color", "#095797"), hover=hover, **other)


def bars(*marks: Mark) -> go.Figure:
    return draw(BarChart(marks, "Nombre"))


def pairs(*found: PairMark, color: str = "#095797") -> go.Figure:
    return draw(PairChart(found, "Ici", "Québec", color))


def columns(values: Sequence[float | None], texts: Sequence[str], *, chosen: str = "", loose: str = "") -> ColumnChart:
    marks = tuple(
        Mark(year, year, value, text, "#ad781c", hatched=year == loose, chosen=year == chosen)
        for year, value, text in zip(YEARS, values, texts, strict=True)
    )
    return ColumnChart(marks, "Ici", "#ad781c")


def line(
    name: str, values: Sequence[float | None], texts: Sequence[str] = (), *, reference: bool = False
) -> LineSeries:
    return LineSeries(name, tuple(values), tuple(texts or ["" for _ in values]), "#1472bf", reference)


def lines(periods: Sequence[str], *series: LineSeries, **other: Any) -> go.Figure:
    return draw(LineChart(tuple(periods), series, **other))


def area(id_: str, color: str = COLORS[0], **other: Any) -> Shape:
    return Shape(id_, f"Territoire {id_}", None if color == MISSING else 1.0, "1", color, **other)


def territories(*shapes: Shape, main: Any = GASPESIE, insets: Any = (), circles: bool = False) -> go.Figure:
    return draw(MapChart(shapes, Legend(), "", main, insets, circles))


def trajectory(
    points: Sequence[Point], breaks: Sequence[tuple[str, str]] = (), results: Sequence[Point] = ()
) -> go.Figure:
    return draw(Trajectory(tuple(points), tuple(breaks), tuple(results)))


def has(part: Any, **expected: Any) -> None:
    """Each attribute of a part of a figure is what is expected of it (« marker__color » is marker.color)."""
    found = {name: attrgetter(name.replace("__", "."))(part) for name in expected}
    assert {name: list(own) if isinstance(own, tuple) else own for name, own in found.items()} == expected


def strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from strings(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from strings(value)
    elif isinstance(tree, str):
        yield tree


def samples() -> dict[str, go.Figure]:
    far = (("2412",), (-62, 47, -61, 48), "Là-bas")
    weak = {"hatched": True, "strokes": [[-69.1, -69.0], [47.9, 48.0]]}
    areas = (area("2410", COLORS[4]), area("2411", **weak), area("2412", MISSING, chosen=True))
    return {
        "ranked": bars(bar("a", 3, chosen=True), bar("b", 1, hatched=True), bar("c", None)),
        "against_reference": pairs(PairMark("a", "A", 60, "60 %", 57, "57 %")),
        "columns": draw(columns([1, 2, 3, None, 4], "12345", chosen="2019")),
        "lines": lines(YEARS, line("Ici", [1, 2, 3, 4, 5], "12345"), chosen="2016"),
        "small": draw(columns([1, 2, 3, 4, 5], "12345"), small=True),
        "trajectory": trajectory([Point("2019-2020", 50, "50 %"), Point("2020-2021", 55, "55 %")]),
        "map": territories(*areas, insets=(far,)),
        "empty": base(123),
    }


@pytest.mark.parametrize("name", samples())
def test_what_all_figures_share(name: str) -> None:
    figure = samples()[name]
    text, layout = figure.to_json(), figure.layout
    # Numbers are French. The template of Plotly would weigh 6,5 kB in each figure.
    assert layout.separators == f",{NBSP}"
    assert "template" not in json.loads(text)["layout"]
    assert len(text) < 6_000
    # Nothing is fetched from outside.
    assert "//" not in text.replace("\\u002f", "/")
    assert not re.search(r"mapbox|openstreetmap|carto|stadia|tile", text)
    # No legend, no animation, and a text of 14 px.
    assert (layout.showlegend, layout.dragmode, layout.font.size) == (False, False, 14)
    assert not layout.transition.duration
    clicked = draw(BarChart((bar("a", 1),), ""), click=True)
    assert (clicked.layout.clickmode, clicked.layout.dragmode) == ("event", "pan")
    # Every mark has a hover text of ours, or none: never « x: 3, y: a » from Plotly.
    for trace in figure.data:
        assert trace.hoverinfo == "skip" or (trace.hovertemplate or "").endswith("<extra></extra>")
        assert not re.search(r"%{[xz]", trace.hovertemplate or "")


def test_a_long_label_is_cut_at_its_spaces() -> None:
    long = "Personnes réfugiées et en situation semblable"
    assert wrap(long, 24) == "Personnes réfugiées et<br>en situation semblable"
    # A name in two parts is cut after its dash; a word alone is left whole.
    assert wrap("Gaspésie–Îles-de-la-Madeleine", 24) == "Gaspésie–<br>Îles-de-la-Madeleine"
    assert wrap("Rimouski-Neigette", 10) == "Rimouski-Neigette"
    assert wrap("") == ""


@settings(deadline=None)
@given(st.text(alphabet="abc é-’", max_size=80), st.integers(5, 40))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    lines = wrap(text, width).split("<br>")
    assert " ".join(lines) == text
    assert all(len(line) <= width or " " not in line.strip() for line in lines)


def test_bars_keep_the_order_given_from_the_top() -> None:
    figure = bars(bar("b", 30), bar("a", None, note="7,9 % du Québec"), bar("c", 0, hatched=True))
    (trace,) = figure.data
    assert [plain(label).split()[1] for label in trace.y] == ["b", "a", "c"]
    # What is missing is no zero.
    has(trace, x=[30, None, 0], text=["30", "None", "0"], customdata=["b", "a", "c"], orientation="h")
    has(trace, hovertext=["bulle b", "bulle a", "bulle c"], marker__pattern__shape=["", "", "/"])
    has(figure.layout.yaxis, autorange="reversed")
    # A note stands under its label, and makes room.
    assert "7,9 % du Québec" in trace.y[1]
    assert figure.layout.height > bars(bar("b", 30), bar("a", None), bar("c", 0)).layout.height


@pytest.mark.parametrize("values", [[5.0, 3.0], [0.0, 0.0], [None, None], []])
def test_bars_start_at_zero_and_leave_room_for_the_number(values: list[float | None]) -> None:
    figure = bars(*[bar(str(n), value) for n, value in enumerate(values)])
    low, high = figure.layout.xaxis.range
    known = [value for value in values if value is not None]
    assert low == 0 < high and high >= max(known, default=0)
    # The number is written in the margin, whose pixels do not shrink with the screen.
    assert figure.layout.margin.r > 8 * max((len(str(value)) for value in known), default=0)
    # What has no bar is said in words inside the drawing.
    assert [note.text for note in figure.layout.annotations] == ["None"] * (len(values) - len(known))
    assert figure.data[0].cliponaxis is False


def test_what_stands_in_brackets_after_a_value_leaves_the_width_of_a_phone_to_the_bar(ds: Dataset) -> None:
    chosen = {"avec": "11,01,QC", "indicateur": "francais", "reference": "QC"}
    made = make.figure(view(ds, "comparer", chosen).body, address=str)
    assert f"90,5{NBSP}%<br>(19{NBSP}sur{NBSP}21)" in made.data[0].text
    assert made.data[0].constraintext == "none"  # in its size, though two lines are higher than the bar
    assert made.layout.margin.r + made.layout.margin.l < 300


def test_the_selection_is_outlined_as_on_the_map_and_marked_in_words() -> None:
    found = [bar("a", 2), bar("b", 1, chosen=True)]
    trace = bars(*found).data[0]
    # Every bar keeps the colour of its class: paler, it would wear another's.
    has(trace.marker, line__width=[0, 3], line__color=[found[0].color, CHOSEN], color=found[0].color)
    # Not by colour alone.
    assert [label.startswith("<b>▸ ") for label in trace.y] == [False, True]


def test_against_reference_puts_here_and_there_on_one_row() -> None:
    found = [
        PairMark("f", "Femmes", 45.2, f"45,2{NBSP}%", 50.7, f"50,7{NBSP}%"),
        PairMark("x", "Autres", 0, "0", None, "n. d."),
    ]
    figure = pairs(*found, color="#ad781c")
    here, there = figure.data
    has(here, x=[45.2, 0], marker__color="#ad781c")
    has(there, x=[50.7, None], marker__symbol="line-ns", marker__line__color="#8893a2")
    has(there, y=list(here.y), hovertext=list(here.hovertext))
    assert f"45,2{NBSP}%" in here.y[0] and f"Québec{NBSP}: 50,7{NBSP}%" in here.y[0]
    low, high = figure.layout.xaxis.range
    assert low == 0 and high >= 50.7


def test_columns_stand_on_zero_with_their_value_above() -> None:
    chart = columns([24, 51, None, 38, 22], ["24", "51", "n. d.", "38", "22"], chosen="2016", loose="2019")
    figure = draw(chart)
    (trace,) = figure.data
    has(trace, y=[24, 51, None, 38, 22], text=["24", "<b>51</b>", "n. d.", "38", "22"])
    has(trace.marker, color="#ad781c", pattern__shape=["", "", "", "", "/"], line__width=[0, 3, 0, 0, 0])
    low, high = figure.layout.yaxis.range
    assert low == 0 and high > 51
    has(figure.layout.xaxis, type="category", categoryarray=list(YEARS))


def test_lines_carry_their_name_at_their_end() -> None:
    here = line("Ici", [100, 135.5, 176.4, 164.5, 122.7], ["100", "135,5", "176,4", "164,5", "122,7"])
    quebec = line("Québec", [100, 108.7, 107, 104.4, 82.8], ["100", "108,7", "107,0", "104,4", "82,8"], reference=True)
    figure = lines(YEARS, here, quebec, chosen="2017")
    first, second = figure.data
    has(first, name="Ici", y=list(here.values), line__dash="solid")
    has(second, name="Québec", line__dash="dot", line__color="#8893a2")
    assert first.hovertext[2] == f"<b>Ici</b><br>2017{NBSP}: 176,4"
    assert {plain(note.text): note.y for note in figure.layout.annotations} == {"Ici": 122.7, "Québec": 82.8}
    assert figure.layout.shapes[0].x0 == 2
    assert figure.layout.margin.r > 8 * len("Québec")


def test_a_long_name_leaves_the_width_of_a_phone_to_its_line() -> None:
    name = "Gaspésie–Îles-de-la-Madeleine"
    pair = [line(name, [100, 91.7], ["100,0", "91,7"]), line("Québec", [100, 82.8], ["100,0", "82,8"], reference=True)]
    figure = lines(["2018", "2019"], *pair)
    assert figure.layout.margin.r < 130
    assert [plain(n.text.replace("<br>", "")) for n in figure.layout.annotations] == [name, "Québec"]
    # Alone, it is named by the title.
    assert not lines(["2018", "2019"], pair[0]).layout.annotations


def test_names_at_the_end_of_close_lines_do_not_overlap() -> None:
    close = [line(name, [0, value]) for name, value in (("A", 50), ("B", 50.1), ("C", 50.2))]
    heights = sorted(note.y for note in lines(["a", "b"], *close).layout.annotations)
    assert all(b - a > 50 * 0.1 for a, b in itertools.pairwise(heights))


def test_a_flat_or_empty_series_has_an_axis() -> None:
    for values in ([5, 5], [0, 0], [None, None], [90, 100]):
        low, high = lines(["a", "b"], line("Ici", values)).layout.yaxis.range
        assert low < high
    # Lines stand around their values; columns and trajectories on zero, without a value too.
    assert 80 < low < 90
    for figure in (draw(columns([None] * 5, ["n. d."] * 5)), trajectory(POINTS_4_1), trajectory(POINTS_4_1[:1])):
        low, high = figure.layout.yaxis.range
        assert low == 0 < high


def test_small_multiples_have_their_own_scale() -> None:
    small, large = (
        draw(columns(values, [""] * 5), small=True) for values in ([24, 51, 41, 38, 22], [2959, 3449, 2816, 2747, 2288])
    )
    assert small.layout.yaxis.range[1] < 100 < 3449 < large.layout.yaxis.range[1]
    assert small.layout.yaxis.range[0] == large.layout.yaxis.range[0] == 0
    assert small.layout.height < draw(columns([1] * 5, [""] * 5)).layout.height


@pytest.mark.parametrize("loose", ["", "2019"])
def test_provisional_years_are_told_under_their_columns_and_lines(loose: str) -> None:
    """Hatched and hollow: tests/exports/test_one_pipeline.py."""
    expected = [loose] if loose else []
    figure = draw(columns([1, 2, 3, 4, 5], "12345", loose=loose))
    assert bool(figure.data[0].marker.pattern.shape) == bool(loose)
    both = [line(name, [1, 2, 3, 4, 5], "12345") for name in ("Ici", "Québec")]
    for made in (figure, lines(YEARS, *both, provisional=frozenset(expected))):
        written = made.layout.xaxis.ticktext or ()
        assert [text for text in written if "(p)" in text] == [f"{year}<br>(p)" for year in expected]


POINTS_4_1 = [
    Point("Référence", 17, "17 % (2018)", reference=True), Point("2019-2020", 34, "34 %"),
    Point("2020-2021", 21.5, "21,5 %"), Point("2021-2022", 22.5, "22,5 %"), Point("2022-2023", 24, "24 %"),
]  # fmt: skip


def drawn_lines(figure: go.Figure) -> list[list[tuple[str, float]]]:
    return [list(zip(t.x, t.y, strict=True)) for t in figure.data if t.mode == "lines+markers+text"]


def test_a_break_cuts_the_line_and_says_so() -> None:
    figure = trajectory(POINTS_4_1, [("2019-2020", "Révision d’octobre 2020")])
    assert drawn_lines(figure) == [[("2019-2020", 34)], [("2020-2021", 21.5), ("2021-2022", 22.5), ("2022-2023", 24)]]
    assert [len(line) for line in drawn_lines(trajectory(POINTS_4_1))] == [4]
    # The mark stands between the two years: they are the second and the third of the axis.
    assert figure.layout.shapes[0].x0 == 1.5
    assert any(note.text == "Révision d’octobre 2020" and note.x == 1.5 for note in figure.layout.annotations)


def test_reference_target_revision_and_result_have_each_their_shape() -> None:
    drawn = trajectory(POINTS_4_1, [("2019-2020", "Révision")], [Point("2021-2022", 20, "20 %")]).data
    shapes = {trace.marker.symbol: list(trace.x) for trace in drawn if trace.mode != "lines"}
    assert shapes == {
        "diamond-open": ["Référence"], "circle": ["2019-2020"], "square": ["2020-2021", "2021-2022", "2022-2023"],
        "triangle-up": ["2021-2022"],
    }  # fmt: skip
    (road,) = [trace for trace in drawn if trace.mode == "lines"]
    assert (list(road.x), list(road.y), road.line.dash) == (["2021-2022", "2022-2023"], [20, 24], "dash")


def test_a_result_above_its_target_does_not_hide_its_label() -> None:
    for value, target, result in ((20, "top center", "bottom center"), (30, "bottom center", "top center")):
        drawn = trajectory(POINTS_4_1, results=[Point("2021-2022", value, f"{value} %")]).data
        (line,) = [trace for trace in drawn if trace.mode == "lines+markers+text"]
        assert line.textposition[2] == target
        assert next(t for t in drawn if t.marker.symbol == "triangle-up").textposition == result


def test_a_result_of_the_last_year_has_no_road_left() -> None:
    drawn = trajectory(POINTS_4_1, results=[Point("2022-2023", 25, "25 %")]).data
    assert not [trace for trace in drawn if trace.mode == "lines"]
    assert max(max(trace.y) for trace in drawn) < trajectory(POINTS_4_1).layout.yaxis.range[1]


def test_words_are_written_where_a_number_would_stand_and_cut_the_line() -> None:
    points = [
        Point("Référence", None, "s. o.", reference=True), Point("2019-2020", 5, "5"),
        Point("2020-2021", None, "Mise en œuvre"), Point("2021-2022", 70, "70 %"),
    ]  # fmt: skip
    figure = trajectory(points)
    assert drawn_lines(figure) == [[("2019-2020", 5)], [("2021-2022", 70)]]
    words = {(note.x, plain(note.text)) for note in figure.layout.annotations}
    assert words == {("Référence", "s. o."), ("2020-2021", "Mise en œuvre")}
    assert list(figure.layout.xaxis.categoryarray) == [point.period for point in points]


def test_the_selection_is_outlined_over_the_others() -> None:
    figure = territories(area("a"), area("b", COLORS[1], chosen=True))
    outline = figure.data[-1]
    has(outline, locations=["b"], marker__line__color=CHOSEN, hoverinfo="skip")
    assert outline.marker.line.width > 3
    assert {color for _, color in outline.colorscale} == {"rgba(0,0,0,0)"}
    # Drawn as a territory too: an outline alone would lose its colour and its hover.
    assert "b" in figure.data[0].locations


def test_hatching_only_where_it_is_asked_and_cut_between_territories() -> None:
    figure = territories(
        area("a", hatched=True, strokes=[[-69.0, -68.9], [47.0, 47.1]]),
        area("b", strokes=[[-68.0, -67.9], [47.0, 47.1]]),
        area("c", hatched=True, strokes=[[-67.0, -66.9], [48.0, 48.1]]),
        area("d", hatched=True),
    )
    (strokes,) = [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "lines"]
    has(strokes, lon=[-69.0, -68.9, None, -67.0, -66.9, None], lat=[47.0, 47.1, None, 48.0, 48.1, None])
    has(strokes, hoverinfo="skip")


def test_a_map_writes_the_names_chosen_for_its_width(ds: Dataset) -> None:
    body = view(ds, "carte", {"territoire": "01", "mesure": "taux"}).body
    page, wall = draw(body), draw(body, large=True)
    for made, many in ((page, 4), (wall, 3)):
        written = [trace for trace in made.data if trace.type == "scattergeo" and "text" in trace.mode]
        assert len(written) == many and list(made.data[-many:]) == written
        assert len(set(map(len, (trace.text for trace in written)))) > 1
        # One of them is written at any width.
        limits = sorted(trace.meta for trace in written)
        assert limits[0][0] == 0 and [end for _, end in limits] == [*(start for start, _ in limits[1:]), 0]


def test_the_frame_holds_its_bounds() -> None:
    figure = territories(area("a"), main=(-72.5, 45.8, -64.2, 49.3))
    # With `fitbounds`, a rotation draws nothing at all.
    has(figure.layout.geo, fitbounds=None, visible=False, domain__x=[0, 1])
    has(figure.layout.geo, lonaxis__range=[-72.5, -64.2], lataxis__range=[45.8, 49.3])


def places(figure: go.Figure, geo: str | None = None) -> list[str]:
    return [
        code
        for trace in figure.data
        if trace.type == "choropleth" and (geo is None or trace.geo == geo) and trace.hoverinfo != "skip"
        for code in trace.locations
    ]


def test_the_map_shows_the_31_territories_once_with_the_islands_apart(ds: Dataset) -> None:
    whole, region = (
        draw(view(ds, "carte", {"territoire": code, "mesure": "taux", "mrc": mrc}).body)
        for code, mrc in ((ds.config.direction, ""), ("11", "2402"))
    )
    assert sorted(places(whole)) == sorted(MRC_COUNT) and len(MRC_COUNT) == 31
    assert sorted(places(region)) == sorted(MRC["11"])
    for figure in (whole, region):
        assert places(figure, "geo2") == ["2401"]
        assert figure.layout.geo2.lonaxis.range[0] < -62.0 < -61.4 < figure.layout.geo2.lonaxis.range[1]
        (note,) = figure.layout.annotations
        assert note.text == "Îles-de-la-Madeleine<br><b>1,0 †</b>"
    # The boundaries are fetched by address, never inlined.
    land, *own = (trace.geojson for trace in whole.data if trace.type == "choropleth")
    assert land == "app/geo/neighbours.geojson?v=0" and set(own) == {GEOJSON}
    assert len(whole.to_json()) < 21_000 and len(region.to_json()) < 13_000


def test_aspect_of_a_map_shrinks_with_latitude() -> None:
    assert proportion((0, -0.5, 1, 0.5)) == pytest.approx(1, abs=0.001)
    assert proportion((0, 59.5, 1, 60.5)) == pytest.approx(0.5, abs=0.02)


def circle(id_: str, point: tuple[float, float], value: float | None, **other: Any) -> Shape:
    return Shape(id_, id_, value, str(value), COLORS[0], point=point, **other)


def markers(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "markers"]


def test_the_area_of_a_circle_follows_the_count() -> None:
    circles = [circle("a", (-70, 47), 400), circle("b", (-69, 47), 100), circle("c", (-62, 47), 1, chosen=True)]
    figure = territories(*circles, insets=((("c",), (-62, 47, -61, 48), "Là-bas"),), circles=True)
    main, inset = markers(figure)
    assert main.marker.size[0] / main.marker.size[1] == pytest.approx(2)
    has(main, geo="geo", customdata=["a", "b"])
    has(inset, geo="geo2", customdata=["c"])
    # One admission is still visible, and the selection is outlined.
    assert inset.marker.size[0] >= 5
    assert inset.marker.line.color[0] == CHOSEN
    assert main.marker.line.color[0] != CHOSEN


def test_circles_of_nothing_are_drawn_without_dividing_by_zero() -> None:
    assert markers(territories(circle("a", (0, 0), None), circles=True)) == []
    (drawn,) = markers(territories(circle("a", (0, 0), 0), circles=True))
    assert list(drawn.marker.size) == [5]


def test_a_name_brings_no_tag_into_a_chart() -> None:
    """Plotly reads a few tags, links among them, in what it writes."""
    name = "<a href='https://x.ca'>Lévis</a> & <script>1</script>"
    mark, shape = Mark("a", name, 1, "1", "#095797", note=name, chosen=True), Shape("a", name, 1, "1", COLORS[0])
    figures = [
        bars(mark),
        pairs(PairMark("a", name, 1, "1", 2, "2")),
        lines(["1", "2"], line(name, [1, 2], ["1", "2"])),
        draw(ColumnChart((mark,), name, "#095797")),
        trajectory([Point("1", None, name), Point("2", 1, name)]),
        territories(shape, insets=((("a",), (-62, 47, -61, 48), name),)),
        draw(TileChart((shape,), Legend(), {"a": (0, 0)})),
    ]
    for figure in figures:
        spec = json.loads(figure.to_json())
        read = ("text", "hovertext", "x", "y")
        written = [text for trace in spec["data"] for key in read for text in strings(trace.get(key))]
        written += [note["text"] for note in spec["layout"].get("annotations", [])]
        tags = {tag for text in written for tag in re.findall(r"<\s*/?\s*(\w+)", text)}
        assert tags <= {"b", "br", "span"}
        assert any("Lévis" in text for text in written)


def test_a_figure_is_drawn_once_for_a_dataset_and_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(shelf, "MOST", 2)

    @shelf.kept
    def draw(_ds: Any, name: str) -> go.Figure | None:
        drawn.append(name)
        return None if name == "sans dessin" else go.Figure()

    here, there = SimpleNamespace(memory={}), SimpleNamespace(memory={})
    assert draw(here, "taux") is draw(here, "taux")
    assert draw(here, "part") is not draw(here, "taux")
    assert draw(there, "taux") is not draw(here, "taux")
    # One that cannot be drawn is not tried again.
    assert draw(here, "sans dessin") is None is draw(here, "sans dessin")
    assert drawn == ["taux", "part", "taux", "sans dessin"]
    # Past the most, the one asked for longest ago is drawn again.
    drawn.clear()
    own = SimpleNamespace(memory={})
    for number in "121312":
        draw(own, number)
    assert drawn == ["1", "2", "3", "2"]


def test_a_figure_is_written_once(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    content = view(ds, "permis", {"territoire": "01"})
    kept, mine = figure_of(ds, content.kind, content.choices, str), make.figure(content.body)
    assert kept is not None and mine is not None
    assert (kept.text, kept.size) == (to_json(mine, validate=False), {"height": mine.layout.height})
    monkeypatch.setattr(go.Figure, "to_json", lambda *_args, **_named: pytest.fail("written again"))
    assert figure_of(ds, content.kind, content.choices, str) is kept


def test_what_all_marks_share_is_said_once_and_no_pattern_where_nothing_is_hatched() -> None:
    assert same_or_each(["#1472bf", "#1472bf"]) == "#1472bf"
    assert same_or_each([0, 2]) == [0, 2]
    assert same_or_each([]) == []
    assert hatching([False, False], size=6) == {}
    assert hatching([True, False], size=6) == {"shape": ["/", ""], "fillmode": "overlay", "size": 6}


# Measured in Chromium with Liberation Sans, whose widths are those of Arial: text, pixels at 14 px.
MEASURED = (
    ("Rimouski-Neigette", 115),
    ("Québec (agglomération)", 151),
    ("Îles-de-la-Madeleine", 128),
    ("Connaissance de la langue", 169),
    ("Ententes du programme", 150),
    (f"<b>54,8{NBSP}%</b> <span style='color:#4e5662'>Québec{NBSP}: 49,3{NBSP}%</span>", 152),
)


@pytest.mark.parametrize(("text", "pixels"), MEASURED)
def test_a_label_has_its_room_and_little_more(text: str, pixels: int) -> None:
    # The automatic margin of Plotly adds the 4 px of padding and the 8 px of the figure.
    assert pixels + 12 <= left_of([text]) <= pixels * 1.12 + 20


def test_the_longest_line_of_the_longest_label_decides() -> None:
    assert left_of(["PMI<br>Connaissance de la langue", "PTET"]) == left_of(["Connaissance de la langue"])
    assert left_of([]) > 0
    assert width("<b>Total</b>") > width("Total")


def test_ranked_bars_have_the_room_of_their_labels_from_the_start() -> None:
    figure = ranked(BarChart((Mark("2410", "Rimouski-Neigette", 477, "477", "#095797"),), ""))
    assert figure.layout.margin.l >= 115 + 12
    assert figure.layout.yaxis.automargin  # a wider font still finds its room
