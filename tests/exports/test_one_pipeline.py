"""One view, the same wherever it is read: its title, marks, labels and source on the screen, the wall, in PowerPoint,
Excel, the picture of a page."""

from __future__ import annotations

import html
import io
import json

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.deck.charts import BarChart, ColumnChart, LineChart, MapChart, PairChart
from dashboard.deck.content import Content
from dashboard.deck.kinds import content, view
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.excel import slides_xlsx
from dashboard.exports.slides import deck_pptx
from dashboard.figures.drawn import figure
from dashboard.model import Dataset
from dashboard.ui import blocks

REGION = {"territoire": "01"}
DRAWN = (
    Slide("admissions", REGION),
    Slide("admissions", {**REGION, "serie": "indice"}),
    Slide("carte", {**REGION, "mesure": "taux"}),
    Slide("carte", {**REGION, "mesure": "nombre"}),
    Slide("mrc", {**REGION, "mesure": "taux"}),
    *(Slide(kind, REGION) for kind in ("categorie", "sexe", "francais", "permis", "ententes")),
    Slide("indicateur", {"indicateur": "permis-pmi"}),
    Slide("comparer", {"avec": "2410,01,DRCNEQ", "indicateur": "taux", "reference": "01"}),
)


def marks(shown: Content) -> list[tuple[str, float | None, bool]]:
    """Name, value and status of everything drawn."""
    match shown.body:
        case BarChart(marks=found) | ColumnChart(marks=found):
            return [(mark.label, mark.value, mark.hatched) for mark in found]
        case PairChart(pairs=found):
            return [(pair.label, pair.value, False) for pair in found]
        case MapChart(shapes=found):
            return [(shape.name, shape.value, shape.hatched) for shape in found]
        case LineChart() as lines:
            values = zip(lines.periods, lines.lines[0].values, strict=True)
            return [(period, value, period in lines.provisional) for period, value in values]
    raise AssertionError(shown.kind)


@pytest.mark.parametrize("slide", DRAWN, ids=lambda slide: f"{slide.kind}-{'-'.join(slide.choices.values())}")
def test_a_view_says_the_same_wherever_it_is_read(ds: Dataset, slide: Slide) -> None:
    shown, page = content(ds, slide), view(ds, slide.kind, slide.choices)
    found = marks(shown)
    assert (shown.title, shown.source, found) == (page.title, page.source, marks(page)[: len(found)])
    # The screen and the wall are one figure at two sizes.
    screen, wall = figure(shown.body), figure(shown.body, large=True)
    assert screen is not None and wall is not None
    assert [trace.type for trace in screen.data] == [trace.type for trace in wall.data]
    told = json.dumps(screen.to_dict(), ensure_ascii=False, default=str)
    values = {value for _, value, _ in found if value is not None}
    if not isinstance(shown.body, MapChart):
        drawn = screen.data[0].x if screen.data[0].orientation == "h" else screen.data[0].y
        assert values == {value for value in drawn if value is not None}
    (projected,) = Presentation(io.BytesIO(deck_pptx(ds, Deck("Essai", (slide,))))).slides
    sheet = load_workbook(io.BytesIO(slides_xlsx(ds, [slide], "Essai"))).worksheets[-1]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
    blob = projected.part.blob.decode() + "".join(
        part.blob.decode("utf-8", "ignore") for part in (rel.target_part for rel in projected.part.rels.values())
        if part.partname.endswith(".xml")
    )  # fmt: skip
    for name, value, _ in found:
        short = name.removesuffix(" (p)")
        assert all(part in html.unescape(told) for part in short.split()), (name, "screen")
        assert html.escape(name, quote=False) in blob, (name, "PowerPoint")
        assert any(isinstance(cell, str) and cell.startswith(short) for cell in cells), (name, "Excel")
        numbers = [cell for cell in cells if isinstance(cell, int | float)]
        assert value is None or any(abs(number - value) < 0.006 for number in numbers), (name, "Excel")
    hatched = any(weak for *_, weak in found)
    assert projected.shapes.title.text_frame.text == shown.title
    assert {shown.title, shown.source} <= cells
    picture = html.unescape(blocks.picture_button(shown, "image"))
    assert shown.title in picture and shown.source in picture
    assert all(item.label in picture for item in shown.legend.items)
    assert not shown.legend.items or any(item.hatched for item in shown.legend.items) == hatched
