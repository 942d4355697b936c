"""The map as shapes of PowerPoint: a group for each territory, which can be coloured, moved and named."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

from dashboard.deck.charts import MapChart
from dashboard.deck.labels import Label, Scale, labels
from dashboard.deck.palette import CHOSEN, CIRCLE, CIRCLE_EDGE, INK, NEIGHBOUR, OUTLINE, SOFT, WATER_INK, ink_on
from dashboard.deck.projection import Point, Project, proportion
from dashboard.exports.flat_map import Placed, around, fitted, placed
from dashboard.exports.slides import key
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP

_SMALLEST = 6.0  # points across, for the least count
_FINE = 100  # units of a freeform for one point


def territories(page: Page, ds: Dataset, chart: MapChart) -> Any:
    """Map, insets and legend in the body; returns the group of the map, or None without boundaries."""
    k, body = page.scale, page.body
    column = key.WIDTH * k
    apart = (130 * k + 12 * k) if chart.insets else 0.0
    # Names may stand beside the land: they have the whole room.
    main = Box(body.left, body.top, body.width - column - apart - 24 * k, body.height)
    side = min(130 * k, (body.height - 12 * k) / max(len(chart.insets), 1) - 44 * k)
    frames = [
        Box(main.right + 12 * k, body.bottom - (n + 1) * (side + 44 * k) + 44 * k, 130 * k, side)
        for n in range(len(chart.insets))
    ]
    found = placed(ds, chart, main, [frame.inside(8 * k) for frame in frames])
    if found is None:
        return None
    whole = page.shapes.add_group_shape()
    whole.name = "Carte"
    for ring in around(ds, chart, main):
        land = _path(whole, [ring], close=True)
        land.name = "Territoires voisins"
        tx.paint(land, NEIGHBOUR)
    near = [own for own in found if own.inset is None]
    _draw(whole, near, chart)
    _names(page, whole, main, chart)
    for n, ((_, _, name), frame) in enumerate(zip(chart.insets, frames, strict=True)):
        _inset(page, whole, frame, [own for own in found if own.inset == n], name, chart)
    key.column(page, Box(body.right - column, body.top, column, body.height), chart.legend)
    return whole


def _draw(whole: Any, found: Sequence[Placed], chart: MapChart) -> None:
    # The chosen one comes last: its outline stays whole.
    for own in sorted(found, key=lambda own: own.shape.chosen):
        shape = own.shape
        if not own.outlines:
            continue
        group = whole.shapes.add_group_shape()
        group.name = tx.clean(shape.name)
        tx.describe(group, f"{shape.name}{NBSP}: {shape.text}")
        for ring in own.outlines:
            land = _path(group, [ring], close=True)
            land.name = tx.clean(shape.name)
            tx.paint(land, shape.color, CHOSEN if shape.chosen else OUTLINE, 3 if shape.chosen else 0.75)
        if own.strokes:
            lines = _path(group, own.strokes, close=False)
            lines.name = f"Hachures, {tx.clean(shape.name)}"
            tx.paint(lines, None, SOFT, 1)
    if chart.circles:
        _circles(whole, found, max((s.value or 0 for s in chart.shapes), default=0) or 1)


def _path(group: Any, runs: Sequence[Sequence[Point]], *, close: bool) -> Any:
    """One freeform of several strokes or of one outline."""
    points = [[(round(x * _FINE), round(y * _FINE)) for x, y in run] for run in runs if len(run) > 1]
    builder = group.shapes.build_freeform(*points[0][0], scale=12700 / _FINE)
    builder.add_line_segments(points[0][1:], close=close)
    for run in points[1:]:
        builder.move_to(*run[0])
        builder.add_line_segments(run[1:], close=close)
    return builder.convert_to_shape()


def _across(value: float, highest: float) -> float:
    return max(_SMALLEST, key.LARGEST * math.sqrt(value / highest))


def _circles(whole: Any, found: Sequence[Placed], highest: float) -> None:
    """Area proportional to the count; the largest first, so that none hides a smaller one."""
    for own in sorted(found, key=lambda own: -(own.shape.value or 0)):
        shape = own.shape
        if own.point is None or not shape.value:
            continue
        box = _around(own.point, _across(shape.value, highest))
        circle = whole.shapes.add_shape(MSO_SHAPE.OVAL, *box.emu())
        circle.name = f"{tx.clean(shape.name)}{NBSP}: {shape.text}"
        tx.paint(circle, CIRCLE, CHOSEN if shape.chosen else CIRCLE_EDGE, 3 if shape.chosen else 0.75)


def _names(page: Page, whole: Any, main: Box, chart: MapChart) -> None:
    """Names and values on the territories that have room or beside them, and the names of waters."""
    size = 14 * page.scale
    project = fitted(chart.main, *main)
    drawn = Scale.of(chart, min(main.width, main.height * proportion(chart.main)), size)
    for label in labels(chart, drawn, lambda text: tx.width(text, size) * page.roomy, key.LARGEST):
        _label(page, whole, label, project, size)


def _label(page: Page, whole: Any, label: Label, project: Project, size: float) -> None:
    """A label in its place, with the line that leads to it."""
    if label.line is not None:
        line = _path(whole, [[project(*end) for end in label.line]], close=False)
        line.name = f"Trait, {' '.join(map(tx.clean, label.lines))}"
        tx.paint(line, None, SOFT, 1)
    lines = [tx.clean(line) for line in label.lines]
    x, y = project(*label.place)
    wide = max(tx.width(line, size) for line in lines) * page.roomy + 2
    tall = len(lines) * size * tx.LINE
    own = label.shape
    ink = WATER_INK if own is None else INK if label.line else ink_on(own.color)
    shape = _text(whole, Box(x - wide / 2, y - tall / 2, wide, tall), lines, size, ink, slanted=own is None)
    # Strokes would run through the words.
    tx.paint(shape, own.color if own is not None and own.hatched and not label.line else None)


def _around(point: Point, size: float) -> Box:
    return Box(point[0] - size / 2, point[1] - size / 2, size, size)


def _text(whole: Any, box: Box, lines: Sequence[str], size: float, color: str, *, slanted: bool = False) -> Any:
    shape = whole.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = f"Nom, {' '.join(lines)}"
    paragraph = tx.prepare(shape.text_frame, anchor=MSO_ANCHOR.MIDDLE)
    shape.text_frame.word_wrap = False
    for n, line in enumerate(lines):
        paragraph = shape.text_frame.add_paragraph() if n else paragraph
        paragraph.alignment = PP_ALIGN.CENTER
        tx.run(paragraph, line, size, color=color)
        paragraph.runs[-1].font.italic = slanted or None
    return shape


def _inset(page: Page, whole: Any, frame: Box, found: Sequence[Placed], name: str, chart: MapChart) -> None:
    """Far islands in a frame, out of scale, under their name and value."""
    size = 14 * page.scale
    edge = whole.shapes.add_shape(MSO_SHAPE.RECTANGLE, *frame.emu())
    edge.name = f"Cadre, {tx.clean(name)}"
    tx.paint(edge, None, OUTLINE, 1)
    _draw(whole, found, chart)
    values = "; ".join(own.shape.text for own in found)
    words = [tx.clean(name), f"{values} (autre échelle)"]
    tall = tx.height(words, frame.width, size) + 2
    box = Box(frame.left, frame.top - tall - 2, frame.width, tall)
    tx.text_box(page.shapes, box, words, size, name=f"Nom, {tx.clean(name)}", anchor=MSO_ANCHOR.BOTTOM)
