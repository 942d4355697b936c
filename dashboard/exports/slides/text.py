"""Text that never overflows: its width is estimated, its size chosen, its runs written in the French of Québec."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN, MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from dashboard.wording import widths

LINE = 1.2  # height of a line, in its size

# Control characters, lone surrogates and the marks that turn the direction of writing: none may enter the XML.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
# A font that stands in for Arial may be wider; a text that is told to hold still does, up to this.
SPARE = 1.15


class Box(NamedTuple):
    """A rectangle of the slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width

    def inside(self, pad: float) -> Box:
        """The same with `pad` points less on each side."""
        return Box(self.left + pad, self.top + pad, self.width - 2 * pad, self.height - 2 * pad)

    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        """Left, top, width and height as python-pptx takes them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def clean(text: str) -> str:
    """Plain text on one line, of characters that XML admits; no-break spaces stay."""
    return _FORBIDDEN.sub(" ", text).strip(" ")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a text takes on one line in Arial, or in a font that is wider by `SPARE`."""
    return widths.arial(text, size, bold=bold) * SPARE


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Lines that a text takes in `room` points."""
    return widths.lines(text, room, lambda part: width(part, size, bold=bold))


def height(texts: Sequence[str], room: float, size: float, *, bold: bool = False, between: float = 0.0) -> float:
    """Points that paragraphs take one under the other; `between` is the space after each, in its size."""
    return sum(lines(t, room, size, bold=bold) * size * LINE + between * size for t in texts)


def fit(
    texts: Sequence[str], room: float, tall: float, largest: float, smallest: float, *,
    bold: bool = False, between: float = 0.0,
) -> float | None:  # fmt: skip
    """The largest size, by steps of one point, at which paragraphs hold in `room` by `tall` points; None: none does."""
    size = largest
    while size >= smallest:
        if height(texts, room, size, bold=bold, between=between) <= tall + 0.5:
            return size
        size -= 1
    return None


def cut(text: str, room: float, tall: float, size: float, *, bold: bool = False) -> str:
    """A text shortened with « … » so that it holds at this size."""
    if height([text], room, size, bold=bold) <= tall + 0.5:
        return text

    def short(end: int) -> str:
        return text[:end].rstrip() + "…"

    ends = range(1, len(text))
    return short(bisect_right(ends, tall + 0.5, key=lambda end: height([short(end)], room, size, bold=bold)))


def rgb(color: str) -> RGBColor:
    """« #rrggbb » as python-pptx takes it."""
    return RGBColor(*bytes.fromhex(color.lstrip("#")))


def run(paragraph: Any, text: str, size: float, *, bold: bool = False, color: str | None = None) -> None:
    """A run of text. Without a colour it takes that of the theme, which suits the template's background."""
    found = paragraph.add_run()
    found.text = clean(text)
    font = found.font
    font.size, font.bold, font.language_id = Pt(size), bold, MSO_LANGUAGE_ID.FRENCH_CANADIAN
    if color is None:
        font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    else:
        font.color.rgb = rgb(color)


def prepare(frame: Any, *, anchor: Any = MSO_ANCHOR.TOP) -> Any:
    """The first paragraph, empty, of a text frame made to wrap and to keep its size, without margins."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(0)
    return frame.paragraphs[0]


def write(
    frame: Any, texts: Sequence[str], size: float, *, bold: bool = False, color: str | None = None,
    anchor: Any = MSO_ANCHOR.TOP, align: Any = PP_ALIGN.LEFT, between: float = 0.0,
) -> None:  # fmt: skip
    """Fill a text frame with paragraphs of one size; between: as for `height`."""
    paragraph = prepare(frame, anchor=anchor)
    for n, text in enumerate(texts):
        paragraph = frame.add_paragraph() if n else paragraph
        paragraph.alignment = align
        if between:
            paragraph.space_after = Pt(between * size)
        run(paragraph, text, size, bold=bold, color=color)


def text_box(shapes: Any, box: Box, texts: Sequence[str], size: float, *, name: str, **how: Any) -> Any:
    """Paragraphs of one size in a box (see `write`); returns the shape."""
    shape = shapes.add_textbox(*box.emu())
    shape.name = name
    write(shape.text_frame, texts, size, **how)
    return shape


def figure(
    shapes: Any, box: Box, name: str, fill: str | None, edge: str | None = None, width: float = 1,
    form: MSO_SHAPE = MSO_SHAPE.RECTANGLE,
) -> Any:  # fmt: skip
    """A rectangle or another form, filled and outlined; returns the shape."""
    shape = shapes.add_shape(form, *box.emu())
    shape.name = name
    paint(shape, fill, edge, width)
    return shape


def paint(shape: Any, fill: str | None, edge: str | None = None, width: float = 1) -> None:
    """Fill and outline of a shape; None: none."""
    if fill is None:
        shape.fill.background()
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    if edge is None:
        shape.line.fill.background()
    else:
        shape.line.color.rgb, shape.line.width = rgb(edge), Pt(width)
    flat(shape)


def flat(shape: Any) -> None:
    """No shadow: the theme gives one to each shape, and an empty list of effects does not stop every program."""
    for effect in shape._element.iter("{*}effectRef"):
        effect.set("idx", "0")


def stripes(format_: Any, color: str, ground: str) -> None:
    """Slanted stripes over a ground, for what is unreliable or provisional."""
    format_.fill.patterned()
    format_.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    format_.fill.fore_color.rgb, format_.fill.back_color.rgb = rgb(color), rgb(ground)


def describe(shape: Any, text: str) -> None:
    """The words that a screen reader says for a drawing."""
    shape._element._nvXxPr.cNvPr.set("descr", clean(text))
