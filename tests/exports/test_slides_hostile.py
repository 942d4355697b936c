"""What users bring to the PowerPoint file: their titles, their notes, their template; and data that changed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Inches

from dashboard.deck import kinds
from dashboard.deck.charts import BarChart, Mark, Paragraphs, TextTable
from dashboard.deck.content import Content
from dashboard.deck.projection import proportion
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.flat_map import fitted
from dashboard.exports.slides import text as tx
from dashboard.exports.slides.make import deck_pptx
from dashboard.exports.slides.page import TemplateError
from dashboard.loading.geography import territory_rings
from dashboard.model import DataError, Dataset

NBSP = "\u00a0"
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
    return list(Presentation(io.BytesIO(deck_pptx(ds, Deck(title, slides)))).slides)


def _drawn(monkeypatch: pytest.MonkeyPatch, ds: Dataset, body: object) -> list[Any]:
    content = Content("plan", "Un message", "Mesure", body, "Lecture.", "Source\u00a0: essai.", "tout")
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
    made = Presentation(io.BytesIO(deck_pptx(ds, ONE, template=_template(width, height))))
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
    for broken in (b"", b"PK\x03\x04", whole[:5000], b"<html>"):
        (tmp_path / "modele.pptx").write_bytes(broken)
        with pytest.raises(TemplateError) as refused:
            deck_pptx(seen, ONE)
        assert "modele.pptx" in str(refused.value)
        assert "n’est pas une présentation PowerPoint lisible" in str(refused.value)
    (tmp_path / "modele.pptx").write_bytes(whole)
    assert Presentation(io.BytesIO(deck_pptx(seen, ONE))).slide_width == Inches(10)


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
