"""The presentation to fill: our own sober one, or the template of the organisation, with its master and its sizes."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

from dashboard.exports.slides.text import INK, Box
from dashboard.model.problems import DataError, Problem
from dashboard.wording.numbers import NBSP

WIDTH, HEIGHT = 960.0, 540.0  # points: 13.333 by 7.5 inches
MARGIN = 44.0
_TITLE_NAMES = ("titre seul", "title only", "titre uniquement")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PROMPTS = {
    "Click to edit Master title style": "Modifier le titre",
    "Click to edit Master text styles": "Modifier le texte",
    "Second level": "Deuxième niveau",
    "Third level": "Troisième niveau",
    "Fourth level": "Quatrième niveau",
    "Fifth level": "Cinquième niveau",
}
_NAMES = {"Title": "Titre", "Text": "Texte", "Date": "Date", "Footer": "Pied de page", "Slide Number": "Numéro",
          "Header": "En-tête", "Slide Image": "Diapositive", "Notes": "Commentaires"}  # fmt: skip


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


def stage(template: Path | bytes | None) -> Stage:
    """A presentation without slides, ready to be filled. Raises TemplateError for a template that cannot be used."""
    return _ours() if template is None else _theirs(template)


@lru_cache(maxsize=1)
def _base() -> bytes:
    """Our empty presentation: 16:9, Arial, one layout, nothing in English. Some 20 kB, built once."""
    made = Presentation()
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    made._element.find("{*}sldSz").attrib.pop("type", None)
    master = made.slide_master
    for layout in list(made.slide_layouts):
        if layout.name != "Title Only":
            made.slide_layouts.remove(layout)
    only = made.slide_layouts[0]
    only._element.cSld.set("name", "Titre seul")
    for part in list(made.part.rels.values()):
        if part.reltype.endswith("/printerSettings"):
            made.part.drop_rel(part.rId)
    package = made.part.package
    for rel in list(package._rels.values()):
        if rel.reltype.endswith(("/thumbnail", "/extended-properties")):
            package._rels.pop(rel.rId)
    places = {"title": (MARGIN, 14, WIDTH - 2 * MARGIN, 70), "body": (MARGIN, 124, WIDTH - 2 * MARGIN, 280),
              "dt": (MARGIN, 510, 10, 20), "ftr": (MARGIN, 510, 10, 20),
              "sldNum": (WIDTH - MARGIN - 60, 508, 60, 22)}  # fmt: skip
    for holder in master.placeholders:
        kind = holder._element.find(".//{*}ph").get("type")
        holder.left, holder.top, holder.width, holder.height = (Pt(v) for v in places[kind])
    for tree in (only, master):
        for holder in list(tree.placeholders):
            if holder._element.find(".//{*}ph").get("type") in ("dt", "ftr"):
                holder._element.getparent().remove(holder._element)
    body = master.placeholders[0]._element.txBody.find(f"{_A}bodyPr")
    body.set("anchor", "b")
    for side in ("lIns", "rIns", "tIns", "bIns"):
        body.set(side, "0")
    style = master._element.find("{*}txStyles/{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find(f"{_A}defRPr").set("sz", "2800")
    style.find(f"{_A}defRPr").set("b", "1")
    _theme(master.part.part_related_by(RT.THEME))
    out = io.BytesIO()
    in_french(master._element, only._element, made._element)
    made.save(out)
    return out.getvalue()


def _theme(part: Any) -> None:
    """Arial and our colours, so that what a user adds looks like the rest."""
    text = part.blob.decode("utf-8").replace('typeface="Calibri"', 'typeface="Arial"')
    text = text.replace('name="Office Theme"', 'name="Portraits régionaux"').replace('name="Office"', 'name="Sobre"')
    colors = {"dk1": INK, "lt1": "#FFFFFF", "dk2": "#4E5662", "lt2": "#F3F5F8", "accent1": "#095797",
              "accent2": "#4F813D", "accent3": "#AD781C", "accent4": "#1472BF", "accent5": "#8893A2",
              "accent6": "#CB381F", "hlink": "#095797", "folHlink": "#4E5662"}  # fmt: skip
    for name, color in colors.items():
        own = f'<a:{name}><a:srgbClr val="{color[1:].upper()}"/></a:{name}>'
        text = re.sub(f"<a:{name}>.*?</a:{name}>", own, text)
    part._blob = text.encode("utf-8")


def in_french(*trees: Any) -> None:
    """The texts, names and language that python-pptx brings in English."""
    for tree in trees:
        for element in tree.iter(f"{_A}rPr", f"{_A}endParaRPr", f"{_A}defRPr"):
            if element.get("lang"):
                element.set("lang", "fr-CA")
        for element in tree.iter(f"{_A}t"):
            element.text = _PROMPTS.get(element.text, element.text)
        for element in tree.iter("{*}cNvPr"):
            found = re.fullmatch(r"(.+?) Placeholder (\d+)|(Title) (\d+)", element.get("name") or "")
            if found:
                name, rank = (found[1], found[2]) if found[1] else (found[3], found[4])
                element.set("name", f"{_NAMES.get(name, name)} {rank}")


def french_notes(made: Any) -> None:
    """The same for the page of notes, which exists once a slide has notes."""
    master = made.notes_master
    in_french(master._element)
    theme = master.part.part_related_by(RT.THEME)
    if hasattr(theme, "_element"):  # made by python-pptx, not read from a template
        for latin in theme._element.iter(f"{_A}latin"):
            latin.set("typeface", latin.get("typeface").replace("Calibri", "Arial"))


def _ours() -> Stage:
    made = Presentation(io.BytesIO(_base()))
    title = Box(MARGIN, 14, WIDTH - 2 * MARGIN, 70)
    area = Box(MARGIN, title.bottom + 4, title.width, HEIGHT - title.bottom - 4 - 34)
    return Stage(made, made.slide_layouts[0], None, area, 1.0, 1.0, title)


def _theirs(template: Path | bytes) -> Stage:
    name = template.name if isinstance(template, Path) else "modèle"
    if isinstance(template, Path) and not template.is_file():
        raise TemplateError(name, "le modèle de présentation est introuvable")
    try:
        made = Presentation(str(template) if isinstance(template, Path) else io.BytesIO(template))
        _empty(made)
        return _measured(made, _layout(made))
    except TemplateError:
        raise
    except Exception as error:
        # A broken file makes python-pptx and lxml fail in many ways: each means the same to whoever reads.
        raise TemplateError(name, "le modèle n’est pas une présentation PowerPoint lisible (.pptx)") from error


def _empty(made: Any) -> None:
    """Take away the slides that a template holds, with their sections."""
    listed = made.slides._sldIdLst
    for item in list(listed):
        made.part.drop_rel(item.rId)
        listed.remove(item)
    for section in list(made._element.iter("{*}sectionLst")):
        section.getparent().getparent().remove(section.getparent())


def _layout(made: Any) -> Any:
    """« Title Only » by name, else by its placeholders, else the layout with a title and the fewest others."""
    layouts = [layout for master in made.slide_masters for layout in master.slide_layouts]
    titled = [layout for layout in layouts if _title_of(layout) is not None]
    for layout in titled:
        if layout.name.strip().lower() in _TITLE_NAMES or layout._element.get("type") == "titleOnly":
            return layout
    if not titled:
        raise TemplateError("modèle", "aucune disposition du modèle n’a de titre")
    return min(
        titled, key=lambda layout: sum(1 for p in layout.placeholders if _kind(p) not in ("dt", "ftr", "sldNum"))
    )


def _kind(holder: Any) -> str:
    return str(holder._element.find(".//{*}ph").get("type") or "obj")


def _title_of(layout: Any) -> Any:
    return next((p for p in layout.placeholders if _kind(p) in ("title", "ctrTitle")), None)


def _measured(made: Any, layout: Any) -> Stage:
    """The room that the template leaves; when it is too small, the title is put back at the top."""
    wide, tall = made.slide_width / 12700, made.slide_height / 12700
    scale = max(0.4, min(wide / WIDTH, tall / HEIGHT))
    holder = _title_of(layout)
    places = [holder.left, holder.top, holder.width, holder.height]
    own = None if None in places else Box(*(v / 12700 for v in places))
    feet = [p.top / 12700 for p in layout.placeholders if _kind(p) in ("dt", "ftr", "sldNum") and p.top is not None]
    bottom = min([tall - 26 * scale, *(top for top in feet if top > 0.8 * tall)])
    title = None
    if own is None or own.height < 36 * scale or bottom - own.bottom < 0.62 * tall or own.width < 0.6 * wide:
        title = own = Box(MARGIN * scale, 22 * scale, wide - 2 * MARGIN * scale, 70 * scale)
    area = Box(own.left, own.bottom + 4 * scale, own.width, bottom - own.bottom - 4 * scale)
    # Most templates keep some room around the title's text.
    return Stage(made, layout, title, area, scale, 1.12, Box(own.left + 8, own.top + 4, own.width - 16, own.height - 8))


def number_holder(layout: Any) -> Any:
    """The slide number of a layout as XML, or None."""
    found = next((p for p in layout.placeholders if _kind(p) == "sldNum"), None)
    return None if found is None else deepcopy(found._element)
