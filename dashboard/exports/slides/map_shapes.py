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
from dashboard.exports.slides import charts
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
    column = charts.KEY_WIDTH * k
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
        tx.paint(_path(whole, [ring], "Territoires voisins", close=True), NEIGHBOUR)
    near = [own for own in found if own.inset is None]
    _draw(whole, near, chart)
    _names(page, whole, main, chart)
    for n, ((_, _, name), frame) in enumerate(zip(chart.insets, frames, strict=True)):
        _inset(page, whole, frame, [own for own in found if own.inset == n], name, chart)
    charts.column(page, Box(body.right - column, body.top, column, body.height), chart.legend)
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
            land = _path(group, [ring], group.name, close=True)
            tx.paint(land, shape.color, CHOSEN if shape.chosen else OUTLINE, 3 if shape.chosen else 0.75)
        if own.strokes:
            tx.paint(_path(group, own.strokes, f"Hachures, {group.name}"), None, SOFT)
    if chart.circles:
        _circles(whole, found, max((s.value or 0 for s in chart.shapes), default=0) or 1)


def _path(group: Any, runs: Sequence[Sequence[Point]], name: str, *, close: bool = False) -> Any:
    """One freeform of several strokes or of one outline."""
    points = [[(round(x * _FINE), round(y * _FINE)) for x, y in run] for run in runs if len(run) > 1]
    builder = group.shapes.build_freeform(*points[0][0], scale=12700 / _FINE)
    builder.add_line_segments(points[0][1:], close=close)
    for run in points[1:]:
        builder.move_to(*run[0])
        builder.add_line_segments(run[1:], close=close)
    shape = builder.convert_to_shape()
    shape.name = name
    return shape


def _circles(whole: Any, found: Sequence[Placed], highest: float) -> None:
    """Area proportional to the count; the largest first, so that none hides a smaller one."""
    for own in sorted(found, key=lambda own: -(own.shape.value or 0)):
        shape = own.shape
        if own.point is None or not shape.value:
            continue
        across = max(_SMALLEST, charts.LARGEST_CIRCLE * math.sqrt(shape.value / highest))
        box = Box(own.point[0] - across / 2, own.point[1] - across / 2, across, across)
        name, edge = f"{tx.clean(shape.name)}{NBSP}: {shape.text}", CHOSEN if shape.chosen else CIRCLE_EDGE
        tx.figure(whole.shapes, box, name, CIRCLE, edge, 3 if shape.chosen else 0.75, MSO_SHAPE.OVAL)


def _names(page: Page, whole: Any, main: Box, chart: MapChart) -> None:
    """Names and values on the territories that have room or beside them, and the names of waters."""
    size = 14 * page.scale
    project = fitted(chart.main, *main)
    drawn = Scale.of(chart, min(main.width, main.height * proportion(chart.main)), size)
    for label in labels(chart, drawn, lambda text: tx.width(text, size) * page.roomy, charts.LARGEST_CIRCLE):
        _label(page, whole, label, project, size)


def _label(page: Page, whole: Any, label: Label, project: Project, size: float) -> None:
    """A label in its place, with the line that leads to it."""
    if label.line is not None:
        ends = [project(*end) for end in label.line]
        tx.paint(_path(whole, [ends], f"Trait, {' '.join(map(tx.clean, label.lines))}"), None, SOFT)
    lines = [tx.clean(line) for line in label.lines]
    x, y = project(*label.place)
    wide = max(tx.width(line, size) for line in lines) * page.roomy + 2
    tall = len(lines) * size * tx.LINE
    own = label.shape
    ink = WATER_INK if own is None else INK if label.line else ink_on(own.color)
    # Strokes would run through the words.
    ground = own.color if own is not None and own.hatched and not label.line else None
    box = Box(x - wide / 2, y - tall / 2, wide, tall)
    frame = tx.figure(whole.shapes, box, f"Nom, {' '.join(lines)}", ground).text_frame
    tx.write(frame, lines, size, color=ink, anchor=MSO_ANCHOR.MIDDLE, align=PP_ALIGN.CENTER)
    frame.word_wrap = False
    for paragraph in frame.paragraphs:
        paragraph.runs[0].font.italic = own is None or None


def _inset(page: Page, whole: Any, frame: Box, found: Sequence[Placed], name: str, chart: MapChart) -> None:
    """Far islands in a frame, out of scale, under their name and value."""
    size = 14 * page.scale
    tx.figure(whole.shapes, frame, f"Cadre, {tx.clean(name)}", None, OUTLINE)
    _draw(whole, found, chart)
    values = "; ".join(own.shape.text for own in found)
    words = [tx.clean(name), f"{values} (autre échelle)"]
    tall = tx.height(words, frame.width, size) + 2
    box = Box(frame.left, frame.top - tall - 2, frame.width, tall)
    tx.text_box(page.shapes, box, words, size, name=f"Nom, {tx.clean(name)}", anchor=MSO_ANCHOR.BOTTOM)
