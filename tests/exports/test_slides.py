"""The PowerPoint file read back: words and places (what it draws: test_one_pipeline.py)."""

from __future__ import annotations

import gc
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.parts.presentation import PresentationPart

from dashboard.deck import kinds
from dashboard.deck.charts import BarChart, ColumnChart, LineChart, MapChart, PairChart
from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.slides.make import deck_pptx
from dashboard.model import Dataset
from dashboard.scenarios.registry import SIMULATIONS

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
    slides = (*default_deck(ds, "DRCNEQ").slides, *default_deck(ds, "01").slides, *OTHERS, *simulated)
    return Deck("Réunion d’automne", slides)


@pytest.fixture(scope="module")
def made(ds: Dataset, deck: Deck) -> bytes:
    return deck_pptx(ds, deck, today=date(2024, 3, 5))


def test_each_slide_says_its_source_status_filters_and_cautions(ds: Dataset, deck: Deck, made: bytes) -> None:
    slides = list(read(made).slides)
    assert len(slides) == len(deck.slides)
    for slide, asked in zip(slides, deck.slides, strict=True):
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


def test_a_weak_bar_has_a_label_of_its_own_and_a_missing_one_is_said(ds: Dataset) -> None:
    asked = (Slide("ententes", {"territoire": "11"}), Slide("mrc", {"territoire": "12"}))
    missing, weak = read(deck_pptx(ds, Deck("Essai", asked))).slides
    assert any("(non mentionnées)" in name for name in chart(missing).plots[0].categories)
    series, body = chart(weak).plots[0].series[0], kinds.content(ds, asked[1]).body
    assert isinstance(body, BarChart)
    own = [series.points[n].data_label.text_frame.text for n, mark in enumerate(body.marks) if "†" in mark.text]
    assert own and own == [mark.text for mark in body.marks if "†" in mark.text]
    # A label of its own must not hide those of the others.
    assert series.data_labels.show_value


def test_sizes_can_be_read_from_the_back_of_a_room(made: bytes) -> None:
    for slide in read(made).slides:
        for s in deep(slide.shapes):
            frames = [s.text_frame] if s.has_text_frame else []
            frames += [c.text_frame for row in s.table.rows for c in row.cells] if s.has_table else []
            for run in (r for frame in frames for p in frame.paragraphs for r in p.runs):
                assert run.font.size.pt >= (18 if s.name == "Titre" else 14), run.text
        for s in slide.shapes:
            if s.has_chart:
                assert s.chart.font.size.pt >= 14


def test_the_data_sheet_of_a_chart_holds_the_same_numbers(ds: Dataset) -> None:
    asked = Slide("categorie", {"territoire": "01"})
    (slide,) = read(deck_pptx(ds, Deck("Essai", (asked,)))).slides
    book = openpyxl.load_workbook(io.BytesIO(chart(slide).part.chart_workbook.xlsx_part.blob))
    body = kinds.content(ds, asked).body
    assert isinstance(body, PairChart)
    assert book.sheetnames == ["Données"]
    rows = [tuple(row) for row in book["Données"].iter_rows(values_only=True)]
    assert rows[0] == (None, body.series, body.reference)
    for (label, value, reference), pair in zip(rows[1:], body.pairs, strict=True):
        assert (label, value, reference) == (pair.label, pytest.approx(pair.value), pytest.approx(pair.reference))
    assert "'Données'!$B$2:$B$5" in chart(slide).part.blob.decode()


def test_it_is_in_french_and_carries_nothing_of_ours(ds: Dataset, made: bytes) -> None:
    found = read(made)
    own = found.core_properties
    assert (own.title, own.author, own.language) == ("Réunion d’automne", ds.config.title, "fr-CA")
    assert own.created.date() == date(2024, 3, 5)
    assert (found.slide_width.inches, found.slide_height.inches) == pytest.approx((13.333, 7.5), abs=0.001)
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


def test_each_slide_made_is_said(ds: Dataset) -> None:
    seen: list[tuple[int, int]] = []
    asked = Deck("Tout", tuple(slide for code in ds.region_codes() for slide in default_deck(ds, code).slides))
    data = deck_pptx(ds, asked, progress=lambda done, of: seen.append((done, of)))
    assert len(data) < 2_000_000
    assert seen == [(n, len(asked.slides)) for n in range(1, len(asked.slides) + 1)]


def test_no_presentation_stays_in_memory(ds: Dataset) -> None:
    def alive() -> int:
        return sum(isinstance(found, PresentationPart) for found in gc.get_objects())

    gc.collect()
    before = alive()
    assert deck_pptx(ds, default_deck(ds, "11"))
    assert alive() == before


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) n’est pas là")
def test_libreoffice_opens_and_converts_it(made: bytes, deck: Deck, tmp_path: Path) -> None:
    (tmp_path / "essai.pptx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "essai.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=170)
    assert (tmp_path / "essai.pdf").read_bytes().count(b"/Type/Page/") == len(deck.slides)
