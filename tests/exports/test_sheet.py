"""The one-page sheet: read back as a reader of PDF sees it, against figures typed by hand from the source."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from dashboard.exports.sheet import document
from dashboard.exports.sheet.document import SheetError, sheet_pdf
from dashboard.exports.sheet.parts import sheet_parts
from dashboard.model import Dataset
from tests import transcription as src

NBSP = "\u00a0"
DAY = date(2026, 11, 22)
DIRECTION = "Capitale-Nationale et Est-du-Québec"
HOSTILE = '#read("/etc/passwd") $x$ *a* <script> = #eval("1") @fig \\ ’œ'


@pytest.fixture(scope="module")
def sheet(ds: Dataset) -> Callable[[str], PdfReader]:
    """Each sheet made once."""

    @lru_cache
    def make(code: str) -> PdfReader:
        return PdfReader(io.BytesIO(sheet_pdf(ds, code, today=DAY)))

    return make


def words(reader: PdfReader) -> str:
    """The text of the only page, lines joined: a line may break at any ordinary space."""
    return " ".join(reader.pages[0].extract_text().replace(" \n", " ").split("\n"))


@pytest.mark.parametrize(("code", "name"), [("12", "Chaudière-Appalaches"), ("DRCNEQ", DIRECTION)])
def test_one_accessible_page_of_vectors_with_its_source_status_and_date(
    sheet: Callable[[str], PdfReader], code: str, name: str
) -> None:
    reader = sheet(code)
    assert len(reader.pages) == 1
    page, root = reader.pages[0], reader.trailer["/Root"]
    assert [round(float(side), 1) for side in page.mediabox[2:]] == [595.3, 841.9]
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == f"Portrait de l’immigration, {name}"
    assert not list(page.images)
    assert len(page["/Resources"]["/Font"]) >= 2
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "PTSans" in inner["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(inner)
    text = words(reader)
    for said in (
        f"Source{src.NBSP}: Plan d’action régional 2021-2022",
        f"Source{src.NBSP}: MIFI, Plan d’action régional 2021-2022 (DRCNEQ).",
        f"Données provisoires (p){src.NBSP}: 2019 et le cumul 2015-2019.",
        "Cela ne constitue pas une approbation de ce produit par Statistique Canada.",
        f"Limites{src.NBSP}: amCharts",
        "n’est pas un site officiel du gouvernement du Québec",
        f"Fiche produite le 22{src.NBSP}novembre{src.NBSP}2026.",
        f"À savoir{src.NBSP}: ",
        "2019 (p)",
    ):
        assert said in text, said


def test_the_map_is_read_aloud(sheet: Callable[[str], PdfReader]) -> None:
    """Its alternative text holds each territory and its rate."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, list):
            for child in node:
                walk(child.get_object() if hasattr(child, "get_object") else child)
        elif isinstance(node, DictionaryObject):
            found.extend([str(node["/Alt"])] if "/Alt" in node else [])
            if "/K" in node:
                walk(node["/K"].get_object() if hasattr(node["/K"], "get_object") else node["/K"])

    walk(sheet("12").trailer["/Root"]["/StructTreeRoot"].get_object())
    said = next(text for text in found if text.startswith("Carte."))
    for mrc, (name, count, _) in src.MRC["12"].items():
        assert f"{name}, {src.fr(src.rounded(count * 1000 / src.CENSUS[mrc], 1), 1)}" in said


def _renamed(ds: Dataset, names: dict[str, str]) -> Dataset:
    rows = {c: t.model_copy(update={"name": names[c]}) if c in names else t for c, t in ds.territories.items()}
    return replace(ds, territories=rows)


def test_an_mrc_has_the_same_page(sheet: Callable[[str], PdfReader]) -> None:
    """« Rimouski-Neigette 477 62,0 » of annex 2; 477 ÷ 56 650; 477 × 135 ÷ 769 = 83,7, from 0 to 135."""
    reader = sheet("2410")
    assert len(reader.pages) == 1
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()
    text = words(reader).replace(NBSP, " ")
    for said in (
        "Rimouski-Neigette 477 62,0 0,19 8,4 56 650",
        "Ensemble du Québec 246 301",
        "1re des 5 MRC de la région dont le taux est fiable; région : 3,9; direction : 11,4",
        "84 (0 à 135)",
        "Le plan d’action 2021-2022 ne nomme pas cette MRC.",
        "le plan ne croise pas MRC et année",
    ):
        assert said in text, said
    assert "moins de 5 (0 à 12)" in words(sheet("2401")).replace(NBSP, " ")


def test_texts_are_shown_and_never_run(ds: Dataset) -> None:
    """A sign that no font has does not stop the page."""
    named = {"01": HOSTILE, "2410": HOSTILE, "2412": "Rimouski 🌊 中"}
    reader = PdfReader(io.BytesIO(sheet_pdf(_renamed(ds, named), "01", today=DAY)))
    text = "".join(words(reader).split())
    assert len(reader.pages) == 1
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert text.count("".join(HOSTILE.split())) >= 3
    assert "root:" not in text


def test_without_boundaries_the_figures_remain(ds: Dataset, tmp_path: Path) -> None:
    made = replace(ds, root=tmp_path, fingerprint="sans limites")
    reader = PdfReader(io.BytesIO(sheet_pdf(made, "03", today=DAY)))
    assert len(reader.pages) == 1
    assert f"Québec (agglomération) {src.fr(13848)} 97,1" in words(reader)


def test_a_region_of_many_long_names_stays_on_one_page(ds: Dataset) -> None:
    """Twenty-five territories: the first ten, and the page says so; a long name is whole, over several lines."""
    long = "Communauté maritime des Îles-de-la-Madeleine et des autres îles du golfe du Saint-Laurent"
    moved = {
        code: t.model_copy(update={"parent_code": "12"}) if t.level == "mrc" and t.parent_code in ("01", "03") else t
        for code, t in ds.territories.items()
    }
    made = _renamed(replace(ds, territories=moved), {"2410": long, "12": f"Chaudière-Appalaches et {long}"})
    reader = PdfReader(io.BytesIO(sheet_pdf(made, "12", today=DAY)))
    text = words(reader)
    assert len(reader.pages) == 1
    assert "Les 10 premières des 25 MRC." in text
    assert "".join(f"{long}477".split()) in "".join(text.split())
    assert "n’est pas un site officiel du gouvernement du Québec" in text


def test_what_cannot_be_made_is_said_in_french(ds: Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apart = replace(ds, unavailable={"01": ()})
    for made, code, said in (
        (ds, "77", "01, 03, 12, 11, DRCNEQ"), (ds, "QC", "Choisissez le code"),
        (apart, "01", "python -m dashboard check"), (apart, "2410", "python -m dashboard check"),
    ):  # fmt: skip
        with pytest.raises(SheetError, match=said):
            sheet_pdf(made, code)
    monkeypatch.setattr(document, "TEMPLATE", tmp_path / "absent.typ")
    with pytest.raises(SheetError, match=r"pip install -r requirements\.txt"):
        document.compile_sheet(sheet_parts(ds, "01", DAY), DAY)
