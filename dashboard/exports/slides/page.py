"""What surrounds every view, in our own sober presentation or in the template of the organisation, with its master and
its sizes: message, measure, then filters, cautions, source and number of the slide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from dashboard.deck.charts import MapChart
from dashboard.deck.content import Content, by_importance
from dashboard.deck.palette import ESTIMATED, ESTIMATED_INK, RULE, WHITE
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.text import Box
from dashboard.model import Dataset
from dashboard.model.problems import DataError, Problem
from dashboard.wording.numbers import NBSP

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.333 by 7.5 inches
# 16:9, Arial, one layout, our colours, nothing in English: opened and changed in PowerPoint as any other template.
OURS: Final = Path(__file__).with_name("modele.pptx")
_TITLE_NAMES = ("titre seul", "title only", "titre uniquement")
_TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FEET: Final = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


FOOT = 14.0  # points: filters, cautions, source
_MOST_CAUTION_LINES = 2


class TemplateError(DataError):
    """The template cannot be used; `problems` holds one finding, with its remedy."""

    def __init__(self, name: str, message: str) -> None:
        remedy = (
            "Enregistrer le modèle dans PowerPoint au format .pptx, à côté de config.yaml, ou vider "
            f"«{NBSP}presentation_template{NBSP}» dans config.yaml pour la présentation sobre d’ici."
        )
        super().__init__((Problem(name, message, remedy),))

    def __str__(self) -> str:
        return str(self.problems[0])


class Stage(NamedTuple):
    """Where things go on each slide of a presentation, in points; `scale` is its size against 13.333 by 7.5 inches.

    title: None leaves the placeholder where the template puts it; `roomy` makes up for fonts wider than Arial.
    """

    presentation: Any
    layout: Any
    title: Box | None
    area: Box
    scale: float
    roomy: float
    title_room: Box

    @property
    def ours(self) -> bool:
        """True for the presentation that is shipped."""
        return self.roomy == 1.0


def stage(template: Path | bytes | None) -> Stage:
    """A presentation without slides, ready to be filled; None: ours. Raises TemplateError when it cannot be used."""
    name = template.name if isinstance(template, Path) else "modèle"
    if isinstance(template, Path) and not template.is_file():
        raise TemplateError(name, "le modèle de présentation est introuvable")
    try:
        made = Presentation(io.BytesIO(template) if isinstance(template, bytes) else str(template or OURS))
        _empty(made)
        _french_notes(made)
        return _measured(made, _layout(made), 1.0 if template is None else 1.12)
    except TemplateError:
        raise
    except Exception as error:
        # A broken file makes python-pptx and lxml fail in many ways: each means the same to whoever reads.
        raise TemplateError(name, "le modèle n’est pas une présentation PowerPoint lisible (.pptx)") from error


def placeholder(layout: Any, *kinds: PP_PLACEHOLDER) -> Any:
    """The first placeholder of a layout that is one of these, or None."""
    return next((p for p in layout.placeholders if p.placeholder_format.type in kinds), None)


def _empty(made: Any) -> None:
    """Take away the slides that a template holds, with their sections."""
    listed = made.slides._sldIdLst
    for item in list(listed):
        made.part.drop_rel(item.rId)
        listed.remove(item)
    for section in list(made._element.iter("{*}sectionLst")):
        section.getparent().getparent().remove(section.getparent())


def _french_notes(made: Any) -> None:
    """A template without a page of notes takes ours: the one of python-pptx is in English."""
    if any(rel.reltype == RT.NOTES_MASTER for rel in made.part.rels.values()):
        return
    notes = Presentation(str(OURS)).part.part_related_by(RT.NOTES_MASTER)
    notes.part_related_by(RT.THEME).partname = made.part.package.next_partname("/ppt/theme/theme%d.xml")
    made.part.relate_to(notes, RT.NOTES_MASTER)


def _layout(made: Any) -> Any:
    """« Title Only » by name, else by its placeholders, else the layout with a title and the fewest others."""
    layouts = [layout for master in made.slide_masters for layout in master.slide_layouts]
    titled = [layout for layout in layouts if placeholder(layout, *_TITLES) is not None]
    for layout in titled:
        if layout.name.strip().lower() in _TITLE_NAMES or layout._element.get("type") == "titleOnly":
            return layout
    if not titled:
        raise TemplateError("modèle", "aucune disposition du modèle n’a de titre")
    return min(titled, key=lambda lay: sum(1 for p in lay.placeholders if p.placeholder_format.type not in _FEET))


def _measured(made: Any, layout: Any, roomy: float) -> Stage:
    """The room that the template leaves; when it is too small, the title is put back at the top."""
    wide, tall = made.slide_width / 12700, made.slide_height / 12700
    scale = max(0.4, min(wide / WIDTH, tall / HEIGHT))
    holder = placeholder(layout, *_TITLES)
    places = [holder.left, holder.top, holder.width, holder.height]
    own = None if None in places else Box(*(v / 12700 for v in places))
    feet = [p.top / 12700 for p in layout.placeholders if p.placeholder_format.type in _FEET and p.top is not None]
    bottom = min([tall - 26 * scale, *(top for top in feet if top > 0.8 * tall)])
    title = None
    if own is None or own.height < 36 * scale or bottom - own.bottom < 0.62 * tall or own.width < 0.6 * wide:
        title = own = Box(44 * scale, 22 * scale, wide - 88 * scale, 70 * scale)
    area = Box(own.left, own.bottom + 4 * scale, own.width, bottom - own.bottom - 4 * scale)
    # The room that the template keeps around the text of a title.
    beside, above = (v / 12700 for v in (holder.text_frame.margin_left, holder.text_frame.margin_top))
    room = Box(own.left + beside, own.top + above, own.width - 2 * beside, own.height - 2 * above)
    return Stage(made, layout, title, area, scale, roomy, room)


class Page(NamedTuple):
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
    size = tx.fit([words], wide, room.height, 28 * k, 18 * k, bold=True) or 18 * k
    frame = holder.text_frame
    frame.word_wrap = True
    # The colour and the weight of a title are the template's own.
    run = frame.paragraphs[0].add_run()
    run.text = tx.cut(words, wide, room.height, size, bold=True)
    run.font.size, run.font.language_id = Pt(size), MSO_LANGUAGE_ID.FRENCH_CANADIAN


def _badge(shapes: Any, area: Box, content: Content, k: float) -> float:
    """A frame that says that nothing here is observed; returns the height it takes."""
    words = f"{content.nature.capitalize()}{NBSP}: valeurs calculées, non observées"
    size = 16 * k
    box = Box(area.left, area.top + 2 * k, tx.width(words, size, bold=True) + 24 * k, size * 1.6)
    shape = tx.figure(shapes, box, content.nature.capitalize(), WHITE, ESTIMATED, 1.5 * k)
    shape.line.dash_style = MSO_LINE.DASH
    middle, centre, frame = MSO_ANCHOR.MIDDLE, PP_ALIGN.CENTER, shape.text_frame
    tx.write(frame, [words], size, bold=True, color=ESTIMATED_INK, anchor=middle, align=centre)
    return box.height + 6 * k


def cautions(ds: Dataset, content: Content, room: float, size: float) -> str:
    """« À noter » with the cautions that hold on two lines (one under a map), and how many others are in the notes."""
    # A map is as tall as what stands under it leaves.
    most = 1 if isinstance(content.body, MapChart) else _MOST_CAUTION_LINES
    ordered = [tx.clean(t).rstrip(".") for t in by_importance(ds, content.caveats)]

    def sentence(kept: Sequence[str]) -> str:
        left = len(ordered) - len(kept)
        many = "s" * (left > 1)
        rest = f"{left} autre{many} précaution{many} dans les commentaires"
        said = [" • ".join(kept), f"({rest})" if left else ""] if kept else [rest]
        return f"À noter{NBSP}: {' '.join(filter(None, said))}."

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
    most = [(n + 0.05) * size * tx.LINE for n in (2, 3, 6)]
    texts = [tx.cut(tx.clean(t), room, tall, size) for tall, t in zip(most, parts, strict=True) if t]
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
    field = (
        f'<a:fld {nsdecls("a")} id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">'
        f'<a:rPr lang="fr-CA" sz="{round(FOOT * k * 100)}"/><a:t>n°</a:t></a:fld>'
    )
    shape.text_frame.paragraphs[0]._p.append(parse_xml(field))
