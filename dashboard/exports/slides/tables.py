"""Real tables, soberly: names at the left, figures at the right; what does not hold goes on the next slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import TextTable
from dashboard.deck.palette import RULE, SOFT
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.page import Page
from dashboard.wording.widths import pieces

_LARGEST, _SMALLEST = 18, 14
_PAD, _BETWEEN = 5.0, 3.0  # points: beside and above the text of a cell
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # « Aucun style, aucune grille »


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
    pad = 2 * _PAD + 2

    def widest(texts: Sequence[str], *, bold: bool = False) -> float:
        return max((tx.width(t, size, bold=bold) * roomy for t in texts), default=0.0)

    columns = list(zip(body.head, *body.rows, strict=True))
    wanted = [max(widest(column[1:], bold=True), widest(column[:1], bold=True) / 2) + pad for column in columns]
    least = [widest([w for t in column for w in t.split(" ")], bold=True) + pad for column in columns]
    names = (
        max((tx.width(p.rstrip(), size, bold=True) * roomy for t in columns[0] for p in pieces(t)), default=0.0) + pad
    )
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
    rooms = [max((wide - 2 * _PAD) / roomy, size) for wide in widths]
    most = max(tx.lines(t, room, size, bold=bold) for t, room in zip(texts, rooms, strict=True))
    return most * size * tx.LINE + 2 * _BETWEEN + 2


def _cell(cell: Any, said: str, size: float, *, bold: bool, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(_PAD)
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
