"""The PowerPoint file read back: words and places (what it draws: test_one_pipeline.py).

Every text holds in its place, in Arial and in a font 12 % wider, and covers no other.
"""

from __future__ import annotations

import gc
import io
import itertools
import re
import shutil
import subprocess
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

from dashboard.deck import kinds
from dashboard.deck.charts import BarChart, ColumnChart, LineChart, MapChart, PairChart
from dashboard.deck.kinds import default_deck
from dashboard.deck.slides import Deck, Slide
from dashboard.exports.slides.make import deck_pptx
from dashboard.model import Dataset
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


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) n’est pas là")
def test_libreoffice_opens_and_converts_it(made: bytes, deck: Deck, tmp_path: Path) -> None:
    (tmp_path / "essai.pptx").write_bytes(made)
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "essai.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=170)
    assert (tmp_path / "essai.pdf").read_bytes().count(b"/Type/Page/") == len(deck.slides)
