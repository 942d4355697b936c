"""What the colours and the circles of a slide stand for. A legend of a chart itself would be laid out in another way
by each program, over the bars by some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pptx.enum.shapes import MSO_SHAPE

from dashboard.deck.charts import Legend, LegendItem
from dashboard.deck.palette import OUTLINE, strokes_on
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.wording.numbers import number

# Points: the width of a key beside the drawing, and the largest circle of a map.
WIDTH: Final = 225.0
LARGEST: Final = 52.0


def column(page: Page, box: Box, legend: Legend) -> None:
    """What is measured, then each class with its colour and how many territories it holds, or circles of some sizes."""
    k, size = page.scale, 16 * page.scale
    words = [tx.clean(legend.title)]
    tall = tx.height(words, box.width / page.roomy, size, bold=True)
    tx.text_box(page.shapes, Box(box.left, box.top, box.width, tall), words, size, name="Légende", bold=True)
    top = box.top + tall + 6 * k
    # Words stand under one another, beside the largest sign.
    room = max([18 * k, *(LARGEST * item.across for item in legend.items)])
    for item in legend.items:
        side, label = LARGEST * item.across or 18 * k, _text(item)
        left, wide = box.left + room + 10 * k, box.width - room - 10 * k
        said = tx.height([label], wide / page.roomy, size)
        tall = max(side, said)
        _sign(page, Box(box.left + (room - side) / 2, top + (2 * k if side < tall else 0), side, side), item)
        place = Box(left, top + (tall - said) / 2, wide, said)
        tx.text_box(page.shapes, place, [label], size, name="Légende")
        top += tall + 5 * k


def row(page: Page, box: Box, items: Sequence[LegendItem]) -> Box:
    """Squares of colour with their names above a chart; returns the room under them."""
    size = 16 * page.scale
    side = size * 0.85
    left, top = box.left, box.top
    for item in items:
        label = _text(item)
        wide = tx.width(label, size) * page.roomy
        if left > box.left and left + wide + 1.5 * size > box.right:
            left, top = box.left, top + size * 1.4
        _sign(page, Box(left, top + size * 0.2, side, side), item)
        place = Box(left + side + 6, top, wide + 6, size * tx.LINE)
        tx.text_box(page.shapes, place, [label], size, name="Légende").text_frame.word_wrap = False
        left += side + wide + 12 + size * 0.6
    under = top + size * 1.6
    return Box(box.left, under, box.width, box.bottom - under)


def _text(item: LegendItem) -> str:
    return tx.clean(item.label) + ("" if item.count is None else f" ({number(item.count)})")


def _sign(page: Page, box: Box, item: LegendItem) -> None:
    form = MSO_SHAPE.OVAL if item.across else MSO_SHAPE.RECTANGLE
    sign = page.shapes.add_shape(form, *box.emu())
    sign.name = f"Légende, {tx.clean(item.label)}"
    tx.paint(sign, item.color, OUTLINE, 0.75)
    if item.hatched:
        tx.stripes(sign, strokes_on(item.color), item.color)
