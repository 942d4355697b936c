"""The map as shapes of PowerPoint: a group for each territory, which can be coloured, moved and named."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import MapChart, Shape
from dashboard.deck.drawn import CIRCLE
from dashboard.exports.projection import Project, fitted
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.loading.boundaries import Ring, map_files, territory_rings
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP, number

_OUTLINE, _STROKE, _CHOSEN, _EDGE = "#6b778a", "#4e5662", "#cb381f", "#19406c"
_LARGEST, _SMALLEST = 52.0, 6.0  # points across, for the highest count and the least
_ALL_NAMED = 12  # territories: above, only the first few are named on the map
_FEW = 3
_FINE = 100  # units of a freeform for one point


def territories(page: Page, ds: Dataset, chart: MapChart) -> Any:
    """Map, insets and legend in the body; returns the group of the map, or None without boundaries."""
    rings, files = territory_rings(ds.root, ds.fingerprint), map_files(ds.root, ds.fingerprint)
    if rings is None:
        return None
    k, body = page.scale, page.body
    column = 225 * k
    apart = (130 * k + 12 * k) if chart.insets else 0.0
    # Names may stand beside the land: they have the whole room.
    main = Box(body.left, body.top, body.width - column - apart - 24 * k, body.height)
    shapes = {shape.id: shape for shape in chart.shapes}
    strokes = files.hatching if files is not None else {}
    far = {code for codes, _, _ in chart.insets for code in codes}
    whole = page.shapes.add_group_shape()
    whole.name = "Carte"
    project = fitted(chart.main, main.left, main.top, main.width, main.height)
    near = [shape for shape in chart.shapes if shape.id not in far]
    _draw(whole, near, rings, strokes, project, chart)
    _names(page, whole, near, project, main, chart)
    left = main.right + 12 * k
    for n, (codes, bounds, name) in enumerate(chart.insets):
        side = min(130 * k, (body.height - 12 * k) / max(len(chart.insets), 1) - 44 * k)
        frame = Box(left, body.bottom - (n + 1) * (side + 44 * k) + 44 * k, 130 * k, side)
        own = [shapes[code] for code in codes if code in shapes]
        _inset(page, whole, frame, own, name, rings, strokes, bounds, chart)
    _legend(page, Box(body.right - column, body.top, column, body.height), chart)
    return whole


def _draw(
    whole: Any, shapes: Sequence[Shape], rings: Mapping[str, tuple[Ring, ...]],
    strokes: Mapping[str, Sequence[Sequence[float | None]]], project: Project, chart: MapChart,
) -> None:  # fmt: skip
    # The chosen one comes last: its outline stays whole.
    for shape in sorted(shapes, key=lambda s: s.chosen):
        if shape.id not in rings:
            continue
        group = whole.shapes.add_group_shape()
        group.name = tx.clean(shape.name)
        tx.describe(group, f"{shape.name}{NBSP}: {shape.text}")
        for ring in rings[shape.id]:
            land = _path(group, [[project(x, y) for x, y in ring]], close=True)
            land.name = tx.clean(shape.name)
            land.fill.solid()
            land.fill.fore_color.rgb = tx.rgb(shape.color)
            land.line.color.rgb = tx.rgb(_CHOSEN if shape.chosen else _OUTLINE)
            land.line.width = Pt(3 if shape.chosen else 0.75)
        if shape.hatched and shape.id in strokes:
            lines = _path(group, _split(strokes[shape.id], project), close=False)
            lines.name = f"Hachures, {tx.clean(shape.name)}"
            lines.fill.background()
            lines.line.color.rgb, lines.line.width = tx.rgb(_STROKE), Pt(1)
    if chart.circles:
        _circles(whole, shapes, project, max((s.value or 0 for s in chart.shapes), default=0) or 1)


def _path(group: Any, runs: Sequence[Sequence[tuple[float, float]]], *, close: bool) -> Any:
    """One freeform of several strokes or of one outline."""
    points = [[(round(x * _FINE), round(y * _FINE)) for x, y in run] for run in runs if len(run) > 1]
    builder = group.shapes.build_freeform(*points[0][0], scale=12700 / _FINE)
    builder.add_line_segments(points[0][1:], close=close)
    for run in points[1:]:
        builder.move_to(*run[0])
        builder.add_line_segments(run[1:], close=close)
    shape = builder.convert_to_shape()
    tx.flat(shape)
    return shape


def _split(pair: Sequence[Sequence[float | None]], project: Project) -> list[list[tuple[float, float]]]:
    """Strokes of the hatching: longitudes and latitudes, with None between two strokes."""
    runs: list[list[tuple[float, float]]] = [[]]
    for lon, lat in zip(*pair, strict=True):
        if lon is None or lat is None:
            runs.append([])
        else:
            runs[-1].append(project(lon, lat))
    return [run for run in runs if len(run) > 1]


def _across(value: float, highest: float) -> float:
    return max(_SMALLEST, _LARGEST * math.sqrt(value / highest))


def _circles(whole: Any, shapes: Sequence[Shape], project: Project, highest: float) -> None:
    """Area proportional to the count; the largest first, so that none hides a smaller one."""
    for shape in sorted(shapes, key=lambda s: -(s.value or 0)):
        if shape.point is None or not shape.value:
            continue
        size = _across(shape.value, highest)
        x, y = project(*shape.point)
        circle = whole.shapes.add_shape(MSO_SHAPE.OVAL, *Box(x - size / 2, y - size / 2, size, size).emu())
        circle.name = f"{tx.clean(shape.name)}{NBSP}: {shape.text}"
        circle.fill.solid()
        circle.fill.fore_color.rgb = tx.rgb(CIRCLE)
        circle.line.color.rgb = tx.rgb(_CHOSEN if shape.chosen else _EDGE)
        circle.line.width = Pt(3 if shape.chosen else 0.75)
        tx.flat(circle)


def _names(page: Page, whole: Any, shapes: Sequence[Shape], project: Project, main: Box, chart: MapChart) -> None:
    """Name and value on a white ground, the highest first, wherever they cover no other, nor a large circle."""
    size = 14 * page.scale
    highest = max((s.value or 0 for s in chart.shapes), default=0) or 1
    across = {s.id: _across(s.value, highest) if chart.circles and s.value else 0.0 for s in shapes}
    placed = [_around(project(*s.point), across[s.id]) for s in shapes if s.point and across[s.id] > size]
    most = len(shapes) if len(chart.shapes) <= _ALL_NAMED else _FEW
    ordered = sorted(shapes, key=lambda s: (not s.chosen, s.hatched, -(s.value or 0)))
    for shape in ordered[:most]:
        if shape.point is None:
            continue
        words = f"{tx.clean(shape.name)}{NBSP}: {shape.text}"
        wide, tall = tx.width(words, size) * page.roomy + 8, size * 1.3
        x, y = project(*shape.point)
        # Over or under its circle, not on it; on its land, or a little beside.
        off = (across[shape.id] + tall) / 2 + 1
        beside = [(0.0, -off), (0.0, off)] if across[shape.id] else [(0.0, 0.0), (0.0, -1.1 * tall), (0.0, 1.1 * tall)]
        far = [(dx * wide, dy * off) for dx in (0.35, -0.35, 0.55, -0.55) for dy in (0, 1, -1, 2, -2)]
        for dx, dy in [*beside, *far]:
            left = min(max(x - wide / 2 + dx, main.left), max(main.right - wide, main.left))
            top = min(max(y - tall / 2 + dy, main.top), main.bottom - tall)
            box = Box(left, top, wide, tall)
            if not any(_touch(box, other) for other in placed):
                placed.append(box)
                _name(whole, box, words, size)
                break


def _around(point: tuple[float, float], size: float) -> Box:
    return Box(point[0] - size / 2, point[1] - size / 2, size, size)


def _touch(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _name(whole: Any, box: Box, words: str, size: float) -> None:
    shape = whole.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = f"Nom, {words}"
    shape.fill.solid()
    shape.fill.fore_color.rgb = tx.rgb("#ffffff")
    # The land is still seen under the name.
    shape._element.spPr.find(".//{*}srgbClr").append(parse_xml(f'<a:alpha {nsdecls("a")} val="80000"/>'))
    shape.line.fill.background()
    tx.flat(shape)
    paragraph = tx.prepare(shape.text_frame, anchor=MSO_ANCHOR.MIDDLE)
    shape.text_frame.word_wrap = False
    paragraph.alignment = PP_ALIGN.CENTER
    tx.run(paragraph, words, size, color=tx.INK)


def _inset(
    page: Page, whole: Any, frame: Box, shapes: Sequence[Shape], name: str, rings: Mapping[str, tuple[Ring, ...]],
    strokes: Mapping[str, Sequence[Sequence[float | None]]], bounds: tuple[float, float, float, float],
    chart: MapChart,
) -> None:  # fmt: skip
    """Far islands in a frame, out of scale, under their name and value."""
    size = 14 * page.scale
    edge = whole.shapes.add_shape(MSO_SHAPE.RECTANGLE, *frame.emu())
    edge.name = f"Cadre, {tx.clean(name)}"
    edge.fill.background()
    edge.line.color.rgb, edge.line.width = tx.rgb(_OUTLINE), Pt(1)
    tx.flat(edge)
    pad = 8 * page.scale
    project = fitted(bounds, frame.left + pad, frame.top + pad, frame.width - 2 * pad, frame.height - 2 * pad)
    _draw(whole, shapes, rings, strokes, project, chart)
    values = "; ".join(shape.text for shape in shapes)
    words = [tx.clean(name), f"{values} (autre échelle)"]
    tall = tx.height(words, frame.width, size) + 2
    box = Box(frame.left, frame.top - tall - 2, frame.width, tall)
    tx.text_box(page.shapes, box, words, size, name=f"Nom, {tx.clean(name)}", anchor=MSO_ANCHOR.BOTTOM)


def _legend(page: Page, box: Box, chart: MapChart) -> None:
    """Unit, then each class with its colour and how many territories it holds; or what the circles mean."""
    k, size = page.scale, 16 * page.scale
    room = box.width / page.roomy
    words = [tx.clean(chart.unit)]
    tall = tx.height(words, room, size, bold=True)
    tx.text_box(page.shapes, Box(box.left, box.top, box.width, tall), words, size, name="Légende", bold=True)
    top = box.top + tall + 6 * k
    side = 18 * k
    for item in chart.legend:
        label = f"{tx.clean(item.label)} ({number(item.count)})"
        wide = box.width - side - 10 * k
        tall = max(side, tx.height([label], wide / page.roomy, size))
        mark = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(box.left, top + 2 * k, side, side).emu())
        mark.name = f"Classe, {tx.clean(item.label)}"
        tx.flat(mark)
        mark.line.color.rgb, mark.line.width = tx.rgb(_OUTLINE), Pt(0.75)
        if item.hatched:
            mark.fill.patterned()
            mark.fill.pattern = 22  # WIDE_UPWARD_DIAGONAL
            mark.fill.fore_color.rgb, mark.fill.back_color.rgb = tx.rgb(_STROKE), tx.rgb(item.color)
        else:
            mark.fill.solid()
            mark.fill.fore_color.rgb = tx.rgb(item.color)
        tx.text_box(page.shapes, Box(box.left + side + 10 * k, top, wide, tall), [label], size, name="Légende")
        top += tall + 5 * k
    values = [shape.value for shape in chart.shapes if shape.value]
    if chart.circles and values:
        said = f"L’aire d’un cercle est proportionnelle au nombre. Le plus grand{NBSP}: {number(max(values))}."
        tall = tx.height([said], room, size)
        tx.text_box(page.shapes, Box(box.left, top, box.width, tall), [said], size, name="Légende")
