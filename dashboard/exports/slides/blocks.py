"""Key figures as cards of equal height, sentences as points."""

from __future__ import annotations

import math
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import CardItem, Cards, Paragraphs
from dashboard.deck.palette import GROUND, INK, SOFT, SUBJECT
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box

_MOST_CARDS = 8
_GAP, _PAD = 16.0, 12.0


def cards(page: Page, body: Cards, start: int) -> tuple[Any, int]:
    """The cards from `start` in a grid; returns their group and the first one left for another slide."""
    items = body.items[start : start + _MOST_CARDS]
    k, room = page.scale, page.body
    across = len(items) if len(items) <= 3 else math.ceil(len(items) / 2)
    across = max(1, min(across, 4))
    down = max(1, math.ceil(len(items) / across))
    gap = _GAP * k
    wide = (room.width - gap * (across - 1)) / across
    tall = min((room.height - gap * (down - 1)) / down, 170 * k)
    group = page.shapes.add_group_shape()
    group.name = "Chiffres clés"
    texts = _sizes(page, items, wide - 2 * _PAD * k - 4 * k, tall - 2 * 8 * k)
    for n, item in enumerate(items):
        left = room.left + (n % across) * (wide + gap)
        top = room.top + (n // across) * (tall + gap)
        _card(page, group, Box(left, top, wide, tall), item, texts)
    return group, start + len(items)


def _sizes(page: Page, items: tuple[CardItem, ...], wide: float, tall: float) -> tuple[float, float, float]:
    """Sizes of label, value and context, the same on all the cards, at which the fullest card holds."""
    k, room = page.scale, wide / page.roomy
    for label, value, context in ((18, 38, 16), (18, 34, 16), (16, 32, 16), (16, 30, 14), (14, 26, 14), (14, 22, 12)):
        sizes = (label * k, value * k, context * k)
        if all(_taken(item, room, sizes) <= tall for item in items):
            break
    return sizes


def _status(item: CardItem) -> str:
    return f"\u2002{item.status}" if item.status else ""


def _taken(item: CardItem, room: float, sizes: tuple[float, float, float]) -> float:
    label, value, context = sizes
    head = tx.width(item.value, value, bold=True) + tx.width(_status(item), context)
    return (
        tx.height([item.label], room, label)
        + (2 if head > room else 1) * value * tx.LINE
        + tx.height([item.context], room, context)
    )


def _card(page: Page, group: Any, box: Box, item: CardItem, sizes: tuple[float, float, float]) -> None:
    k = page.scale
    label, value, context = sizes
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = tx.clean(item.label)
    tx.paint(shape, GROUND)
    paragraph = tx.prepare(shape.text_frame, anchor=MSO_ANCHOR.MIDDLE)
    frame = shape.text_frame
    frame.margin_left, frame.margin_right = Pt((_PAD + 4) * k), Pt(_PAD * k)
    for n, (said, size, bold, color) in enumerate(
        ((item.label, label, False, SOFT), (item.value, value, True, INK), (item.context, context, False, INK))
    ):
        paragraph = frame.add_paragraph() if n else paragraph
        paragraph.alignment = 1
        tx.run(paragraph, said, size, bold=bold, color=color)
        if n == 1 and item.status:
            tx.run(paragraph, _status(item), context, color=SOFT)
    edge = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box._replace(width=4 * k).emu())
    edge.name = "Filet"
    tx.paint(edge, SUBJECT)


def points(page: Page, body: Paragraphs, start: int) -> tuple[Any, int]:
    """Sentences from `start` as points, as large as they hold; returns the shape and the first one left."""
    k, room = page.scale, page.body
    texts = [tx.clean(t) for t in body.items[start:]]
    wide = (room.width - 22 * k) / page.roomy
    size = tx.fit(texts, wide, room.height, 24 * k, 16 * k, between=0.5)
    kept = len(texts)
    if size is None:
        size = 16 * k
        while kept > 1 and tx.height(texts[:kept], wide, size, between=0.5) > room.height:
            kept -= 1
        texts = [tx.cut(t, wide, room.height, size) for t in texts[:kept]]
    shape = tx.text_box(page.shapes, room, texts, size, name="Texte", between=0.5)
    for paragraph in shape.text_frame.paragraphs:
        own = paragraph._p.get_or_add_pPr()
        own.set("marL", str(round(22 * k * 12700)))
        own.set("indent", str(-round(22 * k * 12700)))
        own.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Arial"/>'))
        own.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
    return shape, start + kept
