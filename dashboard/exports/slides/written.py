"""What is written on a slide rather than drawn: key figures as cards of equal height, sentences as points, and real
tables, whose figures are at the right; what does not hold goes on the next slide."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import Cards, Paragraphs, TextTable
from dashboard.deck.palette import GROUND, INK, RULE, SOFT, SUBJECT
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.exports.slides.text import Box
from dashboard.narrative.key_figures import KeyFigure
from dashboard.wording.widths import pieces

_MOST_CARDS = 8
_GAP, _PAD = 16.0, 12.0
_LARGEST, _SMALLEST = 18, 14
_CELL_PAD, _BETWEEN = 5.0, 3.0  # points: beside and above the text of a cell
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # « Aucun style, aucune grille »


def cards(page: Page, body: Cards, start: int) -> tuple[Any, int]:
    """The cards from `start` in a grid; returns their group and the first one left for another slide."""
    items = body.items[start : start + _MOST_CARDS]
    k, room = page.scale, page.body
    across = max(1, len(items) if len(items) <= 3 else math.ceil(len(items) / 2))
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


def _sizes(page: Page, items: tuple[KeyFigure, ...], wide: float, tall: float) -> tuple[float, float, float]:
    """Sizes of label, value and context, the same on all the cards, at which the fullest card holds."""
    k, room = page.scale, wide / page.roomy

    def taken(item: KeyFigure, label: float, value: float, context: float) -> float:
        head = tx.width(item.value, value, bold=True) + tx.width(_status(item), context)
        lines = (2 if head > room else 1) * value * tx.LINE
        return tx.height([item.label], room, label) + lines + tx.height([item.context], room, context)

    for label, value, context in ((18, 38, 16), (18, 34, 16), (16, 32, 16), (16, 30, 14), (14, 26, 14), (14, 22, 12)):
        sizes = (label * k, value * k, context * k)
        if all(taken(item, *sizes) <= tall for item in items):
            break
    return sizes


def _status(item: KeyFigure) -> str:
    return f"\u2002{item.status}" if item.status else ""


def _card(page: Page, group: Any, box: Box, item: KeyFigure, sizes: tuple[float, float, float]) -> None:
    k, (label, value, context) = page.scale, sizes
    frame = tx.figure(group.shapes, box, tx.clean(item.label), GROUND).text_frame
    paragraph = tx.prepare(frame, anchor=MSO_ANCHOR.MIDDLE)
    frame.margin_left, frame.margin_right = Pt((_PAD + 4) * k), Pt(_PAD * k)
    lines = ((item.label, label, False, SOFT), (item.value, value, True, INK), (item.context, context, False, INK))
    for n, (said, size, bold, color) in enumerate(lines):
        paragraph = frame.add_paragraph() if n else paragraph
        paragraph.alignment = PP_ALIGN.LEFT
        tx.run(paragraph, said, size, bold=bold, color=color)
        if n == 1 and item.status:
            tx.run(paragraph, _status(item), context, color=SOFT)
    tx.figure(group.shapes, box._replace(width=4 * k), "Filet", SUBJECT)


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


def table(page: Page, body: TextTable, start: int) -> tuple[Any, int]:
    """The rows from `start` that hold, under the head; returns the shape and the first row left for another slide."""
    k, room, body = page.scale, page.body, _filled(body)
    sizes = [n * k for n in range(_LARGEST, _SMALLEST - 1, -1)]
    for size in sizes:
        widths, whole = _widths(body, room.width, size, page.roomy)
        tall = [
            _tall(row, widths, size, page.roomy, bold=n < start or n in body.totals)
            for n, row in enumerate([body.head, *body.rows[start:]], start=start - 1)
        ]
        if (whole and sum(tall) <= room.height) or size == sizes[-1]:
            break
    kept, used = 0, tall[0]
    for own in tall[1:]:
        if kept and used + own > room.height:
            break
        kept, used = kept + 1, used + own
    rows = [body.head, *body.rows[start : start + kept]]
    frame = page.shapes.add_table(len(rows), len(body.head), *room._replace(height=used).emu())
    frame.name = "Tableau"
    made = frame.table
    style = made._tbl.tblPr
    style.find("{*}tableStyleId").text = _PLAIN
    made.horz_banding = False
    for n, wide in enumerate(widths):
        made.columns[n].width = Pt(wide)
    for r, texts in enumerate(rows):
        made.rows[r].height = Pt(tall[r])
        bold = r == 0 or start + r - 1 in body.totals
        for c, said in enumerate(texts):
            _cell(made.cell(r, c), said, size, bold=bold, right=c in body.numeric, head=r == 0)
    return frame, start + kept


def _filled(body: TextTable) -> TextTable:
    """The table without its columns that hold no text at all."""
    kept = [n for n in range(len(body.head)) if n == 0 or any(row[n] for row in body.rows)]
    return replace(
        body,
        head=tuple(body.head[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in body.rows),
        numeric=frozenset(place for place, n in enumerate(kept) if n in body.numeric),
        numbers=None,
    )


def _widths(body: TextTable, room: float, size: float, roomy: float) -> tuple[list[float], bool]:
    """The widest text of each column, a longest word at least, and whether no head or figure is broken within a word.

    The first column takes what is left; a name without a space gives way before the heads of the others.
    """
    pad = 2 * _CELL_PAD + 2

    def widest(texts: Sequence[str], *, bold: bool = False) -> float:
        return max((tx.width(t, size, bold=bold) * roomy for t in texts), default=0.0)

    columns = list(zip(body.head, *body.rows, strict=True))
    wanted = [max(widest(column[1:], bold=True), widest(column[:1], bold=True) / 2) + pad for column in columns]
    least = [widest([w for t in column for w in t.split(" ")], bold=True) + pad for column in columns]
    names = widest([piece.rstrip() for t in columns[0] for piece in pieces(t)], bold=True) + pad
    least[0] = min(names, max(room - sum(least[1:]), room / 6))
    wanted = [max(w, m) for w, m in zip(wanted, least, strict=True)]
    over = sum(wanted) - room
    if over <= 0:
        # What is left goes to all, the names first.
        return [w - over * (0.6 / max(len(wanted) - 1, 1) if n else 0.4) for n, w in enumerate(wanted)], True
    # The widest give way first, never under their longest word.
    give = [w - m for w, m in zip(wanted, least, strict=True)]
    part = min(1.0, over / sum(give)) if sum(give) else 0.0
    found = [w - g * part for w, g in zip(wanted, give, strict=True)]
    return [w * min(1.0, room / sum(found)) for w in found], sum(least) <= room


def _tall(texts: Sequence[str], widths: Sequence[float], size: float, roomy: float, *, bold: bool) -> float:
    """Height of a row: that of its longest cell."""
    rooms = [max((wide - 2 * _CELL_PAD) / roomy, size) for wide in widths]
    most = max(tx.lines(t, room, size, bold=bold) for t, room in zip(texts, rooms, strict=True))
    return most * size * tx.LINE + 2 * _BETWEEN + 2


def _cell(cell: Any, said: str, size: float, *, bold: bool, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(_CELL_PAD)
    cell.margin_top = cell.margin_bottom = Pt(_BETWEEN)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    tx.run(paragraph, said, size, bold=bold)
    # An empty cell takes the height of its default size, larger than the others, unless it is said.
    paragraph._p.append(parse_xml(f'<a:endParaRPr {nsdecls("a")} lang="fr-CA" sz="{round(size * 100)}"/>'))
    own = cell._tc.get_or_add_tcPr()
    wide, color = (19050, SOFT) if head else (6350, RULE)
    fill = f'<a:solidFill><a:srgbClr val="{color.lstrip("#").upper()}"/></a:solidFill>'
    own.append(parse_xml(f'<a:lnB {nsdecls("a")} w="{wide}">{fill}</a:lnB>'))
    own.append(parse_xml(f"<a:noFill {nsdecls('a')}/>"))
