"""The presentation to fill: our own sober one, or the template of the organisation, with its master and its sizes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from dashboard.exports.slides.text import Box
from dashboard.model.problems import DataError, Problem
from dashboard.wording.numbers import NBSP

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.333 by 7.5 inches
# 16:9, Arial, one layout, our colours, nothing in English: opened and changed in PowerPoint as any other template.
OURS: Final = Path(__file__).with_name("modele.pptx")
_TITLE_NAMES = ("titre seul", "title only", "titre uniquement")
_TITLES: Final = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FEET: Final = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


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


@dataclass(frozen=True)
class Stage:
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
        if template is not None:
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
