"""Every text of a presentation holds in its place, in Arial and in a font 12 % wider, and covers no other."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from pptx import Presentation

from dashboard.deck.kinds import default_deck
from dashboard.exports.slides.make import deck_pptx
from dashboard.model import Dataset
from dashboard.wording.widths import arial, broken

DECKS = ["01", "03", "12", "11", "DRCNEQ"]
LONG = "Communauté maritime des Îles-de-la-Madeleine et des autres îles du golfe du Saint-Laurent"
LONG_DECKS = ["01", "11", "DRCNEQ"]
ALL = [*DECKS, *(f"{code} (noms longs)" for code in LONG_DECKS)]
HYPHENS = "Saint-Barthélemy-de-la-Grande-Rivière-du-Loup-et-des-Îles"
NAMES = {"01": HYPHENS, "2410": LONG, "2401": "M" * 50, "2402": "Les-Trois-" * 8 + "Rives"}
WIDER = 1.12
LINE = 1.2
POINT = 12700


class Text(NamedTuple):
    """What is written in a shape; over: points that it needs beyond its height; drawn: left, top, right and bottom of
    the ink, for a text at the top left of its box."""

    slide: int
    name: str
    words: str
    over: float
    drawn: tuple[float, float, float, float]


def wrapped(words: str, room: float, size: float, bold: bool) -> tuple[int, float]:
    """Lines that a text takes, breaking at its spaces and hyphens, and the widest of them."""

    def wide(text: str) -> float:
        return arial(text, size, bold=bold) * WIDER

    found = broken(words, room, wide)
    return len(found), max(map(wide, found))


def texts(made: Any) -> Iterator[Text]:
    for number, slide in enumerate(made.slides, 1):
        for shape in slide.shapes:
            if not shape.has_text_frame or not shape.text_frame.text.strip():
                continue
            frame = shape.text_frame
            room = (shape.width - frame.margin_left - frame.margin_right) / POINT
            tall, wide = (frame.margin_top + frame.margin_bottom) / POINT, 0.0
            for paragraph in frame.paragraphs:
                runs = paragraph.runs
                if not runs or runs[0].font.size is None:
                    continue
                size = runs[0].font.size / POINT
                count, widest = wrapped("".join(r.text for r in runs), room, size, bool(runs[0].font.bold))
                count = count if frame.word_wrap else 1
                tall += count * size * LINE + (paragraph.space_after or 0) / POINT
                wide = max(wide, widest)
            left, top, width, height = (v / POINT for v in (shape.left, shape.top, shape.width, shape.height))
            drawn = (left, top, left + min(wide, width), top + min(tall, height))
            yield Text(number, shape.name, frame.text[:60], tall - height, drawn)


@pytest.fixture(scope="module")
def presentations(ds: Dataset) -> dict[str, Any]:
    rows = {c: t.model_copy(update={"name": NAMES[c]}) if c in NAMES else t for c, t in ds.territories.items()}
    named = replace(ds, territories=rows)
    made = {code: deck_pptx(ds, default_deck(ds, code)) for code in DECKS}
    made |= {f"{code} (noms longs)": deck_pptx(named, default_deck(named, code)) for code in LONG_DECKS}
    return {code: Presentation(io.BytesIO(data)) for code, data in made.items()}


@pytest.mark.parametrize("code", ALL)
def test_a_text_holds_in_its_box_in_a_wider_font(presentations: dict[str, Any], code: str) -> None:
    over = [t for t in texts(presentations[code]) if t.over > 1 and t.name != "Titre"]
    assert over == []


@pytest.mark.parametrize("code", ALL)
def test_no_text_covers_another_nor_leaves_the_slide(presentations: dict[str, Any], code: str) -> None:
    made = presentations[code]
    wide, tall = made.slide_width / POINT, made.slide_height / POINT
    for shape in (shape for slide in made.slides for shape in slide.shapes):
        right, bottom = (shape.left + shape.width) / POINT, (shape.top + shape.height) / POINT
        assert min(shape.left, shape.top) >= -1 and right <= wide + 0.001 and bottom <= tall + 0.001, shape.name
    for _, group in itertools.groupby(texts(made), key=lambda t: t.slide):
        own = [(t, t.drawn) for t in group]
        for text, (left, top, right, bottom) in own:
            assert left >= 0 and top >= 0 and right <= wide and bottom <= tall, text
        for (one, a), (other, b) in itertools.combinations(own, 2):
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (one, other)


@pytest.mark.parametrize("code", ALL)
def test_the_value_of_the_longest_bar_stands_in_its_chart(presentations: dict[str, Any], code: str) -> None:
    """The longest bar ends where its value, in a wider font, still has its room before the edge."""
    seen = 0
    for slide in presentations[code].slides:
        for shape in slide.shapes:
            if not shape.has_chart or "BAR" not in str(shape.chart.chart_type):
                continue
            chart = shape.chart
            layout = {part.tag.rpartition("}")[2]: part.get("val") for part in
                      chart._chartSpace.chart.plotArea.find("{*}layout").iter()}  # fmt: skip
            plotted = float(layout["w"]) * shape.width / POINT
            highest = chart.value_axis.maximum_scale
            for series in chart.plots[0].series:
                for n, value in enumerate(series.values):
                    if value is None or value <= 0:
                        continue
                    label = series.points[n].data_label
                    words = (
                        label.text_frame.text
                        if label.has_text_frame
                        else f"{value:,.{0 if value == int(value) else 1}f}"
                    )
                    size = chart.font.size / POINT
                    assert plotted * (1 - value / highest) >= arial(words, size) * WIDER, (slide.slide_id, words)
                    seen += 1
    assert seen > 5


@pytest.mark.parametrize("code", ALL)
def test_no_word_of_a_table_is_broken(presentations: dict[str, Any], code: str) -> None:
    """A long name may be: it gives way to the heads and to the figures."""
    broken, seen = [], 0
    for shape in (s for slide in presentations[code].slides for s in slide.shapes if s.has_table):
        for row in shape.table.rows:
            for place, cell in enumerate(row.cells):
                room = (shape.table.columns[place].width - cell.margin_left - cell.margin_right) / POINT
                for run in cell.text_frame.paragraphs[0].runs:
                    for word in re.split(r"[ –-]", run.text):
                        own = arial(word, run.font.size / POINT, bold=bool(run.font.bold)) * WIDER
                        broken += [(word, own, room)] if own > room and word != NAMES["2401"] else []
                        seen += 1
    assert (broken, seen > 20) == ([], True)
