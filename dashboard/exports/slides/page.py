"""What surrounds every view: its message, its measure, then filters, cautions, source and number of the slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import MapChart
from dashboard.deck.content import Content, by_importance
from dashboard.deck.palette import ESTIMATED, ESTIMATED_INK, RULE, WHITE
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.template import Stage, placeholder
from dashboard.exports.slides.text import Box
from dashboard.model import Dataset
from dashboard.wording.numbers import NBSP

FOOT = 14.0  # points: filters, cautions, source
_MOST_CAUTION_LINES = 2


@dataclass(frozen=True)
class Page:
    """A slide begun: its shapes, the room left for the view, and the scale of its sizes."""

    slide: Any
    shapes: Any
    body: Box
    scale: float
    roomy: float


def begin(stage: Stage, ds: Dataset, content: Content, *, more: str = "") -> Page:
    """A new slide with all that surrounds a view; `more` is said after the title (« suite »)."""
    slide = stage.presentation.slides.add_slide(stage.layout)
    for holder in list(slide.placeholders):
        if holder.placeholder_format.type not in (1, 3):  # TITLE, CENTER_TITLE
            holder._element.getparent().remove(holder._element)
    _title(stage, slide, content.title + more)
    k, area = stage.scale, stage.area
    top = area.top
    subtitle = tx.clean(content.subtitle)
    if content.estimated:
        top += _badge(slide.shapes, area, content, k)
    room = area.width / stage.roomy
    size = tx.fit([subtitle], room, 26 * k, 20 * k, 16 * k) or 16 * k
    tall = min(2, tx.lines(subtitle, room, size)) * size * tx.LINE
    subtitle = tx.cut(subtitle, room, 2.05 * size * tx.LINE, size)
    box = Box(area.left, top, area.width, tall)
    tx.text_box(slide.shapes, box, [subtitle], size, name="Sous-titre")
    foot = _foot(stage, slide, ds, content)
    _number(stage, slide, ds)
    body = Box(area.left, box.bottom + 10 * k, area.width, foot - 8 * k - box.bottom - 10 * k)
    return Page(slide, slide.shapes, body, k, stage.roomy)


def _title(stage: Stage, slide: Any, title: str) -> None:
    holder, room, k = slide.shapes.title, stage.title_room, stage.scale
    holder.name = "Titre"
    if stage.title is not None:
        holder.left, holder.top, holder.width, holder.height = stage.title.emu()
    wide, words = room.width / stage.roomy, tx.clean(title) or "Sans titre"
    size = tx.fit([words], wide, room.height, 28 * k, 18 * k, bold=True)
    if size is None:
        size = 18 * k
        words = tx.cut(words, wide, room.height, size, bold=True)
    frame = holder.text_frame
    frame.word_wrap = True
    # The colour and the weight of a title are the template's own.
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.language_id = words, Pt(size), MSO_LANGUAGE_ID.FRENCH_CANADIAN


def _badge(shapes: Any, area: Box, content: Content, k: float) -> float:
    """A frame that says that nothing here is observed; returns the height it takes."""
    words = f"{content.nature.capitalize()}{NBSP}: valeurs calculées, non observées"
    size = 16 * k
    box = Box(area.left, area.top + 2 * k, tx.width(words, size, bold=True) + 24 * k, size * 1.6)
    shape = shapes.add_shape(1, *box.emu())
    shape.name = content.nature.capitalize()
    tx.paint(shape, WHITE, ESTIMATED, 1.5 * k)
    shape.line.dash_style = MSO_LINE.DASH
    paragraph = tx.prepare(shape.text_frame, anchor=MSO_ANCHOR.MIDDLE)
    paragraph.alignment = PP_ALIGN.CENTER
    tx.run(paragraph, words, size, bold=True, color=ESTIMATED_INK)
    return box.height + 6 * k


def cautions(ds: Dataset, content: Content, room: float, size: float) -> str:
    """« À noter » with the cautions that hold on two lines (one under a map), and how many others are in the notes."""
    # A map is as tall as what stands under it leaves.
    most = 1 if isinstance(content.body, MapChart) else _MOST_CAUTION_LINES
    ordered = [tx.clean(t).rstrip(".") for t in by_importance(ds, content.caveats)]

    def sentence(kept: Sequence[str]) -> str:
        left = len(ordered) - len(kept)
        many = "s" * (left > 1)
        rest = f" ({left} autre{many} précaution{many} dans les commentaires)" if left else ""
        return f"À noter{NBSP}: {' • '.join(kept)}{rest}." if kept else f"À noter{NBSP}: {rest.strip(' ()')}."

    kept: list[str] = []
    for caution in ordered:
        if tx.lines(sentence([*kept, caution]), room, size) <= most:
            kept.append(caution)
    return sentence(kept) if ordered else ""


def _foot(stage: Stage, slide: Any, ds: Dataset, content: Content) -> float:
    """Filters, cautions, source and credit at the foot of the area; returns its top."""
    k, area = stage.scale, stage.area
    size, room = FOOT * k, area.width / stage.roomy
    filters = f"Filtres{NBSP}: {content.filters}" if content.filters else ""
    parts = [filters, cautions(ds, content, room, size), f"{content.source} {content.credit}".strip()]
    # Filters may be long lists; the source is never cut short of what a slide can hold.
    most = (2, 3, 6)
    texts = [
        tx.cut(tx.clean(t), room, (n + 0.05) * size * tx.LINE, size) for n, t in zip(most, parts, strict=True) if t
    ]
    tall = tx.height(texts, room, size) + 4 * k
    box = Box(area.left, area.bottom - tall, area.width, tall)
    line = slide.shapes.add_connector(1, Pt(box.left), Pt(box.top), Pt(box.right), Pt(box.top))
    line.line.color.rgb, line.line.width, line.name = tx.rgb(RULE), Pt(1), "Filet"
    tx.flat(line)
    inner = Box(box.left, box.top + 4 * k, box.width, box.height - 4 * k)
    tx.text_box(slide.shapes, inner, texts, size, name="Filtres, précautions et source")
    return box.top


def _number(stage: Stage, slide: Any, ds: Dataset) -> None:
    """What this document is not, and the number of the slide where the template wants it."""
    k, area = stage.scale, stage.area
    if stage.ours:
        box = Box(area.left, 509, area.width - 80, 20)
        tx.text_box(slide.shapes, box, [ds.config.disclaimer], FOOT, name="Avertissement", anchor=MSO_ANCHOR.MIDDLE)
    holder = placeholder(stage.layout, PP_PLACEHOLDER.SLIDE_NUMBER)
    if holder is not None:
        slide.shapes.clone_placeholder(holder)
        shape = slide.shapes[-1]
    else:
        wide = stage.presentation.slide_width / 12700
        shape = slide.shapes.add_textbox(*Box(wide - 60 * k - 8, area.bottom + 2, 60 * k, 20 * k).emu())
        tx.prepare(shape.text_frame).alignment = PP_ALIGN.RIGHT
    shape.name = "Numéro"
    # python-pptx has no fields.
    shape.text_frame.paragraphs[0]._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
            f'<a:rPr lang="fr-CA" sz="{round(FOOT * k * 100)}"/><a:t>n°</a:t></a:fld>'
        )
    )
