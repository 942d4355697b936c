"""The PowerPoint file read back: words and places (what it draws: test_one_pipeline.py).

Every text holds in its place, in Arial and in a font 12 % wider, and covers no other.
"""

from __future__ import annotations

import gc
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from pptx import Presentation
from pptx.parts.presentation import PresentationPart
from pptx.util import Inches

from dashboard.deck import kinds
from dashboard.deck.charts import BarChart, ColumnChart, LineChart, MapChart, Mark, PairChart, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.kinds import default_deck
from dashboard.deck.projection import proportion
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.flat_map import fitted
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.make import deck_pptx
from dashboard.exports.slides.page import TemplateError
from dashboard.loading.geography import territory_rings
from dashboard.model import DataError, Dataset
from dashboard.scenarios.registry import SIMULATIONS
from dashboard.wording.widths import arial, broken

NBSP = "\u00a0"
LONG = "Un titre qui raconte tout ce que la personne qui présente veut dire, « guillemets » et nombres " * 2

OTHERS = (
    Slide("comparer", {"indicateur": "taux"}, LONG[:160]),
    Slide("indicateur"),
    Slide("fiche", {"territoire": "11", "mrc": "2401"}, LONG[:160]),
    Slide("sexe", {"territoire": "11"}),
    Slide("ententes", {"territoire": "11"}),
    Slide("suivi", {"territoire": "01"}),
    Slide("admissions", {"territoire": "01", "serie": "indice"}),
    Slide("admissions", {"territoire": "11", "serie": "part"}),
    Slide("carte", {"territoire": "11", "mesure": "nombre", "mrc": "2401"}),
    Slide("carte", {"territoire": "01", "mesure": "part"}),
    Slide("mrc", {"territoire": "12"}),
)


def read(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def deep(shapes: Any) -> list[Any]:
    """Shapes with those of groups."""
    return [s for shape in shapes for s in (shape, *(deep(shape.shapes) if hasattr(shape, "shapes") else ()))]


def words(slide: Any) -> str:
    return "\n".join(s.text_frame.text for s in deep(slide.shapes) if s.has_text_frame)


def described(shape: Any) -> str:
    return str(shape._element._nvXxPr.cNvPr.get("descr"))


def chart(slide: Any) -> Any:
    return next(s.chart for s in slide.shapes if s.has_chart)


@pytest.fixture(scope="module")
def simulated(ds: Dataset) -> tuple[Slide, ...]:
    names = ("mrc-annee", "repartir")
    return tuple(Slide("simulation", {"scenario": k, **SIMULATIONS[k].defaults(ds)}) for k in names)


@pytest.fixture(scope="module")
def deck(ds: Dataset, simulated: tuple[Slide, ...]) -> Deck:
    usual = [slide for code in (*ds.region_codes(), "DRCNEQ") for slide in default_deck(ds, code).slides]
    return Deck("Réunion d’automne", (*usual, *OTHERS, *simulated))


@pytest.fixture(scope="module")
def told() -> list[tuple[int, int]]:
    """What was said of the slides while they were made."""
    return []


@pytest.fixture(scope="module")
def made(ds: Dataset, deck: Deck, told: list[tuple[int, int]]) -> bytes:
    return deck_pptx(ds, deck, today=date(2024, 3, 5), progress=lambda done, of: told.append((done, of)))


@pytest.fixture(scope="module")
def shown(made: bytes) -> Any:
    return read(made)


def test_each_slide_says_its_source_status_filters_and_cautions(ds: Dataset, deck: Deck, shown: Any) -> None:
    for slide, asked in zip(shown.slides, deck.slides, strict=True):
        content = kinds.content(ds, asked)
        said, notes = words(slide), slide.notes_slide.notes_text_frame.text
        assert content.source in said
        assert content.subtitle in said
        assert f"Filtres{NBSP}: {content.filters}" in said
        assert ds.config.disclaimer in said
        assert (f"À noter{NBSP}:" in said) == bool(content.caveats)
        for text in (content.reading, content.source, content.credit, *content.caveats):
            assert text.strip() in notes
        assert 'type="slidenum"' in slide.part.blob.decode()
        if isinstance(content.body, BarChart | PairChart | ColumnChart | LineChart | MapChart):
            assert content.reading in map(described, slide.shapes)
        if content.estimated:
            assert f"{NBSP}: valeurs calculées, non observées" in said


def test_a_weak_bar_has_a_label_of_its_own_and_a_missing_one_is_said(ds: Dataset, deck: Deck, shown: Any) -> None:
    asked = (Slide("ententes", {"territoire": "11"}), Slide("mrc", {"territoire": "12"}))
    missing, weak = (chart(shown.slides[deck.slides.index(slide)]) for slide in asked)
    assert any("(non mentionnées)" in name for name in missing.plots[0].categories)
    series, marks = weak.plots[0].series[0], kinds.content(ds, asked[1]).body.marks
    own = [series.points[n].data_label.text_frame.text for n, mark in enumerate(marks) if "†" in mark.text]
    assert own and own == [mark.text for mark in marks if "†" in mark.text]
    # A label of its own must not hide those of the others.
    assert series.data_labels.show_value


def test_sizes_can_be_read_from_the_back_of_a_room(shown: Any) -> None:
    for slide in shown.slides:
        for s in deep(slide.shapes):
            frames = [s.text_frame] if s.has_text_frame else []
            frames += [c.text_frame for row in s.table.rows for c in row.cells] if s.has_table else []
            for run in (r for frame in frames for p in frame.paragraphs for r in p.runs):
                assert run.font.size.pt >= (18 if s.name == "Titre" else 14), run.text
        for s in slide.shapes:
            if s.has_chart:
                assert s.chart.font.size.pt >= 14


def test_the_data_sheet_of_a_chart_holds_the_same_numbers(ds: Dataset, deck: Deck, shown: Any) -> None:
    asked = Slide("categorie", {"territoire": "01"})
    part, body = chart(shown.slides[deck.slides.index(asked)]).part, kinds.content(ds, asked).body
    book = openpyxl.load_workbook(io.BytesIO(part.chart_workbook.xlsx_part.blob))
    assert book.sheetnames == ["Données"]
    head, *rows = book["Données"].iter_rows(values_only=True)
    assert tuple(head) == (None, body.series, body.reference)
    for (label, value, reference), pair in zip(rows, body.pairs, strict=True):
        assert (label, value, reference) == (pair.label, pytest.approx(pair.value), pytest.approx(pair.reference))
    assert "'Données'!$B$2:$B$5" in part.blob.decode()


def test_it_is_in_french_and_carries_nothing_of_ours(ds: Dataset, made: bytes, shown: Any) -> None:
    own = shown.core_properties
    assert (own.title, own.author, own.language) == ("Réunion d’automne", ds.config.title, "fr-CA")
    assert own.created.date() == date(2024, 3, 5)
    assert (shown.slide_width.inches, shown.slide_height.inches) == pytest.approx((13.333, 7.5), abs=0.001)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = archive.namelist()
        everything = {n: archive.read(n).decode() for n in names if n.endswith(".xml")}
    assert not [n for n in names if "thumbnail" in n or "printer" in n]
    for name, text in everything.items():
        for english in ("Click to edit", "Second level", "Title Only", "Sheet1", "python-pptx", "en-US", "Calibri"):
            assert english not in text, (name, english)
    slides = [t for n, t in everything.items() if n.startswith("ppt/slides/slide")]
    assert slides
    for text in slides:
        runs = re.findall(r"<a:rPr [^>]*>", text)
        assert runs
        assert all('lang="fr-CA"' in run for run in runs)


def test_each_slide_made_is_said(deck: Deck, made: bytes, told: list[tuple[int, int]]) -> None:
    assert len(made) < 2_000_000
    assert told == [(n, len(deck.slides)) for n in range(1, len(deck.slides) + 1)]


def test_no_presentation_stays_in_memory(ds: Dataset) -> None:
    def alive() -> int:
        return sum(isinstance(found, PresentationPart) for found in gc.get_objects())

    gc.collect()
    before = alive()
    assert deck_pptx(ds, Deck("Essai", OTHERS[3:5]))
    assert alive() == before


LONG_NAME = "Communauté maritime des Îles-de-la-Madeleine et des autres îles du golfe du Saint-Laurent"
HYPHENS = "Saint-Barthélemy-de-la-Grande-Rivière-du-Loup-et-des-Îles"
NAMES = {"01": HYPHENS, "2410": LONG_NAME, "2401": "M" * 50, "2402": "Les-Trois-" * 8 + "Rives"}
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


@pytest.fixture(scope="module", params=["usual names", "long names"])
def room(request: pytest.FixtureRequest, ds: Dataset) -> Any:
    if request.param == "usual names":
        return request.getfixturevalue("shown")
    rows = {c: t.model_copy(update={"name": NAMES[c]}) if c in NAMES else t for c, t in ds.territories.items()}
    named = replace(ds, territories=rows)
    slides = [slide for code in ("01", "11", "DRCNEQ") for slide in default_deck(named, code).slides]
    return read(deck_pptx(named, Deck("Noms longs", tuple(slides))))


def test_a_text_holds_in_its_box_in_a_wider_font(room: Any) -> None:
    over = [t for t in texts(room) if t.over > 1 and t.name != "Titre"]
    assert over == []


def test_no_text_covers_another_nor_leaves_the_slide(room: Any) -> None:
    wide, tall = room.slide_width / POINT, room.slide_height / POINT
    for shape in (shape for slide in room.slides for shape in slide.shapes):
        right, bottom = (shape.left + shape.width) / POINT, (shape.top + shape.height) / POINT
        assert min(shape.left, shape.top) >= -1 and right <= wide + 0.001 and bottom <= tall + 0.001, shape.name
    for _, group in itertools.groupby(texts(room), key=lambda t: t.slide):
        own = list(group)
        for text in own:
            left, top, right, bottom = text.drawn
            assert left >= 0 and top >= 0 and right <= wide and bottom <= tall, text
        for one, other in itertools.combinations(own, 2):
            a, b = one.drawn, other.drawn
            assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1, (one, other)


def test_the_value_of_the_longest_bar_stands_in_its_chart(room: Any) -> None:
    seen = 0
    for shape in (s for slide in room.slides for s in slide.shapes if s.has_chart):
        own = shape.chart
        if "BAR" not in str(own.chart_type):
            continue
        (width,) = own._chartSpace.chart.plotArea.find("{*}layout").iter("{*}w")
        plotted, highest = float(width.get("val")) * shape.width / POINT, own.value_axis.maximum_scale
        for series in own.plots[0].series:
            for n, value in enumerate(series.values):
                if value is None or value <= 0:
                    continue
                label = series.points[n].data_label
                usual = f"{value:,.{0 if value == int(value) else 1}f}"
                words = label.text_frame.text if label.has_text_frame else usual
                room_left = plotted * (1 - value / highest)
                assert room_left >= arial(words, own.font.size / POINT) * WIDER, words
                seen += 1
    assert seen > 5


def test_no_word_of_a_table_is_broken(room: Any) -> None:
    """A long name may be: it gives way to the heads and to the figures."""
    cut, seen = [], 0
    for shape in (s for slide in room.slides for s in slide.shapes if s.has_table):
        for row in shape.table.rows:
            for place, cell in enumerate(row.cells):
                wide = (shape.table.columns[place].width - cell.margin_left - cell.margin_right) / POINT
                for run in cell.text_frame.paragraphs[0].runs:
                    for word in re.split(r"[ –-]", run.text):
                        own = arial(word, run.font.size / POINT, bold=bool(run.font.bold)) * WIDER
                        cut += [(word, own, wide)] if own > wide and word != NAMES["2401"] else []
                        seen += 1
    assert (cut, seen > 20) == ([], True)


ONE = Deck("Essai", (Slide("admissions", {"territoire": "01"}),))


def _template(width: float, height: float) -> bytes:
    made = Presentation()
    made.slide_width, made.slide_height = Inches(width), Inches(height)
    for _ in range(2):
        made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "À ne pas reprendre"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _made(ds: Dataset, *slides: Slide, title: str = "Essai") -> list[Any]:
    return list(read(deck_pptx(ds, Deck(title, slides))).slides)


def _drawn(monkeypatch: pytest.MonkeyPatch, ds: Dataset, body: object) -> list[Any]:
    content = Content("Un message", "Mesure", body, "Lecture.", "Source\u00a0: essai.", "tout", kind="plan")
    monkeypatch.setattr(kinds, "content", lambda *_: content)
    return _made(ds, *ONE.slides)


def test_titles_and_notes_are_plain_text_and_a_view_that_the_data_refuse_keeps_its_place(ds: Dataset) -> None:
    hostile = "=1+1 <b>L’été</b> & \x00\x0b\x1b\ud800\uffff\u202e fin"
    gone = Slide("comparer", {"avec": "01", "indicateur": "taux"}, title="Mon titre")
    asked = [
        Slide("permis", {"territoire": "01"}, title=hostile, notes=f"{hostile}\ndeuxième ligne"), gone,
        *(Slide("permis", {"territoire": "01"}, title=long) for long in ("Très long " * 60, "M" * 600)),
    ]  # fmt: skip
    own, lost, *cut = _made(ds, *asked, title=f"{hostile}\r\n")
    title = own.shapes.title.text_frame.text
    assert title.startswith("=1+1 <b>L’été</b> & ")
    assert title.endswith(" fin")
    assert not set(title) & set("\x00\x0b\x1b\ud800\uffff\u202e")
    notes = own.notes_slide.notes_text_frame.text.split("\n")
    assert "deuxième ligne" in notes
    assert "_x00" not in title + "".join(notes)
    said = "\n".join(s.text_frame.text for s in lost.shapes if s.has_text_frame)
    assert all(words in said for words in ("Mon titre", "moins de deux de ces territoires", "Rouvrir la présentation"))
    for slide, made in zip(asked[2:], cut, strict=True):
        shown = made.shapes.title.text_frame.text
        assert shown.endswith("…") and slide.title.startswith(shown[:-1])
        assert len(shown) > 100 or slide.title.startswith("M")


def test_a_label_is_never_a_formula_in_the_data_sheet(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["=HYPERLINK(1)", "+1", "-1", "@a", "http://exemple.qc.ca"]
    marks = tuple(Mark(t, t, 1.0, "1", "#095797") for t in texts)
    (slide,) = _drawn(monkeypatch, ds, BarChart(marks, "=SUM(A1)"))
    chart = next(s.chart for s in slide.shapes if s.has_chart)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    cells = [sheet["B1"], *(sheet.cell(n, 1) for n in range(2, 7))]
    assert [c.value for c in cells] == ["=SUM(A1)", *texts]
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert "<hyperlink" not in written


def test_rows_and_sentences_that_do_not_hold_go_on(ds: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple((f"Municipalité régionale de comté numéro {n}", str(n), "") for n in range(40))
    slides = _drawn(monkeypatch, ds, TextTable(("Territoire", "Nombre", "Vide"), rows, frozenset({1, 2})))
    tables = [next(s.table for s in slide.shapes if s.has_table) for slide in slides]
    found = [tuple(c.text_frame.text for c in row.cells) for t in tables for row in list(t.rows)[1:]]
    assert found == [row[:2] for row in rows]
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles == ["Un message", *["Un message (suite)"] * (len(slides) - 1)]
    assert len(slides) > 2
    texts = tuple(f"Phrase numéro {n}, " + "assez longue pour prendre deux lignes entières " * 4 for n in range(20))
    slides = _drawn(monkeypatch, ds, Paragraphs(texts))
    said = [p.text for s in slides for p in next(x for x in s.shapes if x.name == "Texte").text_frame.paragraphs]
    assert said == [text.strip() for text in texts]


@pytest.mark.parametrize(("width", "height"), [(10, 7.5), (10, 5.625), (13.333, 7.5)])
def test_the_template_gives_its_size_and_its_layout(ds: Dataset, width: float, height: float) -> None:
    made = read(deck_pptx(ds, ONE, template=_template(width, height)))
    assert (made.slide_width.inches, made.slide_height.inches) == pytest.approx((width, height), abs=0.001)
    (slide,) = made.slides
    assert slide.slide_layout.name == "Title Only"
    assert "À ne pas reprendre" not in str([s.text_frame.text for s in slide.shapes if s.has_text_frame])
    for s in slide.shapes:
        if not s.is_placeholder:
            assert s.left + s.width <= made.slide_width + 2, s.name
            assert s.top + s.height <= made.slide_height + 2, s.name


def test_the_template_of_the_configuration_is_used_or_refused_in_french(ds: Dataset, tmp_path: Path) -> None:
    config = ds.config.model_copy(update={"presentation_template": "modele.pptx"})
    seen = replace(ds, root=tmp_path, config=config)
    with pytest.raises(TemplateError) as absent:
        deck_pptx(seen, ONE)
    assert "introuvable" in str(absent.value)
    assert isinstance(absent.value, DataError)
    assert "presentation_template" in absent.value.problems[0].remedy
    whole = _template(10, 7.5)
    for damaged in (b"", b"PK\x03\x04", whole[:5000], b"<html>"):
        (tmp_path / "modele.pptx").write_bytes(damaged)
        with pytest.raises(TemplateError) as refused:
            deck_pptx(seen, ONE)
        assert "modele.pptx" in str(refused.value)
        assert "n’est pas une présentation PowerPoint lisible" in str(refused.value)
    (tmp_path / "modele.pptx").write_bytes(whole)
    assert read(deck_pptx(seen, ONE)).slide_width == Inches(10)


def test_a_map_without_boundaries_still_shows_its_figures(ds: Dataset, tmp_path: Path) -> None:
    seen = replace(ds, root=tmp_path, fingerprint="sans-limites")
    (slide,) = _made(seen, Slide("carte", {"territoire": "01"}))
    assert any(s.has_chart for s in slide.shapes)
    assert territory_rings(tmp_path, "sans-limites") is None


def test_outlines_are_read_whole(ds: Dataset) -> None:
    rings = territory_rings(ds.root, ds.fingerprint)
    assert set(rings) == set(ds.mrc_codes())
    assert all(ring[0] == ring[-1] and len(ring) > 3 for own in rings.values() for ring in own)


def test_the_projection_keeps_the_bounds_in_the_frame_and_the_north_up() -> None:
    bounds = (-72.5, 45.8, -64.2, 49.3)
    place = fitted(bounds, 10, 20, 400, 300)
    corners = [place(x, y) for x in bounds[::2] for y in bounds[1::2]]
    assert all(9.9 <= x <= 410.1 and 19.9 <= y <= 320.1 for x, y in corners)
    assert place(-68, 49)[1] < place(-68, 46)[1]
    assert place(-72, 47)[0] < place(-65, 47)[0]
    # One degree of latitude is about 111 km, one of longitude 76 km at 47 degrees.
    assert proportion((-69, 46.5, -68, 47.5)) == pytest.approx(0.68, abs=0.02)


def test_widths_are_estimated_on_the_safe_side() -> None:
    # Widths of Arial at 10 points, from its own tables.
    for text, real in (("Rimouski-Neigette", 78.9), ("14\u00a0259", 30.6), ("Gaspésie–Îles-de-la-Madeleine", 137.3)):
        assert real * 0.98 <= tx.width(text, 10) <= real * 1.25, text
    assert tx.lines("un deux trois", 1000, 14) == 1
    assert tx.lines("mot " * 40, 100, 14) > 8
    assert tx.lines("x" * 100, 100, 14) >= 7
