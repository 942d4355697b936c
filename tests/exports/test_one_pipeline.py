"""One view, the same wherever it is read: every kind of the registry on the screen, on the wall, in PowerPoint, in
Excel, in the PDF and on the picture of a page, read back and compared with the view itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, get_args

import lxml.html
import plotly.graph_objects as go
import pytest
from openpyxl import load_workbook
from openpyxl.chart.line_chart import LineChart as ExcelLines
from openpyxl.utils import range_boundaries
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pypdf import PdfReader

from dashboard.contract.door import load_dataset
from dashboard.deck import charts as c
from dashboard.deck.content import Content
from dashboard.deck.kinds import VIEWS, content, view
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.excel.book import slides_xlsx
from dashboard.exports.excel.view_sheet import grids
from dashboard.exports.number_codes import code_of
from dashboard.exports.sheet.document import sheet_pdf
from dashboard.exports.sheet.parts import slides_of
from dashboard.exports.slides.make import deck_pptx
from dashboard.figures import drawn
from dashboard.model import Dataset
from dashboard.ui import blocks, data_button
from dashboard.ui.presentation import screen
from dashboard.wording import query
from tests.conftest import ROOT

NBSP = "\u00a0"
REGION = {query.TERRITORY: "01"}
# Choices that draw another form than the usual ones, or what the usual ones do not hold (a missing or a weak figure).
OTHERS = (
    Slide("admissions", {**REGION, "serie": "indice"}),
    Slide("admissions", {**REGION, "serie": "part"}),
    Slide("carte", {**REGION, "mesure": "nombre"}),
    Slide("mrc-annees", {"territoire": "11", "mrc": "2405"}),
    Slide("carte", {"territoire": "12", "mesure": "taux"}),
    Slide("tuiles", {"territoire": "12", "mesure": "taux"}),
    Slide("mrc", {"territoire": "12", "mesure": "taux"}),
    Slide("ententes", {"territoire": "11"}),
    Slide("indicateur", {"indicateur": "permis-pmi"}),
    Slide("comparer", {"avec": "2410,01,DRCNEQ", "indicateur": "taux", "reference": "01"}),
)


@dataclass(frozen=True)
class Read:
    """A mark, a row or a sentence, as a form gives it. value: its number, else its words; status: hatched, or what the
    form says of it."""

    label: str
    value: float | str | None
    status: bool | str = False


@cache
def dataset() -> Dataset:
    return load_dataset(ROOT)


def _usual(kind: str) -> Slide:
    if kind == "simulation":
        return Slide(kind, {query.SIMULATION: "repartir", **REGION, "nombre": "50", "methode": "parts"})
    own = {**REGION, "cible": "2.1"}
    return Slide(kind, {name: own[name] for name in VIEWS[kind].choices if name in own})


SLIDES = (*map(_usual, VIEWS), *OTHERS)


def shown(slide: Slide) -> Content:
    """The view that a form reads: a presentation holds its kind, or its page alone does."""
    return content(dataset(), slide) if VIEWS[slide.kind].presented else view(dataset(), slide.kind, slide.choices)


def said(body: c.Body) -> list[Read]:
    """Everything drawn or written, in its order, from the typed fields of the view."""
    match body:
        case c.BarChart(marks=marks) | c.ColumnChart(marks=marks):
            return [Read(m.label, m.value, m.hatched) for m in marks]
        case c.PairChart(pairs=pairs):
            return [Read(p.label, v) for v_of in ("value", "reference") for p in pairs for v in [getattr(p, v_of)]]
        case c.LineChart(periods=periods, lines=lines):
            return [
                Read(p, v, p in body.provisional) for line in lines for p, v in zip(periods, line.values, strict=True)
            ]
        case c.MapChart(shapes=shapes) | c.TileChart(shapes=shapes):
            return sorted((Read(s.name, s.value, s.hatched) for s in shapes), key=lambda r: r.label)
        case c.Trajectory():
            return [Read(p.period, p.value) for p in (*body.points, *body.results)]
        case c.Panels(items=items):
            return [read for panel in items for read in said(panel.chart)]
        case c.Cards(items=items):
            return [Read(card.label, f"{card.value} {card.context}", card.status) for card in items]
        case c.TextTable(rows=rows):
            return [Read(row[0], " ".join(filter(None, row[1:]))) for row in rows]
        case c.Paragraphs(items=items):
            return [Read(text, None) for text in items]


def squeezed(label: str) -> str:
    """A label without its line breaks, nor the signs of what is chosen or provisional (which the status says)."""
    return "".join(label.replace("▸", "").replace("(p)", "").split())


def same(found: list[Read], expected: list[Read]) -> None:
    """Labels may carry a note behind them; values and statuses are the view's own."""
    assert expected
    for there, here in zip_longest(found, expected):
        assert there is not None and here is not None, (there, here)
        assert squeezed(there.label).startswith(squeezed(here.label)), (there, here)
        # A spreadsheet keeps 15 digits.
        value = pytest.approx(here.value, rel=1e-14) if isinstance(here.value, float) else here.value
        assert (there.value, there.status) == (value, here.status), (there, here)


def named(slide: Slide) -> str:
    return "-".join((slide.kind, *slide.choices.values()))


def test_every_form_of_drawing_is_read_below() -> None:
    assert {type(view(dataset(), s.kind, s.choices).body) for s in SLIDES} == set(get_args(c.Body))


def each(value: Any, count: int) -> list[Any]:
    """What Plotly says once for all marks, or of each."""
    return list(value) if isinstance(value, list | tuple) else [value] * count


def plotly(made: Any, body: c.Body) -> list[Read]:
    """The marks of a figure, by their own data."""
    match body:
        case c.BarChart() | c.ColumnChart() | c.PairChart():
            found = []
            for trace in made.data:
                if trace.type == "scatter" and trace.mode == "text":
                    continue  # what is written beside the bars
                names, values = (trace.y, trace.x) if isinstance(body, c.BarChart | c.PairChart) else (trace.x, trace.y)
                hatched = each(trace.marker.pattern.shape if trace.type == "bar" else "", len(values))
                ids = trace.customdata if isinstance(body, c.ColumnChart) else names
                found += [Read(_plain(i), v, bool(h)) for i, v, h in zip(ids, values, hatched, strict=True)]
            return found
        case c.LineChart():
            return [
                Read(period, value, symbol.endswith("-open"))
                for trace in made.data
                for period, value, symbol in zip(
                    trace.customdata, trace.y, each(trace.marker.symbol, len(trace.y)), strict=True
                )
            ]
        case c.MapChart():
            return _of_map(made, body)
        case c.TileChart():
            trace = made.data[0]
            hatched = each(trace.marker.pattern.shape, len(trace.x))
            told = [_plain(text).split("\n")[0] for text in trace.hovertext]
            texts = {s.text: s.value for s in body.shapes}
            values = [texts[_plain(text).split("\n")[-1]] for text in trace.text]
            return sorted((Read(*own) for own in zip(told, values, map(bool, hatched), strict=True)), key=_label)
        case _:
            assert isinstance(body, c.Trajectory)
            points = [(trace.x, trace.y) for trace in made.data if trace.text]
            values = {(period, value) for x, y in points for period, value in zip(x, y, strict=True)}
            # A target of words stands at the foot of the axis.
            words = {(note.x, None) for note in made.layout.annotations if note.yref != "paper"}
            order = [point.period for point in body.points]
            return [Read(*own) for own in sorted(values | words, key=lambda own: order.index(own[0]))]


def _of_map(made: Any, body: c.MapChart) -> list[Read]:
    """Each territory with what is said of it, hatched where its strokes are drawn."""
    found = {}
    strokes = {x for trace in made.data if trace.type == "scattergeo" and trace.mode == "lines" for x in trace.lon}
    texts = {s.id: s for s in body.shapes}
    for trace in made.data:
        for id_, told in zip(trace.locations or (), trace.text or (), strict=False):
            lines = _plain(told).split("\n")
            own = texts[id_]
            assert any(own.text.removesuffix(" †") in line for line in lines), own
            drawn = bool(own.strokes) and set(own.strokes[0]) <= strokes
            found[id_] = Read(lines[0], own.value, drawn)
    if body.circles:
        (circles,) = (trace for trace in made.data if trace.type == "scattergeo" and trace.mode == "markers")
        assert set(circles.customdata) == {s.id for s in body.shapes if s.value is not None}
    return sorted(found.values(), key=_label)


def _label(read: Read) -> str:
    return read.label


def _plain(marked: str) -> str:
    """The words of a label of Plotly, without their tags, on one line but for its breaks."""
    return str(lxml.html.fromstring(f"<p>{marked.replace('<br>', chr(10))}</p>").text_content())


def html_reads(markup: str, body: c.Body) -> list[Read]:
    """c.Cards, rows or sentences of a page."""
    page = lxml.html.fromstring(f"<div>{markup}</div>")

    def text(node: Any, name: str) -> str:
        return " ".join(found.text_content() for found in node.find_class(name))

    match body:
        case c.Cards():
            return [
                Read(
                    card.find_class("cle-etiquette")[0].text.strip(),
                    f"{text(card, 'cle-valeur')} {text(card, 'cle-contexte')}",
                    "provisoire" if card.xpath(".//abbr[@title='donnée provisoire']") else text(card, "badge"),
                )
                for card in page.find_class("cle")
            ]
        case c.TextTable():
            rows = [[cell.text_content() for cell in row] for row in page.iterfind(".//tbody/tr")]
            return [Read(row[0], " ".join(filter(None, row[1:]))) for row in rows]
        case _:
            return [Read(item.text_content(), None) for item in page.iter("li")]


def figure_of(own: Content, **asked: Any) -> go.Figure | None:
    written = drawn.figure_of(dataset(), own.kind, own.choices, str, **asked)
    return None if written is None else go.Figure(json.loads(written.text))


def on_screen(own: Content, **how: bool) -> list[Read]:
    body = own.body
    if isinstance(body, c.Panels):
        made = [(figure_of(own, panel=item.id), item.chart) for item in body.items]
        return [read for figure, chart in made for read in plotly(figure, chart)]
    figure = figure_of(own, **how)
    return html_reads(blocks.texts(own), body) if figure is None else plotly(figure, body)


def check_picture(own: Content) -> None:
    """What the picture saved of a page writes around its marks."""
    (button,) = lxml.html.fragments_fromstring(data_button.picture_button(own, "image"))
    told: Mapping[str, str] = button.attrib
    assert (told["data-titre"], told["data-sous-titre"], told["data-source"]) == (own.title, own.subtitle, own.source)
    assert told.get("data-credit", "") == own.credit
    key = json.loads(told.get("data-legende", json.dumps({"titre": "", "items": []})))
    assert key["titre"] == own.legend.title
    assert [(i["couleur"], i["hachure"], bool(i["cercle"])) for i in key["items"]] == [
        (i.color, i.hatched, bool(i.across)) for i in own.legend.items
    ]
    assert all(i["texte"].startswith(item.label) for i, item in zip(key["items"], own.legend.items, strict=True))
    if isinstance(own.body, c.BarChart | c.ColumnChart | c.MapChart | c.TileChart) and own.legend.items:
        # What is hatched is named by the key, and nothing else is.
        assert any(item.hatched for item in own.legend.items) == any(read.status for read in said(own.body))


@pytest.mark.parametrize("slide", SLIDES, ids=named)
def test_the_screen_the_picture_and_the_wall_draw_the_view(slide: Slide) -> None:
    own = view(dataset(), slide.kind, slide.choices)
    same(on_screen(own), said(own.body))
    if own.table is not None and not isinstance(own.body, c.Panels) and figure_of(own) is not None:
        check_picture(own)
    if not VIEWS[slide.kind].presented:
        return
    own = shown(slide)
    same(on_screen(own, alone=True, large=True), said(own.body))
    title, subtitle = lxml.html.fragments_fromstring(screen._heading(own))
    assert (title.text.strip(), subtitle.text) == (own.title, own.subtitle)
    (source,) = lxml.html.fragments_fromstring(screen._source(own))
    assert source.text == f"{own.source} {own.credit}".strip()


PRESENTED = [s for s in SLIDES if VIEWS[s.kind].presented]


@cache
def projected() -> list[Any]:
    return list(Presentation(io.BytesIO(deck_pptx(dataset(), Deck("Essai", tuple(PRESENTED))))).slides)


@cache
def sheets() -> list[Any]:
    """The sheets with the numbers of their formulas, as a spreadsheet opens them."""
    raw = io.BytesIO(slides_xlsx(dataset(), PRESENTED, "Essai"))
    return list(load_workbook(raw, data_only=True).worksheets[1:])


def deep(shapes: Any) -> Iterator[Any]:
    """Shapes with those of groups."""
    for shape in shapes:
        yield shape
        yield from deep(getattr(shape, "shapes", ()))


def on_slide(slide: Any, body: c.Body) -> list[Read]:
    """What a slide draws: points of its chart, groups of its map, cells, cards, sentences."""
    match body:
        case c.MapChart():
            groups = [s for s in deep(slide.shapes) if s.shape_type == 6 and s.name != "Carte"]
            told = [s._element._nvXxPr.cNvPr.get("descr").split(f"{NBSP}: ") for s in groups]
            hatched = {s.name for s in deep(slide.shapes) if s.name.startswith("Hachures, ")}
            values = {s.text: s.value for s in body.shapes}
            return sorted((Read(name, values[text], f"Hachures, {name}" in hatched) for name, text in told), key=_label)
        case c.Cards():
            cards = [s.text_frame.paragraphs for s in deep(slide.shapes) if s.shape_type == 1 and s.has_text_frame]
            return [
                Read(
                    label.text, f"{value.runs[0].text} {context.text}", "".join(r.text for r in value.runs[1:]).strip()
                )
                for label, value, context in (own for own in cards if len(own) == 3)
            ]
        case c.TextTable():
            (table,) = (s.table for s in slide.shapes if s.has_table)
            rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
            return [Read(row[0], " ".join(filter(None, row[1:]))) for row in rows[1:]]
        case c.Paragraphs():
            (points,) = (s for s in slide.shapes if s.name == "Texte")
            return [Read(p.text, None) for p in points.text_frame.paragraphs]
    (plot,) = (s.chart.plots[0] for s in slide.shapes if s.has_chart)
    return [
        Read(label, value, _slide_status(series, n, label))
        for series in plot.series
        for n, (label, value) in enumerate(zip(plot.categories, series.values, strict=True))
    ]


def _slide_status(series: Any, n: int, label: str) -> bool:
    """Striped, or marked in its label: a point of a line cannot be striped."""
    striped = series.points[n].format.fill.type == MSO_FILL.PATTERNED
    return label.endswith("(p)") if hasattr(series, "marker") else bool(striped)


def on_sheet(sheet: Any, body: c.Body) -> list[Read]:
    """What a sheet draws, or its rows where it draws nothing."""
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] is not None]
    match body:
        case c.Cards(items=items):
            labels = {item.label for item in items}
            numbers = {item.quantity.drawn: item.value for item in items}
            return [
                Read(row[0], f"{numbers.get(row[1], row[1])} {row[2]}", "" if row[3] == "définitive" else row[3])
                for row in rows if row[0] in labels
            ]  # fmt: skip
        case c.TextTable(rows=wanted, numbers=numbers):
            assert numbers
            found = {squeezed(row[0]): row for row in rows}
            return [Read(own[0], _row_of(found, own, r, numbers)) for r, own in enumerate(wanted)]
        case c.Paragraphs(items=items):
            return [Read(text, None) for text in dict.fromkeys(row[0] for row in rows) if text in items]
    (chart,) = sheet._charts
    return [
        Read(label, value, status)
        for series in chart.series
        for label, value, status in _points(sheet, series, line=isinstance(chart, ExcelLines))
    ]


def _row_of(found: Mapping[str, Any], own: tuple[str, ...], r: int, numbers: Mapping[Any, float]) -> str:
    """The row of the view, when its numbers stand in that order in the row of the sheet."""
    there = iter(found[squeezed(own[0])][1:])
    for (at, column), number in sorted(numbers.items()):
        if at == r:
            assert any(isinstance(v, int | float) and v == pytest.approx(number) for v in there), (own[0], own[column])
    return " ".join(filter(None, own[1:]))


def _points(sheet: Any, series: Any, *, line: bool) -> Iterator[tuple[str, float | None, bool]]:
    """Label, value and status of the points of a chart of Excel, from the cells that it names."""
    labels, values = (_cells(sheet, source.f) for source in (series.cat.strRef or series.cat.numRef, series.val.numRef))
    striped = {point.idx for point in series.dPt if point.spPr.pattFill is not None}
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        known = value if isinstance(value, int | float) else None
        yield label, known, label.endswith("(p)") if line else n in striped


def _cells(sheet: Any, formula: str) -> list[Any]:
    left, top, right, bottom = range_boundaries(formula.rpartition("!")[2].replace("$", ""))
    return [row[0] for row in sheet.iter_rows(top, bottom, left, right, values_only=True)]


@pytest.mark.parametrize("place", range(len(PRESENTED)), ids=[named(s) for s in PRESENTED])
def test_a_slide_of_powerpoint_says_the_view(place: int) -> None:
    own, slide = shown(PRESENTED[place]), projected()[place]
    same(on_slide(slide, own.body), said(own.body))
    assert slide.shapes.title.text_frame.text == own.title
    foot = next(s for s in slide.shapes if s.name == "Filtres, précautions et source")
    assert foot.text_frame.paragraphs[-1].text == f"{own.source} {own.credit}".strip()
    key = {s.text_frame.text.partition(" (")[0] for s in slide.shapes if s.name == "Légende"}
    if isinstance(own.body, c.BarChart):
        (categories,) = (s.chart.plots[0].categories for s in slide.shapes if s.has_chart)
        assert all(mark.note in label for mark, label in zip(own.body.marks, categories, strict=True))
    if isinstance(own.body, c.BarChart | c.PairChart | c.MapChart):
        # Stripes are a pattern of the mark itself, and of the map a class of its key.
        assert {i.label for i in own.legend.items if isinstance(own.body, c.MapChart) or not i.hatched} <= key


def check_cells(sheet: Any, own: Content) -> None:
    """Number, format and words of each cell of each table."""
    for grid in grids(own):
        start = next(r for r in range(1, 200) if tuple(v.value for v in sheet[r][: len(grid.head)]) == grid.head)
        for r, line in enumerate(grid.rows, start + 1):
            for column, cell in enumerate(line, 1):
                found = sheet.cell(r, column)
                if cell.number is None:
                    assert found.value == cell.text
                else:
                    assert found.value == pytest.approx(cell.number)
                    assert found.number_format == code_of(cell.text, cell.number), cell.text


@pytest.mark.parametrize("place", range(len(PRESENTED)), ids=[named(s) for s in PRESENTED])
def test_a_sheet_of_excel_says_the_view(place: int) -> None:
    own, sheet = shown(PRESENTED[place]), sheets()[place]
    found = on_sheet(sheet, own.body)
    same(sorted(found, key=_label) if isinstance(own.body, c.MapChart) else found, said(own.body))
    above = [row[0].value for row in sheet.iter_rows(1, 6)]
    assert {own.title, own.subtitle, own.source} <= set(above)
    everything = "\n".join(str(v) for row in sheet.iter_rows(values_only=True) for v in row if v is not None)
    for text in (own.filters, dataset().config.disclaimer, *own.caveats):
        assert text in everything
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes is not None
    if own.kind != "simulation":  # whose numbers are formulas
        check_cells(sheet, own)


@cache
def page(code: str) -> str:
    return spaceless(PdfReader(io.BytesIO(sheet_pdf(dataset(), code))).pages[0].extract_text())


def spaceless(text: str) -> str:
    """A text whose lines may break anywhere."""
    return "".join(text.split())


def on_page(own: Content) -> Iterator[str]:
    """What the page says of each mark, each on one line of it."""
    match own.body:
        case c.BarChart(marks=marks):
            yield from (f"{m.label}{m.text}" for m in marks)
        case c.ColumnChart(marks=marks):
            yield from (f"{m.text}{m.label}" for m in marks)
        case c.PairChart(pairs=pairs):
            yield from (f"{p.label}{p.text}{p.reference_text}" for p in pairs)
        case c.Cards(items=items):
            yield from (f"{card.label}{card.status}{card.value}{card.context}" for card in items)
        case c.TextTable(rows=rows):
            yield from ("".join(row) for row in rows)
        case c.MapChart():
            yield from (f"{i.label}({i.count})" for i in own.legend.items if i.count is not None)
        case _:
            raise AssertionError(own.kind)


@pytest.mark.parametrize("code", ["01", "11", "12", "DRCNEQ", "2410", "2401"])
def test_the_pdf_says_its_views(code: str) -> None:
    ds, text = dataset(), page(code)
    for kind, slide in slides_of(ds, code).items():
        own = content(ds, slide)
        told = list(on_page(own))
        assert told and [line for line in told if spaceless(line) not in text] == [], kind
        assert spaceless(own.title) in text or kind in ("chiffres", "fiche"), kind
        inputs = {i for q in own.table.quantities() for i in q.inputs} if own.table else set()
        documents = {ds.documents[ds.sections[i.source].document].short for i in inputs}
        assert all(spaceless(name) in text for name in documents or {own.source}), kind
        assert spaceless(own.credit) in text, kind
